import { createSimulator, RunsimError, type Simulator } from 'runsim';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { smallProject, triggerTarget } from './small-project.ts';
import { textOf } from './world.ts';

let sim: Simulator;
beforeEach(async () => {
    sim = await createSimulator({ project: smallProject });
});
afterEach(() => sim.dispose());

describe('fetch', () => {
    test('answers with the WHATWG types, status and headers', async () => {
        const response = await sim.fetch('/api/pipeline_schedules');
        expect(response).toBeInstanceOf(Response);
        expect(response.ok).toBe(true);
        expect(response.headers.get('content-type')).toBe('application/json');
        expect(response.headers.get('access-control-allow-origin')).toBe('*');
        expect(await response.json()).toMatchObject({ metadata: { count: 1, next: false } });
    });

    test('takes a path, an address, a URL and a Request, whatever the host', async () => {
        const path = '/api/pipeline_schedules/1?_format=x';
        const expected = textOf(sim.handle({ method: 'GET', target: path }));
        const address = `https://mage.example:8443${path}#part`;
        for (const input of [path, address, new URL(address), new Request(address), `${path}#part`]) {
            expect(await (await sim.fetch(input)).text()).toBe(expected);
        }
    });

    test('has the address as the url of the answer, as with fetch (real-projects.md A5)', async () => {
        const cases: Array<[string | URL | Request, string]> = [
            ['http://h/api/statuses', 'http://h/api/statuses'],
            ['https://h:8443/api/statuses?a=1#part', 'https://h:8443/api/statuses?a=1'],
            [new URL('http://h/api/statuses'), 'http://h/api/statuses'],
            [new Request('http://h/nope'), 'http://h/nope'],
            ['/api/statuses', 'http://localhost/api/statuses'],
        ];
        for (const [input, url] of cases) {
            const response = await sim.fetch(input);
            expect(response.url).toBe(url);
            expect(response.clone().url).toBe(url);
            expect(await response.clone().text()).toBe(await response.text());
        }
        const events = await sim.fetch('http://h/__sim/events');
        expect(events.url).toBe('http://h/__sim/events');
        await events.body?.cancel();
    });

    test('has a page where the real server has its web UI (real-clients.md C2)', async () => {
        for (const path of ['/', '/pipelines', '/sign-in', '/pipelines/p/edit']) {
            const response = await sim.fetch(path);
            expect(response.status).toBe(200);
            expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
            expect(await response.text()).toMatch(/simulates the pipeline-run API of Mage/);
        }
        const icon = await sim.fetch('/favicon.ico');
        expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    });

    test('sends the target as written: a URL object would have resolved it', async () => {
        const target = '/api/pipeline_schedules/%2e%2e/x?a=..%2Fb&c=%20 d';
        const expected = textOf(sim.handle({ method: 'GET', target }));
        expect(await (await sim.fetch(target)).text()).toBe(expected);
        expect(await (await sim.fetch(`http://host${target}`)).text()).toBe(expected);
    });

    test('needs no this', async () => {
        const { fetch } = sim;
        expect((await fetch('/api/statuses')).status).toBe(200);
    });

    test.each([
        ['a text', '{"a": "é"}'],
        ['bytes', new TextEncoder().encode('{"a": "é"}')],
        ['a blob', new Blob(['{"a": "é"}'])],
        ['an ArrayBuffer', new TextEncoder().encode('{"a": "é"}').buffer],
    ])('posts %s', async (_, body) => {
        const response = await sim.fetch(triggerTarget, { method: 'POST', body });
        expect(await response.text()).toContain('"event_variables": {"a": "\\u00e9"}');
    });

    test('posts the body of a Request, and a form', async () => {
        const request = new Request(`http://host${triggerTarget}`, { method: 'POST', body: '{"n": 1}' });
        expect(await (await sim.fetch(request)).json()).toMatchObject({ pipeline_run: { event_variables: { n: 1 } } });
        const form = new URLSearchParams({ a: 'b' });
        const target = '/api/pipeline_schedules/1/pipeline_runs';
        expect((await sim.fetch(target, { method: 'POST', body: form })).status).toBe(200);
    });

    test('carries bytes that are no text to the server, which answers them itself', async () => {
        const body = new Uint8Array([0x7b, 0x00, 0xff, 0x0a, 0xc3, 0x28, 0x7d]);
        const expected = textOf(sim.fork().handle({ method: 'POST', target: triggerTarget, body }));
        const response = await sim.fetch(triggerTarget, { method: 'POST', body });
        expect(response.status).toBe(200);
        expect(await response.text()).toBe(expected);
    });

    test('OPTIONS has an empty answer with the CORS headers, HEAD has no body', async () => {
        const options = await sim.fetch('/api/pipeline_runs', { method: 'OPTIONS' });
        expect(options.status).toBe(204);
        expect(options.body).toBeNull();
        expect([...options.headers]).toEqual([
            ['access-control-allow-headers', '*'],
            ['access-control-allow-methods', 'DELETE, GET, PATCH, POST, PUT, OPTIONS'],
            ['access-control-allow-origin', '*'],
        ]);
        const head = await sim.fetch('/api/pipeline_runs', { method: 'HEAD' });
        expect([head.status, await head.text()]).toEqual([405, '']);
    });

    test.each([
        ['GET', '/nope', 404, /^<html><title>404: Not Found/],
        ['GET', '/api/pipeline_runs/999', 200, /"code": 404, "message": "Record not found\."/],
        ['PATCH', '/api/pipeline_runs/1', 405, /^$/],
        ['GET', '/api/foo_bars', 200, /No module named/],
        ['POST', '/api/pipeline_schedules/1/pipeline_runs/wrong', 200, /"code": 500/],
    ])('%s %s is the server’s own error, no exception', async (method, target, status, body) => {
        const response = await sim.fetch(target, { method });
        expect(response.status).toBe(status);
        expect(await response.text()).toMatch(body);
    });

    test('an aborted signal rejects with its reason and nothing is sent', async () => {
        const before = sim.hash();
        const signal = AbortSignal.abort(new Error('no longer wanted'));
        await expect(sim.fetch(triggerTarget, { method: 'POST', body: '{}', signal })).rejects.toThrow(
            'no longer wanted',
        );
        expect(sim.hash()).toBe(before);
    });

    test('an abort just after the call rejects, and nothing is sent', async () => {
        const before = sim.hash();
        for (const input of [
            '/api/statuses',
            new Request(`http://host${triggerTarget}`, { method: 'POST', body: '{}' }),
        ]) {
            const wish = new AbortController();
            const answer = sim.fetch(input, { signal: wish.signal });
            wish.abort(new Error('no longer wanted'));
            await expect(answer).rejects.toThrow('no longer wanted');
        }
        expect(sim.hash()).toBe(before);
    });

    test('reads the body of a Request once, as fetch does', async () => {
        const request = new Request(`http://host${triggerTarget}`, { method: 'POST', body: '{}' });
        expect((await sim.fetch(request)).status).toBe(200);
        expect(request.bodyUsed).toBe(true);
        await expect(sim.fetch(request)).rejects.toMatchObject({ code: 'bad_argument', argument: 'input' });
        const asked = new Request('http://host/api/statuses');
        await sim.fetch(asked);
        expect((await sim.fetch(asked)).status).toBe(200);
    });

    test.each<[string, [any, any?], RegExp]>([
        ['no address', [undefined], /^input: undefined is not an address/],
        ['an empty one', [''], /^input: "" is not an http address or a path/],
        ['another scheme', ['ftp://host/api'], /^input: "ftp:\/\/host\/api" is not an http address/],
        ['a relative path without its slash', ['api/pipeline_runs'], /^input: "api\/pipeline_runs" is not/],
        ['a GET with a body', ['/api/pipeline_runs', { body: 'x' }], /^init: /],
        ['a method that is none', ['/api/pipeline_runs', { method: 'GE T' }], /^init: /],
        ['a header that is none', ['/api/pipeline_runs', { headers: { 'a b': 'c' } }], /^init: /],
    ])('%s rejects with an error of ours', async (_, [input, init], message) => {
        const answering = sim.fetch(input, init);
        await expect(answering).rejects.toThrow(message);
        await expect(answering).rejects.toBeInstanceOf(RunsimError);
        await expect(answering).rejects.toMatchObject({ code: 'bad_argument' });
    });
});

