import { createSimulator, type Simulator, type Transition } from 'runsim';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { smallProject } from './small-project.ts';
import { get, moveClock, trigger } from './world.ts';

let sim: Simulator;
beforeEach(async () => {
    sim = await createSimulator({ project: smallProject });
});
afterEach(() => {
    vi.useRealTimers();
    sim.dispose();
});

const recorded = (one: Simulator, query = ''): Transition[] => {
    const all: Transition[] = [];
    for (let from: number | null = 0; from !== null; ) {
        const { transitions, metadata } = get(one, `/__sim/transitions?_limit=1000&from=${from}${query}`);
        all.push(...transitions);
        from = metadata.next;
    }
    return all;
};
const numbers = (list: Transition[]): number[] => list.map(({ number }) => number);
const upTo = (from: number, end: number): number[] => Array.from({ length: end - from }, (_, i) => from + i);

/** What an iterator gives while `work` is done, and after it, until nothing more comes. */
async function collect(iterator: AsyncIterator<Transition, undefined>, count: number): Promise<Transition[]> {
    const list: Transition[] = [];
    while (list.length < count) {
        const { done, value } = await iterator.next();
        if (done) break;
        list.push(value);
    }
    return list;
}

describe('onTransition', () => {
    test.each(['handle', 'now'] as const)('a listener may put another world in place while %s catches up', (way) => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        trigger(sim);
        sim.resume({ speed: 10 });
        let resets = 0;
        sim.onTransition(() => {
            if (resets++ === 0) sim.reset();
        });
        const later = performance.now() + 30_000;
        const clock = vi.spyOn(performance, 'now').mockImplementation(() => later);
        try {
            if (way === 'now') expect(sim.now).toMatch(/^20/);
            else expect(get(sim, '/api/pipeline_runs').metadata.count).toBe(0);
        } finally {
            clock.mockRestore();
        }
        expect(resets).toBeGreaterThan(0);
    });

    test('tells every change once, in order, whatever moved the world', async () => {
        const seen: Transition[] = [];
        const others: Transition[] = [];
        const begin = recorded(sim).length;
        sim.onTransition((transition) => seen.push(transition));
        sim.onTransition((transition) => others.push(transition));
        trigger(sim);
        expect(seen.map(({ subject, from, to, why }) => [subject, from, to, why])).toEqual([
            ['run', null, 'initial', 'a request made it'],
            ['block_run', null, 'initial', 'the scheduler made it with its run'],
            ['block_run', null, 'initial', 'the scheduler made it with its run'],
        ]);
        for (let i = 0; i < 4; i++) sim.step();
        sim.advance('5s');
        sim.runUntil('2026-01-01 00:00:20');
        trigger(sim);
        sim.runUntil((one) => get(one, '/api/pipeline_runs/2').pipeline_run.status === 'completed');
        moveClock(sim, { action: 'advance', by: '10s' });
        await sim.fetch('/api/pipeline_runs/1', { method: 'PUT', body: '{"pipeline_run": {"status": "cancelled"}}' });
        const all = recorded(sim).slice(begin);
        expect(all.length).toBeGreaterThan(20);
        expect(seen).toEqual(all);
        expect(others).toEqual(all);
    });

    test('a running clock tells, too', () => {
        vi.useFakeTimers();
        const seen: Transition[] = [];
        sim.onTransition((transition) => seen.push(transition));
        trigger(sim);
        sim.resume({ speed: 10 });
        vi.advanceTimersByTime(3_000);
        expect(seen.map(({ to }) => to)).toContain('completed');
        expect(seen).toEqual(recorded(sim).slice(1));
    });

    test('observed or not, the world is the same', () => {
        const other = sim.fork();
        let count = 0;
        sim.onTransition(() => count++);
        for (const one of [sim, other]) {
            for (let i = 0; i < 300; i++) trigger(one);
            expect(one.advance('1h').events).toBeGreaterThan(1000);
        }
        expect(count).toBeGreaterThan(3000);
        expect(sim.hash()).toBe(other.hash());
        expect(sim.advance('1h')).toEqual(other.advance('1h'));
        other.dispose();
    });

    test('an advance that changes more than the record keeps loses nothing', async () => {
        const small = structuredClone(smallProject) as any;
        small.runsim.schedules.push({
            id: 2,
            pipeline: 'pair',
            name: 'busy',
            schedule_type: 'time',
            schedule_interval: '@always_on',
            status: 'active',
        });
        const busy = await createSimulator({ project: small });
        const iterator = busy.transitions({ from: 'now' });
        let expected = get(busy, '/__sim/transitions?_limit=1').metadata.end;
        let gaps = 0;
        const first = expected;
        busy.onTransition(({ number }) => {
            if (number !== expected++) gaps++;
        });
        busy.advance('5d');
        const { begin, end } = get(busy, '/__sim/transitions?_limit=1').metadata;
        expect(begin).toBeGreaterThan(first);
        expect([expected, gaps]).toEqual([end, 0]);
        // Nor does one who did not read meanwhile.
        const late = await collect(iterator, end - first);
        expect(late.every(({ number }, i) => number === first + i)).toBe(true);
        busy.dispose();
    });

    test('a listener may move the world: everybody still hears everything in order', () => {
        const [mover, watcher]: [number[], number[]] = [[], []];
        let moves = 0;
        sim.onTransition(({ number, to }) => {
            mover.push(number);
            if (to === 'completed' && moves++ < 3) {
                trigger(sim);
                sim.advance('30s');
            }
        });
        sim.onTransition(({ number }) => watcher.push(number));
        trigger(sim);
        sim.advance('1m');
        const { end } = get(sim, '/__sim/transitions?_limit=1').metadata;
        expect(mover).toEqual(upTo(1, end));
        expect(watcher).toEqual(upTo(1, end));
    });

    test('stop stops, also from inside, and twice is once', () => {
        const seen: number[] = [];
        const stop = sim.onTransition(({ number }) => {
            seen.push(number);
            stop();
        });
        trigger(sim);
        sim.advance('1m');
        stop();
        expect(seen).toEqual([1]);
    });

    test('what a listener throws is an uncaught error, and disturbs neither the world nor the others', async () => {
        const uncaught: unknown[] = [];
        const before = process.listeners('uncaughtException');
        process.removeAllListeners('uncaughtException');
        process.on('uncaughtException', (thrown) => uncaught.push(thrown));
        try {
            const seen: number[] = [];
            const stop = sim.onTransition(() => {
                throw new Error('mine');
            });
            sim.onTransition(({ number }) => seen.push(number));
            const { id } = trigger(sim);
            stop();
            sim.advance('1m');
            expect(get(sim, `/api/pipeline_runs/${id}`).pipeline_run.status).toBe('completed');
            expect(seen).toEqual(upTo(1, recorded(sim).length));
            await new Promise(setImmediate); // after all microtasks
            expect(uncaught).toEqual([new Error('mine'), new Error('mine'), new Error('mine')]);
        } finally {
            process.removeAllListeners('uncaughtException');
            for (const listener of before) process.on('uncaughtException', listener);
        }
    });

    test('after reset and restore it hears of the new world from there on', () => {
        trigger(sim);
        const saved = sim.snapshot();
        sim.advance('1m');
        const seen: number[] = [];
        let resets = 0;
        sim.onTransition(({ number }) => seen.push(number));
        sim.onReset(() => resets++);
        sim.restore(saved);
        expect([seen, resets]).toEqual([[], 1]);
        sim.advance('1m');
        expect(seen).toEqual(upTo(4, recorded(sim).length));
        seen.length = 0;
        sim.reset();
        trigger(sim);
        expect([seen, resets]).toEqual([[1, 2, 3], 2]);
        expect(() => sim.restore(new Uint8Array(3))).toThrow();
        trigger(sim);
        expect([seen.length, resets]).toEqual([6, 2]);
    });

    test('a listener that resets or restores the world in the midst of an advance: the new world stays where it is', () => {
        trigger(sim);
        const saved = sim.snapshot();
        const savedAt = sim.now;
        let left = 1;
        sim.onTransition(({ to }) => {
            if (to === 'running' && left-- > 0) sim.restore(saved);
        });
        sim.advance('1m');
        expect(sim.now).toBe(savedAt);
        let resets = 1;
        sim.onTransition(({ to }) => {
            if (to === 'running' && resets-- > 0) sim.reset();
        });
        sim.advance('1m');
        expect(sim.now).toBe(sim.clock.start);
        sim.onTransition(() => sim.dispose());
        expect(() => trigger(sim)).not.toThrow();
        expect(() => sim.now).toThrow('disposed');
    });

    test('a fork has no listeners', () => {
        const seen: number[] = [];
        sim.onTransition(({ number }) => seen.push(number));
        const fork = sim.fork();
        trigger(fork);
        expect(seen).toEqual([]);
        fork.dispose();
    });
});

