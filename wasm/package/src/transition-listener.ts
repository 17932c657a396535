import type { Observers, Watcher } from './observers.js';
import type { Transition } from './transition.js';

/** An observer's mistake must not disturb what it observes, nor other observers: it is reported as an uncaught error. */
function report(thrown: unknown): void {
    queueMicrotask(() => {
        throw thrown;
    });
}

/** Calls a listener for each transition from now on, in order, also when the listener itself moves the world. */
export class TransitionListener implements Watcher {
    readonly #observers: Observers;
    readonly #listener: (transition: Transition) => void;
    readonly #queue: Transition[] = [];
    #position: number;
    #telling = false;
    #stopped = false;

    constructor(observers: Observers, listener: (transition: Transition) => void) {
        this.#observers = observers;
        this.#listener = listener;
        this.#position = observers.end;
        observers.add(this);
    }

    look(): void {
        this.#read();
        this.#tell();
    }

    leave(): void {
        this.look();
    }

    enter(): void {
        this.#position = this.#observers.end;
    }

    close(): void {
        this.#stopped = true;
    }

    stop(): void {
        this.#stopped = true;
        this.#observers.remove(this);
    }

    #read(): void {
        while (this.#position < this.#observers.end) {
            const { transitions, metadata } = this.#observers.read(this.#position, undefined);
            this.#queue.push(...transitions);
            this.#position = metadata.next ?? metadata.end;
        }
    }

    #tell(): void {
        if (this.#telling) return; // the call below goes on with what was read
        this.#telling = true;
        for (let next = this.#queue.shift(); next && !this.#stopped; next = this.#queue.shift()) {
            try {
                this.#listener(next);
            } catch (thrown) {
                report(thrown);
            }
        }
        this.#telling = false;
    }
}
