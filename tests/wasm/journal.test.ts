import { compare, createSimulator, type Journal, type RunsimError, type Simulator } from 'runsim';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { smallProject } from './small-project.ts';
import { get, jsonOf, moveClock, statusOf, textOf, trigger } from './world.ts';

let sim: Simulator;
beforeEach(async () => {
    sim = await createSimulator({ project: smallProject });
});
afterEach(() => sim.dispose());

const codeOf = (call: () => unknown): string => {
    try {
        call();
    } catch (thrown) {
        return `${(thrown as RunsimError).code}: ${(thrown as RunsimError).message}`;
    }
    return 'nothing';
};

/** Something of everything: calls, time, single events. */
function live(one: Simulator): void {
    trigger(one, { n: 1 });
    one.advance('12s');
    trigger(one, { n: 2 });
    one.step();
    one.handle({
        method: 'PUT',
        target: '/__sim/pipeline_runs/2/blocks/second',
        body: JSON.stringify({ outcome: 'fail' }),
    });
    one.advance('1m');
}

describe('a journal', () => {
    test('makes the same world again, to the hash, its clock paused where it stood', async () => {
        sim.resume({ speed: 2 });
        live(sim);
        sim.pause();
        const again = await createSimulator({ journal: sim.journal() });
        expect(again.hash()).toBe(sim.hash());
        expect(again.now).toBe(sim.now);
        expect(again.paused).toBe(true);
        expect(again.journal()).toEqual(sim.journal());
        for (const one of [sim, again]) live(one);
        expect(again.hash()).toBe(sim.hash());
        again.dispose();
    });

    test('survives JSON, and may be given as text', async () => {
        live(sim);
        const text = JSON.stringify(sim.journal(), null, 4);
        const again = await createSimulator({ journal: text });
        expect(again.hash()).toBe(sim.hash());
        again.dispose();
        const running = await createSimulator({ journal: text, speed: 5 });
        expect(running.clock).toMatchObject({ paused: false, speed: 5 });
        running.dispose();
    });

    test('is what a reset goes back to', async () => {
        live(sim);
        const again = await createSimulator({ journal: sim.journal() });
        const before = again.journal();
        live(again);
        again.reset();
        expect(again.journal()).toEqual(before);
        again.dispose();
    });

    test('of a world that was reset begins anew, and of one that was restored with the snapshot', async () => {
        const begin = sim.journal();
        live(sim);
        const snapshot = sim.snapshot();
        sim.reset();
        expect(sim.journal()).toEqual(begin);
        sim.restore(snapshot);
        const journal = sim.journal();
        expect(Buffer.from(journal.begin.snapshot ?? '', 'base64').equals(snapshot)).toBe(true);
        expect(journal.calls).toEqual([]);
        trigger(sim);
        const again = await createSimulator({ journal: sim.journal() });
        expect(again.hash()).toBe(sim.hash());
        again.dispose();
    });

    test('does not notice calls that only read', () => {
        live(sim);
        const before = sim.journal();
        get(sim, '/api/pipeline_runs');
        get(sim, '/__sim/project');
        sim.handle({ method: 'OPTIONS', target: '/api/pipeline_runs' });
        sim.handle({ method: 'POST', target: '/__sim/clock', body: '{"clock": {"action": "pause"}}' });
        expect(sim.journal()).toEqual(before);
    });

    test('goes with a fork', () => {
        live(sim);
        const fork = sim.fork();
        expect(fork.journal()).toEqual(sim.journal());
        trigger(fork);
        expect(fork.journal().calls.length).toBe(sim.journal().calls.length + 1);
        fork.dispose();
    });

    test('names everything that makes a world: nothing can be given beside it', async () => {
        await expect(createSimulator({ journal: sim.journal(), seed: 2 })).rejects.toMatchObject({
            code: 'bad_argument',
            message: 'journal: cannot be combined with seed, which it names itself',
        });
        await expect(createSimulator({ journal: 7 as never })).rejects.toMatchObject({
            code: 'bad_argument',
            message: 'journal: 7 is not a journal: what sim.journal() gave, or its JSON text',
        });
        await expect(createSimulator({ journal: {} as Journal })).rejects.toMatchObject({
            code: 'bad_journal',
            message: expect.stringContaining('journal: begin: is missing'),
        });
    });

    test('that was changed is refused', async () => {
        live(sim);
        const journal = sim.journal();
        journal.calls.pop();
        await expect(createSimulator({ journal })).rejects.toMatchObject({
            code: 'bad_journal',
            message: expect.stringMatching(/^journal: hash: the world ends as [0-9a-f]{16}, not as [0-9a-f]{16}: /),
        });
        delete journal.hash;
        (await createSimulator({ journal })).dispose();
        expect(codeOf(() => sim.replay('{'))).toMatch(/^bad_journal: journal: line 1/);
    });
});

