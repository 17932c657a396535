import { createSimulator, type RawRequest, type Simulator } from 'runsim';

// A world in which something of every kind is there: what requests are sent to.

export const apiToken = '0123456789abcdef0123456789abcdef';
const project = new URL('../conformance/projects/lab', import.meta.url);

export const jsonOf = (sim: Simulator, request: RawRequest): any =>
    JSON.parse(new TextDecoder().decode(sim.handle(request).body));

export type Headers = Record<string, string>;

export const get = (sim: Simulator, target: string, headers: Headers = {}): any =>
    jsonOf(sim, { method: 'GET', target, headers });

function send(sim: Simulator, call: string, json: unknown, own: Headers): any {
    const [method, target] = call.split(' ') as [string, string];
    const answer = jsonOf(sim, {
        method,
        target,
        headers: { 'Content-Type': 'application/json', ...own },
        body: JSON.stringify(json),
    });
    if (answer.error) throw new Error(`${call}: ${JSON.stringify(answer.error)}`);
    return answer;
}

/** Who calls in a world with authentication on: the headers of the owner, an editor and a viewer. */
export interface Callers {
    owner: Headers;
    editor: Headers;
    viewer: Headers;
}

const key = { 'X-API-KEY': 'zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2' };
const headersOf = (jwt: string): Headers => ({ ...key, 'OAUTH-TOKEN': JSON.parse(atob(jwt.split('.')[1]!)).token });

/** Signs the owner in, and makes the others. */
export function signIn(sim: Simulator): Callers {
    const owner = headersOf(
        send(sim, 'POST /api/sessions', { session: { email: 'admin@admin.com', password: 'admin' } }, key).session
            .token,
    );
    const [editor, viewer] = [3, 4].map((role) => {
        const user = {
            email: `${role}@example.com`,
            username: `u${role}`,
            password: 'long enough',
            password_confirmation: 'long enough',
            roles_new: [role],
        };
        return headersOf(send(sim, 'POST /api/users', { user }, owner).user.token);
    }) as [Headers, Headers];
    return { owner, editor, viewer };
}

/** Schedules 1 to 4 (api, daily, once, event), an event matcher, a finished backfill, runs of all statuses. */
export async function livedIn(dialect: 'postgres' | 'sqlite'): Promise<Simulator> {
    const sim = await createSimulator({ project, dialect });
    live(sim);
    return sim;
}

/** Likewise where callers must sign in. */
export async function livedInWithSignIn(): Promise<{ sim: Simulator; callers: Callers }> {
    const sim = await createSimulator({ project, auth: true });
    const callers = signIn(sim);
    live(sim, callers.owner);
    return { sim, callers };
}

function live(sim: Simulator, headers: Headers = {}): void {
    const post = (call: string, json: unknown): any => send(sim, call, json, headers);
    const schedule = (pipeline: string, fields: object): number =>
        post(`POST /api/pipelines/${pipeline}/pipeline_schedules`, { pipeline_schedule: fields }).pipeline_schedule.id;
    const api = schedule('chain', {
        name: 'api',
        schedule_type: 'api',
        status: 'active',
        token: apiToken,
        variables: { env: 'dev' },
    });
    schedule('diamond', {
        name: 'daily',
        schedule_type: 'time',
        schedule_interval: '@daily',
        start_time: '2024-01-01',
        status: 'active',
        sla: 60,
    });
    const failing = schedule('broken', {
        name: 'once',
        schedule_type: 'time',
        schedule_interval: '@once',
        start_time: '2024-01-01',
        status: 'active',
    });
    const event = schedule('gated', { name: 'event', schedule_type: 'event', status: 'active' });
    post(`PUT /api/pipeline_schedules/${api}`, { pipeline_schedule: { tags: ['b', 'a'] } });
    post('POST /api/event_matchers', {
        event_matcher: { name: 'any', pattern: { kind: ['a'] }, pipeline_schedule_ids: [event] },
    });
    for (let i = 0; i < 3; i++) post(`POST /api/pipeline_schedules/${api}/pipeline_runs/${apiToken}`, { env: i });
    post(`POST /api/pipeline_schedules/${api}/pipeline_runs`, {
        pipeline_run: { execution_date: '2026-01-01 00:00:00' },
    });
    post(`POST /api/pipeline_schedules/${api}/pipeline_runs`, {
        pipeline_run: { execution_date: '2026-01-01 00:00:00' },
    });
    post('POST /api/events', { kind: 'a' });
    const backfill = post('POST /api/pipelines/fanout/backfills', {
        backfill: {
            name: 'three',
            start_datetime: '2024-01-01',
            end_datetime: '2024-01-03',
            interval_type: 'day',
            interval_units: 1,
        },
    }).backfill.id;
    post('POST /api/pipelines/chain/backfills', { backfill: { name: 'bare' } });
    post(`PUT /api/backfills/${backfill}`, { backfill: { status: 'initial' } });
    sim.advance('20s');
    const cancelled = post(`POST /api/pipeline_schedules/${api}/pipeline_runs/${apiToken}`, {}).pipeline_run.id;
    post(`PUT /api/pipeline_runs/${cancelled}`, { pipeline_run: { status: 'cancelled' } });
    post(`POST /api/pipeline_schedules/${failing}/pipeline_runs`, {});
    post(`POST /api/pipeline_schedules/${api}/pipeline_runs/${apiToken}`, {});
    sim.advance('1.2s');
}
