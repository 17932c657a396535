import type { ClockState } from './clock-state.js';

/** What observing needs of a simulator beside its world. */
export interface Observed {
    readonly clock: ClockState;
    onClock(listener: () => void): () => void;
    /** Somebody begins (true) or stops (false) to wait for what is to come. */
    hold(waits: boolean): void;
}
