import { toMicroseconds } from '../base/instant.js';
import type { Item } from './client.js';

export type Duration = string | [string, string] | { typical: string; at_most: string };

/** In whole milliseconds, and never nothing. */
const text = (us: number): string => `${Math.max(1, Math.round(us / 1000)) / 1000}s`;

/** How long one block takes, by how long it took: in microseconds, ascending, at least one. */
function durationOf(seen: readonly number[]): Duration {
    const [least, typical, most] = [0, seen.length >> 1, seen.length - 1].map((place) => text(seen[place]!));
    if (least === most) return least!;
    const isEven = seen.at(-1)! <= 3 * seen[seen.length >> 1]!;
    return isEven || typical === most ? [least!, most!] : { typical: typical!, at_most: most! };
}

/**
 * How long the blocks of pipelines took in the runs that were read, as `blocks` of runsim.json says it. Only completed
 * block runs count. `blocksOf`: the uuids of a pipeline's blocks that are to have one.
 */
export function durationsOf(
    runs: readonly Item[],
    blockRuns: readonly Item[],
    blocksOf: ReadonlyMap<unknown, ReadonlySet<string>>,
): Record<string, { duration: Duration }> {
    const pipelineOf = new Map(runs.map(({ id, pipeline_uuid }) => [id, pipeline_uuid]));
    const seen = new Map<string, number[]>();
    for (const { pipeline_run_id, block_uuid, status, started_at, completed_at } of blockRuns) {
        const pipeline = pipelineOf.get(pipeline_run_id);
        const block = blockOf(String(block_uuid), blocksOf.get(pipeline));
        if (status !== 'completed' || block === undefined || !started_at || !completed_at) continue;
        const took = toMicroseconds(completed_at, 'completed_at') - toMicroseconds(started_at, 'started_at');
        const key = `${String(pipeline)}/${block}`;
        const durations = seen.get(key) ?? [];
        durations.push(Math.max(0, took));
        seen.set(key, durations);
    }
    const keys = [...seen.keys()].sort();
    return Object.fromEntries(keys.map((key) => [key, { duration: durationOf(seen.get(key)!.sort((a, b) => a - b)) }]));
}

/** The block that a block run is of: `each` of `each:0`, which is a child of a dynamic block. */
function blockOf(uuid: string, blocks: ReadonlySet<string> | undefined): string | undefined {
    for (let name = uuid; ; name = name.slice(0, name.lastIndexOf(':'))) {
        if (blocks?.has(name)) return name;
        if (!name.includes(':')) return undefined;
    }
}
