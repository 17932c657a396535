import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { badArgument, checkKeys, messageOf, RunsimError } from './errors.js';
import { type EventFeed, eventHeaders, isEventsTarget } from './event-feed.js';
import { bodyTooLarge, errorResponse, maxBody, maxHead, type RawResponse } from './message.js';
import { PageFiles } from './page-files.js';
import { Simulator } from './simulator.js';

const serverName = 'TornadoServer/6.4.2';
const silenceMs = 15_000; // between two comments of an event stream

export interface ServeOptions {
    /** 0 takes a free one (default 6789, Mage's own). */
    port?: number;
    /** Default 127.0.0.1: this machine alone. */
    host?: string;
    /** A folder with a built page, whose files are served where the API has nothing to say. */
    page?: string;
}

export interface Server {
    /** `http://127.0.0.1:6789` */
    url: string;
    port: number;
    host: string;
    /** Answers what has come in, and frees the port. The simulator is left as it is. */
    close(): Promise<void>;
}

/**
 * A request's body, or undefined as soon as it is larger than what is read: the rest then flows by unread, so that the
 * connection can go on. Rejects when the client goes away.
 */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
        let chunks: Buffer[] = [];
        let size = 0;
        const refuse = (): void => {
            chunks = [];
            size = Infinity;
            resolve(undefined);
        };
        request.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size <= maxBody) chunks.push(chunk);
            else if (size !== Infinity) refuse();
        });
        request.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
        request.on('error', reject);
        request.on('close', () => reject(new Error('the client went away')));
        if (Number(request.headers['content-length'] ?? 0) > maxBody) refuse();
    });
}

function pairs(rawHeaders: readonly string[]): Array<[string, string]> {
    const result: Array<[string, string]> = [];
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) result.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
    return result;
}

/** Whether the client has this answer already (weak comparison, as Tornado does it). */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
    const known = ifNoneMatch?.match(/\*|(?:W\/)?"[^"]*"/g) ?? [];
    return known[0] === '*' || known.some((candidate) => candidate.replace(/^W\//, '') === etag);
}

/**
 * Puts an answer on the wire with the headers, and in the order, of the real server (http-api.md 1.3). Node's own would
 * stand among them: a connection is kept alive without saying so, as HTTP/1.1 means it.
 */
function send(request: IncomingMessage, response: ServerResponse, answer: RawResponse): void {
    const { 'Content-Type': contentType, ...others } = answer.headers;
    let { status, body } = answer;
    const head: string[] = ['Server', serverName];
    const tail: string[] = [];
    let hasContent = status !== 204;
    if (status === 200 && (request.method === 'GET' || request.method === 'HEAD')) {
        const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
        tail.push('Etag', etag);
        if (isKnown(request.headers['if-none-match'], etag)) {
            status = 304;
            body = new Uint8Array(0);
            hasContent = false;
        }
    }
    if (hasContent) {
        if (contentType !== undefined) head.push('Content-Type', contentType);
        tail.push('Content-Length', String(body.length));
    }
    head.push('Date', new Date().toUTCString(), ...Object.entries(others).flat(), ...tail);
    response.sendDate = false;
    const { shouldKeepAlive } = response;
    response.removeHeader('connection');
    response.writeHead(status, head);
    // Node 18 takes the missing header for a wish to close; newer ones set this as here.
    (response as unknown as { _last: boolean })._last = !shouldKeepAlive;
    response.end(body);
}

/** Until what was written is out, or the client gone. */
function drained(response: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
        const done = (): void => {
            response.off('drain', done).off('close', done);
            resolve();
        };
        response.on('drain', done).on('close', done);
    });
}

/** Writes a feed to a client until either ends. A slow client is waited for; the feed loses nothing meanwhile. */
async function sendEvents(response: ServerResponse, feed: EventFeed): Promise<void> {
    response.on('close', () => feed.close());
    response.writeHead(200, ['Server', serverName, ...Object.entries(eventHeaders).flat()]);
    response.flushHeaders();
    // Whatever stands between gives up a connection that is silent for long.
    const comfort = setInterval(() => response.write(': still here\n\n'), silenceMs);
    comfort.unref();
    try {
        for (let text = await feed.next(); text !== undefined; text = await feed.next()) {
            if (!response.write(text) && !response.destroyed) await drained(response);
        }
    } finally {
        clearInterval(comfort);
        response.end();
    }
}