describe('transitions', () => {
    test('gives what the record has, then what comes, while the clock is paused, moved and runs', async () => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
        trigger(sim);
        const iterator = sim.transitions();
        expect(numbers(await collect(iterator, 4))).toEqual([0, 1, 2, 3]);
        let later = iterator.next(); // before anything happened
        sim.advance('5s');
        expect((await later).value?.number).toBe(4);
        later = collect(iterator, recorded(sim).length - 5) as never;
        expect(numbers((await later) as never)).toEqual(upTo(5, recorded(sim).length));
        later = iterator.next();
        const end = recorded(sim).length;
        trigger(sim);
        sim.resume({ speed: 60 });
        vi.advanceTimersByTime(1_000);
        expect((await later).value?.number).toBe(end);
        expect(numbers(await collect(iterator, 5))).toEqual(upTo(end + 1, end + 6));
    });

    test('of one run only', async () => {
        trigger(sim);
        const { id } = trigger(sim);
        const list: Transition[] = [];
        setTimeout(() => sim.advance('1m'), 1);
        for await (const transition of sim.transitions({ pipelineRun: id })) {
            list.push(transition);
            if (transition.subject === 'run' && transition.to === 'completed') break;
        }
        expect(list).toEqual(recorded(sim, `&pipeline_run_id=${id}`).slice(0, list.length));
        expect(list.length).toBeGreaterThan(8);
    });

    test('from a number, and from now', async () => {
        trigger(sim);
        expect(numbers(await collect(sim.transitions({ from: 2 }), 2))).toEqual([2, 3]);
        const iterator = sim.transitions({ from: 'now' });
        trigger(sim);
        expect(numbers(await collect(iterator, 3))).toEqual([4, 5, 6]);
    });

    test('several requests at once are answered in order', async () => {
        const iterator = sim.transitions({ from: 'now' });
        const three = [iterator.next(), iterator.next(), iterator.next()];
        trigger(sim);
        expect((await Promise.all(three)).map(({ value }) => value?.number)).toEqual([1, 2, 3]);
    });

    test('ends when the signal aborts, when it is left, and when the simulator is disposed', async () => {
        const abort = new AbortController();
        const one = sim.transitions({ from: 'now', signal: abort.signal });
        const waiting = one.next();
        abort.abort();
        expect(await waiting).toEqual({ done: true, value: undefined });
        expect(await one.next()).toEqual({ done: true, value: undefined });
        expect(await sim.transitions({ signal: abort.signal }).next()).toEqual({ done: true, value: undefined });

        const left = sim.transitions();
        await left.return!();
        expect((await left.next()).done).toBe(true);

        trigger(sim);
        const open = sim.transitions({ from: 2 });
        const idle = sim.transitions({ from: 'now' });
        const idling = idle.next();
        sim.dispose();
        expect((await idling).done).toBe(true);
        expect(numbers(await collect(open, 9))).toEqual([2, 3]); // what was not read yet is
    });

    test('after reset it goes on with the new world; what was not read of the old one comes first', async () => {
        const iterator = sim.transitions();
        trigger(sim);
        sim.reset();
        trigger(sim);
        expect(numbers(await collect(iterator, 7))).toEqual([0, 1, 2, 3, 1, 2, 3]);
    });

    test.each([
        [{ from: -1 }, 'from: -1 is not the number of a transition'],
        [{ from: 1.5 }, 'from: 1.5 is not the number of a transition'],
        [{ from: 'then' }, 'from: "then" is not the number of a transition'],
        [{ from: 99 }, 'from: 99 is beyond the end of the record, 1'],
        [{ pipelineRun: 0 }, 'pipelineRun: 0 is not the id of a pipeline run'],
        [{ pipelineRun: '1' }, 'pipelineRun: "1" is not the id of a pipeline run'],
        [{ signal: {} }, 'signal: an object is not an AbortSignal'],
        [{ run: 1 }, 'options: unknown key "run" (known: from, pipelineRun, signal)'],
    ])('refuses %j', (options, message) => {
        expect(() => sim.transitions(options as object)).toThrow(message);
    });
});

