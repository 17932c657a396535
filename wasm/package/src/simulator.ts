import type { Journal, JournalPart } from './api-types.js';
import { badArgument, checkKeys, RunsimError } from './base/errors.js';
import {
    type Duration,
    endOfTime,
    type Instant,
    instantText,
    toDurationMicroseconds,
    toLaterMicroseconds,
    toMicroseconds,
} from './base/instant.js';
import { journalText } from './base/journal-text.js';
import {
    bodyTooLarge,
    checkRequest,
    errorResponse,
    maxBody,
    type RawRequest,
    type RawResponse,
} from './base/message.js';
import { Clock, type ClockState, checkSpeed, mostEventsAsked } from './host/clock.js';
import { type Advance, type Engine, notLoaded } from './host/engine.js';
import type { EventFeed } from './http/event-feed.js';
import { fetchFrom } from './http/fetch.js';
import { answerHost } from './http/host-routes.js';
import type { Later } from './http/route.js';
import { faultyAnswer, isFaulty, passRealTime } from './http/server-faults.js';
import { TransitionIterator, type TransitionsOptions } from './watch/iterator.js';
import { listen } from './watch/listener.js';
import { TransitionRecord } from './watch/record.js';
import type { Transition } from './watch/transition.js';
import { type WhySubject, whyOf } from './watch/why.js';

const aDay = 86_400_000_000;

function aFunction<T>(listener: T): T {
    if (typeof listener !== 'function') throw badArgument('listener', listener, 'a function');
    return listener;
}

/**
 * A whole pipeline-run server as a value: its world, and the clock that moves it. Made by {@link createSimulator}.
 *
 * Every method throws a {@link RunsimError} when an argument is wrong or the simulator was disposed; the world is then
 * as it was.
 */
export class Simulator {
    readonly #birthSpeed: number | undefined;
    readonly #birth: Engine; // the world as it was made, for reset
    readonly #clock: Clock;
    readonly #record: TransitionRecord;
    #past: { us: number; sim: Simulator } | undefined; // what was asked for last of the past, which does not change
    readonly #resetListeners = new Set<() => void>();
    #engine: Engine;
    #disposed = false;

    /** @internal Use createSimulator. Without a speed the clock is born paused; `clock`: as it is now, if otherwise. */
    constructor(engine: Engine, birth: Engine, speed: number | undefined, clock?: { paused: boolean; speed: number }) {
        this.#engine = engine;
        this.#birth = birth;
        this.#birthSpeed = speed;
        this.#clock = new Clock(engine);
        this.#record = new TransitionRecord(engine);
        this.#startClock(clock);
    }

    /**
     * Answers like the global `fetch` would if the server were on the network. The address may be relative
     * (`/api/pipeline_runs`); host and port do not matter. It needs no `this`, so that it can be handed to code that
     * wants a `fetch`. `GET /__sim/events` is answered with a stream.
     *
     * @example
     * const response = await sim.fetch('/api/pipeline_schedules/1/pipeline_runs?_limit=20');
     * const { pipeline_runs, metadata } = await response.json();
     */
    readonly fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
        fetchFrom(this, input, init);

    /**
     * Answers one request at once, bytes to bytes. What cannot be answered gets the server's own error, not an
     * exception. Of the faults that a project may plan, lateness is not for it to know; a silent server throws
     * `no_answer`. See `lazy` of {@link SimulatorOptions} for requests that a browser cannot answer yet.
     */
    handle(request: RawRequest): RawResponse {
        const answer = this.#answer(request);
        return 'status' in answer ? answer : answer.atOnce;
    }

    /** @internal Like `handle`, for callers that can wait, or read a stream. Rejects with the signal's reason. */
    async answer(request: RawRequest, signal?: AbortSignal): Promise<RawResponse | EventFeed> {
        const answer = this.#answer(request);
        return 'status' in answer ? answer : answer.start(signal);
    }

    /** The virtual moment, `2026-01-01T00:00:00.000000+00:00`. */
    get now(): string {
        return instantText(this.nowMicroseconds);
    }

    /** The virtual moment in microseconds since 1970, exact. */
    get nowMicroseconds(): number {
        return this.#current().now();
    }

