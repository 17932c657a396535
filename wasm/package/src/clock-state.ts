import type { Clock } from './clock.js';
import type { Engine } from './engine.js';
import { instantText } from './instant.js';

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

/** The clock that drives this world. */
export function clockState(engine: Engine, clock: Clock): ClockState {
    const [now, tick, event] = [engine.now(), engine.nextTick(), engine.nextEvent()];
    const { start_us, scheduler_interval_us } = engine.origin();
    return {
        now: instantText(now),
        now_us: now,
        paused: clock.paused,
        speed: clock.speed,
        start: instantText(start_us),
        start_us,
        scheduler_interval_us,
        next_tick: instantText(tick),
        next_tick_us: tick,
        next_event: event === null ? null : instantText(event),
        next_event_us: event,
        message: clock.message,
    };
}
