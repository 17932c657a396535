// @msw/data: a collection of records. It orders a page after it has cut it, so the page is cut from the end.
import { Collection } from '@msw/data';
import { Births, pageAnswer, readTarget, triggerAnswer } from '../workload.mjs';

const encoder = new TextEncoder();

// Lets every value through: what a validator would cost is not the library's.
const anything = { '~standard': { version: 1, vendor: 'bench', validate: (value) => ({ value }) } };

export async function makeMswData(runs) {
    const births = new Births(runs.length);
    const collection = new Collection({ schema: anything });
    // The collection marks the very objects that it is given.
    for (const run of runs) await collection.create({ ...run });
    const counts = new Map([[1, runs.length]]);
    return {
        name: '@msw/data',
        page(target) {
            const asked = readTarget(target);
            const count = counts.get(asked.schedule) ?? 0;
            const end = Math.max(0, count - asked.offset);
            const skip = Math.max(0, end - asked.limit);
            const rows = collection.findMany((q) => q.where({ pipeline_schedule_id: asked.schedule }), {
                skip,
                take: end - skip,
                orderBy: { id: 'desc' },
            });
            return encoder.encode(JSON.stringify(pageAnswer(rows, count, asked)));
        },
        async trigger(_target, body) {
            const run = await collection.create(births.triggered(body));
            counts.set(run.pipeline_schedule_id, (counts.get(run.pipeline_schedule_id) ?? 0) + 1);
            return encoder.encode(JSON.stringify(triggerAnswer(run)));
        },
    };
}