    /** When the scheduler looks next at what is to be done. */
    get nextTick(): string {
        return instantText(this.#current().nextTick());
    }

    /** When the next thing of any kind happens; null when nothing is to come. */
    get nextEvent(): string | null {
        const us = this.#current().nextEvent();
        return us === null ? null : instantText(us);
    }

    get paused(): boolean {
        this.#current();
        return this.#clock.paused;
    }

    /** Virtual seconds a real second, when the clock runs. */
    get speed(): number {
        this.#live();
        return this.#clock.speed;
    }

    set speed(speed: number) {
        this.#live();
        this.#clock.change({ speed: checkSpeed(speed, 'speed') });
    }

    /** What the project asks for and runsim does not simulate yet, a sentence each. */
    get notes(): string[] {
        return this.#live().notes();
    }

    /** All of the clock in one object. */
    get clock(): ClockState {
        this.#current();
        return this.#clock.state;
    }

    /** Virtual time stands still until `resume`; requests are still answered. */
    pause(): void {
        this.#live();
        this.#clock.change({ paused: true });
    }

    /**
     * Virtual time passes, `speed` seconds a real second (above 0; default: as before). It never keeps node from
     * ending.
     */
    resume(options: { speed?: number } = {}): void {
        this.#live();
        checkKeys('resume', options, ['speed']);
        const { speed } = options;
        this.#clock.change(
            speed === undefined ? { paused: false } : { paused: false, speed: checkSpeed(speed, 'speed') },
        );
    }

    /**
     * Lets a span of virtual time pass at once: `'10m'`, `'1h30m'`, or microseconds. Stops early, and pauses, at 10
     * million events.
     *
     * @example
     * sim.advance('10m');
     */
    advance(duration: Duration): Advance {
        return this.#clock.advanceTo(toLaterMicroseconds(this.#current().now(), duration, 'duration'));
    }

    /**
     * Performs the one next event, at its own instant; several of one instant are several steps. False when nothing is
     * to come.
     */
    step(): boolean {
        const stepped = this.#current().step();
        this.#clock.settle();
        return stepped;
    }

    /**
     * Lets time pass up to an instant, or event by event until a condition holds. True when it was reached; false when
     * `atMost` (default one day, for a condition) or 10 million events came first.
     *
     * @example
     * sim.runUntil('2026-01-01 06:00:00');
     * sim.runUntil((sim) => sim.why({ pipelineRun: 7 }).startsWith('completed'), { atMost: '2h' });
     */
    runUntil(goal: Instant | ((sim: this) => boolean), options: { atMost?: Duration } = {}): boolean {
        const engine = this.#current();
        checkKeys('runUntil', options, ['atMost']);
        const atMost = options.atMost === undefined ? undefined : toDurationMicroseconds(options.atMost, 'atMost');
        const deadline = Math.min(engine.now() + (atMost ?? aDay), endOfTime);
        if (typeof goal === 'function') return this.#runUntilTrue(goal, deadline);
        const us = toMicroseconds(goal, 'goal');
        const until = atMost === undefined ? us : Math.min(us, deadline);
        return !this.#clock.advanceTo(until).limitReached && until === us;
    }

    /**
     * The whole world as bytes: rows, clock, randomness, ids, what is to come. Whether the clock runs is no part of it.
     */
    snapshot(): Uint8Array {
        return this.#current().save();
    }

    /** Becomes the world of a snapshot, of whatever project. Pause and speed stay. Throws `bad_snapshot`. */
    restore(snapshot: Uint8Array): void {
        if (!(snapshot instanceof Uint8Array))
            throw badArgument('snapshot', snapshot, 'a Uint8Array that snapshot() gave');
        this.#put((engine) => engine.load(snapshot), {});
    }

    /**
     * How the world came to be what it is: the project with its options, or the snapshot that was restored, and every call
     * since that may have changed the world, with its instant. `createSimulator({ journal })` makes the same world again,
     * to the hash. Calls that only read (GET, HEAD, OPTIONS) are not in it. Sign-in headers are replaced by the number of
     * the session, and passwords by their digests. Tokens of triggers, variables and the code of blocks are in it, as the
     * project and the calls have them.
     *
     * @example
     * await writeFile('bug.json', JSON.stringify(sim.journal()));
     */
    journal(): Journal {
        return JSON.parse(this.journalText()) as Journal;
    }

    /** @internal The journal as JSON text. */
    journalText(): string {
        return this.#current().journal();
    }

    /**
     * Becomes the world of a journal, or of its JSON text; the clock is paused. What `reset` goes back to stays. Throws
     * `bad_journal`.
     */
    replay(journal: Journal | string): void {
        const text = journalText(journal);
        this.#put((engine) => engine.play(text), { paused: true });
    }

