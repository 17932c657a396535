import { badArgument, messageOf, RunsimError } from './errors.js';
import { type EventFeed, eventHeaders, feedStream, isEventsTarget } from './event-feed.js';
import type { RawRequest, RawResponse } from './message.js';

/** What answers. */
export interface Answering {
    answer(request: RawRequest, signal: AbortSignal): Promise<RawResponse>;
    openEvents(method: string, target: string, lastEventId: string | null): EventFeed | RawResponse;
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

/** A server that does not answer is a network error. */
function asFetchFails(thrown: unknown): never {
    if (thrown instanceof RunsimError && thrown.code === 'no_answer')
        throw new TypeError('fetch failed', { cause: thrown });
    throw thrown;
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
    let request: Request;
    try {
        // Its address does not matter, and a relative one would be refused in node.
        request = input instanceof Request ? new Request(input, init) : new Request('http://runsim.invalid/', init);
    } catch (thrown) {
        throw new RunsimError('bad_argument', `init: ${messageOf(thrown)}`, { cause: thrown });
    }
    request.signal.throwIfAborted();
    const body = new Uint8Array(await request.arrayBuffer());
    request.signal.throwIfAborted();
    const response = isEventsTarget(target)
        ? sim.openEvents(request.method, target, request.headers.get('last-event-id'))
        : await sim
              .answer({ method: request.method, target, headers: request.headers, body }, request.signal)
              .catch(asFetchFails);
    if (!('status' in response)) return new Response(feedStream(response, request.signal), { headers: eventHeaders });
    const empty = response.status === 204 || response.status === 304 || request.method === 'HEAD';
    return new Response(empty ? null : (response.body as Uint8Array<ArrayBuffer>), {
        status: response.status,
        headers: response.headers,
    });
}
