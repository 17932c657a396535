// The benchmarks in the node that runs this: node --expose-gc tests/bench/node-engine.mjs. Writes the rows as JSON to standard output.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from 'runsim/serve';
import { check, offsetsOf } from './contenders.mjs';
import { median, race } from './measure.mjs';
import { overHttp } from './over-http.mjs';
import { makeSimulator, runsOf, suite } from './suite.mjs';
import { kTrigger, kTriggerBody, pageTarget } from './workload.mjs';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const project = JSON.parse(readFileSync(new URL('./project.json', import.meta.url), 'utf8'));
const rows = [];
const add = (row) => rows.push({ engine: `node ${process.versions.node}`, ...row });

/** Over HTTP: `runsim serve` against json-server. */
async function benchHttp(runs) {
    const sim = await makeSimulator(project, runs);
    const server = await serve(sim, { port: 0 });
    const racing = [overHttp('runsim serve', server.port)];
    const addRace = async (name, work, offset) => {
        const times = await race(racing.map((one) => ({ name: one.name, most: 50, work: () => work(one) })));
        for (const [where, value] of times) add({ name, where, runs, offset, value, unit: 'us' });
    };
    try {
        const { makeJsonServer } = await import('./rivals/json-server.mjs');
        const other = await makeJsonServer(runsOf(sim, runs));
        racing.push(other);
        await check(other, racing[0], runs);
        for (const offset of offsetsOf(runs))
            await addRace('page over HTTP', (one) => one.page(pageTarget(offset)), offset);
        await addRace('trigger over HTTP', (one) => one.trigger(kTrigger, kTriggerBody));
    } catch (error) {
        add({ name: 'page over HTTP', where: 'json-server', runs, unit: 'us', note: error.message });
    }
    for (const one of racing) one.close();
    await server.close();
    sim.dispose();
}

/** Milliseconds from the start of `runsim serve` to the end of its first answer. */
async function startServe() {
    const server = spawn(process.execPath, [path('wasm/package/dist/cli.js'), 'serve', '--port', '0']);
    try {
        const url = await new Promise((found, failed) => {
            server.stdout.on('data', (text) => {
                const at = /http:\/\/\S+/.exec(String(text));
                if (at) found(at[0]);
            });
            server.on('close', (code) => failed(new Error(`runsim serve ended with ${code}`)));
        });
        await (await fetch(`${url}/api/pipeline_schedules/1/pipeline_runs`)).text();
    } finally {
        server.kill();
    }
}

await suite({
    wasm: readFileSync(path('build/wasm/runsim.wasm')),
    project,
    add,
    log: (line) => console.error(line),
    more: benchHttp,
});
add({ name: 'start of runsim serve', where: 'runsim', value: await median(5, startServe), unit: 'ms' });
console.log(JSON.stringify(rows));