    /**
     * The past: a simulator of its own whose world is as this one was at an instant, after every event and call of that
     * instant. Its clock is paused. (It may show some microseconds more: the writes of a call take one each.) Dispose of
     * it when it is no longer needed.
     *
     * @example
     * const then = sim.at('2026-01-01 00:40:50');
     * then.why({ pipelineRun: 174 });
     *
     * @throws {RunsimError} `bad_argument` for an instant before the journal's begin, or one that has not come yet
     */
    at(instant: Instant): Simulator {
        const us = toMicroseconds(instant, 'instant');
        return this.#sibling(this.#current().at(us));
    }

    /**
     * Goes back to what it was at an instant, as `at` has it, and pauses. What came later leaves the journal, and is
     * returned. Throws as `at` does, and then changes nothing.
     */
    rewind(instant: Instant): JournalPart {
        const us = toMicroseconds(instant, 'instant');
        this.#current();
        return JSON.parse(this.#put((engine) => engine.rewind(us), { paused: true })) as JournalPart;
    }

    /** @internal See `compare`; as JSON text. With the world of a journal, if that is its JSON text. */
    comparedWith(other: Simulator | string): string {
        const engine = this.#current();
        if (typeof other !== 'string') return engine.compare(other.#current());
        const played = engine.played(other);
        try {
            return engine.compare(played);
        } finally {
            played.delete();
        }
    }

    /**
     * A simulator of its own whose world is equal to this one's at this moment; its clock is paused. The two share one
     * WebAssembly memory, so a fork is cheap; dispose of it when it is no longer needed.
     */
    fork(): Simulator {
        return this.#sibling(this.#current().fork());
    }

    /** The world and its clock are as `createSimulator` made them. */
    reset(): void {
        const old = this.#live();
        this.#forgetPast();
        this.#record.replaced(() => {
            old.delete();
            this.#engine = this.#birth.fork();
            return this.#engine;
        });
        this.#startClock();
        this.#tellReset();
    }

    /** Equal worlds have equal hashes, on every machine: 16 hexadecimal digits. */
    hash(): string {
        return this.#current().hash();
    }

    /**
     * Calls `listener` when the clock was commanded or paused by itself, and when time passing made something happen.
     * Returns the way to stop it.
     */
    onClock(listener: (clock: ClockState) => void): () => void {
        this.#live();
        return this.#clock.onChange(aFunction(listener));
    }

