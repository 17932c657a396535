import type { RawRequest, RawResponse } from '../base/message.js';
import type { Engine } from '../host/engine.js';
import type { Cursor } from './cursor.js';
import { readTransitions, type TransitionPage } from './transition.js';

/**
 * The record of status changes of a simulator's world, whichever world is in place. It moves its cursors along, and asks
 * nothing of the world as long as it has none.
 */
export class TransitionRecord {
    readonly #cursors = new Set<Cursor>();
    #engine: Engine;
    #lastPage: { from: number; end: number; page: TransitionPage } | undefined; // what several cursors read
    #edits = 0;

    constructor(engine: Engine) {
        this.#engine = engine;
    }

    add(cursor: Cursor): void {
        this.#cursors.add(cursor);
        this.#engine.observer = this.#look;
    }

    remove(cursor: Cursor): void {
        this.#cursors.delete(cursor);
        if (this.#cursors.size > 0) return;
        this.#engine.observer = undefined;
        this.#lastPage = undefined;
    }

    /** One past the number of the newest transition. */
    get end(): number {
        return this.#engine.transitionsEnd();
    }

    /** How many requests may have changed something of which the record says nothing. */
    get edits(): number {
        return this.#edits;
    }

    /** To be called after a request that may have written, and made no transition. */
    edited(): void {
        this.#edits++;
        this.#look();
    }

    /** A request that only looks. */
    ask(request: RawRequest): RawResponse {
        return this.#engine.ask(request);
    }

    /** See readTransitions. What it returns is shared: not to be changed. */
    read(from: number, pipelineRun: number | undefined): TransitionPage {
        if (pipelineRun !== undefined) return readTransitions(this.#engine, from, pipelineRun);
        const { end } = this;
        if (this.#lastPage?.from !== from || this.#lastPage.end !== end)
            this.#lastPage = { from, end, page: readTransitions(this.#engine, from, undefined) };
        return this.#lastPage.page;
    }

    /** Runs `replace`, which puts another world into the engine, or returns another engine. */
    replaced(replace: () => Engine): void {
        this.#tell((cursor) => cursor.leave());
        this.#lastPage = undefined;
        this.#engine.observer = undefined;
        try {
            this.#engine = replace();
        } finally {
            if (this.#cursors.size > 0) this.#engine.observer = this.#look;
        }
        this.#tell((cursor) => cursor.enter());
    }

    close(): void {
        try {
            this.#tell((cursor) => cursor.leave());
        } catch {
            // the instance is dead: there is nothing to read any more
        }
        this.#tell((cursor) => cursor.close());
        this.#cursors.clear();
        this.#engine.observer = undefined;
    }

    readonly #look = (): void => this.#tell((cursor) => cursor.look());

    #tell(what: (cursor: Cursor) => void): void {
        for (const cursor of [...this.#cursors]) if (this.#cursors.has(cursor)) what(cursor);
    }
}
