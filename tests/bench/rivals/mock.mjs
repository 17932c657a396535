// The best JavaScript that we could write by hand for these two calls. Rows are numbers in typed arrays, a list for each schedule. A cold page
// copies, for each run, the bytes of a run of its shape and writes numbers and dates over them: no object and no text is made. A warm page
// copies the bytes that are kept of each run.
import { dateText, kBlocks, readTarget, triggeredRun } from '../workload.mjs';
import { datesOf, kDates, markedText, Shape } from './shape.mjs';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const kHead = encoder.encode('{"pipeline_runs":[');
const kComma = 44;

// Oldest first. Whoever changes a row drops its shape and its kept bytes; nothing here does.
class List {
    count = 0;
    ids = new Uint32Array(64);
    blockRuns = new Uint32Array(64); // the first of each run
    dates = new Float64Array(64 * kDates);
    shapes = []; // of no run that was triggered: no other has its variables
    eventVariables = []; // of runs that were triggered
    kept = []; // bytes

    add(id, firstBlockRun) {
        if (this.count === this.ids.length) {
            for (const name of ['ids', 'blockRuns', 'dates']) {
                const old = this[name];
                this[name] = new old.constructor(old.length * 2);
                this[name].set(old);
            }
        }
        this.ids[this.count] = id;
        this.blockRuns[this.count] = firstBlockRun;
        return this.count++;
    }
}

export class Mock {
    name = 'mock';
    #lists = new Map(); // by schedule
    #nextRun = 1;
    #nextBlockRun = 1;
    #us;
    #second = -1; // whose text is `#secondText`
    #secondText = '';
    #out = new Uint8Array(1 << 16);

    constructor(runs) {
        const shapes = new Map();
        for (const run of runs) {
            const list = this.#list(run.pipeline_schedule_id);
            const row = list.add(run.id, run.block_runs[0].id);
            list.dates.set([...datesOf(run)], row * kDates);
            const marked = markedText(run);
            if (!shapes.has(marked)) shapes.set(marked, new Shape(marked));
            list.shapes[row] = shapes.get(marked);
        }
        this.#nextRun += runs.length;
        this.#nextBlockRun += runs.length * kBlocks.length;
        this.#us = Date.UTC(2026, 0, 1) * 1000 + runs.length * 60e6 - 10e6;
    }

    #list(schedule) {
        if (!this.#lists.has(schedule)) this.#lists.set(schedule, new List());
        return this.#lists.get(schedule);
    }

    // Writes a row at a place, and returns where it ends.
    #write(list, row, at) {
        const shape = list.shapes[row];
        const id = list.ids[row];
        if (shape === undefined) {
            const us = list.dates[row * kDates];
            const run = triggeredRun(id, list.blockRuns[row], us, list.eventVariables[row]);
            return this.#copy(encoder.encode(JSON.stringify(run)), at);
        }
        this.#reserve(at + shape.size);
        return shape.write(this.#out, at, id, list.blockRuns[row], list.dates, row * kDates);
    }

    #copy(bytes, at) {
        this.#reserve(at + bytes.length);
        this.#out.set(bytes, at);
        return at + bytes.length;
    }

    #reserve(size) {
        if (size <= this.#out.length) return;
        const old = this.#out;
        this.#out = new Uint8Array(size * 2);
        this.#out.set(old);
    }

    #answer(target, put) {
        const { schedule, limit, offset } = readTarget(target);
        const list = this.#list(schedule);
        const newest = list.count - 1 - offset;
        const end = Math.max(-1, newest - limit);
        let at = this.#copy(kHead, 0);
        for (let row = newest; row > end; row--) {
            if (row < newest) {
                this.#reserve(at + 1);
                this.#out[at++] = kComma;
            }
            at = put(list, row, at);
        }
        const next = offset + limit < list.count;
        const tail = `],"metadata":{"count":${list.count},"next":${next}}}`;
        this.#reserve(at + tail.length);
        at += encoder.encodeInto(tail, this.#out.subarray(at)).written;
        return this.#out.slice(0, at);
    }

    cold(target) {
        return this.#answer(target, (list, row, at) => this.#write(list, row, at));
    }

    page(target) {
        return this.#answer(target, (list, row, at) => {
            const bytes = list.kept[row];
            if (bytes !== undefined) return this.#copy(bytes, at);
            const end = this.#write(list, row, at);
            list.kept[row] = this.#out.slice(at, end);
            return end;
        });
    }

    // The text of a date, as `dateText` has it. Most are of the second of the one before.
    #date(us) {
        const second = Math.floor(us / 1e6);
        if (second !== this.#second) {
            this.#second = second;
            this.#secondText = dateText(us).slice(0, 19);
        }
        return `${this.#secondText}.${String(us - second * 1e6).padStart(6, '0')}+00:00`;
    }

    trigger(target, body) {
        const eventVariables = JSON.parse(decoder.decode(body));
        const schedule = Number(target.split('/')[3]);
        const id = this.#nextRun++;
        const us = ++this.#us;
        const list = this.#list(schedule);
        const row = list.add(id, this.#nextBlockRun);
        this.#nextBlockRun += kBlocks.length;
        list.dates[row * kDates] = us;
        list.eventVariables[row] = eventVariables;
        const when = this.#date(us);
        const partition = `${schedule}/${when.slice(0, 4)}${when.slice(5, 7)}${when.slice(8, 10)}T${when.slice(11, 13)}${when.slice(14, 16)}${when.slice(17, 19)}_${when.slice(20, 26)}`;
        return encoder.encode(
            `{"pipeline_run":{"id":${id},"created_at":"${when}","updated_at":"${when}","pipeline_schedule_id":${schedule},"pipeline_uuid":"diamond","execution_date":"${when}","status":"initial","started_at":null,"completed_at":null,"variables":{"execution_partition":"${partition}"},"passed_sla":false,"event_variables":${JSON.stringify(eventVariables)},"metrics":null,"backfill_id":null,"executor_type":"local_python"}}`,
        );
    }
}
