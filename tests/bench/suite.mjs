// The benchmarks of one JavaScript engine: the same in node and in a browser.
//
// What the rows mean. A row is { name, engine, where, runs, offset, value, unit, note }: `where` is who was measured, `runs` how many runs it holds, of
// four blocks each, `offset` that of the newest runs or of the oldest. A row without a value has a note that says why.
//   page of 20, cold   GET .../pipeline_schedules/1/pipeline_runs, bytes to bytes, when the text of every row must be made
//   page of 20, warm   the same page again, when texts may have been kept; whoever keeps none has its cold figure here
//   trigger            POST .../pipeline_schedules/2/pipeline_runs/TOKEN, bytes to bytes: it makes a run and its four block runs
//   page, fetched      a warm page from a Request to `await response.text()`: `sim.fetch` of the package, MSW's `getResponse` over a mock
//   trigger, fetched   the trigger in the same way
//   page over HTTP     a warm page from a port, for a client that keeps its connection: `runsim serve`, json-server (node only)
//   trigger over HTTP  the trigger in the same way
//   fork               a world is copied and the copy deleted
//   status changes     how many a second the clock makes, with all rules, the record and the indexes, until the runs are finished
//   memory of a run    of the module's memory, with its four block runs
//   180 days           of the demo project, by the clock
//   create             `createSimulator()` with the demo project, the second and later times: the median of 30
//   create, first ...  the same once in a new page, its loading included, when the browser has the files already: the median of 6
//   start of runsim serve   from the start of the command to the end of its first answer: the median of 5
//   engine + glue, whole page, first load   sizes; the first load is all that the page fetches until it shows the graph of a run
// Whoever is compared is timed in turns (`race`), and only once it was found to answer as runsim does: the same rows, the same fields.
import { createSimulator } from 'runsim';
import { check, offsetsOf, rivals } from './contenders.mjs';
import { checkFetched, fetchedPage, fetchedTrigger } from './fetched.mjs';
import { median, race, time } from './measure.mjs';
import { kTrigger, kTriggerBody, pageTarget, readRuns } from './workload.mjs';
import { Module, pageRequest, triggerRequest } from './world.mjs';

const kMocks = ['mock', 'plain mock'];
const kSizes = [
    { runs: 1_000, against: Object.keys(rivals) },
    { runs: 10_000, against: kMocks },
    { runs: 100_000, against: Object.keys(rivals) },
];
const kMostForks = 100; // at once
const kMostTriggers = 50; // a round: the runs stay

/** A run a minute: so long until so many are finished. */
export const microsecondsFor = (runs) => runs * 60e6 - 10e6;

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
        add({ ...row, name: 'memory of a run', value: (module.usedBytes() - before) / runs, unit: 'B/run' });
    }
    return engine;
}

/** The rivals that could be made and answer as a world does. Of the others, a row says what happened. */
async function makeRivals(module, engine, names, rows, add, log) {
    const made = [];
    for (const name of names) {
        const start = performance.now();
        const fork = engine.fork();
        try {
            const rival = await rivals[name](rows);
            await check(rival, module.contender(fork), rows.length);
            made.push(rival);
        } catch (error) {
            add({ name: 'page of 20, cold', where: name, runs: rows.length, unit: 'us', note: error.message });
        } finally {
            fork.delete();
        }
        const seconds = (performance.now() - start) / 1000;
        log(`   ${name} made of ${rows.length} runs and checked in ${seconds.toFixed(1)} s`);
    }
    return made;
}

/** Bytes to bytes: the module against the rivals. */
async function raceWorld(module, engine, racing, runs, add) {
    const addAll = (name, results, offset) => {
        for (const [where, value] of results) add({ name, where, runs, offset, value, unit: 'us' });
    };
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
            ...racing.map((rival) => ({
                name: rival.name,
                work: rival.cold ? () => rival.cold(target) : () => rival.page(target),
            })),
        ]);
        const warm = await race([
            { name: 'wasm', work: () => module.handle(engine, request) },
            ...racing.filter(({ cold }) => cold).map((rival) => ({ name: rival.name, work: () => rival.page(target) })),
        ]);
        addAll('page of 20, cold', cold, offset);
        addAll('page of 20, warm', new Map([...cold, ...warm]), offset);
    }
    const request = triggerRequest(kTrigger, kTriggerBody);
    const fork = engine.fork();
    const triggered = await race([
        { name: 'wasm', most: kMostTriggers, work: () => module.handle(fork, request) },
        ...racing.map((rival) => ({
            name: rival.name,
            most: kMostTriggers,
            work: () => rival.trigger(kTrigger, kTriggerBody),
        })),
    ]);
    fork.delete();
    addAll('trigger', triggered);
    add({ name: 'fork', where: 'wasm', runs, value: await time(() => engine.fork().delete()), unit: 'us' });
}

/** MSW over each of the mocks. Where it cannot be made, or does not answer as the package, a row says what happened. */
async function makeFetched(sim, rows, add) {
    const made = [];
    for (const mock of kMocks) {
        const fork = sim.fork();
        try {
            const { overMsw } = await import('./rivals/msw.mjs');
            const other = overMsw(await rivals[mock](rows));
            await checkFetched(other, { name: 'sim.fetch', fetch: fork.fetch }, rows.length);
            made.push(other);
        } catch (error) {
            const where = `msw over ${mock}`;
            add({ name: 'page, fetched', where, runs: rows.length, unit: 'us', note: error.message });
        } finally {
            fork.dispose();
        }
    }
    return made;
}

/** From Request to text: the package against MSW. */
async function raceFetched(project, rows, add) {
    const runs = rows.length;
    const sim = await createSimulator({ project });
    sim.advance(microsecondsFor(runs));
    const racing = [{ name: 'sim.fetch', fetch: sim.fetch }, ...(await makeFetched(sim, rows, add))];
    for (const offset of offsetsOf(runs)) {
        for (const [where, value] of await race(racing.map((one) => fetchedPage(one, offset))))
            add({ name: 'page, fetched', where, runs, offset, value, unit: 'us' });
    }
    const triggered = await race(racing.map((one) => ({ ...fetchedTrigger(one), most: kMostTriggers })));
    for (const [where, value] of triggered) add({ name: 'trigger, fetched', where, runs, value, unit: 'us' });
    sim.dispose();
}

async function benchDemo(add) {
    const sim = await createSimulator();
    const begun = performance.now();
    sim.advance('4320h');
    add({ name: '180 days', where: 'runsim', value: (performance.now() - begun) / 1000, unit: 's' });
    sim.dispose();
    const created = await median(30, async () => (await createSimulator()).dispose());
    add({ name: 'create', where: 'runsim', value: created, unit: 'ms' });
}

/**
 * Measures all of it. `wasm` is the bytes of the module, `project` the project document; `add` takes each row, `log` what to say meanwhile; `more`
 * measures what only one engine can, with the rows of each world.
 */
export async function suite({ wasm, project, add, log, more = async () => {} }) {
    await benchDemo(add); // before memory is full
    const module = await Module.load(wasm);
    for (const { runs, against } of kSizes) {
        const engine = makeWorld(module, project, runs, add);
        const rows = readRuns(module.contender(engine).page, runs);
        const racing = await makeRivals(module, engine, against, rows, add, log);
        await raceWorld(module, engine, racing, runs, add);
        for (const rival of racing) rival.close?.();
        engine.delete();
        if (against === kMocks) continue;
        await raceFetched(project, rows, add);
        await more(rows);
    }
}