describe('handle', () => {
    test('answers at once, with the headers as the server spells and orders them', () => {
        const { status, headers, body } = sim.handle({ method: 'GET', target: '/api/statuses' });
        expect(status).toBe(200);
        expect(body).toBeInstanceOf(Uint8Array);
        expect(Object.entries(headers)).toEqual([
            ['Content-Type', 'application/json'],
            ['Access-Control-Allow-Headers', '*'],
            ['Access-Control-Allow-Methods', 'DELETE, GET, PATCH, POST, PUT, OPTIONS'],
            ['Access-Control-Allow-Origin', '*'],
        ]);
    });

    test('takes headers as an object, pairs, a Map and Headers', () => {
        const body = '{"pipeline_run": {"variables": {"a": 1}}}';
        const target = '/api/pipeline_schedules/1/pipeline_runs';
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        for (const form of [headers, Object.entries(headers), new Map(Object.entries(headers)), new Headers(headers)]) {
            const answer = textOf(
                sim.fork().handle({ method: 'POST', target, headers: form as Iterable<[string, string]>, body }),
            );
            expect(answer).not.toContain('"a": 1'); // a form, so no JSON is read
        }
    });

    test('answers a body to a GET', () => {
        const answer = sim.handle({ method: 'GET', target: '/api/pipeline_runs', body: '{"a": ' });
        expect(textOf(answer)).toContain('Expecting value: line 1 column 7 (char 6)');
    });
});
