import type { Engine } from './engine.js';
import type { RawRequest, RawResponse } from './message.js';
import { readTransitions, type TransitionPage } from './transition.js';

/** What watches the record of one simulator. */
export interface Watcher {
    /** There may be new transitions. */
    look(): void;
    /** The world is about to give way to another one: what is to be read of it must be read now. */
    leave(): void;
    /** The other world is there. */
    enter(): void;
    /** The simulator is about to end. */
    close(): void;
}

/** Tells watchers what happens in a simulator's world. As long as there is none, it asks nothing of the world. */
export class Observers {
    readonly #watchers = new Set<Watcher>();
    #engine: Engine;
    #lastPage: { from: number; end: number; page: TransitionPage } | undefined; // what several watchers read

    constructor(engine: Engine) {
        this.#engine = engine;
    }

    add(watcher: Watcher): void {
        this.#watchers.add(watcher);
        this.#engine.observer = this.#look;
    }

    remove(watcher: Watcher): void {
        this.#watchers.delete(watcher);
        if (this.#watchers.size > 0) return;
        this.#engine.observer = undefined;
        this.#lastPage = undefined;
    }

    /** One past the number of the newest transition. */
    get end(): number {
        return this.#engine.transitionsEnd();
    }

    /** A request that only looks. */
    ask(request: RawRequest): RawResponse {
        return this.#engine.ask(request);
    }

    /** See readTransitions. What it gives is shared: not to be changed. */
    read(from: number, pipelineRun: number | undefined): TransitionPage {
        if (pipelineRun !== undefined) return readTransitions(this.#engine, from, pipelineRun);
        const { end } = this;
        if (this.#lastPage?.from !== from || this.#lastPage.end !== end)
            this.#lastPage = { from, end, page: readTransitions(this.#engine, from, undefined) };
        return this.#lastPage.page;
    }

    /** Runs `replace`, which puts another world into the engine, or gives another engine. */
    replaced(replace: () => Engine): void {
        this.#tell((watcher) => watcher.leave());
        this.#lastPage = undefined;
        this.#engine.observer = undefined;
        try {
            this.#engine = replace();
        } finally {
            if (this.#watchers.size > 0) this.#engine.observer = this.#look;
        }
        this.#tell((watcher) => watcher.enter());
    }

    close(): void {
        try {
            this.#tell((watcher) => watcher.leave());
        } catch {
            // the instance is dead: there is nothing to read any more
        }
        this.#tell((watcher) => watcher.close());
        this.#watchers.clear();
        this.#engine.observer = undefined;
    }

    readonly #look = (): void => this.#tell((watcher) => watcher.look());

    #tell(what: (watcher: Watcher) => void): void {
        for (const watcher of [...this.#watchers]) if (this.#watchers.has(watcher)) what(watcher);
    }
}
