import {
    createServer,
    type Server as HttpServer,
    type IncomingMessage,
    type RequestListener,
    type ServerOptions,
    type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { badArgument, checkKeys, messageOf, RunsimError } from './base/errors.js';
import { bodyTooLarge, errorResponse, maxHead, type RawResponse } from './base/message.js';
import type { EventFeed } from './http/event-feed.js';
import { PageFiles } from './http/page-files.js';
import { pairs, readBody, send, sendEvents } from './http/wire.js';
import { Simulator } from './simulator.js';

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

// Tornado takes a request without Host. (The types of node 18 do not know the option.)
const asTornado: ServerOptions & { requireHostHeader: boolean } = { maxHeaderSize: maxHead, requireHostHeader: false };

const isForWorld = (target: string): boolean => /^\/(?:api|__sim)(?:[/?]|$)/.test(target);

/** Answers with files of the page, and from the simulator. Keeps in `feeds` the streams that are open. */
function respond(sim: Simulator, files: PageFiles | undefined, feeds: Set<EventFeed>): RequestListener {
    const answerTo = async (request: IncomingMessage): Promise<RawResponse | EventFeed> => {
        const { method = '', url: target = '' } = request;
        if (files && (method === 'GET' || method === 'HEAD') && !isForWorld(target)) {
            const file = await files.find(target);
            if (file) return { status: 200, ...file };
        }
        const body = await readBody(request);
        if (body === undefined) return bodyTooLarge();
        return sim.answer({ method, target, headers: pairs(request.rawHeaders), body });
    };
    /** Undefined: there is to be no answer. */
    const answerOrError = (request: IncomingMessage): Promise<RawResponse | EventFeed | undefined> =>
        answerTo(request).catch((thrown: unknown) =>
            thrown instanceof RunsimError && thrown.code === 'no_answer'
                ? undefined
                : errorResponse(500, messageOf(thrown)),
        );
    const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
        const answer = await answerOrError(request);
        if (answer === undefined) {
            request.socket.destroy();
        } else if ('status' in answer) {
            if (!response.destroyed) send(request, response, answer);
        } else {
            feeds.add(answer);
            await sendEvents(response, answer).finally(() => feeds.delete(answer));
        }
    };
    return (request, response) => void reply(request, response).catch(() => response.destroy());
}

function listenError(thrown: NodeJS.ErrnoException, port: number, host: string): RunsimError {
    const message =
        {
            EADDRINUSE: `port ${port} of ${host} is in use; stop the program that uses it, or choose another port (0 takes a free one)`,
            EACCES: `port ${port} of ${host} may not be used without more rights; take one above 1023`,
            EADDRNOTAVAIL: `host ${host} is not an address of this machine (127.0.0.1: only this machine; 0.0.0.0: every machine)`,
            ENOTFOUND: `host ${host} is not known`,
        }[thrown.code ?? ''] ?? `cannot listen on port ${port} of ${host}: ${thrown.message}`;
    return new RunsimError('no_server', message, { cause: thrown });
}

async function listen(server: HttpServer, port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
        server.once('error', (thrown) => reject(listenError(thrown, port, host)));
        server.listen({ port, host }, resolve);
    });
    return (server.address() as AddressInfo).port;
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

    const feeds = new Set<EventFeed>();
    const server = createServer(asTornado, respond(sim, files, feeds));
    const bound = await listen(server, port, host);
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
