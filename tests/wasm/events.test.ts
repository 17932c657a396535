import { connect, type Socket } from 'node:net';
import { createSimulator, type Simulator } from 'runsim';
import { type Server, serve } from 'runsim/serve';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Cursor } from '../../wasm/package/dist/watch/cursor.js';
import { smallProject } from './small-project.ts';
import { jsonOf, textOf, trigger } from './world.ts';

interface Event {
    id?: string;
    event?: string;
    data?: any;
}

/** Server-sent events of a stream of text, as a browser reads them. */
class Events {
    readonly #reader: AsyncIterator<string>;
    #text = '';
    constructor(stream: AsyncIterable<string>) {
        this.#reader = stream[Symbol.asyncIterator]();
    }
    /** The next one, or undefined at the end. */
    async next(): Promise<Event | undefined> {
        for (;;) {
            const end = this.#text.indexOf('\n\n');
            if (end >= 0) {
                const lines = this.#text.slice(0, end).split('\n');
                this.#text = this.#text.slice(end + 2);
                if (lines.every((line) => line.startsWith(':'))) continue;
                const event: Record<string, string> = {};
                for (const line of lines) event[line.slice(0, line.indexOf(':'))] = line.slice(line.indexOf(':') + 2);
                return { ...event, ...(event.data === undefined ? {} : { data: JSON.parse(event.data) }) };
            }
            const { done, value } = await this.#reader.next();
            if (done) return undefined;
            this.#text += value;
        }
    }
    async take(count: number): Promise<Event[]> {
        const list: Event[] = [];
        for (let i = 0; i < count; i++) list.push((await this.next()) as Event);
        return list;
    }
    /** Those up to one of this kind. */
    async until(kind: string): Promise<Event[]> {
        const list: Event[] = [];
        for (;;) {
            const event = await this.next();
            if (event === undefined) return list;
            list.push(event);
            if (event.event === kind) return list;
        }
    }
}

async function* chunks(response: Response): AsyncGenerator<string> {
    const reader = response.body!.pipeThrough(new TextDecoderStream() as never).getReader();
    for (;;) {
        const { done, value } = (await reader.read()) as { done: boolean; value: string };
        if (done) return;
        yield value;
    }
}

const ids = (events: Event[]): Array<string | undefined> => events.map(({ id }) => id);
const kinds = (events: Event[]): Array<string | undefined> => events.map(({ event }) => event);

let sim: Simulator;
let server: Server;
beforeEach(async () => {
    sim = await createSimulator({ project: smallProject });
    server = await serve(sim, { port: 0 });
});
afterEach(async () => {
    await server.close();
    sim.dispose();
});

