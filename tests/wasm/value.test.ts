import { createSimulator, type RunsimError, type Simulator } from 'runsim';
import { beforeEach, describe, expect, test } from 'vitest';
import { smallProject } from './small-project.ts';
import { get, statusOf, trigger } from './world.ts';

let sim: Simulator;
beforeEach(async () => {
    sim = await createSimulator({ project: smallProject });
});

/** What would tell two worlds apart: their hash, and what becomes of them. */
const fate = (one: Simulator): string[] => {
    const future = one.fork();
    trigger(future, { more: true });
    future.advance('5m');
    const hashes = [one.hash(), future.hash()];
    future.dispose();
    return hashes;
};

describe('snapshot and restore', () => {
    test('a world is saved and restored at every event of a run', () => {
        trigger(sim);
        const other = sim.fork();
        while (statusOf(sim, 1) !== 'completed') {
            other.restore(sim.snapshot());
            expect(fate(other)).toEqual(fate(sim));
            sim.step();
        }
    });

    test('going back in time', () => {
        const { id } = trigger(sim);
        const snapshot = sim.snapshot();
        const before = sim.hash();
        sim.advance('1m');
        expect(statusOf(sim, id)).toBe('completed');
        sim.restore(snapshot);
        expect(statusOf(sim, id)).toBe('initial');
        expect(sim.hash()).toBe(before);
    });

    test('a snapshot carries its project into another simulator', async () => {
        const demo = await createSimulator();
        sim.advance('1m');
        demo.restore(sim.snapshot());
        expect(demo.hash()).toBe(sim.hash());
        expect(demo.clock).toEqual(sim.clock);
        demo.advance('1m');
        sim.advance('1m');
        expect(demo.hash()).toBe(sim.hash());
    });

    test('equal worlds have equal bytes', () => {
        trigger(sim);
        const other = sim.fork();
        for (const one of [sim, other]) one.advance('25s');
        expect(Buffer.from(other.snapshot()).equals(sim.snapshot())).toBe(true);
    });

    test.each([
        ['nothing', () => new Uint8Array(0)],
        ['other bytes', () => new TextEncoder().encode('{"not": "a snapshot"}')],
        ['its first half', (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1)],
        ['all but the last byte', (bytes: Uint8Array) => bytes.subarray(0, -1)],
        ['one byte too many', (bytes: Uint8Array) => new Uint8Array([...bytes, 0])],
        ['another version', (bytes: Uint8Array) => bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte))],
    ])('%s is no snapshot: an error, and the world is as it was', (_, damage) => {
        trigger(sim);
        const before = fate(sim);
        const bytes = damage(sim.snapshot());
        expect(() => sim.restore(bytes)).toThrow(
            expect.objectContaining({ name: 'RunsimError', code: 'bad_snapshot' }),
        );
        expect(fate(sim)).toEqual(before);
    });

    test('damage anywhere is an error or a world, never the end of the instance', () => {
        trigger(sim);
        sim.advance('13s');
        const sound = sim.snapshot();
        const other = sim.fork();
        const step = Math.max(1, Math.floor(sound.length / 400));
        for (let at = 0; at < sound.length; at += step) {
            const bytes = sound.slice();
            bytes[at] = bytes[at]! ^ 0x55;
            try {
                other.restore(bytes);
            } catch (thrown) {
                expect((thrown as RunsimError).code).toBe('bad_snapshot');
            }
        }
        other.restore(sound);
        expect(fate(other)).toEqual(fate(sim));
    });
});

