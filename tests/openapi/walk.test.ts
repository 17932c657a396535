import { createSimulator, type Simulator } from 'runsim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mistakesOf } from './answers.ts';
import { apiToken, get, livedIn } from './lived-in.ts';
import type { Visit } from './visit.ts';
import { actions, signIn } from './walk-actions.ts';
import { pages } from './walk-pages.ts';

const apiKey = 'zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2';

/** What a body lacks of a path (see Visit.needs). */
function lacks(value: any, path: string[], at = ''): string[] {
    const [part, ...rest] = path;
    if (part === undefined) return [];
    const { name, rows, required } = /^(?<name>\w+)(?<rows>(?:\[\]\??)?)(?<required>!?)$/.exec(part)!.groups!;
    const inner = value?.[name!];
    const place = `${at}.${name}`;
    if (inner === undefined) return [`${place} is not there`];
    if (inner === null) return required || rows || rest.length > 0 ? [`${place} is null`] : [];
    if (!rows) return lacks(inner, rest, place);
    if (!Array.isArray(inner)) return [`${place} is no list`];
    if (inner.length === 0 && rows === '[]') return [`${place} has no row`];
    return inner.flatMap((row) => lacks(row, rest, `${place}[]`));
}

/** Makes a call as the UI does, its key in query and body; what is wrong with the answer. */
function visit(sim: Simulator, { call, json, needs }: Visit, records: Record<string, unknown>): string[] {
    const [method, path] = call.replace(/\{(\w+)\}/g, (_, name: string) => String(records[name])).split(' ') as [
        string,
        string,
    ];
    const request = {
        method,
        target: `${path}${path.includes('?') ? '&' : '?'}api_key=${apiKey}`,
        headers: { 'Content-Type': 'application/json' },
        ...(json === undefined ? {} : { body: JSON.stringify({ ...(json as object), api_key: apiKey }) }),
    };
    const response = sim.handle(request);
    if (response.status !== 200) return [`status ${response.status}`];
    const body = JSON.parse(new TextDecoder().decode(response.body));
    if (body.error) return [`error: ${body.error.exception ?? body.error.message}`];
    const missing = needs.flatMap((need) => lacks(body, need.split('.')));
    return [...new Set([...missing, ...(mistakesOf(request, response) ?? ['the document has no such path'])])];
}

describe.each(['postgres', 'sqlite'] as const)('a walk through the pages on %s', (dialect) => {
    let world: Simulator;
    let records: Record<string, unknown>;
    beforeAll(async () => {
        world = await livedIn(dialect);
        const { pipeline_runs } = get(world, '/api/pipeline_schedules/1/pipeline_runs?status=completed');
        const run = pipeline_runs[0];
        const { backfills } = get(world, '/api/backfills?pipeline_uuid=fanout');
        records = {
            schedule: 1,
            run: run.id,
            block_run: run.block_runs[0].id,
            backfill: backfills[0].id,
            token: apiToken,
        };
    });
    afterAll(() => world.dispose());

    const check = (sim: Simulator, one: Visit): void => {
        const found = visit(sim, one, records);
        if (one.pending === undefined) expect(found, one.call).toEqual([]);
        else expect(found, `${one.call} is answered: it is no longer pending`).not.toEqual([]);
    };

    for (const [page, visits] of Object.entries(pages)) {
        test.each(visits.map((one) => [`${one.call}${one.pending ? ` (pending: ${one.pending})` : ''}`, one] as const))(
            `${page}: %s`,
            (_, one) => check(world, one),
        );
    }
    for (const [action, visits] of Object.entries(actions)) {
        test(`${action}${visits.some((one) => one.pending) ? ' (pending)' : ''}`, () => {
            const sim = world.fork();
            for (const one of visits) check(sim, one);
            sim.dispose();
        });
    }
});

test('signing in, where authentication is on', async () => {
    const sim = await createSimulator({ auth: true }); // the demo project, whose history nobody signed in for
    expect(visit(sim, signIn, {})).toEqual([]);
    sim.dispose();
});

test('a field that is missing, null or of no row is found', () => {
    const body = { rows: [{ a: 1, b: null }], none: [], no: null };
    const lack = (path: string): string[] => lacks(body, path.split('.'));
    expect([lack('rows[].a!'), lack('rows[].b'), lack('none[]?.a')]).toEqual([[], [], []]);
    expect([lack('rows[].b!'), lack('rows[].c'), lack('none[].a'), lack('no.a'), lack('gone')]).toEqual([
        ['.rows[].b is null'],
        ['.rows[].c is not there'],
        ['.none has no row'],
        ['.no is null'],
        ['.gone is not there'],
    ]);
});
