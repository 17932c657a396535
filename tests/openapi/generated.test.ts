import fc from 'fast-check';
import type { RawRequest, Simulator } from 'runsim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { document, mistakesOf } from './answers.ts';
import { faultsOf } from './invariants.ts';
import { type Callers, type Headers, livedIn, livedInWithSignIn } from './lived-in.ts';
import { requestOf } from './requests.ts';

// Requests made from the document, good and hostile ones, get answers that it allows, and leave a world that is sound.
// The same every time; RUNSIM_SEED and RUNSIM_RUNS try others, and more.

const seed = Number(process.env.RUNSIM_SEED ?? 1);
const runs = Number(process.env.RUNSIM_RUNS ?? 1);

/** Left out: what waits for a document to load, and what never ends. */
const elsewhere = ['getOpenapi', 'streamEvents'];
const ids = Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .map(({ operationId }) => operationId)
    .filter((id) => !id.startsWith('preflight') && !elsewhere.includes(id));
const isOfClock = (id: string): boolean => id.endsWith('Clock');

/** What is wrong with the answers of a world to requests, or with it afterwards. */
function mistakesOfAll(sim: Simulator, requests: RawRequest[], headers: Headers): string[] {
    for (const request of requests) {
        const found = mistakesOf(request, sim.handle(request));
        if (found === undefined || found.length > 0)
            return [JSON.stringify(request).slice(0, 1000), ...(found ?? ['no path for it'])];
    }
    return faultsOf(sim, headers);
}

/** What is wrong after requests to a copy of the world; if anything is, with the journal of that copy (docs/journal.md). */
function mistakesAfter(world: Simulator, requests: RawRequest[], headers: Headers = {}): string[] {
    const sim = world.fork();
    try {
        const found = mistakesOfAll(sim, requests, headers);
        return found.length === 0 ? [] : [...found, `journal: ${JSON.stringify(sim.journal())}`];
    } finally {
        sim.dispose();
    }
}

/** Whether the journal of a copy of the world, after requests to it, makes the same world: if not, the journal. */
function unplayable(world: Simulator, requests: RawRequest[]): string[] {
    const [sim, again] = [world.fork(), world.fork()];
    try {
        for (const request of requests) sim.handle(request);
        const journal = sim.journal();
        again.replay(journal);
        return again.hash() === sim.hash() ? [] : [JSON.stringify(journal)];
    } finally {
        sim.dispose();
        again.dispose();
    }
}

describe.each(['postgres', 'sqlite'] as const)('on %s', (dialect) => {
    let world: Simulator;
    beforeAll(async () => {
        world = await livedIn(dialect);
    });
    afterAll(() => world.dispose());

    test('the world that requests are sent to is sound', () => expect(faultsOf(world.fork())).toEqual([]));

    test.each(ids)('%s answers whatever is asked as the document says', (id) => {
        const calls = fc.array(requestOf(id), { minLength: 1, maxLength: 4 });
        fc.assert(
            fc.property(calls, (requests) => void expect(mistakesAfter(world, requests)).toEqual([])),
            { seed, numRuns: 30 * runs },
        );
    });

    test('all of them together leave a sound world, whose journal makes it again', () => {
        const any = fc.oneof(...ids.filter((id) => !isOfClock(id)).map((id) => requestOf(id)));
        fc.assert(
            fc.property(fc.array(any, { minLength: 5, maxLength: 40, size: 'max' }), (requests) => {
                expect(mistakesAfter(world, requests)).toEqual([]);
                expect(unplayable(world, requests)).toEqual([]);
            }),
            { seed, numRuns: 40 * runs },
        );
    });
});

describe('where callers must sign in', () => {
    let world: Simulator;
    let callers: Callers;
    beforeAll(async () => {
        ({ sim: world, callers } = await livedInWithSignIn());
    });
    afterAll(() => world.dispose());

    test('everybody gets answers as the document says, and leaves a sound world, whose journal makes it again', () => {
        const { owner, editor, viewer } = callers;
        const { 'X-API-KEY': key = '', 'OAUTH-TOKEN': token = '' } = owner;
        const shown = [
            owner,
            owner,
            editor,
            editor,
            viewer,
            { 'X-API-KEY': key },
            { 'OAUTH-TOKEN': token },
            { 'X-API-KEY': key, Authorization: `Bearer ${token}` },
            { 'X-API-KEY': key, 'OAUTH-TOKEN': 'x' },
            { 'X-API-KEY': key, Cookie: 'oauth_token=a.b.c' },
            {},
        ];
        const any = fc.oneof(...ids.filter((id) => !isOfClock(id)).map((id) => requestOf(id, shown)));
        fc.assert(
            fc.property(fc.array(any, { minLength: 5, maxLength: 40, size: 'max' }), (requests) => {
                expect(mistakesAfter(world, requests, owner)).toEqual([]);
                expect(unplayable(world, requests)).toEqual([]);
            }),
            { seed, numRuns: 40 * runs },
        );
    });

    test('nobody sees a list without the key, nor without a token', () => {
        const refused = (headers: Headers): unknown => {
            const { status, body } = world.handle({ method: 'GET', target: '/api/pipeline_runs', headers });
            return [status, JSON.parse(new TextDecoder().decode(body)).error?.code];
        };
        expect(refused({})).toEqual([401, 401]);
        expect(refused({ 'X-API-KEY': callers.owner['X-API-KEY']! })).toEqual([200, 403]);
        expect(refused(callers.viewer)).toEqual([200, undefined]);
    });
});
