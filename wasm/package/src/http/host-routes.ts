import { RunsimError } from '../base/errors.js';
import { corsHeaders, errorResponse, type RawRequest, type RawResponse } from '../base/message.js';
import { answerPast, isOfPast } from './at-route.js';
import { commandClock, getClock } from './clock-route.js';
import { getEvents, headEvents } from './events-route.js';
import { compareJournal, getJournal, putJournal } from './journal-route.js';
import { getOpenapi } from './openapi-route.js';
import type { Handler, Host, Later } from './route.js';
import { getSnapshot, putSnapshot } from './snapshot-route.js';

/** What the package answers itself; everything else below /__sim is the core's. OPTIONS is answered for all of them. */
const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
    '/__sim/clock': { GET: getClock, POST: commandClock },
    '/__sim/compare': { POST: compareJournal },
    '/__sim/events': { GET: getEvents, HEAD: headEvents },
    '/__sim/journal': { GET: getJournal, HEAD: getJournal, PUT: putJournal },
    '/__sim/openapi.json': { GET: getOpenapi, HEAD: getOpenapi },
    '/__sim/snapshot': { GET: getSnapshot, HEAD: getSnapshot, PUT: putSnapshot },
};

/** Everything below /__sim/at. */
const pastRoute: Readonly<Record<string, Handler>> = { GET: answerPast, HEAD: answerPast };

function onlyPossible(methods: string[]): string {
    const named = methods.filter((method) => method !== 'HEAD');
    return `only ${named.join(' and ')} ${named.length > 1 ? 'are' : 'is'} possible`;
}

/** The answer to a request for one of the host's paths; undefined if the path is not one of them. */
export function answerHost(host: Host, request: RawRequest, body: Uint8Array): RawResponse | Later | undefined {
    const { method, target } = request;
    const path = target.split('?', 1)[0]!;
    const route = isOfPast(path) ? pastRoute : routes[path];
    if (route === undefined) return undefined;
    if (method === 'OPTIONS') return { status: 204, headers: corsHeaders, body: new Uint8Array(0) };
    const handler = route[method];
    if (handler === undefined) return errorResponse(405, `${method} ${path}: ${onlyPossible(Object.keys(route))}`);
    try {
        return handler(host, request, body);
    } catch (thrown) {
        if (thrown instanceof RunsimError && ['bad_argument', 'bad_snapshot', 'bad_journal'].includes(thrown.code))
            return errorResponse(400, thrown.message);
        throw thrown;
    }
}
