// What `make bench` compares answers as runsim does: node --test tests/bench/rivals.test.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createSimulator } from 'runsim';
import { check, rivals } from './contenders.mjs';
import { checkFetched } from './fetched.mjs';
import { race } from './measure.mjs';
import { makeJsonServer } from './rivals/json-server.mjs';
import { overMsw } from './rivals/msw.mjs';
import { microsecondsFor, readRuns } from './workload.mjs';
import { Module } from './world.mjs';

const read = (name) => readFileSync(new URL(name, import.meta.url));
const kRuns = 120;
const kSpan = microsecondsFor(kRuns);
const project = JSON.parse(read('./project.json'));
const module = await Module.load(read('../../build/wasm/runsim.wasm'));
const engine = module.world(project);
engine.advance_to(engine.now() + kSpan, 1e9, 1e9);
const rows = readRuns(module.contender(engine).page, kRuns);

test('the world has as many finished runs as were asked for', () => {
    assert.equal(rows.length, kRuns);
    assert.ok(rows.every(({ status, block_runs }) => status === 'completed' && block_runs.length === 4));
});

for (const [name, make] of Object.entries(rivals)) {
    test(`${name} answers as runsim does`, async () => {
        const rival = await make(rows);
        await check(rival, module.contender(engine.fork()), kRuns);
        rival.close?.();
    });
}

test('MSW over a mock answers as the package does', async () => {
    const sim = await createSimulator({ project });
    sim.advance(kSpan);
    await checkFetched(overMsw(await rivals.mock(rows)), { name: 'sim.fetch', fetch: sim.fetch }, kRuns);
});

test('json-server answers as runsim does', async () => {
    const rival = await makeJsonServer(rows);
    await check(rival, module.contender(engine.fork()), kRuns);
    rival.close();
});

test('a rival whose rows are wrong is found out', async () => {
    const wrong = rows.map((run, i) => (i === 0 ? { ...run, executor_type: 'k8s' } : run));
    const rival = await rivals['plain mock'](wrong);
    await assert.rejects(check(rival, module.contender(engine.fork()), kRuns), /plain mock gives a wrong page at 100/);
});

test('everyone in a race gets a time, and what is made for a call is put away', async () => {
    let open = 0;
    const times = await race([
        { name: 'at once', work: () => JSON.stringify(rows[0]), before: () => open++, after: () => open-- },
        { name: 'promised', work: async () => JSON.stringify(rows[0]), most: 10 },
    ]);
    assert.deepEqual([...times.keys()], ['at once', 'promised']);
    assert.ok([...times.values()].every(Number.isFinite));
    assert.equal(open, 0);
});
