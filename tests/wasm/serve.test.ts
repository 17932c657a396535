import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, type Simulator } from 'runsim';
import { type ServeOptions, type Server, serve } from 'runsim/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallProject, triggerTarget } from './small-project.ts';
import { exchange, split } from './wire.ts';
import { textOf } from './world.ts';

let sim: Simulator;
let server: Server;
let folder: string;
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'runsim-page-'));
    mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
    mkdirSync(join(folder, 'page', 'api'));
    writeFileSync(join(folder, 'page', 'index.html'), '<meta name="runsim-server" content="none" /><p>é</p>');
    writeFileSync(join(folder, 'page', 'assets', 'app-1.js'), 'export {};');
    writeFileSync(join(folder, 'page', 'assets', 'runsim.wasm'), new Uint8Array([0, 97, 115, 109]));
    writeFileSync(join(folder, 'page', 'api', 'statuses'), 'not this');
    writeFileSync(join(folder, 'page', '.hidden'), 'secret');
    writeFileSync(join(folder, 'page-secret'), 'secret');
    symlinkSync(join(folder, 'page-secret'), join(folder, 'page', 'link'));
    sim = await createSimulator({ project: smallProject });
    server = await serve(sim, { port: 0, page: join(folder, 'page') });
});
afterAll(async () => {
    await server.close();
    sim.dispose();
    rmSync(folder, { recursive: true });
});

const send = (text: string | Uint8Array, answers?: number): Promise<string> => exchange(server.port, text, answers);
const cors = [
    ['Access-Control-Allow-Headers', '*'],
    ['Access-Control-Allow-Methods', 'DELETE, GET, PATCH, POST, PUT, OPTIONS'],
    ['Access-Control-Allow-Origin', '*'],
];
const date = ['Date', expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/)];
const tornado = ['Server', 'TornadoServer/6.4.2'];
const json = ['Content-Type', 'application/json'];