describe.each(['sim.fetch', 'serve'])('GET /__sim/events through %s', (way) => {
    const ask = (target: string, init?: RequestInit): Promise<Response> =>
        way === 'serve' ? fetch(server.url + target, init) : sim.fetch(target, init);
    const open = async (target = '/__sim/events', init?: RequestInit): Promise<Events> =>
        new Events(chunks(await ask(target, init)));

    test('begins with the clock, and goes on with transitions and the clock as they come', async () => {
        const response = await ask('/__sim/events');
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toBe('text/event-stream');
        expect(response.headers.get('cache-control')).toBe('no-cache');
        expect(response.headers.get('access-control-allow-origin')).toBe('*');
        const events = new Events(chunks(response));
        expect(await events.next()).toEqual({ event: 'clock', data: { clock: sim.clock } });
        trigger(sim);
        const made = await events.take(3);
        expect(kinds(made)).toEqual(['transition', 'transition', 'transition']);
        expect(ids(made)).toEqual(['1', '2', '3']);
        const { transitions } = jsonOf(sim.handle({ method: 'GET', target: '/__sim/transitions?from=1' }));
        expect(made.map(({ data }) => data)).toEqual(transitions);
        sim.advance('1m');
        const all = await events.until('clock');
        expect(all.pop()).toEqual({ event: 'clock', data: { clock: sim.clock } });
        expect(all.length).toBe(8);
        expect(ids(all)).toEqual(all.map((_, i) => String(i + 4)));
        sim.dispose();
        expect(await events.next()).toBeUndefined();
    });

    test('from=, Last-Event-ID and pipeline_run_id choose', async () => {
        trigger(sim);
        trigger(sim);
        expect(ids(await (await open('/__sim/events?from=0')).take(7))).toEqual(['0', '1', '2', '3', '4', '5', '6']);
        expect(ids(await (await open('/__sim/events?from=5')).take(2))).toEqual(['5', '6']);
        const headers = { 'Last-Event-ID': '4' };
        expect(ids(await (await open('/__sim/events?from=0', { headers })).take(2))).toEqual(['5', '6']);
        expect(kinds(await (await open('/__sim/events?from=now')).take(1))).toEqual(['clock']);
        const ofSecond = await open('/__sim/events?from=0&pipeline_run_id=2&api_key=x');
        expect(ids(await ofSecond.take(3))).toEqual(['4', '5', '6']);
    });

    test('newest=: who reads slowly gets the newest ones, and their numbers tell of a gap', async () => {
        const events = await open('/__sim/events?from=0&newest=3');
        expect(ids(await events.until('clock')).slice(0, -1)).toEqual(['0']);
        trigger(sim);
        sim.advance('1m');
        const { end } = jsonOf(sim.handle({ method: 'GET', target: '/__sim/transitions?_limit=1' })).metadata;
        expect(end).toBeGreaterThan(9);
        const told = await events.until('clock');
        expect(ids(told).slice(-4)).toEqual([...[end - 3, end - 2, end - 1].map(String), undefined]);
        // A server may have sent some before.
        expect(told.length).toBeLessThanOrEqual(7);
        sim.reset();
        expect(kinds(await events.take(1))).toEqual(['reset']);
    });

    test('many readers get the same', async () => {
        const all = await Promise.all(Array.from({ length: 5 }, () => open()));
        await Promise.all(all.map((events) => events.next()));
        trigger(sim);
        sim.advance('1m');
        const first = await all[0]!.until('clock');
        expect(first.length).toBeGreaterThan(10);
        for (const events of all.slice(1)) expect(await events.until('clock')).toEqual(first);
    });

    test('reset and restore are told, with an id from which to go on', async () => {
        trigger(sim);
        const saved = sim.snapshot();
        const events = await open();
        await events.next();
        sim.advance('1m');
        sim.restore(saved);
        const told = await events.until('reset');
        expect(told.pop()).toEqual({ event: 'reset', id: '3', data: { end: 4 } });
        expect((await events.next())?.event).toBe('clock');
        sim.reset();
        expect(await events.next()).toEqual({ event: 'reset', id: '0', data: { end: 1 } });
        expect((await events.next())?.event).toBe('clock');
        sim.reset();
        trigger(sim);
        const [again, ...made] = await events.take(4);
        expect(again).toEqual({ event: 'reset', id: '0', data: { end: 1 } });
        expect(ids(made)).toEqual(['1', '2', '3']);
        sim.reset();
        // Whoever was away meanwhile learns of it, too.
        const late = await open('/__sim/events', { headers: { 'Last-Event-ID': '17' } });
        expect(await late.next()).toEqual({ event: 'reset', id: '0', data: { end: 1 } });
        // Even where it once asked for numbers that are not there any more.
        const back = await open('/__sim/events?from=500', { headers: { 'Last-Event-ID': '517' } });
        expect(await back.next()).toEqual({ event: 'reset', id: '0', data: { end: 1 } });
    });

    test('an edit is told when a request may have changed something, and no transition tells what', async () => {
        const { id } = trigger(sim);
        const events = await open();
        await events.next();
        const send = (method: string, body?: string) => ask(`/api/pipeline_runs/${id}`, { method, body: body ?? null });
        await send('GET');
        await send('PUT', '{"pipeline_run": {"variables": {"a": 1}}}');
        expect(await events.next()).toEqual({ event: 'edit', data: {} });
        await send('PUT', '{"pipeline_run": {"status": "cancelled"}}');
        await send('DELETE');
        await send('DELETE');
        sim.advance('1s');
        // How many of one kind there are depends on how fast they are read.
        expect([...new Set(kinds(await events.until('clock')))]).toEqual(['transition', 'edit', 'clock']);
    });

    test.each([
        ['?from=x', {}, "from: 'x' is not a whole number from 0 to 9007199254740992"],
        ['?from=99', {}, 'from: 99 is beyond the end of the record, 1'],
        ['?pipeline_run_id=0', {}, "pipeline_run_id: '0' is not a whole number from 1 to 4294967295"],
        ['?newest=0', {}, 'newest: "0" is not a whole number from 1 to 1000'],
        ['?newest=1001', {}, 'newest: "1001" is not a whole number from 1 to 1000'],
        ['?_limit=3', {}, '_limit: unknown parameter (known: from, pipeline_run_id, newest)'],
        ['', { 'Last-Event-ID': 'abc' }, 'Last-Event-ID: "abc" is not an id from /__sim/events'],
    ])('%s %j is refused', async (query, headers, message) => {
        const response = await ask(`/__sim/events${query}`, { headers });
        expect(response.status).toBe(400);
        expect((await response.json()).error.message).toBe(message);
    });

    test('other methods', async () => {
        expect((await ask('/__sim/events', { method: 'POST' })).status).toBe(405);
        expect((await ask('/__sim/events', { method: 'OPTIONS' })).status).toBe(204);
        const head = await ask('/__sim/events', { method: 'HEAD' });
        expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
            200,
            'text/event-stream',
            '',
        ]);
    });
});

