import { RunsimError } from '../base/errors.js';
import { corsHeaders, type RawResponse } from '../base/message.js';
import type { ServerFault } from '../host/engine.js';

// What planned faults of the server do to an answer. /__sim is ours, and never faulty.

export const isFaulty = (target: string): boolean => !/^\/__sim(?:[/?]|$)/.test(target);

/** The answer in place of the world's, which never hears of the request. */
export function faultyAnswer({ kind }: ServerFault, now: string): RawResponse {
    if (kind === 'errors') return { status: 500, headers: corsHeaders, body: new Uint8Array(0) };
    throw new RunsimError('no_answer', `the server is silent at ${now} (faults of runsim.json: server_silent)`);
}

/** Lets real time pass: the lateness of an answer is its caller's, whatever the virtual clock does. */
export function passRealTime(us: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
        const abort = (): void => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', abort);
            resolve();
        }, us / 1000);
        signal?.addEventListener('abort', abort);
    });
}
