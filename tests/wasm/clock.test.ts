import { createSimulator, type Simulator } from 'runsim';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { smallProject } from './small-project.ts';
import { get, jsonOf, moveClock, statusOf, trigger } from './world.ts';

const start = Date.UTC(2026, 0, 1) * 1000;
let sim: Simulator;
beforeEach(async () => {
    sim = await createSimulator({ project: smallProject });
});
afterEach(() => sim.dispose());

describe('a paused clock', () => {
    test('advance takes text or microseconds, and loses none', () => {
        sim.advance('1h30m1s');
        expect(sim.now).toBe('2026-01-01T01:30:01.000000+00:00');
        sim.advance(1);
        sim.advance(2n);
        expect(sim.now).toBe('2026-01-01T01:30:01.000003+00:00');
        sim.advance('0.000001s');
        expect(sim.nowMicroseconds).toBe(start + 5_401_000_004);
        sim.advance(0);
        expect(sim.nowMicroseconds).toBe(start + 5_401_000_004);
    });

    test('advance says how many events it performed', () => {
        const { events, limitReached } = sim.advance('1m');
        expect(events).toBeGreaterThanOrEqual(6); // a tick every ten seconds
        expect(limitReached).toBe(false);
    });

    test('a run lives its life as time is given to it', () => {
        const { id, status } = trigger(sim, { env: 'dev' });
        expect(status).toBe('initial');
        sim.advance('1m');
        expect(statusOf(sim, id)).toBe('completed');
    });

    test('steps stop at every event, and come to the same world as one advance', () => {
        trigger(sim);
        const leaping = sim.fork();
        leaping.advance('40s');
        const statuses = new Set([statusOf(sim, 1)]);
        while (sim.nextEvent !== null && sim.nextEvent <= leaping.now) {
            const due = sim.clock.next_event_us!;
            expect(sim.step()).toBe(true);
            expect(sim.nowMicroseconds - due).toBeLessThan(100); // every write takes a microsecond
            statuses.add(statusOf(sim, 1));
        }
        sim.runUntil(leaping.now);
        expect([...statuses]).toEqual(['initial', 'running', 'completed']);
        expect(sim.hash()).toBe(leaping.hash());
        leaping.dispose();
    });

    test('runUntil an instant', () => {
        expect(sim.runUntil('2026-01-01 00:00:59.999999')).toBe(true);
        expect(sim.now).toBe('2026-01-01T00:00:59.999999+00:00');
        expect(sim.runUntil('2026-01-01 00:00:00')).toBe(true); // past already
        expect(sim.now).toBe('2026-01-01T00:00:59.999999+00:00');
        expect(sim.runUntil('2026-01-02', { atMost: '1m' })).toBe(false);
        expect(sim.now).toBe('2026-01-01T00:01:59.999999+00:00');
    });

    test('runUntil a condition stops at the event that makes it true', () => {
        const { id } = trigger(sim);
        expect(sim.runUntil((one) => statusOf(one, id) === 'running')).toBe(true);
        expect(statusOf(sim, id)).toBe('running');
        expect(sim.runUntil(() => true)).toBe(true);
    });

    test('runUntil a condition that never holds ends after atMost, by default a day', () => {
        expect(sim.runUntil(() => false, { atMost: '95s' })).toBe(false);
        expect(sim.now).toBe('2026-01-01T00:01:35.000000+00:00');
        expect(sim.runUntil(() => false)).toBe(false);
        expect(sim.now).toBe('2026-01-02T00:01:35.000000+00:00');
    });

    test('more events than one advance performs: it stops at the last, says so, and goes on when told', () => {
        const { events, limitReached } = sim.advance('3650d');
        expect(limitReached).toBe(true);
        expect(events).toBe(10_000_000);
        expect(sim.clock.message).toContain(`the clock stands at ${sim.now}`);
        expect(sim.paused).toBe(true);
        sim.advance('1s');
        expect(sim.clock.message).toBeNull();
    });
});