describe('the past', () => {
    test('is a simulator of its own, as it was then', () => {
        const { id } = trigger(sim);
        sim.advance('615s');
        expect(statusOf(sim, id)).toBe('completed');
        const then = sim.at('2026-01-01 00:00:01');
        expect(then.now).toBe('2026-01-01T00:00:01.000000+00:00');
        expect([then.paused, statusOf(then, id)]).toEqual([true, 'running']);
        const { now } = sim;
        then.advance('10m');
        expect(statusOf(then, id)).toBe('completed');
        expect(sim.now).toBe(now);
        then.dispose();
    });

    test('has the instants of the journal, and no others', () => {
        sim.advance('61s');
        expect(codeOf(() => sim.at('2025-12-31 23:59:59'))).toBe(
            'bad_argument: instant: 2025-12-31T23:59:59.000000+00:00 is before the begin of the journal, ' +
                '2026-01-01T00:00:00.000000+00:00',
        );
        expect(codeOf(() => sim.rewind('2026-01-01 00:02:00'))).toBe(
            'bad_argument: instant: 2026-01-01T00:02:00.000000+00:00 has not come yet; it is ' +
                '2026-01-01T00:01:01.000000+00:00',
        );
        expect(codeOf(() => sim.at('soon'))).toMatch(/^bad_argument: instant: "soon" is not an instant/);
    });

    test('can be gone back to: what came later is returned, and the same calls give the same bytes', () => {
        live(sim);
        const whole = sim.journal();
        const reset = vi.fn();
        sim.onReset(reset);
        sim.resume();
        const removed = sim.rewind('2026-01-01 00:00:11');
        expect(reset).toHaveBeenCalledOnce();
        expect(sim.paused).toBe(true);
        expect(sim.journal().calls).toEqual(whole.calls.slice(0, 1));
        expect(removed.calls).toEqual(whole.calls.slice(1));
        const { hash: _, ...rest } = whole;
        sim.replay({ ...rest, calls: [...sim.journal().calls, ...removed.calls] });
        expect(sim.journal()).toEqual(whole);
    });

    test('is told to those who watch', () => {
        trigger(sim);
        const told: string[] = [];
        sim.onTransition(({ subject, to }) => told.push(`${subject} ${to}`));
        sim.advance('1m');
        const first = told.splice(0);
        sim.rewind('2026-01-01 00:00:00.5');
        sim.advance('1m');
        expect(told.length).toBeGreaterThan(0);
        expect(first.slice(-told.length)).toEqual(told);
    });
});

describe('a simulator that was created with a speed', () => {
    test('has forks and pasts that stand exactly where they should', async () => {
        const running = await createSimulator({ project: smallProject, speed: 1_000_000 });
        running.pause();
        trigger(running);
        running.advance('20m');
        const fork = running.fork();
        expect([fork.now, fork.hash(), fork.paused]).toEqual([running.now, running.hash(), true]);
        const [one, two] = [running.at('2026-01-01 00:00:01.5'), running.at('2026-01-01 00:00:01.5')];
        expect([one.now, two.now]).toEqual(Array(2).fill('2026-01-01T00:00:01.500000+00:00'));
        expect(one.hash()).toBe(two.hash());
        for (const each of [running, fork, one, two]) each.dispose();
    });
});

describe('compare', () => {
    test('of a world with itself says nothing', () => {
        live(sim);
        const nothing = { record_from: 0, first_transition: null, pipeline_runs: [], only_in_a: [], only_in_b: [] };
        expect(compare(sim, sim)).toEqual({ now_a: sim.now, now_b: sim.now, ...nothing });
    });

    test.each(['the same memory', 'another memory'])(
        'shows what follows where a block fails, with a world in %s',
        async (place) => {
            trigger(sim);
            const other = place === 'the same memory' ? sim.fork() : await createSimulator({ journal: sim.journal() });
            other.handle({
                method: 'PUT',
                target: '/__sim/pipeline_runs/1/blocks/first',
                body: JSON.stringify({ outcome: 'fail', error: 'ValueError: boom' }),
            });
            for (const one of [sim, other]) one.runUntil('2026-01-01 00:01:00');
            const { first_transition, pipeline_runs, only_in_a, only_in_b } = compare(sim, other);
            expect(first_transition).toMatchObject({
                a: { block_uuid: 'first', to: 'completed' },
                b: { block_uuid: 'first', to: 'failed' },
            });
            expect([only_in_a, only_in_b]).toEqual([[], []]);
            expect(pipeline_runs).toMatchObject([
                {
                    pipeline_uuid: 'pair',
                    a: { id: 1, status: 'completed' },
                    b: { id: 1, status: 'failed' },
                    block_runs: [
                        { block_uuid: 'first', a: { status: 'completed' }, b: { status: 'failed' } },
                        { block_uuid: 'second', a: { status: 'completed' }, b: { status: 'cancelled' } },
                    ],
                },
            ]);
            other.dispose();
        },
    );

    test('wants two simulators', () => {
        expect(codeOf(() => compare(sim, {} as Simulator))).toBe(
            'bad_argument: b: an object is not a simulator from createSimulator()',
        );
    });
});

