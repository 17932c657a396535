// The module in two parts, as a browser loads it: what the first part answers alone, of the demo project, which comes as a
// part of its own, and that the second one is there for whatever it cannot.
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { createSimulator, type RawRequest, type RawResponse, type Simulator, type SimulatorOptions } from 'runsim';
import { describe, expect, test } from 'vitest';
import { smallProject } from './small-project.ts';
import { get, textOf } from './world.ts';

const dist = new URL('../../wasm/package/dist/', import.meta.url);
const openapi = JSON.parse(await readFile(new URL('openapi.json', dist), 'utf8')) as { paths: Record<string, object> };
const { createOn } = await import(new URL('create.js', dist).href);

// Reads files where a browser fetches, and counts how often the second part was asked for.
function twoParts(rest = new URL('runsim-rest.wasm', dist), demo = new URL('runsim-demo.wasm', dist)) {
    const platform = {
        asked: 0,
        withheld: false,
        shipped: { module: new URL('runsim-first.wasm', dist), rest, demo },
        async read(address: URL): Promise<Uint8Array> {
            if (address.href === platform.shipped.rest.href) platform.asked++;
            if (address.href === rest.href && platform.withheld) throw new Error('withheld');
            return new Uint8Array(await readFile(address));
        },
    };
    const create = (options: SimulatorOptions): Promise<Simulator> => createOn(platform, { lazy: true, ...options });
    return { platform, create };
}
const missing = (name: string) => new URL(`../not-there/${name}.wasm`, dist);

const shown = ({ status, headers, body }: RawResponse) => ({ status, headers, body: new TextDecoder().decode(body) });
const answers = async (sim: Simulator, request: RawRequest) => shown((await sim.answer(request)) as RawResponse);

/** The hash, for which all must be loaded. */
async function hashOf(sim: Simulator): Promise<string> {
    expect(await sim.fetch('/api/statuses').then((response) => response.status)).toBe(200);
    return sim.hash();
}

// Each operation that the API document describes, once with what is there and once with what is not.
const values: Record<string, string[]> = {
    pipeline_uuid: ['example_pipeline', 'gone'],
    block_uuid: ['load_titanic', 'gone'],
    token: ['4506463a01944ef492f70005996dac1a', 'gone'],
};
const triggerTarget = `/api/pipeline_schedules/71/pipeline_runs/${values.token![0]}`;
const operations: RawRequest[] = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
        .filter((method) => ['get', 'post', 'put', 'delete'].includes(method))
        .flatMap((method) =>
            [0, 1].map((i) => ({
                method: method.toUpperCase(),
                target: path.replace(/\{(\w+)\}/g, (_, name) => values[name]?.[i] ?? ['1', '999'][i]!),
                ...(method === 'get' ? {} : { body: '{"pipeline_schedule": {"name": "new"}}' }),
            })),
        ),
);
const inWorld = operations.filter(({ target }) => !/^\/__sim\/(?:clock|events|snapshot|openapi)/.test(target));

const world = async (create: (options: SimulatorOptions) => Promise<Simulator>): Promise<Simulator> => {
    const sim = await create({});
    sim.handle({ method: 'POST', target: triggerTarget, body: '{}' });
    sim.advance('1m');
    return sim;
};

