// Pages of the lists that need more than one filter or another order, of runs of which some failed (docs/quirks.md, "What a list of runs costs").
import { time } from './measure.mjs';
import { kPage, microsecondsFor } from './workload.mjs';
import { pageRequest } from './world.mjs';

const kRuns = 100_000;
const kOffsets = [0, 20_000];
const kMore = 100; // runs that begin and end between two requests
const kBegin = Date.UTC(2026, 0, 1) / 1000;
const kMiddle = `start_timestamp=${kBegin + 25_000 * 60}&end_timestamp=${kBegin + 75_000 * 60}`; // half of the runs

export const kLists = {
    'list of a time window': `pipeline_runs?${kMiddle}`,
    'list in another order': 'pipeline_runs?order_by[]=completed_at%20desc',
    'list of what failed last': 'pipeline_runs?status=last_run_failed',
    'list of a schedule and a pipeline': 'pipeline_schedules/1/pipeline_runs?pipeline_uuid=diamond',
    'list of block runs of all runs': 'block_runs?pipeline_uuid=diamond',
};

const decoder = new TextDecoder();

export async function benchLists(module, project, add) {
    const failing = structuredClone(project);
    failing.runsim.blocks['*'].fails_ppm = 70_000; // of a block, so that a quarter of the runs fail
    const engine = module.world(failing);
    engine.advance_to(engine.now() + microsecondsFor(kRuns), 1e9, 1e9);
    const offsets = Object.entries(kLists).flatMap(([name, list]) =>
        kOffsets.map((offset) => ({ name, list, offset })),
    );
    for (const { name, list, offset } of offsets) {
        const target = `/api/${list}&disable_retries_grouping=true&_limit=${kPage}&_offset=${offset}`;
        const page = module.answerer(engine, target);
        const [rows] = Object.values(JSON.parse(decoder.decode(page())));
        if (rows.length !== kPage) throw new Error(`${name} at ${offset} has ${rows.length} rows`);
        const row = { where: 'wasm', runs: kRuns, offset, unit: 'us' };
        add({ ...row, name, value: await time(page) });

        const request = pageRequest(target);
        const fork = { before: () => engine.fork(), after: (world) => world.delete(), most: 1 }; // it keeps no lists
        const first = await time((world) => module.handle(world, request), fork);
        add({ ...row, name: `${name}, the first time`, value: first });

        const running = engine.fork();
        const more = () => running.advance_to(running.now() + kMore * 60e6, 1e9, 1e9);
        const polled = await time(module.answerer(running, target), { before: more, most: 1 });
        add({ ...row, name: `${name}, after ${kMore} more runs`, value: polled });
        running.delete();
    }
    engine.delete();
}
