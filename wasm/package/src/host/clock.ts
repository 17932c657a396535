import type { Clock as ClockState } from '../api-types.js';
import { badArgument, messageOf } from '../base/errors.js';
import { endOfTime, instantText } from '../base/instant.js';
import type { Advance, Engine } from './engine.js';

/** The clock as `GET /__sim/clock` shows it. */
export type { ClockState };

/** The most events of one call of the clock's own making: one more, and it pauses. */
export const mostEventsRunning = 1_000_000;
/** The most events of one `advance` or `runUntil`. */
export const mostEventsAsked = 10_000_000;
/** The fastest clock, in virtual seconds a real second. */
export const mostSpeed = 1_000_000;

/**
 * Virtual time passes only while its driver runs: a longer gap (a laptop asleep, a hidden tab) counts as this, in ms.
 */
const longestGap = 1000;
const longestWait = 500; // well below the longest gap, so that idle waiting is no gap
const shortestWait = 8; // events that follow closer are performed together

export function checkSpeed(value: unknown, name: string): number {
    if (typeof value !== 'number' || !(value > 0) || value > mostSpeed) {
        throw badArgument(name, value, `a number of virtual seconds a real second: above 0, at most ${mostSpeed}`);
    }
    return value;
}

/** Moves one world's time along with real time, or leaves it alone while paused. */
export class Clock {
    readonly #listeners = new Set<(state: ClockState) => void>();
    #engine: Engine;
    #paused = true;
    #speed = 1;
    #message: string | null = null;
    #untold = false; // time passing made something happen since the listeners were last called
    #timer: ReturnType<typeof setTimeout> | undefined;
    #holders = 0;
    #last = 0; // real milliseconds up to which virtual time has passed
    #rest = 0; // a part of a microsecond that is still to pass

    constructor(engine: Engine) {
        this.#engine = engine;
    }

    get paused(): boolean {
        return this.#paused;
    }

    get speed(): number {
        return this.#speed;
    }

    /** All of the clock in one object. */
    get state(): ClockState {
        this.catchUp();
        const engine = this.#engine;
        const [now, start, tick, event] = [engine.now(), engine.start(), engine.nextTick(), engine.nextEvent()];
        return {
            now: instantText(now),
            now_us: now,
            paused: this.#paused,
            speed: this.#speed,
            start: instantText(start),
            start_us: start,
            scheduler_interval_us: engine.schedulerInterval(),
            next_tick: instantText(tick),
            next_tick_us: tick,
            next_event: event === null ? null : instantText(event),
            next_event_us: event,
            message: this.#message,
        };
    }

    /**
     * Calls `listener` after a command, after the clock paused by itself, and after time passing made something happen.
     * Returns the way to stop it.
     */
    onChange(listener: (state: ClockState) => void): () => void {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }

    /** Drives another world, runs or stands still, at another speed: whatever of it is given. */
    change({ engine, paused, speed }: { engine?: Engine; paused?: boolean; speed?: number }): void {
        if (engine === undefined) this.catchUp();
        else this.#engine = engine;
        if (paused === false && this.#paused) this.#rest = 0;
        this.#paused = paused ?? this.#paused;
        this.#speed = speed ?? this.#speed;
        this.#last = performance.now();
        this.settle();
    }

    /** Passes a span of virtual time at once, whether paused or not. */
    advanceTo(us: number): Advance {
        this.catchUp();
        const advance = this.#engine.advanceTo(us, mostEventsAsked);
        if (advance.limitReached) this.#stop(advance.events, us);
        else this.settle();
        return advance;
    }

    /** After a command, also one that changed the world without the clock: says so, and wakes for the right event. */
    settle(): void {
        this.#message = null;
        this.#wait();
        this.#changed();
    }

    /** After a request, which may have caught up, and may bring the next event nearer. */
    rearm(): void {
        if (this.#untold) this.#changed();
        if (!this.#paused) this.#wait();
    }

    /** Brings the world up to the real moment; before anything looks at it. */
    catchUp(): void {
        if (this.#paused) return;
        const real = performance.now();
        const elapsed = Math.min(Math.max(real - this.#last, 0), longestGap);
        this.#last = real;
        const exact = this.#rest + elapsed * 1000 * this.#speed;
        const whole = Math.floor(exact);
        this.#rest = exact - whole;
        if (whole === 0) return;
        const until = Math.min(this.#engine.now() + whole, endOfTime);
        const { events, limitReached } = this.#engine.advanceTo(until, mostEventsRunning);
        this.#untold ||= events > 0;
        if (limitReached) this.#stop(events, until);
        else if (until === endOfTime) this.#pauseBecause(`the clock ends at ${instantText(endOfTime)}`);
    }

    /**
     * While anybody waits for what is to come, a running clock keeps node from ending. To be told at the beginning and at
     * the end of each wait.
     */
    hold(waits: boolean): void {
        this.#holders += waits ? 1 : -1;
        this.#keepAlive();
    }

    close(): void {
        this.#listeners.clear();
        this.#paused = true;
        clearTimeout(this.#timer);
    }

    #stop(events: number, until: number): void {
        this.#pauseBecause(
            `paused: ${events} events came before ${instantText(until)}, more than one advance performs; ` +
                `the clock stands at ${instantText(this.#engine.now())}, nothing is lost`,
        );
    }

    #pauseBecause(message: string): void {
        this.#paused = true;
        clearTimeout(this.#timer);
        this.#message = message;
        this.#changed();
    }

    #changed(): void {
        this.#untold = false;
        if (this.#listeners.size === 0) return;
        let state: ClockState;
        try {
            state = this.state;
        } catch {
            return; // a dead instance has no clock to show; the next call says so to its caller
        }
        for (const listener of [...this.#listeners]) listener(state);
    }

    /** Wakes for the next event, or after a while for the sake of the longest gap. */
    #wait(): void {
        clearTimeout(this.#timer);
        if (this.#paused) return;
        const next = this.#engine.nextEvent();
        const due = next === null ? longestWait : (next - this.#engine.now()) / 1000 / this.#speed;
        this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(Math.ceil(due), shortestWait), longestWait));
        this.#keepAlive();
    }

    /** A simulator that is merely running is no reason for node to stay. */
    #keepAlive(): void {
        if (typeof this.#timer !== 'object') return;
        if (this.#holders > 0) this.#timer.ref?.();
        else this.#timer.unref?.();
    }

    #wake(): void {
        try {
            this.catchUp();
            if (this.#paused) return; // it stopped by itself, and said so
            this.#wait();
        } catch (thrown) {
            this.#pauseBecause(messageOf(thrown)); // nobody is there to catch what a timer throws
            return;
        }
        if (this.#untold) this.#changed();
    }
}
