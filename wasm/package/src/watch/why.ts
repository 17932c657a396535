import { argumentError, badArgument, checkKeys } from '../base/errors.js';
import type { Engine } from '../host/engine.js';

/** A run or a block run, by its id. */
export type WhySubject = { pipelineRun: number; blockRun?: undefined } | { blockRun: number; pipelineRun?: undefined };

const decoder = new TextDecoder();

/** What the core says of it (core/lifecycle/why/why.hpp). */
export function whyOf(engine: Engine, subject: WhySubject): string {
    const { pipelineRun, blockRun } = checkKeys('subject', subject, ['pipelineRun', 'blockRun']);
    if ((pipelineRun === undefined) === (blockRun === undefined))
        throw argumentError('subject', 'either pipelineRun or blockRun is needed, as an id');
    const [name, resource, id] =
        pipelineRun === undefined ? ['blockRun', 'block_run', blockRun] : ['pipelineRun', 'pipeline_run', pipelineRun];
    if (!Number.isSafeInteger(id) || (id as number) < 1) throw badArgument(name as string, id, 'an id: 1, 2, ...');
    const { status, body } = engine.ask({ method: 'GET', target: `/__sim/${resource}s/${id}` });
    if (status !== 200) throw badArgument(name as string, id, `the id of a ${(resource as string).replace('_', ' ')}`);
    return (JSON.parse(decoder.decode(body)) as Record<string, { why: string }>)[resource as string]!.why;
}
