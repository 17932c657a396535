// What a front-end team writes when it needs the API: arrays of objects and JSON.stringify, an array for each schedule so that no page
// looks at every run, and the text of each run kept for when it is asked for again.
import { Births, pageAnswer, readTarget, triggerAnswer } from '../workload.mjs';

const encoder = new TextEncoder();

export class PlainMock {
    name = 'plain mock';
    #births;
    #lists = new Map(); // oldest first, by schedule
    #texts = new Map(); // by run

    constructor(runs) {
        this.#births = new Births(runs.length);
        this.#lists.set(1, [...runs]);
    }

    #rows({ schedule, limit, offset }) {
        const list = this.#lists.get(schedule) ?? [];
        const end = Math.max(0, list.length - offset);
        return { rows: list.slice(Math.max(0, end - limit), end).reverse(), count: list.length };
    }

    cold(target) {
        const asked = readTarget(target);
        const { rows, count } = this.#rows(asked);
        return encoder.encode(JSON.stringify(pageAnswer(rows, count, asked)));
    }

    page(target) {
        const asked = readTarget(target);
        const { rows, count } = this.#rows(asked);
        const texts = rows.map((run) => {
            if (!this.#texts.has(run.id)) this.#texts.set(run.id, JSON.stringify(run));
            return this.#texts.get(run.id);
        });
        const next = asked.offset + asked.limit < count;
        return encoder.encode(`{"pipeline_runs":[${texts.join()}],"metadata":{"count":${count},"next":${next}}}`);
    }

    trigger(_target, body) {
        const run = this.#births.triggered(body);
        const { pipeline_schedule_id: schedule } = run;
        if (!this.#lists.has(schedule)) this.#lists.set(schedule, []);
        this.#lists.get(schedule).push(run);
        return encoder.encode(JSON.stringify(triggerAnswer(run)));
    }
}
