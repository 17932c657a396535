import type { RawResponse, Simulator } from 'runsim';
import { triggerTarget } from './small-project.ts';

export const textOf = (response: RawResponse): string => new TextDecoder().decode(response.body);
export const jsonOf = (response: RawResponse): any => JSON.parse(textOf(response));

export const get = (sim: Simulator, target: string): any => jsonOf(sim.handle({ method: 'GET', target }));

export const post = (sim: Simulator, target: string, body: unknown): any =>
    jsonOf(sim.handle({ method: 'POST', target, body: JSON.stringify(body) }));

/** Triggers the small project's schedule; the run that came of it. */
export const trigger = (sim: Simulator, body: unknown = {}): any =>
    jsonOf(sim.handle({ method: 'POST', target: triggerTarget, body: JSON.stringify(body) })).pipeline_run;

export const statusOf = (sim: Simulator, run: number): string =>
    get(sim, `/api/pipeline_runs/${run}`).pipeline_run.status;

export const moveClock = (sim: Simulator, clock: object): { status: number; json: any } => {
    const response = sim.handle({ method: 'POST', target: '/__sim/clock', body: JSON.stringify({ clock }) });
    return { status: response.status, json: jsonOf(response) };
};
