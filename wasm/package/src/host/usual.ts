import type { RawRequest } from '../base/message.js';

/** Requests whose handlers are in the first part of the module: those that wasm/usual.txt names. */
const usual: Readonly<Record<string, RegExp>> = {
    GET: /^\/api\/(?:pipeline_runs|pipeline_schedules|block_runs)(?:\/\d+)?(?:\/(?:pipeline_runs|block_runs))?(?:\?|$)/,
    POST: /^\/api\/pipeline_schedules\/\d+\/pipeline_runs(?:\/\w+)?(?:\?|$)/,
    PUT: /^\/api\/pipeline_runs\/\d+(?:\?|$)/,
};

/** Paths of our own whose requests the first part or the package answers, but for a command that needs the past. */
const usualOwn = /^\/__sim\/(?:clock|events|openapi\.json|project|transitions|(?:pipeline|block)_runs\/\d+)(?:\?|$)/;

/** Whether a command for the clock may be the one that needs the past. */
const rewinds = (body: RawRequest['body'] = ''): boolean =>
    (typeof body === 'string' ? body : new TextDecoder().decode(body)).includes('rewind');

/** Whether the first part can answer a request. False for some that it can: then the rest is loaded for nothing. */
export const isUsual = ({ method, target, body }: RawRequest): boolean =>
    usual[method]?.test(target) === true || (usualOwn.test(target) && !(method === 'POST' && rewinds(body)));
