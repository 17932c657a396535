import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { maxBody, type RawResponse } from '../base/message.js';
import type { EventFeed } from './event-feed.js';
import { eventHeaders } from './events-route.js';

// How requests and answers look on the wire of node's server.

const serverName = 'TornadoServer/6.4.2';
const silenceMs = 15_000; // between two comments of an event stream

/**
 * A request's body, or undefined as soon as it is larger than what is read: the rest then flows by unread, so that the
 * connection can go on. Rejects when the client goes away.
 */
export function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
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

export function pairs(rawHeaders: readonly string[]): Array<[string, string]> {
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
export function send(request: IncomingMessage, response: ServerResponse, answer: RawResponse): void {
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
export async function sendEvents(response: ServerResponse, feed: EventFeed): Promise<void> {
    if (response.destroyed) return feed.close();
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
