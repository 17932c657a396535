import type { Engine } from './engine.js';

/** What kind of row changed its status. */
export type TransitionSubject = 'run' | 'block_run' | 'schedule' | 'backfill' | 'generic_job';

/** Who or what made a status change (core/lifecycle/instance/transition.hpp). */
export type TransitionCause =
    | 'user'
    | 'trigger'
    | 'event'
    | 'backfill'
    | 'tick'
    | 'worker'
    | 'block_failed'
    | 'run_ended'
    | 'timeout'
    | 'block_timeout'
    | 'upstream'
    | 'condition'
    | 'limit'
    | 'previous_running'
    | 'once_done'
    | 'sla'
    | 'recovery'
    | 'init_failed'
    | 'memory'
    | 'retry'
    | 'sync'
    | 'fault';

/** One change of a status, as `GET /__sim/transitions` shows it. */
export interface Transition {
    /** Its place in the record, from 0: one more than that of the change before. */
    number: number;
    /** When: `2026-01-01T00:00:10.000012+00:00`. */
    at: string;
    at_us: number;
    subject: TransitionSubject;
    /** Of the row. */
    id: number;
    /** The run that it belongs to; null for schedules and backfills. */
    pipeline_run_id: number | null;
    /** Null when the row was deleted since. */
    pipeline_uuid: string | null;
    /** Of a block run; null when the row was deleted since. */
    block_uuid: string | null;
    /** Null when there was no status: the row was made just now, or is a backfill that was never started. */
    from: string | null;
    to: string | null;
    cause: TransitionCause;
    /** What the cause says further: an id, an attempt, seconds; 0 for nothing. */
    detail: number;
    /** The same as a short sentence. */
    why: string;
}

/** Some transitions, and what the record holds. */
export interface TransitionPage {
    transitions: Transition[];
    metadata: {
        /** The oldest that the record still has. */
        begin: number;
        /** One past the newest. */
        end: number;
        /** The number to ask from next time; null: the end was reached. */
        next: number | null;
    };
}

const decoder = new TextDecoder();

/** Up to 1000 transitions from a number on, of all runs or one. */
export function readTransitions(engine: Engine, from: number, pipelineRun: number | undefined): TransitionPage {
    const run = pipelineRun === undefined ? '' : `&pipeline_run_id=${pipelineRun}`;
    const { body } = engine.ask({ method: 'GET', target: `/__sim/transitions?_limit=1000&from=${from}${run}` });
    return JSON.parse(decoder.decode(body)) as TransitionPage;
}