test('sim.handle has no streams', () => {
    const response = sim.handle({ method: 'GET', target: '/__sim/events' });
    expect([response.status, textOf(response)]).toEqual([501, expect.stringContaining('use sim.fetch or a server')]);
});

test('aborting the fetch errors the stream, cancelling ends it, and neither leaves a watcher behind', async () => {
    const abort = new AbortController();
    const { body } = await sim.fetch('/__sim/events', { signal: abort.signal });
    const reader = body!.getReader();
    await reader.read();
    const reading = reader.read();
    abort.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    const second = (await sim.fetch('/__sim/events')).body!.getReader();
    await second.read();
    await second.cancel();
    expect(watchers(sim)).toBe(0);
    const third = await sim.fetch('/__sim/events');
    expect(watchers(sim)).toBe(1);
    await third.body!.cancel();
    expect(watchers(sim)).toBe(0);
});

/** How many watch: each of them looks when the world moves. */
function watchers(one: Simulator): number {
    const look = vi.spyOn(Cursor.prototype, 'look');
    trigger(one);
    const { length } = look.mock.calls;
    look.mockRestore();
    return length;
}

describe('on the wire', () => {
    const get = (target = '/__sim/events'): Promise<{ socket: Socket; text: () => string }> =>
        new Promise((resolve) => {
            let text = '';
            const socket = connect(server.port, '127.0.0.1', () => socket.write(`GET ${target} HTTP/1.1\r\n\r\n`));
            socket.setEncoding('latin1').on('data', (chunk: string) => {
                text += chunk;
                resolve({ socket, text: () => text });
            });
        });
    const settled = (condition: () => boolean): Promise<void> => expect.poll(condition).toBe(true);

    test('a client that goes away leaves nothing behind', async () => {
        const open = await Promise.all(Array.from({ length: 20 }, () => get()));
        expect(watchers(sim)).toBe(20);
        for (const { socket } of open) socket.destroy();
        await settled(() => watchers(sim) === 0);
        trigger(sim);
        sim.advance('1m');
    });

    test('close ends the streams', async () => {
        const { socket, text } = await get();
        const ended = new Promise((resolve) => socket.on('close', resolve));
        await server.close();
        await ended;
        expect(text().endsWith('\r\n0\r\n\r\n')).toBe(true);
        expect(watchers(sim)).toBe(0);
    });

    test('a client that does not read is waited for, and loses nothing', async () => {
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
        const its = await serve(busy, { port: 0 });
        const response = await fetch(`${its.url}/__sim/events?from=0`);
        busy.advance('5d');
        const { begin, end } = jsonOf(busy.handle({ method: 'GET', target: '/__sim/transitions?_limit=1' })).metadata;
        expect(begin).toBeGreaterThan(0);
        const events = new Events(chunks(response));
        for (let number = 0; number < end; number++) {
            const event = await events.next();
            if (event!.event === 'clock') number--;
            else if (event!.id !== String(number)) expect(event!.id).toBe(String(number));
        }
        await its.close();
        busy.dispose();
    });
});
