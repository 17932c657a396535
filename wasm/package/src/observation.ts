import type { Engine } from './engine.js';
import { badArgument } from './errors.js';
import { type EventFeed, openFeed } from './event-feed.js';
import type { RawResponse } from './message.js';
import type { Observed } from './observed.js';
import { Observers } from './observers.js';
import type { Transition } from './transition.js';
import { TransitionIterator, type TransitionsOptions, transitionsFrom } from './transition-iterator.js';
import { TransitionListener } from './transition-listener.js';

/** All who watch one simulator. What each of them gets is documented where Simulator offers it. */
export class Observation {
    readonly #sim: Observed;
    readonly #observers: Observers;
    readonly #resetListeners = new Set<() => void>();

    constructor(sim: Observed, engine: Engine) {
        this.#sim = sim;
        this.#observers = new Observers(engine);
    }

    onTransition(listener: (transition: Transition) => void): () => void {
        if (typeof listener !== 'function') throw badArgument('listener', listener, 'a function');
        const listening = new TransitionListener(this.#observers, listener);
        return () => listening.stop();
    }

    transitions(options: TransitionsOptions): AsyncIterableIterator<Transition, undefined> {
        const from = transitionsFrom(options, this.#observers.end);
        return new TransitionIterator(this.#observers, from, options.pipelineRun, options.signal, (waits) =>
            this.#sim.hold(waits),
        );
    }

    onReset(listener: () => void): () => void {
        if (typeof listener !== 'function') throw badArgument('listener', listener, 'a function');
        this.#resetListeners.add(listener);
        return () => void this.#resetListeners.delete(listener);
    }

    openEvents(method: string, target: string, lastEventId: string | null | undefined): EventFeed | RawResponse {
        return openFeed({ sim: this.#sim, observers: this.#observers }, method, target, lastEventId);
    }

    /** Runs `replace`, which puts another world into the engine, or gives another engine. */
    replaced(replace: () => Engine): void {
        this.#observers.replaced(replace);
    }

    /** After `replaced`, when the clock stands right, too. */
    tellReset(): void {
        for (const listener of [...this.#resetListeners]) listener();
    }

    close(): void {
        this.#observers.close();
        this.#resetListeners.clear();
    }
}
