// json-server: it answers on a port only, so that is where it is measured. In node alone.
import jsonServer from 'json-server';
import { overHttp } from '../over-http.mjs';
import { Births, pageAnswer, readTarget, triggerAnswer } from '../workload.mjs';

export async function makeJsonServer(runs) {
    const births = new Births(runs.length);
    const router = jsonServer.router({ pipeline_runs: [...runs] });
    const app = jsonServer.create().set('json spaces', 0);
    // Its own words for a page of one schedule, newest first.
    app.get('/api/pipeline_schedules/:schedule/pipeline_runs', (request, response, next) => {
        const { schedule, offset, limit } = readTarget(request.url);
        response.locals.asked = { offset, limit };
        request.url = '/pipeline_runs';
        request.query = {
            pipeline_schedule_id: String(schedule),
            _sort: 'id',
            _order: 'desc',
            _start: String(offset),
            _limit: String(limit),
        };
        next();
    });
    app.post('/api/pipeline_schedules/:schedule/pipeline_runs/:token', jsonServer.bodyParser, (request, response) => {
        const run = births.triggered(Buffer.from(JSON.stringify(request.body)));
        router.db.get('pipeline_runs').push(run).write();
        response.json(triggerAnswer(run));
    });
    router.render = (_request, response) => {
        const count = Number(response.get('X-Total-Count'));
        response.json(pageAnswer(response.locals.data, count, response.locals.asked));
    };
    app.use(router);
    const server = await new Promise((done) => {
        const listening = app.listen(0, '127.0.0.1', () => done(listening));
    });
    const contender = overHttp('json-server', server.address().port);
    return {
        ...contender,
        close() {
            contender.close();
            server.close();
        },
    };
}
