import { describe } from '../base/errors.js';
import { corsHeaders, errorResponse, headerOf, type RawRequest, type RawResponse } from '../base/message.js';
import { EventFeed } from './event-feed.js';
import type { Handler, Host } from './route.js';

// GET /__sim/events: what happens, as server-sent events.

export const eventHeaders = {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    ...corsHeaders,
} as const;

const known = ['from', 'pipeline_run_id', 'newest'];
const mostNewest = 1000;

const noStream = 'GET /__sim/events is a stream, which bytes cannot be: use sim.fetch or a server';

export const headEvents: Handler = () => ({ status: 200, headers: eventHeaders, body: new Uint8Array(0) });

export const getEvents: Handler = (host, request) => ({
    atOnce: errorResponse(501, noStream),
    start: () => open(host, request),
});

function open({ clock, record }: Host, request: RawRequest): EventFeed | RawResponse {
    const query = new URL(request.target, 'http://runsim.invalid').searchParams;
    query.delete('api_key');
    for (const name of query.keys()) {
        if (!known.includes(name)) return errorResponse(400, `${name}: unknown parameter (known: ${known.join(', ')})`);
    }
    const newest = query.get('newest');
    query.delete('newest');
    if (newest !== null && !(/^\d+$/.test(newest) && Number(newest) >= 1 && Number(newest) <= mostNewest))
        return errorResponse(400, `newest: ${describe(newest)} is not a whole number from 1 to ${mostNewest}`);
    const lastEventId = headerOf(request, 'last-event-id');
    const fromNow = (query.get('from') ?? 'now') === 'now';
    const begin = Number(query.get('from'));
    // A client that comes back asks with the address that it began with, and knows better by now.
    if (fromNow || lastEventId) query.delete('from');
    const checked = record.ask({ method: 'GET', target: `/__sim/transitions?_limit=1&${query}` });
    if (checked.status !== 200) return checked;

    const { end } = record;
    let from = fromNow ? end : begin;
    let isReset = false;
    if (lastEventId) {
        if (!/^\d{1,15}$/.test(lastEventId))
            return errorResponse(400, `Last-Event-ID: ${describe(lastEventId)} is not an id from /__sim/events`);
        isReset = Number(lastEventId) >= end;
        from = isReset ? end : Number(lastEventId) + 1;
    }
    const run = query.get('pipeline_run_id');
    const number = (text: string | null): number | undefined => (text === null ? undefined : Number(text));
    return new EventFeed(record, clock, from, { pipelineRun: number(run), newest: number(newest) }, isReset);
}