describe('why', () => {
    test('says why a run and a block run are where they are', () => {
        const { id } = trigger(sim);
        expect(sim.why({ pipelineRun: id })).toMatch(/^waits for the scheduler/);
        sim.advance('1s');
        expect(sim.why({ blockRun: 1 })).toBe('runs since 00:00:00: attempt 1 of 1');
        expect(sim.why({ blockRun: 2 })).toBe('waits for `first`, which runs since 00:00:00; next tick 00:00:10');
        expect(sim.why({ pipelineRun: id })).toBe(get(sim, `/__sim/pipeline_runs/${id}`).pipeline_run.why);
    });

    test.each([
        [{}, 'subject: either pipelineRun or blockRun is needed, as an id'],
        [{ pipelineRun: 1, blockRun: 1 }, 'subject: either pipelineRun or blockRun is needed, as an id'],
        [{ pipelineRun: 7 }, 'pipelineRun: 7 is not the id of a pipeline run'],
        [{ blockRun: 7 }, 'blockRun: 7 is not the id of a block run'],
        [{ blockRun: '7' }, 'blockRun: "7" is not an id'],
        [{ run: 7 }, 'subject: unknown key "run"'],
        [7, 'subject: 7 is not an object'],
    ])('refuses %j', (subject, message) => {
        expect(() => sim.why(subject as never)).toThrow(message);
    });
});