describe('instants', () => {
    test.each([
        ['2026-01-01', '2026-01-01T00:00:00.000000+00:00'],
        ['2026-01-01 00:00', '2026-01-01T00:00:00.000000+00:00'],
        ['2026-01-01T00:00:00.000001Z', '2026-01-01T00:00:00.000001+00:00'],
        ['2026-01-01T02:00:00.5+02:00', '2026-01-01T00:00:00.500000+00:00'],
        ['2025-12-31 19:00:00-0500', '2026-01-01T00:00:00.000000+00:00'],
        ['2024-02-29 23:59:59.999999', '2024-02-29T23:59:59.999999+00:00'],
        ['2199-12-31 23:59:59.999999', '2199-12-31T23:59:59.999999+00:00'],
        [0, '1970-01-01T00:00:00.000000+00:00'],
        [1767225600000001, '2026-01-01T00:00:00.000001+00:00'],
        [1767225600000001n, '2026-01-01T00:00:00.000001+00:00'],
    ])('%s is %s', async (now, text) => {
        const born = await createSimulator({ project: smallProject, now });
        expect(born.now).toBe(text);
        const again = await createSimulator({ project: smallProject, now: born.now });
        expect(again.nowMicroseconds).toBe(born.nowMicroseconds);
        expect(again.hash()).toBe(born.hash());
    });
});

