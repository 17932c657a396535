import { Clock, checkSpeed, mostEventsAsked } from './clock.js';
import { answerClock, isClockTarget } from './control.js';
import type { Advance, Engine } from './engine.js';
import { badArgument, checkKeys, RunsimError } from './errors.js';
import { fetchFrom } from './fetch.js';
import {
    type Duration,
    endOfTime,
    type Instant,
    instantText,
    toDurationMicroseconds,
    toLaterMicroseconds,
    toMicroseconds,
} from './instant.js';
import { bodyTooLarge, checkRequest, maxBody, type RawRequest, type RawResponse } from './message.js';
import { answerOpenapi, isOpenapiTarget, openapiNotLoaded } from './openapi.js';

/**
 * The clock as `GET /__sim/clock` shows it. Instants are ISO text with six digits of seconds; `_us` are microseconds.
 */
export interface ClockState {
    now: string;
    now_us: number;
    paused: boolean;
    /** Virtual seconds a real second, when it runs. */
    speed: number;
    /** Where the world began. */
    start: string;
    start_us: number;
    scheduler_interval_us: number;
    /** When the scheduler looks next at what is to be done. */
    next_tick: string;
    next_tick_us: number;
    /** When the next thing of any kind happens; null when nothing is to come. */
    next_event: string | null;
    next_event_us: number | null;
    /** Why the clock paused by itself; null when it did not. */
    message: string | null;
}

interface Origin {
    start_us: number;
    scheduler_interval_us: number;
}

const decoder = new TextDecoder();
const aDay = 86_400_000_000;

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
    readonly #listeners = new Set<(clock: ClockState) => void>();
    #engine: Engine;
    #origin: Origin | undefined;
    #disposed = false;

    /** @internal Use createSimulator. Without a speed the clock is born paused. */
    constructor(engine: Engine, birth: Engine, speed: number | undefined) {
        this.#engine = engine;
        this.#birth = birth;
        this.#birthSpeed = speed;
        this.#clock = new Clock(engine, () => this.#tellListeners());
        this.#startClock();
    }

    /**
     * Answers like the global `fetch` would if the server were on the network. The address may be relative
     * (`/api/pipeline_runs`); host and port do not matter. It needs no `this`, so that it can be handed to code that
     * wants a `fetch`.
     *
     * @example
     * const response = await sim.fetch('/api/pipeline_schedules/1/pipeline_runs?_limit=20');
     * const { pipeline_runs, metadata } = await response.json();
     */
    readonly fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
        fetchFrom((request) => this.answer(request), input, init);

    /**
     * Answers one request at once, bytes to bytes. What cannot be answered gets the server's own error, not an
     * exception.
     */
    handle(request: RawRequest): RawResponse {
        const engine = this.#live();
        const body = checkRequest(request);
        if (body.length > maxBody) return bodyTooLarge();
        this.#clock.catchUp();
        if (isClockTarget(request.target)) return answerClock(this, request.method, body);
        if (isOpenapiTarget(request.target)) return openapiNotLoaded();
        const response = engine.handle(request, body);
        this.#clock.rearm();
        return response;
    }

    /** @internal As `handle`, for who can wait: what has to be loaded for the answer is loaded. */
    async answer(request: RawRequest): Promise<RawResponse> {
        if (!isOpenapiTarget(request.target)) return this.handle(request);
        this.#live();
        return answerOpenapi(request.method);
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
        const engine = this.#current();
        this.#origin ??= this.#readOrigin(engine);
        const [now, tick, event] = [engine.now(), engine.nextTick(), engine.nextEvent()];
        return {
            now: instantText(now),
            now_us: now,
            paused: this.#clock.paused,
            speed: this.#clock.speed,
            start: instantText(this.#origin.start_us),
            start_us: this.#origin.start_us,
            scheduler_interval_us: this.#origin.scheduler_interval_us,
            next_tick: instantText(tick),
            next_tick_us: tick,
            next_event: event === null ? null : instantText(event),
            next_event_us: event,
            message: this.#clock.message,
        };
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
     * sim.runUntil((sim) => sim.nextEvent === null, { atMost: '2h' });
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
        const engine = this.#live();
        if (!(snapshot instanceof Uint8Array))
            throw badArgument('snapshot', snapshot, 'a Uint8Array that snapshot() gave');
        engine.load(snapshot);
        this.#origin = undefined;
        this.#clock.change({ engine });
    }

    /**
     * A simulator of its own whose world is equal to this one's at this moment; its clock is paused. The two share one
     * WebAssembly memory, so a fork is cheap; dispose of it when it is no longer needed.
     */
    fork(): Simulator {
        const engine = this.#current();
        const fork = new Simulator(engine.fork(), this.#birth.fork(), this.#birthSpeed);
        fork.#clock.change({ paused: true, speed: this.#clock.speed });
        return fork;
    }

    /** The world and its clock are as `createSimulator` made them. */
    reset(): void {
        this.#live().delete();
        this.#engine = this.#birth.fork();
        this.#origin = undefined;
        this.#startClock();
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
        if (typeof listener !== 'function') throw badArgument('listener', listener, 'a function');
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }

    /** Stops the clock and gives the memory back. Twice is once; any other use is an error from now on. */
    dispose(): void {
        if (this.#disposed) return;
        this.#disposed = true;
        this.#listeners.clear();
        this.#clock.close();
        this.#engine.delete();
        this.#birth.delete();
    }

    #live(): Engine {
        if (this.#disposed)
            throw new RunsimError('disposed', 'this simulator was disposed; make a new one with createSimulator()');
        return this.#engine;
    }

    /** The world, brought up to the moment. */
    #current(): Engine {
        const engine = this.#live();
        this.#clock.catchUp();
        return engine;
    }

    #startClock(): void {
        this.#clock.change({
            engine: this.#engine,
            paused: this.#birthSpeed === undefined,
            speed: this.#birthSpeed ?? 1,
        });
    }

    #readOrigin(engine: Engine): Origin {
        const { body } = engine.handle({ method: 'GET', target: '/__sim/project' }, new Uint8Array(0));
        return (JSON.parse(decoder.decode(body)) as { project: Origin }).project;
    }

    #runUntilTrue(goal: (sim: this) => boolean, deadline: number): boolean {
        // A promise would count as true at once: an async condition cannot be asked between two events.
        const condition = (sim: this): boolean => {
            const holds = goal(sim);
            if (typeof holds !== 'boolean')
                throw badArgument('goal', holds, 'what a condition may return: true or false, at once (see sim.handle)');
            return holds;
        };
        for (let events = 0; events <= mostEventsAsked; events++) {
            if (condition(this)) return true;
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

    #tellListeners(): void {
        if (this.#listeners.size === 0) return;
        let state: ClockState;
        try {
            state = this.clock;
        } catch {
            return; // a dead instance has no clock to show; the next call says so to its caller
        }
        for (const listener of [...this.#listeners]) listener(state);
    }
}
