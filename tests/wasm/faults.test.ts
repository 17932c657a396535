import { createSimulator, RunsimError, type Simulator } from 'runsim';
import { serve } from 'runsim/serve';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { smallProject, triggerTarget } from './small-project.ts';
import { get } from './world.ts';

let sim: Simulator;
afterEach(() => {
    vi.useRealTimers();
    sim.dispose();
});

const withFaults = async (...planned: object[]): Promise<Simulator> => {
    const project = { ...smallProject, runsim: { ...(smallProject.runsim as object), faults: { planned } } };
    sim = await createSimulator({ project });
    return sim;
};
const runs = (): number => get(sim, '/__sim/transitions').transitions.filter((t: any) => t.subject === 'run').length;
const post = { method: 'POST', body: '{}' };

describe('a server that answers with errors', () => {
    const errors = { at: '1m', kind: 'server_errors', for: '1m' };

    test('does so for its time only, and the requests have no effect', async () => {
        await withFaults(errors);
        expect((await sim.fetch(triggerTarget, post)).status).toBe(200);
        sim.runUntil('2026-01-01 00:01:00');
        const before = sim.hash();
        const response = await sim.fetch(triggerTarget, post);
        expect([response.status, await response.text()]).toEqual([500, '']);
        expect(response.headers.get('content-type')).toBeNull();
        expect(response.headers.get('access-control-allow-origin')).toBe('*');
        expect(sim.handle({ method: 'GET', target: '/api/statuses' })).toMatchObject({
            status: 500,
            body: new Uint8Array(0),
        });
        expect(sim.hash()).toBe(before);
        sim.advance('59s');
        expect((await sim.fetch('/api/statuses')).status).toBe(500);
        sim.advance('1s');
        expect((await sim.fetch(triggerTarget, post)).status).toBe(200);
    });

    test('but /__sim always answers', async () => {
        await withFaults({ ...errors, at: '0s' });
        for (const target of ['/__sim/project', '/__sim/clock', '/__sim/transitions', '/__sim/openapi.json'])
            expect((await sim.fetch(target)).status, target).toBe(200);
        expect((await sim.fetch('/__simulated')).status).toBe(500);
        expect((await sim.fetch('/')).status).toBe(500);
    });

    test('on the wire', async () => {
        await withFaults({ ...errors, at: '0s' });
        const server = await serve(sim, { port: 0 });
        const response = await fetch(server.url + triggerTarget, post);
        expect([response.status, await response.text()]).toEqual([500, '']);
        expect(response.headers.get('content-length')).toBe('0');
        expect((await fetch(`${server.url}/__sim/clock`)).status).toBe(200);
        await server.close();
    });
});

describe('a server that is silent', () => {
    const silent = { at: '0s', kind: 'server_silent', for: '1m' };

    test('is a network error to fetch, and no_answer to handle; the request has no effect', async () => {
        await withFaults(silent);
        const failing = sim.fetch(triggerTarget, post);
        await expect(failing).rejects.toBeInstanceOf(TypeError);
        await expect(failing).rejects.toMatchObject({ cause: expect.objectContaining({ code: 'no_answer' }) });
        try {
            sim.handle({ method: 'POST', target: triggerTarget });
            expect.unreachable();
        } catch (thrown) {
            expect(thrown).toBeInstanceOf(RunsimError);
            expect(thrown).toMatchObject({
                code: 'no_answer',
                message:
                    'the server is silent at 2026-01-01T00:00:00.000000+00:00 (faults of runsim.json: server_silent)',
            });
        }
        expect(runs()).toBe(0);
        sim.advance('1m');
        expect((await sim.fetch(triggerTarget, post)).status).toBe(200);
    });

    test('on the wire the connection breaks', async () => {
        await withFaults(silent);
        const server = await serve(sim, { port: 0 });
        await expect(fetch(server.url + triggerTarget, post)).rejects.toBeInstanceOf(TypeError);
        expect((await fetch(`${server.url}/__sim/clock`)).status).toBe(200);
        sim.advance('1m');
        expect((await fetch(server.url + triggerTarget, post)).status).toBe(200);
        await server.close();
    });
});

describe('a server that is late', () => {
    const late = { at: '0s', kind: 'server_late', for: '1m', late: '3s' };

    test('answers so much later in real time, paused or not; the request takes effect at once', async () => {
        await withFaults(late);
        vi.useFakeTimers();
        for (const speed of [undefined, 10]) {
            if (speed !== undefined) sim.resume({ speed });
            let answered = false;
            const before = runs();
            const answer = sim.fetch(triggerTarget, post).then((response) => {
                answered = true;
                return response;
            });
            await vi.advanceTimersByTimeAsync(2_990);
            expect(answered).toBe(false);
            expect(runs()).toBeGreaterThan(before);
            await vi.advanceTimersByTimeAsync(20);
            expect((await answer).status).toBe(200);
        }
        sim.pause();
        expect((await sim.fetch('/__sim/clock')).status).toBe(200); // at once: nobody moves the timers here
        sim.advance('1m');
        expect((await sim.fetch('/api/statuses')).status).toBe(200);
        expect(sim.handle({ method: 'GET', target: '/api/statuses' }).status).toBe(200);
    });

    test('waiting ends with the signal', async () => {
        await withFaults(late);
        vi.useFakeTimers();
        const abort = new AbortController();
        const answer = sim.fetch('/api/statuses', { signal: abort.signal });
        const refused = expect(answer).rejects.toMatchObject({ name: 'AbortError' });
        await vi.advanceTimersByTimeAsync(2_990);
        abort.abort();
        await refused;
        expect(vi.getTimerCount()).toBe(0);
    });

    test('on the wire', async () => {
        await withFaults(late);
        const server = await serve(sim, { port: 0 });
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        let answered = false;
        const answer = fetch(server.url + triggerTarget, post).then((response) => {
            answered = true;
            return response;
        });
        while (runs() === 0) await new Promise(setImmediate);
        vi.advanceTimersByTime(2_990);
        expect((await fetch(`${server.url}/__sim/clock`)).status).toBe(200);
        expect(answered).toBe(false);
        vi.advanceTimersByTime(20);
        expect((await answer).status).toBe(200);
        vi.useRealTimers();
        await server.close();
    });
});

test('a snapshot carries its faults', async () => {
    await withFaults({ at: '1m', kind: 'server_errors', for: '1m' });
    const other = await createSimulator();
    other.restore(sim.snapshot());
    other.advance('1m');
    expect((await other.fetch('/api/statuses')).status).toBe(500);
    other.dispose();
});