describe('a running clock', () => {
    let real = 0;
    /** Real time passes, and timers fire when they are due. */
    const pass = (ms: number): void => {
        for (let left = ms; left > 0; left -= 1) {
            real += 1;
            vi.advanceTimersByTime(1);
        }
    };
    beforeEach(() => {
        real = 1000;
        vi.spyOn(performance, 'now').mockImplementation(() => real);
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => {
        vi.useRealTimers();
        vi.restoreAllMocks();
    });
    /** Virtual milliseconds since the start: a tick takes a microsecond for itself, which does not count here. */
    const passed = (): number => Math.floor((sim.nowMicroseconds - start) / 1000);

    test('passes its speed in virtual seconds a real second', () => {
        sim.resume();
        pass(1500);
        expect(passed()).toBe(1_500);
        sim.resume({ speed: 60 });
        pass(1000);
        expect(passed()).toBe(61_500);
        sim.speed = 0.5;
        pass(1000);
        expect(passed()).toBe(62_000);
        sim.pause();
        pass(5000);
        expect(passed()).toBe(62_000);
        expect(sim.speed).toBe(0.5);
    });

    test('loses no part of a microsecond', () => {
        sim.advance('1s'); // past the first tick
        const before = sim.nowMicroseconds;
        sim.resume({ speed: 0.0003 });
        pass(10_000);
        expect(sim.nowMicroseconds - before).toBe(3000);
    });

    test('counts a gap, such as a sleeping machine, as one second', () => {
        sim.resume({ speed: 10 });
        real += 8 * 3_600_000;
        expect(passed()).toBe(10_000);
        pass(100);
        expect(passed()).toBe(11_000);
    });

    test('tells its listeners when something happened, was commanded, or stopped', () => {
        const seen: string[] = [];
        const stop = sim.onClock((clock) => seen.push(`${clock.paused} ${clock.now.slice(17, 19)}`));
        sim.resume({ speed: 10 });
        pass(2050); // ticks at 0, 10 and 20 seconds
        sim.pause();
        stop();
        sim.resume();
        expect(seen.at(0)).toBe('false 00');
        expect(seen).toContain('false 10');
        expect(seen).toContain('false 20');
        expect(seen.at(-1)).toBe('true 20');
        expect(seen.length).toBeLessThan(8); // it wakes for events, it does not poll
    });

    test('tells its listeners also of what a request or a look made happen', () => {
        sim.resume({ speed: 10 });
        const seen: string[] = [];
        sim.onClock(({ now }) => seen.push(now.slice(17, 19)));
        real += 1000; // no timer has fired
        sim.handle({ method: 'GET', target: '/api/statuses' });
        expect(seen).toEqual(['10']);
        real += 1000;
        expect(sim.now.slice(17, 19)).toBe('20');
        pass(0);
        vi.advanceTimersByTime(500);
        expect(seen.slice(0, 2)).toEqual(['10', '20']);
    });

    test('tells its listeners where a condition was met', () => {
        const seen: number[] = [];
        sim.onClock(({ now_us }) => seen.push(now_us));
        expect(sim.runUntil((one) => one.nowMicroseconds > 0)).toBe(true);
        expect(seen).toEqual([]);
        const { start_us } = sim.clock;
        expect(sim.runUntil((one) => one.nowMicroseconds > start_us + 15_000_000)).toBe(true);
        expect(seen).toEqual([sim.nowMicroseconds]);
    });

    test('is brought up to the moment before a request, a look and a snapshot', () => {
        const { id } = trigger(sim);
        sim.resume({ speed: 30 });
        real += 400; // no timer has fired
        expect(statusOf(sim, id)).toBe('running');
        real += 900;
        const restored = sim.fork();
        restored.restore(sim.snapshot());
        expect(restored.nowMicroseconds).toBe(sim.nowMicroseconds);
        restored.dispose();
    });

    test('can be advanced and stepped while it runs', () => {
        sim.resume();
        sim.advance('1h');
        pass(1000);
        expect(passed()).toBe(3_601_000);
        expect(sim.step()).toBe(true);
        expect(passed()).toBe(3_610_000);
        expect(sim.paused).toBe(false);
    });

    test('pauses at the end of its range and says so', async () => {
        const runsim = { ...smallProject.runsim, scheduler_interval: '1h' };
        const late = await createSimulator({ project: { ...smallProject, runsim }, now: '2199-12-31 23:59:59' });
        late.runUntil('2249-12-31 23:59:59.500000');
        late.resume();
        pass(1000);
        expect(late.clock).toMatchObject({
            now: '2250-01-01T00:00:00.000000+00:00',
            paused: true,
            message: 'the clock ends at 2250-01-01T00:00:00.000000+00:00',
        });
        late.dispose();
    });

    test('a disposed one stops', () => {
        sim.resume();
        sim.dispose();
        pass(2000);
        expect(vi.getTimerCount()).toBe(0);
    });
});

describe('/__sim/clock', () => {
    test('shows the clock', () => {
        const response = sim.handle({ method: 'GET', target: '/__sim/clock?x=1' });
        expect(response.headers).toMatchObject({
            'Content-Type': 'application/json',
            'Access-Control-Allow-Origin': '*',
        });
        expect(jsonOf(response)).toEqual({ clock: sim.clock });
        expect(sim.clock).toEqual({
            now: '2026-01-01T00:00:00.000000+00:00',
            now_us: start,
            paused: true,
            speed: 1,
            start: '2026-01-01T00:00:00.000000+00:00',
            start_us: start,
            scheduler_interval_us: 10_000_000,
            next_tick: '2026-01-01T00:00:00.000000+00:00',
            next_tick_us: start,
            next_event: '2026-01-01T00:00:00.000000+00:00',
            next_event_us: start,
            message: null,
        });
    });

    test('commands do what the methods do', () => {
        const twin = sim.fork();
        const commands: Array<[object, () => void]> = [
            [{ action: 'advance', by: '10m' }, () => twin.advance('10m')],
            [{ action: 'advance', by: 7 }, () => twin.advance(7)],
            [{ action: 'step' }, () => twin.step()],
            [{ action: 'run_until', until: '2026-01-01 06:00:00' }, () => twin.runUntil('2026-01-01 06:00:00')],
            [{ action: 'resume', speed: 2 }, () => twin.resume({ speed: 2 })],
            [{ action: 'pause' }, () => twin.pause()],
            [{ speed: 5 }, () => (twin.speed = 5)],
            [{ action: 'reset' }, () => twin.reset()],
        ];
        vi.spyOn(performance, 'now').mockReturnValue(0);
        for (const [command, same] of commands) {
            same();
            expect(moveClock(sim, command)).toEqual({ status: 200, json: { clock: twin.clock } });
            expect(sim.hash()).toBe(twin.hash());
        }
        vi.restoreAllMocks();
        twin.dispose();
    });

    test('OPTIONS and other methods answer like the API', () => {
        const options = sim.handle({ method: 'OPTIONS', target: '/__sim/clock' });
        expect(options).toMatchObject({ status: 204, headers: { 'Access-Control-Allow-Origin': '*' } });
        expect(options.headers['Content-Type']).toBeUndefined();
        expect(options.body).toHaveLength(0);
        expect(sim.handle({ method: 'PUT', target: '/__sim/clock' }).status).toBe(405);
    });

    const mistakes: Array<[string, unknown, string]> = [
        [
            'words for a duration',
            { clock: { action: 'advance', by: 'soon' } },
            'clock.by: "soon" is not a duration (such as "10m", "1h30m", "0.5s")',
        ],
        ['a duration backwards', { clock: { action: 'advance', by: '-1s' } }, 'clock.by: "-1s" is not a duration'],
        [
            'units in the wrong order',
            { clock: { action: 'advance', by: '30s1m' } },
            'clock.by: "30s1m" is not a duration',
        ],
        ['no duration', { clock: { action: 'advance' } }, 'clock.by: missing (the action is "advance")'],
        [
            'a duration past the end',
            { clock: { action: 'advance', by: '90000d' } },
            'clock.by: "90000d" is not short enough: the clock ends at 2250-01-01',
        ],
        [
            'a duration that nobody asked for',
            { clock: { action: 'pause', by: '1s' } },
            'clock.by: only the action "advance" has it',
        ],
        ['no instant', { clock: { action: 'run_until' } }, 'clock.until: missing'],
        [
            'words for an instant',
            { clock: { action: 'run_until', until: 'noon' } },
            'clock.until: "noon" is not an instant',
        ],
        [
            'an unknown action',
            { clock: { action: 'fly' } },
            'clock.action: "fly" is not one of pause, resume, advance, step, run_until, rewind, reset',
        ],
        [
            'no speed at all',
            { clock: { action: 'resume', speed: 0 } },
            'clock.speed: 0 is not a number of virtual seconds',
        ],
        ['a speed of words', { clock: { action: 'advance', by: '1s', speed: 'fast' } }, 'clock.speed: "fast" is not'],
        ['a misspelt key', { clock: { speedy: 1 } }, 'clock: unknown key "speedy" (known: action, speed, by, until)'],
        ['nothing', { clock: {} }, 'clock.action: missing'],
        ['a list for a clock', { clock: [] }, 'clock: an array of 0 is not an object'],
        ['no clock around it', { action: 'pause' }, 'the body: unknown key "action" (known: clock)'],
        ['a list', [], 'the body: an array of 0 is not an object'],
        ['half a text', '{"clock": ', 'the body is not JSON'],
        ['bytes that are no text', new Uint8Array([0x22, 0xff, 0x22]), 'the body is not JSON'],
        ['10 000 lists left open', '['.repeat(10_000), 'the body is not JSON'],
        [
            '10 000 lists in one another',
            '['.repeat(10_000) + ']'.repeat(10_000),
            'the body: an array of 1 is not an object',
        ],
    ];
    test.each(mistakes)('%s: refused', (_, body, message) => {
        const before = [sim.hash(), sim.clock];
        const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
        const response = sim.handle({ method: 'POST', target: '/__sim/clock', body: sent });
        expect(response.status).toBe(400);
        expect(jsonOf(response)).toEqual({
            error: { code: 400, message: expect.stringContaining(message), type: 'record_invalid' },
            status: 400,
        });
        expect([sim.hash(), sim.clock]).toEqual(before);
    });

    test('the other paths of /__sim are the core’s', () => {
        expect(get(sim, '/__sim/project').project.name).toBe('small');
        expect(sim.handle({ method: 'GET', target: '/__sim/clocks' }).status).toBe(404);
    });
});
