// The bytes of a run as JSON, with its numbers and dates to be written over: runs that differ in nothing else share one shape.
import { dateText } from '../workload.mjs';

const encoder = new TextEncoder();

const kRunDates = ['created_at', 'started_at', 'completed_at', 'updated_at', 'execution_date'];
const kBlockDates = ['created_at', 'started_at', 'completed_at', 'updated_at'];
export const kDates = kRunDates.length + 4 * kBlockDates.length;

const microseconds = (text) =>
    text === null
        ? NaN
        : Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`) * 1000 + (Number(text.slice(20, 26)) || 0);

/** The dates of a run, as `Shape` numbers them. */
export function* datesOf(run) {
    for (const name of kRunDates) yield microseconds(run[name]);
    for (const blockRun of run.block_runs) for (const name of kBlockDates) yield microseconds(blockRun[name]);
}

/** The JSON of a run with a mark in place of each number and date: equal for runs of one shape. */
export function markedText(run) {
    const id = (number, which) => `@id ${which} ${String(number).length}@`;
    const dates = (row, names, from) => {
        const marked = {};
        names.forEach((name, i) => {
            const text = row[name];
            marked[name] = text && `@${text.includes('.') ? 'microsecond' : 'second'} ${from + i}@`;
        });
        return marked;
    };
    return JSON.stringify({
        ...run,
        ...dates(run, kRunDates, 0),
        id: id(run.id, -1),
        block_runs: run.block_runs.map((blockRun, i) => ({
            ...blockRun,
            ...dates(blockRun, kBlockDates, kRunDates.length + i * kBlockDates.length),
            id: id(blockRun.id, i),
            pipeline_run_id: id(run.id, -1),
        })),
    });
}

function putTwoDigits(out, at, n) {
    const tens = (n / 10) | 0;
    out[at] = 48 + tens;
    out[at + 1] = 48 + n - tens * 10;
}

function putNumber(out, at, width, n) {
    for (let i = at + width - 1; i >= at; i--) {
        const tens = (n / 10) | 0;
        out[i] = 48 + n - tens * 10;
        n = tens;
    }
}

const kDaySeconds = 86_400;
let day = -1; // whose text is `dayBytes`
let dayBytes = new Uint8Array(10);

function putDate(out, at, us, isWhole) {
    const second = Math.floor(us / 1e6);
    const itsDay = (second / kDaySeconds) | 0;
    if (itsDay !== day) {
        day = itsDay;
        dayBytes = encoder.encode(dateText(day * kDaySeconds * 1e6).slice(0, 10));
    }
    for (let i = 0; i < 10; i++) out[at + i] = dayBytes[i];
    const ofDay = second - day * kDaySeconds;
    const hour = (ofDay / 3600) | 0;
    const minute = ((ofDay - hour * 3600) / 60) | 0;
    putTwoDigits(out, at + 11, hour);
    putTwoDigits(out, at + 14, minute);
    putTwoDigits(out, at + 17, ofDay - hour * 3600 - minute * 60);
    if (isWhole) return;
    const fraction = us - second * 1e6;
    const upper = (fraction / 10_000) | 0;
    const middle = ((fraction - upper * 10_000) / 100) | 0;
    putTwoDigits(out, at + 20, upper);
    putTwoDigits(out, at + 22, middle);
    putTwoDigits(out, at + 24, fraction - upper * 10_000 - middle * 100);
}

export class Shape {
    #dates = []; // { at, which, isWhole }
    #ids = []; // { at, width, which }: -1 is the run, others are its block runs
    #bytes;

    constructor(marked) {
        let text = '';
        for (const part of marked.split(/("@\w+ [^@]*@")/)) {
            const [, what, which, width] = /^"@(\w+) (-?\d+) ?(\d*)@"$/.exec(part) ?? [];
            if (what === 'id') {
                this.#ids.push({ at: text.length, width: Number(width), which: Number(which) });
                text += '0'.repeat(Number(width));
            } else if (what !== undefined) {
                const isWhole = what === 'second';
                this.#dates.push({ at: text.length + 1, which: Number(which), isWhole });
                text += `"0000-00-00 00:00:00${isWhole ? '' : '.000000'}+00:00"`;
            } else {
                text += part;
            }
        }
        this.#bytes = encoder.encode(text);
    }

    get size() {
        return this.#bytes.length;
    }

    /** Writes a run at a place, and returns where it ends. Its dates are `dates[from + 0]` and so on. */
    write(out, at, id, firstBlockRun, dates, from) {
        out.set(this.#bytes, at);
        for (let i = 0; i < this.#ids.length; i++) {
            const { at: where, width, which } = this.#ids[i];
            putNumber(out, at + where, width, which < 0 ? id : firstBlockRun + which);
        }
        for (let i = 0; i < this.#dates.length; i++) {
            const { at: where, which, isWhole } = this.#dates[i];
            putDate(out, at + where, dates[from + which], isWhole);
        }
        return at + this.#bytes.length;
    }
}
