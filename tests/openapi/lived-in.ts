import { createSimulator, type RawRequest, type Simulator } from 'runsim';

// A world in which something of every kind is there: what requests are sent to.

export const apiToken = '0123456789abcdef0123456789abcdef';
const project = new URL('../conformance/projects/lab', import.meta.url);

export const jsonOf = (sim: Simulator, request: RawRequest): any =>
    JSON.parse(new TextDecoder().decode(sim.handle(request).body));

export const get = (sim: Simulator, target: string): any => jsonOf(sim, { method: 'GET', target });

export function send(sim: Simulator, call: string, json: unknown): any {
    const [method, target] = call.split(' ') as [string, string];
    const answer = jsonOf(sim, { method, target, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) });
    if (answer.error) throw new Error(`${call}: ${JSON.stringify(answer.error)}`);
    return answer;
}

/** Schedules 1 to 4 (api, daily, once, event), an event matcher, a finished backfill, runs of all statuses. */
export async function livedIn(dialect: 'postgres' | 'sqlite'): Promise<Simulator> {
    const sim = await createSimulator({ project, dialect });
    const schedule = (pipeline: string, fields: object): number =>
        send(sim, `POST /api/pipelines/${pipeline}/pipeline_schedules`, { pipeline_schedule: fields }).pipeline_schedule.id;
    const api = schedule('chain', { name: 'api', schedule_type: 'api', status: 'active', token: apiToken, variables: { env: 'dev' } });
    schedule('diamond', { name: 'daily', schedule_type: 'time', schedule_interval: '@daily', start_time: '2024-01-01', status: 'active', sla: 60 });
    const failing = schedule('broken', { name: 'once', schedule_type: 'time', schedule_interval: '@once', start_time: '2024-01-01', status: 'active' });
    const event = schedule('gated', { name: 'event', schedule_type: 'event', status: 'active' });
    send(sim, `PUT /api/pipeline_schedules/${api}`, { pipeline_schedule: { tags: ['b', 'a'] } });
    send(sim, 'POST /api/event_matchers', { event_matcher: { name: 'any', pattern: { kind: ['a'] }, pipeline_schedule_ids: [event] } });
    for (let i = 0; i < 3; i++) send(sim, `POST /api/pipeline_schedules/${api}/pipeline_runs/${apiToken}`, { env: i });
    send(sim, `POST /api/pipeline_schedules/${api}/pipeline_runs`, { pipeline_run: { execution_date: '2026-01-01 00:00:00' } });
    send(sim, `POST /api/pipeline_schedules/${api}/pipeline_runs`, { pipeline_run: { execution_date: '2026-01-01 00:00:00' } });
    send(sim, 'POST /api/events', { kind: 'a' });
    const backfill = send(sim, 'POST /api/pipelines/fanout/backfills', {
        backfill: { name: 'three', start_datetime: '2024-01-01', end_datetime: '2024-01-03', interval_type: 'day', interval_units: 1 },
    }).backfill.id;
    send(sim, 'POST /api/pipelines/chain/backfills', { backfill: { name: 'bare' } });
    send(sim, `PUT /api/backfills/${backfill}`, { backfill: { status: 'initial' } });
    sim.advance('20s');
    const cancelled = send(sim, `POST /api/pipeline_schedules/${api}/pipeline_runs/${apiToken}`, {}).pipeline_run.id;
    send(sim, `PUT /api/pipeline_runs/${cancelled}`, { pipeline_run: { status: 'cancelled' } });
    send(sim, `POST /api/pipeline_schedules/${failing}/pipeline_runs`, {});
    send(sim, `POST /api/pipeline_schedules/${api}/pipeline_runs/${apiToken}`, {});
    sim.advance('1.2s');
    return sim;
}