describe('a simulator of two parts', () => {
    test('answers every operation as the whole module does, with nothing loaded before', async () => {
        expect(inWorld.length).toBeGreaterThan(200);
        const { create } = twoParts();
        for (const request of inWorld) {
            const [parts, whole] = [await world(create), await world(createSimulator)];
            const name = `${request.method} ${request.target}`;
            expect([name, await answers(parts, request)]).toEqual([name, shown(whole.handle(request))]);
            expect([name, await hashOf(parts)]).toEqual([name, whole.hash()]);
            for (const sim of [parts, whole]) sim.dispose();
        }
    });

    // Whatever the query and the body: a request that is taken for a usual one must never reach what is not there.
    const usual = fc.record({
        at: fc.constantFrom(
            'GET /api/pipeline_runs',
            'GET /api/pipeline_runs/1',
            'GET /api/pipeline_runs/1/block_runs',
            'GET /api/pipeline_runs/1/pipeline_runs',
            'GET /api/pipeline_schedules',
            'GET /api/pipeline_schedules/1',
            'GET /api/pipeline_schedules/999',
            'GET /api/pipeline_schedules/1/pipeline_runs',
            'GET /api/pipeline_schedules/1/block_runs',
            'GET /api/block_runs',
            'GET /api/block_runs/1',
            'GET /api/block_runs/1/block_runs',
            'GET /__sim/project',
            'GET /__sim/pipeline_runs/1',
            'GET /__sim/transitions',
            'PUT /__sim/project',
            'POST /api/pipeline_schedules/1/pipeline_runs',
            `POST ${triggerTarget}`,
            'PUT /api/pipeline_runs/1',
        ),
        query: fc.array(
            fc.tuple(
                fc.constantFrom(
                    ...['_limit', '_offset', '_format', 'order_by', 'order_by[]', 'status', 'status[]', 'tag[]'],
                    ...['pipeline_uuid', 'pipeline_run_id', 'schedule_type[]', 'start_timestamp', 'api_key', 'search'],
                    ...['pipeline_uuid[]', 'include_all_pipeline_schedules', 'disable_retries_grouping', 'frequency[]'],
                ),
                fc.constantFrom(
                    '1',
                    '0',
                    '-1',
                    'id',
                    'example_pipeline',
                    'failed',
                    'running',
                    'created_at desc',
                    'with_basic_details',
                    '2026-01-01',
                    '%ff',
                ),
            ),
            { maxLength: 3 },
        ),
        body: fc.oneof(
            fc.constantFrom(
                '{"pipeline_run": {"variables": {"a": 1}}}',
                '{"pipeline_run": {"status": "cancelled"}}',
                '{"pipeline_run": {"status": "initial", "pipeline_run_action": "retry_blocks", "from_block_uuid": "load_titanic"}}',
                '{"pipeline_run": {"pipeline_run_action": "retry_blocks"}}',
                '{"pipeline_run": {"passed_sla": true, "execution_date": "yesterday"}}',
                '{"block": {"duration": "3s"}}',
                '[]',
                'nothing',
            ),
            fc.json(),
        ),
    });

    test('answers usual requests without the second part', async () => {
        const { create, platform } = twoParts(new URL('runsim-rest.wasm?usual', dist));
        platform.withheld = true;
        const [parts, whole] = [await world(create), await world(createSimulator)];
        const forks: [Simulator, Simulator][] = [];
        fc.assert(
            fc.property(fc.array(usual, { minLength: 1, maxLength: 12 }), (calls) => {
                const [a, b] = [parts.fork(), whole.fork()];
                for (const { at, query, body } of calls) {
                    const [method = '', path] = at.split(' ');
                    const target = `${path}?${query.map((pair) => pair.join('=')).join('&')}`;
                    const request = { method, target, ...(method === 'GET' ? {} : { body }) };
                    expect(shown(a.handle(request))).toEqual(shown(b.handle(request)));
                    for (const sim of [a, b]) sim.advance('1s');
                }
                forks.push([a, b]);
            }),
            { numRuns: 200 },
        );
        expect(platform.asked).toBe(0);
        platform.withheld = false;
        for (const [a, b] of forks) expect(await hashOf(a)).toBe(b.hash());
    });

    test('begins the demo project, passes time and begins anew without the second part', async () => {
        const { create, platform } = twoParts(new URL('runsim-rest.wasm?begin', dist));
        platform.withheld = true;
        const [parts, whole] = [await create({}), await createSimulator()];
        for (const sim of [parts, whole]) sim.advance('13h');
        const fork = parts.fork();
        for (const sim of [parts, whole]) {
            sim.reset();
            sim.advance('26h');
        }
        expect(parts.notes).toEqual(whole.notes);
        expect(parts.clock).toEqual(whole.clock);
        expect(parts.why({ pipelineRun: 1 })).toBe(whole.why({ pipelineRun: 1 }));
        expect(platform.asked).toBe(0);
        platform.withheld = false;
        expect(await hashOf(parts)).toBe(whole.hash());
        expect(await hashOf(fork)).not.toBe(whole.hash());
    });

    test('saves, restores and hashes once the second part is there', async () => {
        const { create } = twoParts(new URL('runsim-rest.wasm?snapshot', dist));
        const [parts, whole] = [await world(create), await world(createSimulator)];
        const needs = expect.objectContaining({ code: 'no_module', message: expect.stringContaining('lazy') });
        expect(() => parts.hash()).toThrow(needs);
        expect(() => parts.snapshot()).toThrow(needs);
        expect(() => parts.restore(whole.snapshot())).toThrow(needs);
        const saved = await parts.fetch('/__sim/snapshot');
        expect(new Uint8Array(await saved.arrayBuffer())).toEqual(whole.snapshot());
        const snapshot = parts.snapshot();
        parts.advance('1h');
        parts.restore(snapshot);
        expect(parts.hash()).toBe(whole.hash());
        const other = await twoParts(new URL('runsim-rest.wasm?put', dist)).create({});
        expect((await other.fetch('/__sim/snapshot', { method: 'PUT', body: snapshot as BodyInit })).status).toBe(200);
        expect(other.hash()).toBe(whole.hash());
    });

    test('has a past once the second part is there', async () => {
        const { create } = twoParts(new URL('runsim-rest.wasm?past', dist));
        const [parts, whole] = [await world(create), await world(createSimulator)];
        const needs = expect.objectContaining({ code: 'no_module', message: expect.stringContaining('lazy') });
        for (const past of [() => parts.journal(), () => parts.at(parts.now), () => parts.rewind(parts.now)])
            expect(past).toThrow(needs);
        const body = JSON.stringify({ clock: { action: 'rewind', until: whole.clock.start } });
        const rewound = await parts.fetch('/__sim/clock', { method: 'POST', body });
        expect([rewound.status, parts.now]).toEqual([200, whole.at(whole.clock.start).now]);
        const target = `/__sim/at/${whole.clock.start_us}/api/pipeline_runs`;
        const other = await twoParts(new URL('runsim-rest.wasm?at', dist)).create({ project: smallProject });
        expect((await other.fetch(target)).status).toBe(200);
        const journal = whole.journal();
        const again = await twoParts(new URL('runsim-rest.wasm?journal', dist)).create({ journal });
        expect(again.hash()).toBe(whole.hash());
    });

    test('unless asked to be lazy, loads both at once', async () => {
        const { create, platform } = twoParts(new URL('runsim-rest.wasm?at-once', dist));
        const sim = await create({ lazy: false });
        expect(platform.asked).toBe(1);
        expect(get(sim, '/api/pipelines').pipelines).toHaveLength(9);
        await expect(create({ lazy: 'yes' as unknown as boolean })).rejects.toThrow('lazy: "yes" is not true or false');
        await expect(twoParts(missing('both')).create({ lazy: false })).rejects.toMatchObject({ code: 'no_module' });
    });

    test('handle() says that it cannot load the second part, until somebody else did', async () => {
        const sim = await twoParts(new URL('runsim-rest.wasm?handle', dist)).create({});
        const request = { method: 'GET', target: '/api/pipelines' };
        const refused = sim.handle(request);
        expect(refused.status).toBe(503);
        expect(textOf(refused)).toContain('ask once with sim.fetch()');
        expect(await sim.fetch('/api/pipelines').then((response) => response.status)).toBe(200);
        expect(get(sim, '/api/pipelines').pipelines).toHaveLength(9);
        const fork = sim.fork();
        expect(get(fork, '/api/pipelines').pipelines).toHaveLength(9);
    });

    test('loads the second part once, whoever asks first', async () => {
        const { create, platform } = twoParts(new URL('runsim-rest.wasm?once', dist));
        const sims = [await create({}), await create({})];
        const targets = ['/api/pipelines', '/api/tags', '/api/backfills'];
        const all = sims.flatMap((sim) => targets.map((target) => sim.fetch(target)));
        expect((await Promise.all(all)).map((response) => response.status)).toEqual(Array(6).fill(200));
        expect(platform.asked).toBe(1);
    });

    test('a second part that cannot be had is an error of the request alone', async () => {
        const { create, platform } = twoParts(missing('for-now'));
        const sim = await create({});
        await expect(sim.fetch('/api/pipelines')).rejects.toMatchObject({ code: 'no_module' });
        expect(get(sim, '/api/pipeline_runs/1').pipeline_run.id).toBe(1);
        platform.read = async () => new Uint8Array(await readFile(new URL('runsim-rest.wasm', dist)));
        expect(await sim.fetch('/api/pipelines').then((response) => response.status)).toBe(200);
    });

    test('a request that is given up while the second part is loaded reaches no world', async () => {
        const { create, platform } = twoParts(new URL('runsim-rest.wasm?aborted', dist));
        const [sim, untouched] = [await create({}), await create({})];
        const { read } = platform;
        const abort = new AbortController();
        platform.read = async (address) => {
            abort.abort(new Error('enough'));
            return read(address);
        };
        const body = '{"pipeline_schedule": {"name": "late"}}';
        const asked = sim.fetch('/api/pipeline_schedules', { method: 'POST', body, signal: abort.signal });
        await expect(asked).rejects.toThrow('enough');
        expect(await hashOf(sim)).toBe(await hashOf(untouched));
    });

    test('a project, or another world of the demo project, brings the second part along', async () => {
        const given: SimulatorOptions[] = [
            { project: smallProject },
            { seed: 2 },
            { now: '2026-03-01 00:00:00' },
            { dialect: 'sqlite' },
            { mage: '0.9.80' },
            { auth: true },
        ];
        for (const [i, options] of given.entries()) {
            const { create, platform } = twoParts(new URL(`runsim-rest.wasm?given-${i}`, dist));
            const [parts, whole] = [await create(options), await createSimulator(options)];
            expect(platform.asked).toBe(1);
            expect(parts.hash()).toBe(whole.hash());
        }
    });

    test('a demo project that cannot be had is an error', async () => {
        const { create } = twoParts(undefined, missing('demo'));
        await expect(create({})).rejects.toMatchObject({ code: 'no_module' });
        expect((await create({ project: smallProject })).now).toBe('2026-01-01T00:00:00.000000+00:00');
    });

    test('parts of two builds do not fit together', async () => {
        const bytes = await readFile(new URL('runsim-rest.wasm', dist));
        const at = bytes.indexOf('$', bytes.lastIndexOf('first')); // the shared memory bears the build's digest
        bytes[at + 1] = bytes[at + 1] === 48 ? 49 : 48;
        const { create, platform } = twoParts(new URL('runsim-rest.wasm?other', dist));
        const sim = await create({});
        platform.read = async () => new Uint8Array(bytes);
        await expect(sim.fetch('/api/pipelines')).rejects.toThrow(/does not fit the first part/);
    });
});
