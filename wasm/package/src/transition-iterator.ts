import { badArgument, checkKeys, RunsimError } from './errors.js';
import type { Observers } from './observers.js';
import type { Transition } from './transition.js';
import { AnotherWorld, TransitionCursor } from './transition-cursor.js';

/** What `sim.transitions()` takes. */
export interface TransitionsOptions {
    /** The number of the first wanted one (default: the oldest that the record still has), or `'now'`. */
    from?: number | 'now';
    /** Only those of one run and its block runs, by its id. */
    pipelineRun?: number;
    /** Ends the iteration when it aborts. */
    signal?: AbortSignal;
}

/** Checks the options; the number to begin with. `end`: one past the newest. */
export function transitionsFrom(options: TransitionsOptions, end: number): number {
    checkKeys('options', options, ['from', 'pipelineRun', 'signal']);
    const { from = 0, pipelineRun, signal } = options;
    if (from !== 'now' && !(Number.isSafeInteger(from) && from >= 0))
        throw badArgument('from', from, "the number of a transition, 0 or more, nor 'now'");
    if (from !== 'now' && from > end)
        throw new RunsimError('bad_argument', `from: ${from} is beyond the end of the record, ${end}`);
    if (pipelineRun !== undefined && !(Number.isSafeInteger(pipelineRun) && pipelineRun > 0))
        throw badArgument('pipelineRun', pipelineRun, 'the id of a pipeline run');
    if (signal !== undefined && !(signal instanceof AbortSignal)) throw badArgument('signal', signal, 'an AbortSignal');
    return from === 'now' ? end : from;
}

type Result = IteratorResult<Transition, undefined>;
const end: Result = { done: true, value: undefined };

/** What `sim.transitions()` gives: transitions as they come, until it is left, aborted, or the simulator disposed. */
export class TransitionIterator implements AsyncIterableIterator<Transition, undefined> {
    readonly #cursor: TransitionCursor;
    readonly #signal: AbortSignal | undefined;
    readonly #hold: (waits: boolean) => void;
    readonly #waiting: Array<(result: Result) => void> = [];

    /** `hold` is told when somebody begins and stops to wait for what is to come. */
    constructor(
        observers: Observers,
        from: number,
        pipelineRun: number | undefined,
        signal: AbortSignal | undefined,
        hold: (waits: boolean) => void,
    ) {
        this.#hold = hold;
        this.#signal = signal;
        this.#cursor = new TransitionCursor(observers, from, pipelineRun, () => this.#serve());
        signal?.addEventListener('abort', this.#stop);
        if (signal?.aborted) this.#stop();
    }

    [Symbol.asyncIterator](): this {
        return this;
    }

    next(): Promise<Result> {
        return new Promise((resolve) => {
            this.#waiting.push(resolve);
            if (this.#waiting.length === 1) this.#hold(true);
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
            if (this.#waiting.length === 0) this.#hold(false);
            resolve?.(next === undefined ? end : { done: false, value: next });
        }
        if (this.#cursor.isClosed) this.#signal?.removeEventListener('abort', this.#stop);
    }
}