describe('on the wire', () => {
    test('a GET has exactly the headers of the real server, in its order, and the bytes of the core', async () => {
        const target = '/api/pipeline_schedules/1';
        const { status, headers, body } = split(await send(`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`));
        const expected = textOf(sim.handle({ method: 'GET', target }));
        const etag = `"${createHash('sha1').update(expected).digest('hex')}"`;
        expect(status).toBe('HTTP/1.1 200 OK');
        expect(headers).toEqual([
            tornado,
            json,
            date,
            ...cors,
            ['Etag', etag],
            ['Content-Length', String(expected.length)],
        ]);
        expect(body).toBe(expected);
    });

    test('If-None-Match of that Etag is 304 without a body', async () => {
        const request = (more: string): string => `GET /api/pipeline_schedules/1 HTTP/1.1\r\n${more}\r\n\r\n`;
        const etag = /Etag: (\S+)/.exec(await send(request('A: b')))![1]!;
        for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
            const { status, headers, body } = split(await send(request(`If-None-Match: ${known}`)));
            expect(status).toBe('HTTP/1.1 304 Not Modified');
            expect(headers).toEqual([tornado, date, ...cors, ['Etag', etag]]);
            expect(body).toBe('');
        }
        expect(split(await send(request('If-None-Match: "other"'))).status).toBe('HTTP/1.1 200 OK');
    });

    test('a POST has no Etag', async () => {
        const { headers, body } = split(
            await send(`POST ${triggerTarget} HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n{"env": "dev"}`),
        );
        expect(headers).toEqual([tornado, json, date, ...cors, ['Content-Length', String(body.length)]]);
        expect(JSON.parse(body).pipeline_run.event_variables).toEqual({ env: 'dev' });
    });

    test('OPTIONS is 204 without content headers', async () => {
        const { status, headers, body } = split(await send('OPTIONS /api/pipeline_runs HTTP/1.1\r\nHost: x\r\n\r\n'));
        expect(status).toBe('HTTP/1.1 204 No Content');
        expect(headers).toEqual([tornado, date, ...cors]);
        expect(body).toBe('');
    });

    test.each(['HEAD', 'PATCH', 'TRACE'])('%s is 405 with nothing in it', async (method) => {
        const { status, headers, body } = split(await send(`${method} /api/pipeline_runs HTTP/1.1\r\nHost: x\r\n\r\n`));
        expect(status).toBe('HTTP/1.1 405 Method Not Allowed');
        expect(headers).toEqual([tornado, json, date, ...cors, ['Content-Length', '0']]);
        expect(body).toBe('');
    });

    test('an unknown path is 404 in HTML, without CORS', async () => {
        const { status, headers, body } = split(await send('GET /nope HTTP/1.1\r\nHost: x\r\n\r\n'));
        expect(status).toBe('HTTP/1.1 404 Not Found');
        expect(headers).toEqual([
            tornado,
            ['Content-Type', 'text/html; charset=UTF-8'],
            date,
            ['Content-Length', '69'],
        ]);
        expect(body).toBe('<html><title>404: Not Found</title><body>404: Not Found</body></html>');
    });

    test.each([
        '/api/pipeline_runs/%FF',
        '/api/pipeline_runs?a=..%2Fb',
        '/api/../api/pipeline_runs',
        '/api/pipelines/a:b/pipeline_schedules',
        '//api/pipeline_runs',
        '/api/pipeline_runs/',
        '/api/pipeline_runs?=x',
        '/api/pipeline_runs?a=%zz&b=%',
        '*',
        'http://elsewhere/api/pipeline_runs',
        '/api;x/pipeline_runs',
    ])('the target %s reaches the core as it is', async (target) => {
        const { status, body } = split(await send(`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`));
        const direct = sim.handle({ method: 'GET', target });
        expect(status).toContain(String(direct.status));
        expect(body).toBe(textOf(direct));
    });

    test('the body of a GET reaches the core', async () => {
        const { body } = split(await send('GET /api/pipeline_runs HTTP/1.1\r\nContent-Length: 6\r\n\r\n{"a": '));
        expect(body).toContain('Expecting value: line 1 column 7 (char 6)');
    });

    test('bytes that are no text reach the core', async () => {
        const body = new Uint8Array([0x7b, 0x00, 0xff, 0x0d, 0x0a, 0xc3, 0x28, 0x7d]);
        const expected = textOf(sim.fork().handle({ method: 'POST', target: triggerTarget, body }));
        const head = Buffer.from(`POST ${triggerTarget} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`);
        expect(split(await send(Buffer.concat([head, body]))).body).toBe(expected);
    });

    test('a chunked body is put together', async () => {
        const { body } = split(
            await send(
                `POST ${triggerTarget} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n5\r\n": 1}\r\n0\r\n\r\n`,
            ),
        );
        expect(JSON.parse(body).pipeline_run.event_variables).toEqual({ a: 1 });
    });

    test('one connection carries many requests, a mistake among them', async () => {
        const one = 'GET /api/statuses HTTP/1.1\r\nHost: x\r\n\r\n';
        const received = await send(`${one}GET /nope HTTP/1.1\r\n\r\n${one}`, 3);
        expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
    });

    test('too large a body is refused in the API’s envelope, and the connection goes on', async () => {
        const size = 100_000_000;
        const next = 'GET /api/statuses HTTP/1.1\r\nHost: x\r\n\r\n';
        const head = `POST ${triggerTarget} HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`;
        const before = sim.hash();
        const received = await send(Buffer.concat([Buffer.from(head), Buffer.alloc(size, 0x20), Buffer.from(next)]), 2);
        const { status, body } = split(received);
        expect(status).toMatch(/^HTTP\/1\.1 413 /);
        const message = 'request: the body is longer than 16777216 bytes';
        expect(body).toContain(
            `{"error": {"code": 413, "message": "${message}", "type": "record_invalid"}, "status": 413}`,
        );
        expect(received).toContain('HTTP/1.1 200 OK');
        expect(sim.hash()).toBe(before);
    });

    test('too large a chunked body, too', async () => {
        const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`;
        const head = `POST ${triggerTarget} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n`;
        const request = `${head}${chunk.repeat(17)}0\r\n\r\n`;
        expect(await send(`${request}GET /api/statuses HTTP/1.1\r\n\r\n`, 2)).toMatch(
            /^HTTP\/1\.1 413 [\s\S]*HTTP\/1\.1 200 OK/,
        );
    });

    test('a client that goes away in the middle of a body leaves the server sound', async () => {
        const { connect } = await import('node:net');
        await new Promise<void>((resolve) => {
            const socket = connect(server.port, '127.0.0.1', () => {
                socket.write(`POST ${triggerTarget} HTTP/1.1\r\nContent-Length: 1000\r\n\r\n{"a"`, () =>
                    socket.destroy(),
                );
            });
            socket.on('close', () => resolve());
        });
        expect(split(await send('GET /api/statuses HTTP/1.1\r\n\r\n')).status).toBe('HTTP/1.1 200 OK');
    });

    test('the clock is shown and moved', async () => {
        const before = sim.nowMicroseconds;
        const body = '{"clock": {"action": "advance", "by": "90s"}}';
        const moved = split(await send(`POST /__sim/clock HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
        expect(JSON.parse(moved.body)).toEqual({ clock: sim.clock });
        expect(sim.nowMicroseconds).toBe(before + 90_000_000);
        expect(JSON.parse(split(await send('GET /__sim/clock HTTP/1.1\r\n\r\n')).body)).toEqual({ clock: sim.clock });
    });
});

