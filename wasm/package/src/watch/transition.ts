import type { Transition, TransitionCause, TransitionList } from '../api-types.js';
import type { Engine } from '../host/engine.js';

/** One change of a status, as `GET /__sim/transitions` shows it, and who or what made it. */
export type { Transition, TransitionCause };

/** What kind of row changed its status. */
export type TransitionSubject = Transition['subject'];

/** Some transitions, and what the record holds. */
export type TransitionPage = TransitionList;

const decoder = new TextDecoder();

/** Up to 1000 transitions from a number on, of all runs or one. */
export function readTransitions(engine: Engine, from: number, pipelineRun: number | undefined): TransitionPage {
    const run = pipelineRun === undefined ? '' : `&pipeline_run_id=${pipelineRun}`;
    const { body } = engine.ask({ method: 'GET', target: `/__sim/transitions?_limit=1000&from=${from}${run}` });
    return JSON.parse(decoder.decode(body)) as TransitionPage;
}
