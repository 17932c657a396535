// The past of a world: how long it takes to get there, and what the states that are kept cost.
import { createSimulator } from 'runsim';
import { median } from './measure.mjs';
import { kTrigger } from './workload.mjs';

const kDayUs = 86_400_000_000;
/** The histories whose past is asked, and how long an instant of it may take, in milliseconds. */
export const kPast = { 'a day of the demo, at worst': 5, 'a year of the demo, at worst': 50 };

const kAsked = 60; // instants, all over the history

/** Instants in even steps from the begin of a history to its end, which is at no checkpoint more often than chance has it. */
const instants = (begin, end) =>
    Array.from({ length: kAsked }, (_, i) => begin + Math.floor(((end - begin) * (i + 0.5)) / kAsked));

/** The median and the most of what a call at each instant takes, in milliseconds. */
async function timed(times, call) {
    const taken = [];
    for (const us of times) taken.push(await median(3, () => call(us)));
    taken.sort((a, b) => a - b);
    return { typical: taken[Math.floor(taken.length / 2)], most: taken.at(-1) };
}

async function benchPast(days, add) {
    const sim = await createSimulator();
    const begin = sim.nowMicroseconds;
    for (let day = 0; day < days; day++) sim.advance('24h');
    const times = instants(begin, begin + days * kDayUs);
    const row = { where: 'runsim', unit: 'ms' };
    const name = days === 1 ? 'a day' : 'a year';
    const at = await timed(times, (us) => sim.at(us).dispose());
    add({ ...row, name: `at, in ${name} of the demo`, value: at.typical });
    add({ ...row, name: `at, in ${name} of the demo, at worst`, value: at.most });
    const rewind = await timed(times, (us) => {
        const fork = sim.fork();
        fork.rewind(us);
        fork.dispose();
    });
    add({ ...row, name: `fork and rewind, in ${name} of the demo, at worst`, value: rewind.most });
    sim.dispose();
}

/**
 * What the states of the past take that a world keeps after a year of the demo: what it takes less what the same world takes that is loaded from
 * a snapshot, and has none.
 */
async function benchCheckpoints(module, add) {
    const sim = await createSimulator();
    const used = module.usedBytes();
    const engine = module.loaded(sim.snapshot());
    sim.dispose();
    engine.advance_to(engine.now() + 365 * kDayUs, 1e9, 1e9);
    const withPast = module.usedBytes() - used;
    const snapshot = module.snapshot(engine);
    engine.delete();
    const before = module.usedBytes();
    const alone = module.loaded(snapshot);
    const withoutPast = module.usedBytes() - before;
    alone.delete();
    const row = { where: 'wasm', unit: 'MB' };
    add({ ...row, name: 'memory of a year of the demo', value: withoutPast / 1e6 });
    add({ ...row, name: 'memory of its checkpoints', value: (withPast - withoutPast) / 1e6 });
}

async function benchPlay(project, add) {
    const sim = await createSimulator({ project });
    for (let call = 0; call < 1000; call++) {
        sim.handle({
            method: 'POST',
            target: kTrigger,
            body: JSON.stringify({ pipeline_run: { variables: { call } } }),
        });
        sim.advance('20s');
    }
    const journal = sim.journal();
    const ms = await median(10, async () => (await createSimulator({ journal })).dispose());
    add({ name: 'create from a journal of 1000 calls', where: 'runsim', value: ms, unit: 'ms' });
    sim.dispose();
}

export async function benchJournal(module, project, add) {
    await benchPast(1, add);
    await benchPast(365, add);
    await benchCheckpoints(module, add);
    await benchPlay(project, add);
}
