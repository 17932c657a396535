import { RunsimError } from '../base/errors.js';
import { parseHead, type RawRequest, type RawResponse, requestHead } from '../base/message.js';
import type { RawEngine } from '../runsim.mjs';
import type { Instance } from './module.js';
import { isUsual } from './usual.js';

/** How an advance went. */
export interface Advance {
    /** How many events were performed. */
    events: number;
    /** The limit of events came before the instant: the clock stands at the last of them, and is paused. */
    limitReached: boolean;
}

/** What is wrong with the server of a world, by plan. */
export interface ServerFault {
    kind: 'late' | 'errors' | 'silent';
    /** How late it answers. */
    lateUs: number;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const noBytes: Uint8Array = new Uint8Array(0);
const serverFaults = [undefined, 'late', 'errors', 'silent'] as const; // as bindings.cpp numbers them
/** Why a lazy simulator does not do something at once. */
export const notLoaded =
    'the part of runsim.wasm for this is not loaded: ask once with sim.fetch(), for example /api/statuses, ' +
    'or make the simulator without { lazy: true }';
const anyTransitions = 2 ** 53;
const observedTransitions = 512; // between two looks of an observer; the record keeps 65 536

/**
 * One world inside an {@link Instance}: copies in, calls, copies out. Arguments are taken on trust (Embind would turn a
 * wrong one into 0): whoever calls has checked them.
 */
export class Engine {
    readonly #instance: Instance;
    readonly #raw: RawEngine;
    /**
     * Called after whatever may have changed a status, and in a long advance often enough that the record still has
     * everything since the last time.
     */
    observer: (() => void) | undefined;
    #deleted = false;
    #loads = 0;

    private constructor(instance: Instance, raw: RawEngine) {
        this.#instance = instance;
        this.#raw = raw;
    }

