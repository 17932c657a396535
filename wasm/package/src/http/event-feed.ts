import type { Clock } from '../host/clock.js';
import { AnotherWorld, Cursor } from '../watch/cursor.js';
import type { TransitionRecord } from '../watch/record.js';

const mostTaken = 1000; // transitions in one text

/** The id is that of the transition before, so that a reader who comes back now begins with the next one. */
const resetText = (end: number): string =>
    `id: ${end > 0 ? end - 1 : ''}\nevent: reset\ndata: ${JSON.stringify({ end })}\n\n`;

/** Transitions, the clock, edits and changes of the world for one reader, as the text of server-sent events. */
export class EventFeed {
    readonly #record: TransitionRecord;
    readonly #clock: Clock;
    readonly #cursor: Cursor;
    readonly #stopClock: () => void;
    #clockChanged = true; // the first event says where the clock stands
    #edits: number;
    #begin: string;
    #waiting: ((text: string | undefined) => void) | undefined;
    #scheduled = false;

    /** `isReset`: what the reader saw before was another world. */
    constructor(
        record: TransitionRecord,
        clock: Clock,
        from: number,
        options: { pipelineRun: number | undefined; newest: number | undefined },
        isReset: boolean,
    ) {
        this.#record = record;
        this.#clock = clock;
        this.#edits = record.edits;
        this.#begin = isReset ? resetText(from) : '';
        this.#cursor = new Cursor(record, from, options, () => this.#schedule());
        this.#stopClock = clock.onChange(() => {
            this.#clockChanged = true;
            this.#schedule();
        });
    }

    /** The text of the next events, as soon as there are some; undefined at the end. One call at a time. */
    next(): Promise<string | undefined> {
        return new Promise((resolve) => {
            this.#waiting = resolve;
            this.#clock.hold(true);
            this.#schedule();
        });
    }

    /** Gives up whatever it holds. Twice is once. */
    close(): void {
        this.#stopClock();
        this.#cursor.stop();
    }

    /** Serves after what happens now, so that the clock is read when all of it has happened. */
    #schedule(): void {
        if (this.#waiting === undefined || this.#scheduled) return;
        this.#scheduled = true;
        queueMicrotask(() => {
            this.#scheduled = false;
            this.#serve();
        });
    }

    #serve(): void {
        let text: string | undefined;
        try {
            text = this.#text();
        } catch {
            this.close(); // a dead instance has nothing more to tell
        }
        if (!text && !this.#cursor.isClosed) return;
        const resolve = this.#waiting;
        this.#waiting = undefined;
        this.#clock.hold(false);
        resolve?.(text || undefined);
    }

    #text(): string {
        let text = this.#begin;
        this.#begin = '';
        for (let taken = 0; taken < mostTaken; taken++) {
            const next = this.#cursor.take();
            if (next === undefined) break;
            if (next instanceof AnotherWorld) text += resetText(next.end);
            else text += `id: ${next.number}\nevent: transition\ndata: ${JSON.stringify(next)}\n\n`;
        }
        if (this.#cursor.isClosed) return text;
        if (this.#edits !== this.#record.edits) {
            this.#edits = this.#record.edits;
            text += 'event: edit\ndata: {}\n\n';
        }
        if (!this.#clockChanged) return text;
        this.#clockChanged = false;
        return `${text}event: clock\ndata: ${JSON.stringify({ clock: this.#clock.state })}\n\n`;
    }
}