describe('fork', () => {
    test('is equal, and from then on a world of its own', () => {
        trigger(sim);
        const fork = sim.fork();
        expect(fate(fork)).toEqual(fate(sim));
        fork.advance('1m');
        expect(statusOf(fork, 1)).toBe('completed');
        expect(statusOf(sim, 1)).toBe('initial');
        trigger(sim);
        expect(get(fork, '/api/pipeline_runs').metadata.count).toBe(1);
        expect(get(sim, '/api/pipeline_runs').metadata.count).toBe(2);
    });

    test('of a running simulator is paused, with its speed', () => {
        sim.resume({ speed: 7 });
        const fork = sim.fork();
        expect([fork.paused, fork.speed, sim.paused]).toEqual([true, 7, false]);
        sim.dispose();
        fork.resume();
        fork.dispose();
    });

    test('outlives the one it came from, and many are many', () => {
        const forks = Array.from({ length: 50 }, (_, index) => {
            const fork = sim.fork();
            for (let i = 0; i < index; i++) trigger(fork);
            return fork;
        });
        sim.dispose();
        for (const [index, fork] of forks.entries()) {
            expect(get(fork, '/api/pipeline_runs').metadata.count).toBe(index);
            fork.dispose();
        }
    });
});

describe('reset and dispose', () => {
    test('reset brings back world and clock as they were made, also after a restore', async () => {
        const before = fate(sim);
        const clock = sim.clock;
        trigger(sim);
        sim.advance('1h');
        sim.reset();
        expect(fate(sim)).toEqual(before);
        sim.restore((await createSimulator()).snapshot());
        sim.resume({ speed: 9 });
        sim.reset();
        expect(fate(sim)).toEqual(before);
        expect(sim.clock).toEqual(clock);
        sim.reset();
        expect(fate(sim)).toEqual(before);
    });

    test('reset of one that was born running', async () => {
        const running = await createSimulator({ project: smallProject, speed: 4 });
        running.pause();
        running.speed = 2;
        running.reset();
        expect([running.paused, running.speed]).toEqual([false, 4]);
        running.dispose();
    });

    test('every use after dispose is an error, dispose again is none', async () => {
        sim.dispose();
        sim.dispose();
        const uses: Array<(one: Simulator) => unknown> = [
            (one) => one.now,
            (one) => one.nowMicroseconds,
            (one) => one.nextTick,
            (one) => one.nextEvent,
            (one) => one.paused,
            (one) => one.speed,
            (one) => (one.speed = 1),
            (one) => one.notes,
            (one) => one.clock,
            (one) => one.pause(),
            (one) => one.resume(),
            (one) => one.advance('1s'),
            (one) => one.step(),
            (one) => one.runUntil('2026-01-02'),
            (one) => one.snapshot(),
            (one) => one.restore(new Uint8Array(0)),
            (one) => one.fork(),
            (one) => one.reset(),
            (one) => one.hash(),
            (one) => one.onClock(() => {}),
            (one) => one.handle({ method: 'GET', target: '/' }),
        ];
        for (const use of uses)
            expect(() => use(sim), String(use)).toThrow(expect.objectContaining({ code: 'disposed' }));
        await expect(sim.fetch('/')).rejects.toMatchObject({ name: 'RunsimError', code: 'disposed' });
    });
});

test('two simulators live side by side', async () => {
    const other = await createSimulator({ project: smallProject, dialect: 'sqlite', now: '2030-01-01' });
    trigger(sim);
    trigger(sim);
    trigger(other);
    sim.advance('1m');
    expect(get(other, '/api/pipeline_runs').metadata.count).toBe(1);
    expect(statusOf(other, 1)).toBe('initial');
    expect(statusOf(sim, 2)).toBe('completed');
    sim.dispose();
    other.advance('1m');
    expect(statusOf(other, 1)).toBe('completed');
});

test('notes name what a project asks for and runsim does not simulate', async () => {
    expect(sim.notes).toEqual([]);
    const demo = await createSimulator();
    for (const note of demo.notes) expect(note).toMatch(/\w/);
});

test.each(['0.9.79', '0.9.80'] as const)('the projects that ship load without a note in Mage %s', async (mage) => {
    for (const name of ['demo', 'timeline']) {
        const shipped = await createSimulator({ project: new URL(`../../projects/${name}`, import.meta.url), mage });
        expect(shipped.notes).toEqual([]);
        shipped.dispose();
    }
});
