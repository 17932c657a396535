// miragejs: its database, as a route handler uses it, without models, serializers and the faked XMLHttpRequest, which cost more still.
import { _Db as Db } from 'miragejs';
import { Births, pageAnswer, readTarget, triggerAnswer } from '../workload.mjs';

const encoder = new TextEncoder();

export function makeMirage(runs) {
    const births = new Births(runs.length);
    const db = new Db({ pipeline_runs: runs });
    return {
        name: 'miragejs',
        page(target) {
            const asked = readTarget(target);
            const rows = db.pipeline_runs.where({ pipeline_schedule_id: asked.schedule });
            const end = Math.max(0, rows.length - asked.offset);
            const shown = rows.slice(Math.max(0, end - asked.limit), end).reverse();
            // Ids are texts in its database.
            const numbered = shown.map((run) => ({ ...run, id: Number(run.id) }));
            return encoder.encode(JSON.stringify(pageAnswer(numbered, rows.length, asked)));
        },
        trigger(_target, body) {
            const run = db.pipeline_runs.insert(births.triggered(body));
            return encoder.encode(JSON.stringify(triggerAnswer({ ...run, id: Number(run.id) })));
        },
    };
}
