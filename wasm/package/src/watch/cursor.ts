import type { TransitionRecord } from './record.js';
import type { Transition } from './transition.js';

/** Comes between the transitions of one world and those of the world that took its place. */
export class AnotherWorld {
    /** `end`: the number that the next transition of that world will have. */
    constructor(readonly end: number) {}
}

/** How far a cursor may lag behind before it copies what the record, which keeps 65 536, will forget. */
const longestLag = 32_768;

/**
 * Reads a record at its reader's pace: lazily while the record has what is next, and nothing is lost when the record
 * forgets, or when the world is replaced.
 */
export class Cursor {
    readonly #record: TransitionRecord;
    readonly #pipelineRun: number | undefined;
    readonly #newest: number;
    readonly #wake: () => void;
    #queue: Array<Transition | AnotherWorld> = [];
    #taken = 0; // of the queue
    #position: number;
    #closed = false;

    /**
     * `wake` is called when there may be more to take, or nothing ever again. With `newest` it takes only so many of those
     * that wait to be taken, the newest ones, and skips the others.
     */
    constructor(
        record: TransitionRecord,
        from: number,
        options: { pipelineRun?: number | undefined; newest?: number | undefined },
        wake: () => void,
    ) {
        this.#record = record;
        this.#position = from;
        this.#pipelineRun = options.pipelineRun;
        this.#newest = options.newest ?? Infinity;
        this.#wake = wake;
        record.add(this);
    }

    /** Whether nothing will come any more. */
    get isClosed(): boolean {
        return this.#closed;
    }

    /** The next one; undefined if there is none yet. */
    take(): Transition | AnotherWorld | undefined {
        if (this.#taken === this.#queue.length) {
            this.#queue = [];
            this.#taken = 0;
            if (!this.#closed) this.#readPage();
        }
        return this.#taken < this.#queue.length ? this.#queue[this.#taken++] : undefined;
    }

    /** Ends it; what was not taken is gone. */
    stop(): void {
        this.#record.remove(this);
        this.#queue = [];
        this.#taken = 0;
        this.close();
    }

    /** There may be new transitions. */
    look(): void {
        this.#skip();
        while (this.#record.end - this.#position > longestLag) this.#readPage();
        this.#wake();
    }

    /** The world is about to be replaced: reads what is left of it. */
    leave(): void {
        while (this.#position < this.#record.end) this.#readPage();
        this.#wake();
    }

    /** The other world is there. */
    enter(): void {
        this.#position = this.#record.end;
        this.#queue.push(new AnotherWorld(this.#position));
        this.#wake();
    }

    /** The simulator ends. What was read can still be taken. */
    close(): void {
        if (this.#closed) return;
        this.#closed = true;
        this.#wake();
    }

    #skip(): void {
        this.#position = Math.max(this.#position, this.#record.end - this.#newest);
    }

    #readPage(): void {
        this.#skip();
        if (this.#position >= this.#record.end) return;
        const { transitions, metadata } = this.#record.read(this.#position, this.#pipelineRun);
        this.#queue.push(...transitions);
        this.#position = metadata.next ?? metadata.end;
    }
}
