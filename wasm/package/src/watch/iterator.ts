import { argumentError, badArgument, checkKeys } from '../base/errors.js';
import type { Clock } from '../host/clock.js';
import { AnotherWorld, Cursor } from './cursor.js';
import type { TransitionRecord } from './record.js';
import type { Transition } from './transition.js';

/** What `sim.transitions()` takes. */
export interface TransitionsOptions {
    /** The number of the first wanted one (default: the oldest that the record still has), or `'now'`. */
    from?: number | 'now';
    /** Only those of one run and its block runs, by its id. */
    pipelineRun?: number;
    /** Ends the iteration when it aborts. */
    signal?: AbortSignal;
}

/** Checks the options; returns the number to begin with. `end`: one past the newest. */
function checkedFrom(options: TransitionsOptions, end: number): number {
    checkKeys('options', options, ['from', 'pipelineRun', 'signal']);
    const { from = 0, pipelineRun, signal } = options;
    if (from !== 'now' && !(Number.isSafeInteger(from) && from >= 0))
        throw badArgument('from', from, "the number of a transition, 0 or more, nor 'now'");
    if (from !== 'now' && from > end) throw argumentError('from', `${from} is beyond the end of the record, ${end}`);
    if (pipelineRun !== undefined && !(Number.isSafeInteger(pipelineRun) && pipelineRun > 0))
        throw badArgument('pipelineRun', pipelineRun, 'the id of a pipeline run');
    if (signal !== undefined && !(signal instanceof AbortSignal)) throw badArgument('signal', signal, 'an AbortSignal');
    return from === 'now' ? end : from;
}

type Result = IteratorResult<Transition, undefined>;
const end: Result = { done: true, value: undefined };

/** What `sim.transitions()` gives: transitions as they come, until it is left, aborted, or the simulator disposed. */
export class TransitionIterator implements AsyncIterableIterator<Transition, undefined> {
    readonly #clock: Clock;
    readonly #cursor: Cursor;
    readonly #signal: AbortSignal | undefined;
    readonly #waiting: Array<(result: Result) => void> = [];

    /** Holds the clock while somebody waits. Throws `bad_argument`. */
    constructor(record: TransitionRecord, clock: Clock, options: TransitionsOptions) {
        const from = checkedFrom(options, record.end);
        const { pipelineRun, signal } = options;
        this.#clock = clock;
        this.#signal = signal;
        this.#cursor = new Cursor(record, from, { pipelineRun }, () => this.#serve());
        signal?.addEventListener('abort', this.#stop);
        if (signal?.aborted) this.#stop();
    }

    [Symbol.asyncIterator](): this {
        return this;
    }

    next(): Promise<Result> {
        return new Promise((resolve) => {
            this.#waiting.push(resolve);
            if (this.#waiting.length === 1) this.#clock.hold(true);
            this.#serve();
        });
    }

    return(): Promise<Result> {
        this.#stop();
        return Promise.resolve(end);
    }

    readonly #stop = (): void => this.#cursor.stop();

    #serve(): void {
        while (this.#waiting.length > 0) {
            const next = this.#cursor.take();
            if (next instanceof AnotherWorld) continue;
            if (next === undefined && !this.#cursor.isClosed) return;
            const resolve = this.#waiting.shift();
            if (this.#waiting.length === 0) this.#clock.hold(false);
            resolve?.(next === undefined ? end : { done: false, value: next });
        }
        if (this.#cursor.isClosed) this.#signal?.removeEventListener('abort', this.#stop);
    }
}
