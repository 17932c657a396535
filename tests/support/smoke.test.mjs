// What ships, in short, under whatever node runs this: node --test tests/support/smoke.test.mjs
// Plain JavaScript and node's own test runner, since the other test tools need a newer node than the package does.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSimulator } from 'runsim';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const trigger = '/api/pipeline_schedules/71/pipeline_runs/4506463a01944ef492f70005996dac1a';
const golden = JSON.parse(readFileSync(path('tests/support/golden_package.json'), 'utf8'));

test('a triggered run is completed a minute later', async () => {
    const sim = await createSimulator();
    const { pipeline_run: run } = await (await sim.fetch(trigger, { method: 'POST', body: '{"env": "dev"}' })).json();
    assert.equal(run.status, 'initial');
    sim.advance('1m');
    const { pipeline_run: later } = await (await sim.fetch(`/api/pipeline_runs/${run.id}`)).json();
    assert.equal(later.status, 'completed');
});

test('the golden scenario of tests/sim/world/golden_test.cpp, as the package reads it, ends with its hash', async () => {
    const sim = await createSimulator({ project: golden.project });
    for (const { call, body, advance } of golden.steps) {
        if (advance) sim.advance(`${advance}s`);
        const [method, target] = call?.split(' ') ?? [];
        if (call) sim.handle({ method, target, body: body && JSON.stringify(body) });
    }
    assert.equal(sim.hash(), golden.hash);
});

test('a recorded journal ends with the hash that it has, and is recorded again as it was', async () => {
    const journal = JSON.parse(readFileSync(path('tests/support/recorded_journal.json'), 'utf8'));
    const sim = await createSimulator({ journal });
    assert.equal(sim.hash(), journal.hash);
    assert.deepEqual(sim.journal(), journal);
});

test('runsim serve answers the documented line', async () => {
    const server = spawn(process.execPath, [path('wasm/package/dist/cli.js'), 'serve', '--port', '0']);
    try {
        let said = '';
        const url = await new Promise((found, failed) => {
            server.stdout.on('data', (text) => {
                said += text;
                const at = /http:\/\/\S+/.exec(said)?.[0];
                if (at) found(at);
            });
            server.on('close', (code) => failed(new Error(`runsim serve ended with ${code}`)));
        });
        const answer = await fetch(`${url}/api/pipeline_schedules/1/pipeline_runs`);
        assert.deepEqual((await answer.json()).metadata, { count: 22, next: false });
    } finally {
        server.kill();
    }
});
