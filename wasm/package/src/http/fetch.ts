import { argumentError, badArgument, messageOf, RunsimError } from '../base/errors.js';
import type { RawRequest, RawResponse } from '../base/message.js';
import type { EventFeed } from './event-feed.js';
import { eventHeaders } from './events-route.js';

/** What answers. */
export interface Answering {
    answer(request: RawRequest, signal?: AbortSignal): Promise<RawResponse | EventFeed>;
}

/**
 * Path and query of an address, as written: a URL object would rewrite them, and the server looks at every character.
 */
function targetOf(input: string | URL | Request): string {
    const address = input instanceof Request ? input.url : String(input);
    const match = /^(?:https?:\/\/[^/?#]*)?([/?][^#]*)?(?:#.*)?$/is.exec(address);
    if (!match || address === '')
        throw badArgument('input', address, 'an http address or a path such as "/api/pipeline_runs"');
    const target = match[1] ?? '/';
    return target.startsWith('?') ? `/${target}` : target;
}

/** What an answer has as its `url`: the address without its fragment; of a path, on the page's own server. */
function urlOf(address: string): string {
    try {
        const here = (globalThis as { location?: { href: string } }).location?.href ?? 'http://localhost/';
        const url = new URL(address, here);
        url.hash = '';
        return url.href;
    } catch {
        return '';
    }
}

/** Gives a Response, and every clone of it, its `url`, which a constructor cannot. It is worked out when it is read. */
function cameFrom(address: string, response: Response): Response {
    return Object.defineProperties(response, {
        url: { get: () => urlOf(address) },
        clone: { value: () => cameFrom(address, Response.prototype.clone.call(response)) },
    });
}

/** A server that does not answer is a network error. */
function asFetchFails(thrown: unknown): never {
    if (thrown instanceof RunsimError && thrown.code === 'no_answer')
        throw new TypeError('fetch failed', { cause: thrown });
    throw thrown;
}

/** A feed as the body of a Response. */
function feedStream(feed: EventFeed, signal?: AbortSignal): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    let stop = (): void => {};
    return new ReadableStream<Uint8Array>(
        {
            start(controller) {
                stop = () => {
                    feed.close();
                    controller.error(signal?.reason);
                };
                signal?.addEventListener('abort', stop);
            },
            async pull(controller) {
                const text = await feed.next();
                if (signal?.aborted) return;
                if (text !== undefined) return controller.enqueue(encoder.encode(text));
                signal?.removeEventListener('abort', stop);
                controller.close();
            },
            cancel() {
                signal?.removeEventListener('abort', stop);
                feed.close();
            },
        },
        { highWaterMark: 0 },
    );
}

/** The request that is asked for; undefined if it is a plain GET. Copying a Request costs more than its answer. */
function requestOf(input: string | URL | Request, init: RequestInit | undefined): Request | undefined {
    const isRequest = input instanceof Request;
    if (init === undefined) return isRequest ? input : undefined;
    try {
        // Its address does not matter, and a relative one would be refused in node.
        return new Request(isRequest ? input : 'http://runsim.invalid/', init);
    } catch (thrown) {
        throw argumentError('init', messageOf(thrown), thrown);
    }
}

/** Its body; undefined if it has none. Reads it, as sending does. */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
    if (request.body === null) return undefined; // not every browser has `body`
    try {
        return new Uint8Array(await request.arrayBuffer());
    } catch (thrown) {
        request.signal.throwIfAborted();
        throw argumentError('input', messageOf(thrown), thrown);
    }
}

/**
 * The WHATWG face of `answer`. Rejects with `bad_argument` where `fetch` would with a TypeError, and with the signal's
 * reason.
 */
export async function fetchFrom(sim: Answering, input: string | URL | Request, init?: RequestInit): Promise<Response> {
    if (!(typeof input === 'string' || input instanceof URL || input instanceof Request)) {
        throw badArgument('input', input, 'an address, a URL or a Request');
    }
    const target = targetOf(input);
    const request = requestOf(input, init);
    const { method = 'GET', headers, signal } = request ?? {};
    signal?.throwIfAborted();
    const body = request && (await bodyOf(request));
    await undefined; // whoever called may still abort
    signal?.throwIfAborted();
    const answer = await sim.answer({ method, target, headers, body }, signal).catch(asFetchFails);
    const address = input instanceof Request ? input.url : String(input);
    if (!('status' in answer)) {
        return cameFrom(address, new Response(feedStream(answer, signal), { headers: eventHeaders }));
    }
    const empty = answer.status === 204 || answer.status === 304 || method === 'HEAD';
    const bytes = empty ? null : (answer.body as Uint8Array<ArrayBuffer>);
    return cameFrom(address, new Response(bytes, { status: answer.status, headers: answer.headers }));
}
