import type { Comparison } from './api-types.js';
import { badArgument } from './base/errors.js';
import { Simulator } from './simulator.js';

/**
 * Where two worlds part: the first change of a status that differs, the runs that only one of them has, and the runs and
 * blocks that started, ended or stand otherwise. Of a world and itself it says nothing. Two runs are the same run if
 * pipeline, schedule and execution date are equal.
 *
 * @example
 * const whatIf = sim.at('2026-01-01 00:40:00');
 * // ... change something, and let both come to the same instant ...
 * const { first_transition, pipeline_runs } = compare(sim, whatIf);
 */
export function compare(a: Simulator, b: Simulator): Comparison {
    for (const [name, sim] of Object.entries({ a, b }))
        if (!(sim instanceof Simulator)) throw badArgument(name, sim, 'a simulator from createSimulator()');
    return JSON.parse(a.comparedWith(b)) as Comparison;
}
