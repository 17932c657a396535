import { AnotherWorld, Cursor } from './cursor.js';
import type { TransitionRecord } from './record.js';
import type { Transition } from './transition.js';

/** A listener's mistake must disturb neither the world nor other listeners: it is reported as an uncaught error. */
function report(thrown: unknown): void {
    queueMicrotask(() => {
        throw thrown;
    });
}

/**
 * Calls `listener` for each transition from now on, in order, even if the listener itself moves the world. Returns the
 * way to stop it.
 */
export function listen(record: TransitionRecord, listener: (transition: Transition) => void): () => void {
    let telling = false;
    const tell = (): void => {
        if (telling) return; // the loop below takes what is new, too
        telling = true;
        try {
            for (let next = cursor.take(); next !== undefined && !cursor.isClosed; next = cursor.take()) {
                if (next instanceof AnotherWorld) continue;
                try {
                    listener(next);
                } catch (thrown) {
                    report(thrown);
                }
            }
        } finally {
            telling = false;
        }
    };
    const cursor = new Cursor(record, record.end, {}, tell);
    return () => cursor.stop();
}