const isForWorld = (target: string): boolean => /^\/(?:api|__sim)(?:[/?]|$)/.test(target);

function listenError(thrown: NodeJS.ErrnoException, port: number, host: string): RunsimError {
    const message =
        {
            EADDRINUSE: `port ${port} of ${host} is in use; stop what listens there, or take another (0: a free one)`,
            EACCES: `port ${port} of ${host} may not be used without more rights; take one above 1023`,
            EADDRNOTAVAIL: `host ${host} is no address of this machine (127.0.0.1: it alone; 0.0.0.0: everybody)`,
            ENOTFOUND: `host ${host} is not known`,
        }[thrown.code ?? ''] ?? `cannot listen on port ${port} of ${host}: ${thrown.message}`;
    return new RunsimError('no_server', message, { cause: thrown });
}

/**
 * Puts a simulator behind a real port. Requests reach it raw: path, query and the bodies of GETs as they came.
 *
 * @example
 * const sim = await createSimulator({ project: 'projects/demo', speed: 1 });
 * const server = await serve(sim, { port: 0 });
 * console.log(server.url);
 *
 * @throws {RunsimError} (as a rejection) `bad_argument`, `disposed`, or `no_server` when the port cannot be had
 */
export async function serve(sim: Simulator, options: ServeOptions = {}): Promise<Server> {
    if (!(sim instanceof Simulator)) throw badArgument('sim', sim, 'a simulator from createSimulator()');
    void sim.paused; // says so if it was disposed
    checkKeys('options', options, ['port', 'host', 'page']);
    const { port = 6789, host = '127.0.0.1', page } = options;
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
        throw badArgument('port', port, 'a port: 0 to 65535, 0 takes a free one');
    if (typeof host !== 'string' || host === '') throw badArgument('host', host, 'a host name or address');
    if (page !== undefined && typeof page !== 'string') throw badArgument('page', page, 'the path of a folder');
    const files = page === undefined ? undefined : new PageFiles(page);

    const answer = async (request: IncomingMessage): Promise<RawResponse> => {
        const method = request.method ?? '';
        const target = request.url ?? '';
        if (files && (method === 'GET' || method === 'HEAD') && !isForWorld(target)) {
            const file = await files.find(target);
            if (file) return { status: 200, ...file };
        }
        const body = await readBody(request);
        if (body === undefined) return bodyTooLarge();
        return sim.answer({ method, target, headers: pairs(request.rawHeaders), body });
    };

    // Tornado takes a request without Host. (The types of node 18 do not know the option.)
    const asTornado: ServerOptions & { requireHostHeader: boolean } = {
        maxHeaderSize: maxHead,
        requireHostHeader: false,
    };
    const feeds = new Set<EventFeed>();
    /** Whether the request was for events, and is answered. */
    const answerEvents = (request: IncomingMessage, response: ServerResponse): boolean => {
        if (!isEventsTarget(request.url ?? '')) return false;
        const { 'last-event-id': last } = request.headers;
        const feed = sim.openEvents(request.method ?? '', request.url ?? '', typeof last === 'string' ? last : null);
        if ('status' in feed) {
            send(request, response, feed);
            return true;
        }
        feeds.add(feed);
        sendEvents(response, feed)
            .catch(() => response.destroy())
            .finally(() => feeds.delete(feed));
        return true;
    };

    const server = createServer(asTornado, (request, response) => {
        try {
            if (answerEvents(request, response)) return;
        } catch (thrown) {
            return send(request, response, errorResponse(500, messageOf(thrown)));
        }
        answer(request)
            .catch((thrown: unknown) => {
                if (!(thrown instanceof RunsimError && thrown.code === 'no_answer'))
                    return errorResponse(500, messageOf(thrown));
                request.socket.destroy();
                return undefined;
            })
            .then((result) => {
                if (result && !response.destroyed) send(request, response, result);
            })
            .catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
        server.once('error', (thrown) => reject(listenError(thrown, port, host)));
        server.listen({ port, host }, resolve);
    });
    const bound = (server.address() as AddressInfo).port;
    return {
        url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
        port: bound,
        host,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                for (const feed of feeds) feed.close();
                server.closeIdleConnections();
                setTimeout(() => server.closeAllConnections(), 500).unref();
            }),
    };
}