describe('over HTTP', () => {
    const ask = (method: string, target: string, body?: unknown) => {
        const response = sim.handle({ method, target, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
        return { status: response.status, json: jsonOf(response) };
    };

    test('GET and PUT /__sim/journal', () => {
        live(sim);
        const { status, json } = ask('GET', '/__sim/journal');
        expect([status, json]).toEqual([200, sim.journal()]);
        sim.reset();
        expect(ask('PUT', '/__sim/journal', json)).toEqual({ status: 200, json: { clock: sim.clock } });
        expect(sim.journal()).toEqual(json);
        const hash = sim.hash();
        const refused = ask('PUT', '/__sim/journal', { ...json, until: 'soon' });
        expect([refused.status, refused.json.error.message]).toEqual([
            400,
            expect.stringMatching(/^journal: until: "soon" is not a moment/),
        ]);
        expect(sim.hash()).toBe(hash);
        expect(sim.handle({ method: 'PUT', target: '/__sim/journal', body: new Uint8Array([0xff]) }).status).toBe(400);
    });

    test('POST /__sim/compare shows where the world and that of a journal part', () => {
        trigger(sim);
        const fork = sim.fork();
        fork.advance('1m');
        expect(ask('POST', '/__sim/compare', fork.journal())).toEqual({ status: 200, json: compare(sim, fork) });
        expect(ask('POST', '/__sim/compare', {}).json.error.message).toMatch(/^journal: runsim_journal: is missing/);
        fork.dispose();
    });

    test('the clock rewinds', () => {
        live(sim);
        const { calls } = sim.journal();
        expect(moveClock(sim, { action: 'rewind', until: '2026-01-01 00:00:05' })).toMatchObject({
            status: 200,
            json: {
                clock: { now: '2026-01-01T00:00:05.000000+00:00', paused: true },
                removed: { calls: calls.slice(1) },
            },
        });
        expect(moveClock(sim, { action: 'rewind' }).json.error.message).toBe(
            'clock.until: missing (the action is "rewind")',
        );
        expect(moveClock(sim, { action: 'rewind', until: '2027-01-01' })).toMatchObject({
            status: 400,
            json: { error: { message: expect.stringContaining('has not come yet') } },
        });
        expect(moveClock(sim, { action: 'pause', until: '2027-01-01' }).json.error.message).toBe(
            'clock.until: only the action "run_until" or "rewind" has it',
        );
    });

    test('GET /__sim/at/<instant>/... answers as of then', () => {
        trigger(sim);
        sim.advance('10m');
        const then = sim.at('2026-01-01T00:00:01');
        for (const target of ['/api/pipeline_runs?_limit=5', '/__sim/pipeline_runs/1', '/__sim/clock']) {
            const expected = textOf(then.handle({ method: 'GET', target }));
            for (const instant of ['2026-01-01T00:00:01', '2026-01-01%2000:00:01', '1767225601000000']) {
                const answer = sim.handle({ method: 'GET', target: `/__sim/at/${instant}${target}` });
                expect([answer.status, textOf(answer)]).toEqual([200, expected]);
            }
        }
        then.dispose();
    });

    test('the present instant is not over: a later call at it is seen', () => {
        sim.advance('1m');
        const now = sim.nowMicroseconds;
        const count = (): number => ask('GET', `/__sim/at/${now}/api/pipeline_runs`).json.pipeline_runs.length;
        expect(count()).toBe(0);
        trigger(sim);
        expect(count()).toBe(1);
        sim.rewind(now - 1);
        sim.advance('1m');
        expect(count()).toBe(0);
    });

    test.each([
        ['GET', '/__sim/at/2027-01-01/api/pipeline_runs', 400, 'has not come yet'],
        ['GET', '/__sim/at/soon/api/pipeline_runs', 400, 'instant: "soon" is not an instant'],
        ['GET', '/__sim/at/%ff/api/pipeline_runs', 400, 'is not percent-encoded text'],
        ['GET', '/__sim/at/2026-01-01', 404, 'an instant and a path of /api or /__sim are needed'],
        ['GET', '/__sim/at/2026-01-01/nope', 404, 'an instant and a path of /api or /__sim are needed'],
        ['GET', '/__sim/at/2026-01-01/__sim/openapi.json', 404, 'there is no such path in the past'],
        ['GET', '/__sim/at/2026-01-01/__sim/events', 404, 'there is no such path in the past'],
        ['GET', '/__sim/at/2026-01-01/__sim/at/2026-01-01/api/x', 404, 'there is no such path in the past'],
        ['POST', '/__sim/at/2026-01-01/api/pipeline_runs', 405, 'only GET is possible'],
    ])('%s %s is %i: %s', (method, target, expected, message) => {
        const { status, json } = ask(method, target);
        expect([status, json.error.message]).toEqual([expected, expect.stringContaining(message)]);
    });
});