describe('the page beside the API', () => {
    const fetchFrom = (path: string): Promise<Response> => fetch(server.url + path);

    test('its files have their types, a strict policy and an Etag', async () => {
        const types: Array<[string, string]> = [
            ['/', 'text/html; charset=utf-8'],
            ['/index.html?x=1', 'text/html; charset=utf-8'],
            ['/assets/app-1.js', 'text/javascript; charset=utf-8'],
            ['/assets/runsim.wasm', 'application/wasm'],
        ];
        for (const [path, type] of types) {
            const response = await fetchFrom(path);
            expect(response.status).toBe(200);
            expect(response.headers.get('content-type')).toBe(type);
            expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{40}"$/);
            expect(response.headers.get('x-content-type-options')).toBe('nosniff');
            const policy = response.headers.get('content-security-policy');
            expect(policy).toContain("default-src 'none'");
            expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
            expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
        }
    });

    test('is told that a server is here', async () => {
        expect(await (await fetchFrom('/')).text()).toBe('<meta name="runsim-server" content="here" /><p>é</p>');
    });

    test('HEAD has the headers of GET', async () => {
        const response = await fetch(server.url, { method: 'HEAD' });
        expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    });

    test('the API goes first, also where a file has its name', async () => {
        expect(await (await fetchFrom('/api/statuses')).text()).toBe(
            textOf(sim.handle({ method: 'GET', target: '/api/statuses' })),
        );
        expect((await fetchFrom('/__sim/project')).headers.get('content-type')).toBe('application/json');
    });

    test.each([
        '/../page-secret',
        '/..%2fpage-secret',
        '/%2e%2e/page-secret',
        '/assets/..%5c..%5c..%5cpage-secret',
        '/assets/../../page-secret',
        '/../page/index.html',
        '/link',
        '/.hidden',
        '/assets',
        '/index.html%00.js',
        '/%',
        '//etc/passwd',
    ])('%s finds nothing', async (target) => {
        const { status, body } = split(await send(`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`));
        const direct = sim.handle({ method: 'GET', target });
        expect(status).toContain(String(direct.status));
        expect(body).toBe(textOf(direct));
        expect(body).not.toMatch(/secret|root:|content="here"/);
    });
});

describe('serve refuses', () => {
    test.each<[string, ServeOptions | object, string, RegExp]>([
        ['a port that is none', { port: 70_000 }, 'bad_argument', /^port: 70000 is not a port/],
        ['half a port', { port: 1.5 }, 'bad_argument', /^port: 1\.5 is not/],
        ['an empty host', { host: '' }, 'bad_argument', /^host: "" is not/],
        [
            'an address of another machine',
            { port: 0, host: '192.0.2.1' },
            'no_server',
            /host 192\.0\.2\.1 is not an address of this machine/,
        ],
        [
            'a folder without a page',
            { port: 0, page: '/no/page' },
            'bad_argument',
            /^page: \/no\/page is not a built page/,
        ],
        ['a misspelt option', { prot: 1 }, 'bad_argument', /^options: unknown key "prot"/],
    ])('%s', async (_, options, code, message) => {
        const serving = serve(sim, options);
        await expect(serving).rejects.toThrow(message);
        await expect(serving).rejects.toMatchObject({ name: 'RunsimError', code });
    });

    test('a port in use', async () => {
        const squatter = createServer().listen(0, '127.0.0.1');
        await new Promise((resolve) => squatter.once('listening', resolve));
        const { port } = squatter.address() as AddressInfo;
        await expect(serve(sim, { port })).rejects.toMatchObject({
            code: 'no_server',
            message: expect.stringContaining(`port ${port} of 127.0.0.1 is in use`),
        });
        squatter.close();
    });

    test('a simulator that was disposed', async () => {
        const gone = await createSimulator({ project: smallProject });
        gone.dispose();
        await expect(serve(gone, { port: 0 })).rejects.toMatchObject({ code: 'disposed' });
    });

    test('what is no simulator', async () => {
        await expect(serve({} as Simulator)).rejects.toThrow(
            'sim: an object is not a simulator from createSimulator()',
        );
    });
});

// Another process may have taken it meanwhile, but not again and again.
test('after close the port is free again', { retry: 3 }, async () => {
    const first = await serve(sim, { port: 0 });
    await first.close();
    const second = await serve(sim, { port: first.port });
    expect(second.port).toBe(first.port);
    await second.close();
});
