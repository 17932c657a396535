// The benchmarks of one JavaScript engine: the same in node and in a browser.
//
// What the rows mean. A row is { name, engine, where, runs, offset, value, unit, note }: `where` is who was measured, `runs` how many runs it holds, of
// four blocks each, `offset` that of the newest runs or of the oldest. A row without a value has a note that says why.
//   page of 20, cold   GET .../pipeline_schedules/1/pipeline_runs, bytes to bytes, when the text of every row must be made
//   page of 20, rows kept   the page, when the texts of its rows may have been kept, but not the whole answer; whoever keeps none has its cold figure here
//   page of 20, warm   the same request again, when nothing has changed; whoever keeps no whole answers has the figure of rows kept here
//   trigger            POST .../pipeline_schedules/2/pipeline_runs/TOKEN, bytes to bytes: it makes a run and its four block runs
//   page, fetched      a warm page from a Request to `await response.text()`: `sim.fetch` of the package, MSW's `getResponse` over a mock
//   trigger, fetched   the trigger in the same way
//   page over HTTP     a warm page from a port, for a client that keeps its connection: `runsim serve`, json-server (node only)
//   trigger over HTTP  the trigger in the same way
//   list ...           a page of 20 of a list that needs more than one filter, or another order (lists.mjs)
//   fork               a world is copied and the copy deleted
//   status changes     how many a second the clock makes, with all rules, the record and the indexes, until the runs are finished
//   memory of a run    of the module's memory, with its four block runs; with its past: and what is kept to answer as of any instant
//   180 days           of the demo project, by the clock
//   at, fork and rewind   the past of a day or a year of the demo, at many instants (journal.mjs)
//   create from a journal   `createSimulator({ journal })` with 1000 calls, some hours of virtual time
//   memory of its checkpoints   what the states take that a world keeps of its past, after a year of the demo
//   create             `createSimulator()` with the demo project, the second and later times: the median of 30
//   create, first ...  the same once in a new page, its loading included, when the browser has the files already: the median of 6
//   start of runsim serve   from the start of the command to the end of its first answer: the median of 5
//   engine + glue, whole page, first load   sizes; the first load is all that the page fetches until it shows the graph of a run
// Whoever is compared is timed in turns (`race`), and only once it was found to answer as runsim does: the same rows, the same fields.
import { createSimulator } from 'runsim';
import { check, offsetsOf, rivals } from './contenders.mjs';
import { checkFetched, fetchedPage, fetchedTrigger } from './fetched.mjs';
import { benchJournal } from './journal.mjs';
import { benchLists } from './lists.mjs';
import { median, race, time } from './measure.mjs';
import { kTrigger, kTriggerBody, microsecondsFor, pageTarget, readRuns } from './workload.mjs';
import { Module, pageRequest, triggerRequest } from './world.mjs';

const kMocks = ['mock', 'plain mock'];
const kSizes = [
    { runs: 1_000, against: Object.keys(rivals) },
    { runs: 10_000, against: kMocks },
    { runs: 100_000, against: Object.keys(rivals) },
];
const kMostForks = 100; // at once
const kMostTriggers = 50; // a round: the runs stay

/** What a world takes without its past. */
function memoryOf(module, engine) {
    const snapshot = module.snapshot(engine);
    const before = module.usedBytes();
    const alone = module.loaded(snapshot);
    const used = module.usedBytes() - before;
    alone.delete();
    return used;
}

/** A world of so many finished runs. */
function makeWorld(module, project, runs, add) {
    const engine = module.world(project);
    const before = module.usedBytes();
    const begun = performance.now();
    engine.advance_to(engine.now() + microsecondsFor(runs), 1e9, 1e9);
    const seconds = (performance.now() - begun) / 1000;
    if (runs === kSizes.at(-1).runs) {
        // To running and completed of a run, to queued, running and completed of its 4 block runs.
        const changes = 2 + 4 * 3;
        const row = { where: 'wasm', runs };
        add({ ...row, name: 'make finished runs by the clock', value: seconds, unit: 's' });
        add({ ...row, name: 'status changes', value: (runs * changes) / seconds / 1e6, unit: 'M/s' });
        const withPast = module.usedBytes() - before;
        add({ ...row, name: 'memory of a run, with its past', value: withPast / runs, unit: 'B/run' });
        add({ ...row, name: 'memory of a run', value: memoryOf(module, engine) / runs, unit: 'B/run' });
    }
    return engine;
}

/** What a comparison measured: cells of times by who took them, the least of all races. */
class Cells {
    #cells = new Map();

