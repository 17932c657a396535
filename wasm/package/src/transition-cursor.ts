import type { Observers, Watcher } from './observers.js';
import type { Transition } from './transition.js';

/** Stands between the transitions of one world and those of the world that took its place. */
export class AnotherWorld {
    /** `end`: the number that the next transition of that world will have. */
    constructor(readonly end: number) {}
}

/** How far a cursor may lag behind before it copies what the record, which keeps 65 536, will forget. */
const longestLag = 32_768;

/**
 * Reads the record at its reader's pace: lazily while the record has it, and nothing is lost when the record forgets, or
 * the world is replaced. `wake` is called when there may be more to take, or nothing ever again.
 */
export class TransitionCursor implements Watcher {
    readonly #observers: Observers;
    readonly #pipelineRun: number | undefined;
    readonly #wake: () => void;
    #queue: Array<Transition | AnotherWorld> = [];
    #taken = 0; // of the queue
    #position: number;
    #closed = false;

    constructor(observers: Observers, from: number, pipelineRun: number | undefined, wake: () => void) {
        this.#observers = observers;
        this.#position = from;
        this.#pipelineRun = pipelineRun;
        this.#wake = wake;
        observers.add(this);
    }

    /** Whether nothing is to come any more. */
    get isClosed(): boolean {
        return this.#closed;
    }

    /** The next one, or undefined where there is none yet. */
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
        this.#observers.remove(this);
        this.#queue = [];
        this.#taken = 0;
        this.close();
    }

    look(): void {
        while (this.#observers.end - this.#position > longestLag) this.#readPage();
        this.#wake();
    }

    leave(): void {
        while (this.#position < this.#observers.end) this.#readPage();
    }

    enter(): void {
        this.#position = this.#observers.end;
        this.#queue.push(new AnotherWorld(this.#position));
        this.#wake();
    }

    close(): void {
        if (this.#closed) return;
        this.#closed = true;
        this.#wake();
    }

    #readPage(): void {
        if (this.#position >= this.#observers.end) return;
        const { transitions, metadata } = this.#observers.read(this.#position, this.#pipelineRun);
        this.#queue.push(...transitions);
        this.#position = metadata.next ?? metadata.end;
    }
}