    /**
     * Calls `listener` for each change of a status from now on, in order, while it happens or just after: at the latest
     * when the call that moved the world returns. What it throws is reported as an uncaught error, and disturbs nobody.
     * After `reset`, `restore`, `replay` or `rewind` it hears of the new world, from there on. Returns the way to stop it.
     */
    onTransition(listener: (transition: Transition) => void): () => void {
        this.#current();
        return listen(this.#record, aFunction(listener));
    }

    /**
     * Changes of statuses as they come: first those that the record still has, from the number `from` on (default: all;
     * `'now'`: none), then those to come. Ends when `signal` aborts or the simulator is disposed. Whoever reads slowly
     * misses nothing. After `reset`, `restore`, `replay` or `rewind` it goes on with what the new world does from there on: numbers begin
     * anew.
     *
     * @example
     * for await (const { subject, to, why } of sim.transitions({ pipelineRun: 7 })) {
     *     console.log(subject, to, why);
     *     if (subject === 'run' && ['completed', 'failed', 'cancelled'].includes(to)) break;
     * }
     */
    transitions(options: TransitionsOptions = {}): AsyncIterableIterator<Transition, undefined> {
        this.#current();
        return new TransitionIterator(this.#record, this.#clock, options);
    }

    /** Calls `listener` after `reset`, `restore`, `replay` or `rewind` put another world in place. Returns the way to stop it. */
    onReset(listener: () => void): () => void {
        this.#live();
        this.#resetListeners.add(aFunction(listener));
        return () => void this.#resetListeners.delete(listener);
    }

    /**
     * Why a run or a block run is where it is, in a sentence built from facts.
     *
     * @example
     * sim.why({ blockRun: 12 }); // waits for `load`, which runs since 12:03:10; next tick 12:03:20
     */
    why(subject: WhySubject): string {
        return whyOf(this.#current(), subject);
    }

    /** Stops the clock and gives the memory back. Twice is once; any other use is an error from now on. */
    dispose(): void {
        if (this.#disposed) return;
        this.#record.close();
        this.#disposed = true;
        this.#resetListeners.clear();
        this.#forgetPast();
        this.#clock.close();
        this.#engine.delete();
        this.#birth.delete();
    }

    #answer(request: RawRequest): RawResponse | Later {
        this.#live();
        const body = checkRequest(request);
        if (body.length > maxBody) return bodyTooLarge();
        const engine = this.#current();
        if (!engine.canAnswer(request)) {
            const start = async (signal?: AbortSignal) => {
                await engine.loadRest();
                signal?.throwIfAborted();
                return this.answer(request, signal);
            };
            return { atOnce: errorResponse(503, notLoaded), start };
        }
        const host = { sim: this, clock: this.#clock, record: this.#record, answerAt: this.#answerAt };
        return answerHost(host, request, body) ?? this.#answerWorld(engine, request, body);
    }

    #answerWorld(engine: Engine, request: RawRequest, body: Uint8Array): RawResponse | Later {
        const fault = isFaulty(request.target) ? engine.serverFault() : undefined;
        if (fault && fault.kind !== 'late') return faultyAnswer(fault, instantText(engine.now()));
        const { end } = this.#record;
        const response = engine.handle(request, body);
        const mayWrite = !/^(?:GET|HEAD|OPTIONS)$/.test(request.method);
        if (mayWrite && !this.#disposed && this.#record.end === end) this.#record.edited();
        this.#clock.rearm();
        if (!fault) return response;
        return { atOnce: response, start: (signal) => passRealTime(fault.lateUs, signal).then(() => response) };
    }

    readonly #answerAt = (instant: Instant, request: RawRequest): RawResponse => {
        const us = toMicroseconds(instant, 'instant');
        if (this.#past?.us === us) return this.#past.sim.handle(request);
        const engine = this.#current();
        const sim = this.#sibling(engine.at(us));
        this.#forgetPast();
        // More can still happen at the present instant.
        if (us < engine.now()) this.#past = { us, sim };
        try {
            return sim.handle(request);
        } finally {
            if (this.#past?.sim !== sim) sim.dispose();
        }
    };

    #forgetPast(): void {
        this.#past?.sim.dispose();
        this.#past = undefined;
    }

    /** Another simulator of the same birth, paused. */
    #sibling(engine: Engine): Simulator {
        return new Simulator(engine, this.#birth.fork(), this.#birthSpeed, { paused: true, speed: this.#clock.speed });
    }

    /** Puts another world in place, by a call that changes nothing if it throws. */
    #put<T>(replace: (engine: Engine) => T, clock: { paused?: boolean }): T {
        const engine = this.#live();
        let result!: T;
        this.#record.replaced(() => {
            result = replace(engine);
            return engine;
        });
        this.#forgetPast();
        this.#clock.change({ engine, ...clock });
        this.#tellReset();
        return result;
    }

    /** After another world was put in place, once its clock is right, too. */
    #tellReset(): void {
        for (const listener of [...this.#resetListeners]) listener();
    }

    #live(): Engine {
        if (this.#disposed)
            throw new RunsimError('disposed', 'this simulator was disposed; make a new one with createSimulator()');
        return this.#engine;
    }

    /** The world, brought up to the moment. */
    #current(): Engine {
        this.#live();
        this.#clock.catchUp();
        return this.#live(); // a listener may have put another world in place
    }

    #startClock(clock = { paused: this.#birthSpeed === undefined, speed: this.#birthSpeed ?? 1 }): void {
        this.#clock.change({ engine: this.#engine, ...clock });
    }

    #runUntilTrue(goal: (sim: this) => boolean, deadline: number): boolean {
        // A promise would count as true at once: an async condition cannot be asked between two events.
        const condition = (sim: this): boolean => {
            const holds = goal(sim);
            if (typeof holds !== 'boolean')
                throw badArgument(
                    'goal',
                    holds,
                    'what a condition may return: true or false, at once (see sim.handle)',
                );
            return holds;
        };
        for (let events = 0; events <= mostEventsAsked; events++) {
            if (condition(this)) {
                if (events > 0) this.#clock.settle();
                return true;
            }
            const engine = this.#current(); // the condition may have reset this simulator
            const next = engine.nextEvent();
            if (next === null || next > deadline) {
                this.#clock.advanceTo(deadline);
                return condition(this);
            }
            engine.step();
            if (events % 1000 === 999) this.#clock.settle();
        }
        this.#clock.settle();
        return false;
    }
}
