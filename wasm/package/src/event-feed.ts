import { describe } from './errors.js';
import { corsHeaders, errorResponse, type RawResponse } from './message.js';
import type { Observed } from './observed.js';
import type { Observers } from './observers.js';
import { AnotherWorld, TransitionCursor } from './transition-cursor.js';

// GET /__sim/events: transitions, the clock and changes of the world as server-sent events.

/** What a feed needs of a simulator. */
export interface FeedHost {
    readonly sim: Observed;
    readonly observers: Observers;
}

export const eventHeaders = {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    ...corsHeaders,
} as const;

const mostTaken = 1000; // transitions in one text
const known = ['from', 'pipeline_run_id'];

export const isEventsTarget = (target: string): boolean => /^\/__sim\/events(?:$|\?)/.test(target);

/** The id is that of the transition before, so that a reader who comes back now begins with the next one. */
const resetText = (end: number): string =>
    `id: ${end > 0 ? end - 1 : ''}\nevent: reset\ndata: ${JSON.stringify({ end })}\n\n`;

/** One reader's events, as the text of the stream. */
export class EventFeed {
    readonly #host: FeedHost;
    readonly #cursor: TransitionCursor;
    readonly #stopClock: () => void;
    #clockChanged = true; // the first event says where the clock stands
    #begin: string;
    #waiting: ((text: string | undefined) => void) | undefined;
    #scheduled = false;

    /** `isReset`: what the reader saw before was another world. */
    constructor(host: FeedHost, from: number, pipelineRun: number | undefined, isReset: boolean) {
        this.#host = host;
        this.#begin = isReset ? resetText(from) : '';
        this.#cursor = new TransitionCursor(host.observers, from, pipelineRun, () => this.#schedule());
        this.#stopClock = host.sim.onClock(() => {
            this.#clockChanged = true;
            this.#schedule();
        });
    }

    /** The text of the next events, as soon as there are some; undefined at the end. One call at a time. */
    next(): Promise<string | undefined> {
        return new Promise((resolve) => {
            this.#waiting = resolve;
            this.#host.sim.hold(true);
            this.#schedule();
        });
    }

    /** Gives up whatever it holds. Twice is once. */
    close(): void {
        this.#stopClock();
        this.#cursor.stop();
    }

    /** Serves behind what happens now, so that the clock is read when all of it has happened. */
    #schedule(): void {
        if (this.#waiting === undefined || this.#scheduled) return;
        this.#scheduled = true;
        queueMicrotask(() => {
            this.#scheduled = false;
            this.#serve();
        });
    }

    #serve(): void {
        let text: string | undefined;
        try {
            text = this.#text();
        } catch {
            this.close(); // a dead instance has nothing to tell any more
        }
        if (!text && !this.#cursor.isClosed) return;
        const resolve = this.#waiting;
        this.#waiting = undefined;
        this.#host.sim.hold(false);
        resolve?.(text || undefined);
    }

    #text(): string {
        let text = this.#begin;
        this.#begin = '';
        for (let taken = 0; taken < mostTaken; taken++) {
            const next = this.#cursor.take();
            if (next === undefined) break;
            if (next instanceof AnotherWorld) text += resetText(next.end);
            else text += `id: ${next.number}\nevent: transition\ndata: ${JSON.stringify(next)}\n\n`;
        }
        if (!this.#clockChanged || this.#cursor.isClosed) return text;
        this.#clockChanged = false;
        return `${text}event: clock\ndata: ${JSON.stringify({ clock: this.#host.sim.clock })}\n\n`;
    }
}

/** The stream that a GET asks for, or the answer to a request that asks for none. */
export function openFeed(
    host: FeedHost,
    method: string,
    target: string,
    lastEventId: string | null | undefined,
): EventFeed | RawResponse {
    if (method === 'OPTIONS') return { status: 204, headers: corsHeaders, body: new Uint8Array(0) };
    if (method === 'HEAD') return { status: 200, headers: eventHeaders, body: new Uint8Array(0) };
    if (method !== 'GET') return errorResponse(405, `${method} /__sim/events: only GET is possible`);
    const query = new URLSearchParams(target.slice('/__sim/events'.length));
    query.delete('api_key');
    for (const name of query.keys()) {
        if (!known.includes(name))
            return errorResponse(400, `${name}: there is no such parameter (known: ${known.join(', ')})`);
    }
    const fromNow = (query.get('from') ?? 'now') === 'now';
    const begin = Number(query.get('from'));
    // A client that comes back asks with the address that it began with, and knows better by now.
    if (fromNow || lastEventId) query.delete('from');
    const checked = host.observers.ask({ method: 'GET', target: `/__sim/transitions?_limit=1&${query}` });
    if (checked.status !== 200) return checked;

    const { end } = host.observers;
    let from = fromNow ? end : begin;
    let isReset = false;
    if (lastEventId) {
        if (!/^\d{1,15}$/.test(lastEventId))
            return errorResponse(400, `Last-Event-ID: ${describe(lastEventId)} is no id that /__sim/events gave`);
        isReset = Number(lastEventId) >= end;
        from = isReset ? end : Number(lastEventId) + 1;
    }
    const run = query.get('pipeline_run_id');
    return new EventFeed(host, from, run === null ? undefined : Number(run), isReset);
}

/** A feed as the body of a Response. */
export function feedStream(feed: EventFeed, signal: AbortSignal): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    let stop = (): void => {};
    return new ReadableStream<Uint8Array>(
        {
            start(controller) {
                stop = () => {
                    feed.close();
                    controller.error(signal.reason);
                };
                signal.addEventListener('abort', stop);
            },
            async pull(controller) {
                const text = await feed.next();
                if (signal.aborted) return;
                if (text !== undefined) return controller.enqueue(encoder.encode(text));
                signal.removeEventListener('abort', stop);
                controller.close();
            },
            cancel() {
                signal.removeEventListener('abort', stop);
                feed.close();
            },
        },
        { highWaterMark: 0 },
    );
}
