import type { JournalPart } from '../api-types.js';
import type { Instant } from '../base/instant.js';
import type { RawRequest, RawResponse } from '../base/message.js';
import type { Clock, ClockState } from '../host/clock.js';
import type { TransitionRecord } from '../watch/record.js';
import type { EventFeed } from './event-feed.js';

/** The simulator that a route belongs to. */
export interface Host {
    readonly clock: Clock;
    readonly record: TransitionRecord;
    /** Answers a request that only reads as of an instant. */
    readonly answerAt: (instant: Instant, request: RawRequest) => RawResponse;
    readonly sim: {
        readonly clock: ClockState;
        readonly nowMicroseconds: number;
        speed: number;
        pause(): void;
        resume(): void;
        step(): boolean;
        runUntil(goal: number): boolean;
        reset(): void;
        journalText(): string;
        comparedWith(journal: string): string;
        replay(journal: string): void;
        rewind(instant: Instant): JournalPart;
        snapshot(): Uint8Array;
        restore(snapshot: Uint8Array): void;
    };
}

/** An answer that takes time, or never ends. */
export interface Later {
    /** What `sim.handle()` answers, which can do neither. */
    atOnce: RawResponse;
    /** Rejects with the signal's reason. */
    start(signal: AbortSignal | undefined): EventFeed | RawResponse | Promise<RawResponse | EventFeed>;
}

/** Answers a request with one method. What it throws as `bad_argument`, `bad_snapshot` or `bad_journal` is the caller's mistake. */
export type Handler = (host: Host, request: RawRequest, body: Uint8Array) => RawResponse | Later;