    /** A world from a project document. Throws `bad_project` with the mistakes, a line each. */
    static create(instance: Instance, document: string): Engine {
        const engine = new Engine(instance, instance.newEngine());
        if (instance.recall(document)) return engine;
        const bytes = encoder.encode(document);
        if (engine.#call((raw) => raw.create(engine.#put(bytes))) === 0) {
            const mistakes = decoder.decode(engine.#output());
            engine.delete();
            throw new RunsimError('bad_project', mistakes);
        }
        instance.remember(document, engine.#raw.memory_used());
        return engine;
    }

    /** The world of the demo project, where it ships prepared. Rejects with `no_module`. */
    static async createDemo(instance: Instance): Promise<Engine> {
        const engine = new Engine(instance, instance.newEngine());
        const asDocument = ''; // no document is empty
        if (instance.recall(asDocument)) return engine;
        await instance.loadDemo();
        engine.#call((raw) => raw.begin_prepared());
        instance.remember(asDocument, engine.#raw.memory_used());
        return engine;
    }

    /** The world of a journal, which is continued. Throws `bad_journal`. */
    static play(instance: Instance, journal: string): Engine {
        const engine = new Engine(instance, instance.newEngine());
        try {
            engine.play(journal);
        } catch (thrown) {
            engine.delete();
            throw thrown;
        }
        return engine;
    }

    handle(request: RawRequest, body: Uint8Array): RawResponse {
        const response = this.ask(request, body);
        this.observer?.();
        return response;
    }

    /** As `handle`, of a request that only looks. */
    ask(request: RawRequest, body = noBytes): RawResponse {
        const head = requestHead(request);
        const status = this.#call((raw) => {
            const size = head.length + body.length;
            const input = this.#instance.view(raw.input(size), size);
            input.set(head);
            input.set(body, head.length);
            return raw.handle(size);
        });
        const answerHead = decoder.decode(this.#instance.view(this.#raw.head(), this.#raw.head_size()));
        return { status, headers: parseHead(answerHead), body: this.#output() };
    }

    /** Whether a request can be answered before `loadRest`. */
    canAnswer(request: RawRequest): boolean {
        return this.#instance.isWhole || isUsual(request);
    }

    /** Loads what unusual requests need, for all worlds of the instance. Rejects with `no_module`. */
    loadRest(): Promise<void> {
        return this.#instance.loadRest();
    }

    /** Lets time pass until an instant in microseconds, or until `mostEvents` have happened. */
    advanceTo(us: number, mostEvents: number): Advance {
        if (!this.observer) return this.#advance(us, mostEvents, anyTransitions);
        const loads = this.#loads;
        let events = 0;
        for (;;) {
            const part = this.#advance(us, mostEvents - events, observedTransitions);
            events += part.events;
            this.observer?.();
            // An observer may have put another world in place: that one is where it should be.
            if (this.#deleted || this.#loads !== loads) return { events, limitReached: false };
            if (!part.limitReached || events >= mostEvents) return { events, limitReached: part.limitReached };
        }
    }

    /** Performs the one next event; false when there is none. */
    step(): boolean {
        const stepped = this.#call((raw) => raw.step()) !== 0;
        this.observer?.();
        return stepped;
    }

    /** The fault that the world's server has now, if any (core/lifecycle/workers/faults.hpp). */
    serverFault(): ServerFault | undefined {
        return this.#call((raw) => {
            const kind = serverFaults[raw.server_fault()];
            return kind && { kind, lateUs: kind === 'late' ? raw.server_late() : 0 };
        });
    }

    /** One past the number of the newest transition in the record. */
    transitionsEnd(): number {
        return this.#call((raw) => raw.transitions_end());
    }

    /** Where the world began. */
    start(): number {
        return this.#call((raw) => raw.start());
    }

    /** Microseconds from one tick of the scheduler to the next. */
    schedulerInterval(): number {
        return this.#call((raw) => raw.scheduler_interval());
    }

    now(): number {
        return this.#call((raw) => raw.now());
    }

    nextTick(): number {
        return this.#call((raw) => raw.next_tick());
    }

    nextEvent(): number | null {
        const us = this.#call((raw) => raw.next_event());
        return Number.isNaN(us) ? null : us;
    }

    save(): Uint8Array {
        this.#checkWhole();
        this.#call((raw) => raw.save());
        return this.#output();
    }

    /** Becomes the saved world. Throws `bad_snapshot`, and stays what it was. */
    load(snapshot: Uint8Array): void {
        this.#checkWhole();
        if (this.#call((raw) => raw.load(this.#put(snapshot))) === 0) {
            throw new RunsimError('bad_snapshot', decoder.decode(this.#output()));
        }
        this.#loads++;
    }

    /** Becomes the world of a journal. Throws `bad_journal`, and stays what it was. */
    play(journal: string): void {
        this.#checkWhole();
        const bytes = encoder.encode(journal);
        if (this.#call((raw) => raw.play(this.#put(bytes))) === 0)
            throw new RunsimError('bad_journal', decoder.decode(this.#output()));
        this.#loads++;
    }

    /** The world of a journal in the same memory. Throws `bad_journal`. */
    played(journal: string): Engine {
        return Engine.play(this.#instance, journal);
    }

    /** The journal as JSON text. */
    journal(): string {
        this.#checkWhole();
        this.#call((raw) => raw.journal());
        return decoder.decode(this.#output());
    }

    /** The world as it was at an instant. Throws `bad_argument` for one outside of the journal. */
    at(us: number): Engine {
        this.#checkWhole();
        const past = this.#call((raw) => raw.at(us));
        if (past === null) throw this.#outside();
        return new Engine(this.#instance, past);
    }

    /** Becomes what it was at an instant; what came later, as JSON text. Throws `bad_argument`, and stays what it was. */
    rewind(us: number): string {
        this.#checkWhole();
        if (this.#call((raw) => raw.rewind(us)) === 0) throw this.#outside();
        this.#loads++;
        return decoder.decode(this.#output());
    }

    /** Where its world and another one part, as JSON text. The other may be in another instance. */
    compare(other: Engine): string {
        this.#checkWhole();
        if (other.#instance !== this.#instance) return this.#compareCopy(other);
        this.#call((raw) => raw.compare(other.#raw));
        return decoder.decode(this.#output());
    }

    hash(): string {
        this.#checkWhole();
        this.#call((raw) => raw.hash());
        return decoder.decode(this.#output());
    }

    notes(): string[] {
        this.#call((raw) => raw.notes());
        return JSON.parse(decoder.decode(this.#output())) as string[];
    }

    /** A copy in the same memory: it shares what neither has changed since. */
    fork(): Engine {
        return new Engine(
            this.#instance,
            this.#call((raw) => raw.fork()),
        );
    }

    /** Gives the memory back. Twice is once. */
    delete(): void {
        if (this.#deleted) return;
        this.#deleted = true;
        try {
            this.#instance.call(() => this.#raw.delete());
        } catch {
            // dead already: its memory goes with it
        }
    }

    #advance(us: number, mostEvents: number, mostTransitions: number): Advance {
        return this.#call((raw) => ({
            events: raw.advance_to(us, mostEvents, mostTransitions),
            limitReached: raw.limit_reached() !== 0,
        }));
    }

    #compareCopy(other: Engine): string {
        const copy = new Engine(this.#instance, this.#instance.newEngine());
        try {
            copy.load(other.save());
            return this.compare(copy);
        } finally {
            copy.delete();
        }
    }

    /** The error for an instant that the journal does not have. */
    #outside(): RunsimError {
        return new RunsimError('bad_argument', decoder.decode(this.#output()), { argument: 'instant' });
    }

    #checkWhole(): void {
        if (!this.#instance.isWhole) throw new RunsimError('no_module', notLoaded);
    }

    #call<T>(work: (raw: RawEngine) => T): T {
        return this.#instance.call(() => work(this.#raw));
    }

    /** Copies bytes into the module; their number. */
    #put(bytes: Uint8Array): number {
        this.#instance.view(this.#raw.input(bytes.length), bytes.length).set(bytes);
        return bytes.length;
    }

    #output(): Uint8Array {
        return this.#instance.view(this.#raw.body(), this.#raw.body_size()).slice();
    }
}