    put(name, offset, times) {
        const key = `${name} ${offset}`;
        if (!this.#cells.has(key)) this.#cells.set(key, { name, offset, times: new Map() });
        const cell = this.#cells.get(key);
        for (const [where, us] of times) cell.times.set(where, Math.min(us, cell.times.get(where) ?? Infinity));
    }

    addTo(add, runs) {
        for (const { name, offset, times } of this.#cells.values())
            for (const [where, value] of times) add({ name, where, runs, offset, value, unit: 'us' });
    }
}

/** Bytes to bytes: the module against one rival. */
async function raceWorld(module, engine, rival, runs, cells) {
    const { name } = rival;
    for (const offset of offsetsOf(runs)) {
        const target = pageTarget(offset);
        const request = pageRequest(target);
        const cold = await race([
            {
                name: 'wasm',
                most: kMostForks,
                before: () => engine.fork(), // keeps no text
                work: (fork) => module.handle(fork, request),
                after: (fork) => fork.delete(),
            },
            { name, work: rival.cold ? () => rival.cold(target) : () => rival.page(target) },
        ]);
        cells.put('page of 20, cold', offset, cold);
        // Each is timed beside the rival, who does the same in both.
        const beside = rival.cold ? [{ name, work: () => rival.page(target) }] : [];
        const kept = await race([{ name: 'wasm', work: module.answerer(engine, target) }, ...beside]);
        cells.put('page of 20, rows kept', offset, new Map([...cold, ...kept]));
        const warm = await race([{ name: 'wasm', work: () => module.handle(engine, request) }, ...beside]);
        cells.put('page of 20, warm', offset, new Map([...cold, ...warm]));
    }
    const request = triggerRequest(kTrigger, kTriggerBody);
    const fork = engine.fork();
    const triggered = await race([
        { name: 'wasm', most: kMostTriggers, work: () => module.handle(fork, request) },
        { name, most: kMostTriggers, work: () => rival.trigger(kTrigger, kTriggerBody) },
    ]);
    cells.put('trigger', undefined, triggered);
    fork.delete();
}

/**
 * The module against the rivals, one after another: what one keeps in JavaScript's memory would slow down the others. Of a rival that cannot be made,
 * or does not answer as a world does, a row says what happened.
 */
async function benchWorld(module, project, { runs, against }, add, log) {
    const engine = makeWorld(module, project, runs, add);
    const cells = new Cells();
    for (const name of against) {
        const start = performance.now();
        const fork = engine.fork();
        try {
            const rival = await rivals[name](readRuns(module.contender(engine).page, runs));
            await check(rival, module.contender(fork), runs);
            await raceWorld(module, engine, rival, runs, cells);
            rival.close?.();
        } catch (error) {
            add({ name: 'page of 20, cold', where: name, runs, unit: 'us', note: error.message });
        } finally {
            fork.delete();
        }
        log(`   ${name} at ${runs} runs: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
    cells.addTo(add, runs);
    add({ name: 'fork', where: 'wasm', runs, value: await time(() => engine.fork().delete()), unit: 'us' });
    engine.delete();
}

/** The package with so many finished runs. */
export async function makeSimulator(project, runs) {
    const sim = await createSimulator({ project });
    sim.advance(microsecondsFor(runs));
    return sim;
}

/** All of its runs, for a rival. */
export const runsOf = (sim, count) => readRuns((target) => sim.handle({ method: 'GET', target }).body, count);

/** From Request to text: the package against MSW over each of the mocks. */
async function benchFetched(project, runs, add) {
    const sim = await makeSimulator(project, runs);
    const cells = new Cells();
    for (const mock of kMocks) {
        const fork = sim.fork(); // no run was triggered in it yet
        const own = { name: 'sim.fetch', fetch: fork.fetch };
        try {
            const { overMsw } = await import('./rivals/msw.mjs');
            const racing = [own, overMsw(await rivals[mock](runsOf(sim, runs)))];
            await checkFetched(racing[1], own, runs);
            for (const offset of offsetsOf(runs))
                cells.put('page, fetched', offset, await race(racing.map((one) => fetchedPage(one, offset))));
            const triggers = racing.map((one) => ({ ...fetchedTrigger(one), most: kMostTriggers }));
            cells.put('trigger, fetched', undefined, await race(triggers));
        } catch (error) {
            add({ name: 'page, fetched', where: `msw over ${mock}`, runs, unit: 'us', note: error.message });
        } finally {
            fork.dispose();
        }
    }
    cells.addTo(add, runs);
    sim.dispose();
}

async function benchDemo(add) {
    const sim = await createSimulator();
    const fork = { before: () => sim.fork(), after: (one) => one.dispose(), most: 1 };
    const us = await time((one) => void one.advance('4320h'), fork);
    add({ name: '180 days', where: 'runsim', value: us / 1e6, unit: 's' });
    sim.dispose();
    const created = await median(30, async () => (await createSimulator()).dispose());
    add({ name: 'create', where: 'runsim', value: created, unit: 'ms' });
}

/**
 * Measures all of it. `wasm` is the bytes of the module, `project` the project document; `add` takes each row, `log` what to say meanwhile; `more`
 * measures what only one engine can, at so many runs.
 */
export async function suite({ wasm, project, add, log, more = async () => {} }) {
    await benchDemo(add);
    const module = await Module.load(wasm);
    await benchLists(module, project, add);
    await benchJournal(module, project, add);
    for (const size of kSizes) {
        await benchWorld(module, project, size, add, log);
        if (size.against === kMocks) continue;
        await benchFetched(project, size.runs, add);
        await more(size.runs);
    }
}
