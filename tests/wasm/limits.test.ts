import { createSimulator, type Simulator } from 'runsim';
import { beforeEach, expect, test } from 'vitest';
import { smallProject, triggerTarget } from './small-project.ts';
import { get, jsonOf, textOf, trigger } from './world.ts';

let sim: Simulator;
beforeEach(async () => {
    sim = await createSimulator({ project: smallProject });
});

const tooLarge = {
    error: { code: 413, message: 'request: the body is longer than 16777216 bytes', type: 'record_invalid' },
    status: 413,
};

test('a body of 100 MB is refused in the API’s envelope, and the world is as it was', async () => {
    const before = sim.hash();
    const body = new Uint8Array(100_000_000).fill(0x20);
    const response = sim.handle({ method: 'POST', target: triggerTarget, body });
    expect([response.status, jsonOf(response)]).toEqual([413, tooLarge]);
    const fetched = await sim.fetch(triggerTarget, { method: 'POST', body });
    expect([fetched.status, await fetched.json()]).toEqual([413, tooLarge]);
    expect(sim.hash()).toBe(before);
});

test('a body at the limit is read, one byte more is not', () => {
    const most = 16 * 1024 * 1024;
    const body = new Uint8Array(most + 1).fill(0x20);
    body.set(new TextEncoder().encode('{"a": 1}'));
    const read = sim.handle({ method: 'POST', target: triggerTarget, body: body.subarray(0, most) });
    expect(jsonOf(read).pipeline_run.event_variables).toEqual({ a: 1 });
    expect(sim.handle({ method: 'POST', target: triggerTarget, body }).status).toBe(413);
});

test('a head beyond its limit is refused in the API’s envelope', () => {
    const response = sim.handle({ method: 'GET', target: `/api/pipeline_runs?a=${'x'.repeat(70_000)}` });
    expect(response.status).toBe(413);
    expect(jsonOf(response).error.message).toBe('request: the request line is longer than 65536 bytes');
});

test.each(['[', '{"a":'])('10 000 times %s is an error of the API', (opening) => {
    const before = sim.hash();
    for (const target of [triggerTarget, '/api/pipeline_schedules/1/pipeline_runs']) {
        const response = sim.handle({ method: 'POST', target, body: opening.repeat(10_000) });
        expect(jsonOf(response).error.code).toBe(500);
        expect(jsonOf(response).error.exception).toMatch(/recursion/);
    }
    expect(sim.hash()).toBe(before);
});

test.each([`{"seed": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`, '['.repeat(10_000)])(
    'a runsim.json without bottom is a mistake of the project',
    async (text) => {
        const creating = createSimulator({ project: { files: { 'metadata.yaml': 'a: 1\n', 'runsim.json': text } } });
        await expect(creating).rejects.toMatchObject({
            code: 'bad_project',
            message: expect.stringContaining('runsim.json'),
        });
    },
);

test.each([
    ['metadata.yaml', '['.repeat(10_000)],
    ['metadata.yaml', '- '.repeat(10_000)],
    ['pipelines/p/metadata.yaml', `${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['pipelines/p/triggers.yaml', 'a: &a [*a]'],
])('a %s without bottom is noted', async (path, text) => {
    const files = { 'metadata.yaml': 'a: 1\n', 'pipelines/p/metadata.yaml': 'uuid: p\nblocks: []\n', [path]: text };
    const { notes } = await createSimulator({ project: { files } });
    expect(notes[0]).toMatch(new RegExp(`^${path}: `));
});

test('answers stay whole while the memory grows under them', () => {
    const filler = 'x'.repeat(200_000);
    const fork = sim.fork();
    for (let i = 1; i <= 60; i++) {
        // every round keeps and copies out more than the one before
        const run = trigger(i % 2 ? sim : fork, { i, filler });
        expect(run.event_variables).toEqual({ i, filler });
    }
    const runs = get(sim, '/api/pipeline_runs?_limit=100').pipeline_runs;
    expect(runs.map((run: any) => run.event_variables.i)).toEqual(
        Array.from({ length: 30 }, (_, index) => 59 - 2 * index),
    );
    expect(runs.every((run: any) => run.event_variables.filler === filler)).toBe(true);
    const copy = sim.fork();
    copy.restore(sim.snapshot());
    expect(copy.hash()).toBe(sim.hash());
});

test('an answer is the caller’s own: a later one does not change it', () => {
    const first = sim.handle({ method: 'GET', target: '/api/pipeline_schedules' });
    const text = textOf(first);
    for (let i = 0; i < 20; i++) trigger(sim, { i });
    expect(textOf(first)).toBe(text);
});

test('made and disposed of a hundred times, forks do not fill the memory', () => {
    for (let i = 0; i < 40; i++) trigger(sim, { filler: 'x'.repeat(100_000) });
    for (let i = 0; i < 100; i++) {
        const fork = sim.fork();
        fork.restore(sim.snapshot());
        fork.dispose();
    }
    expect(get(sim, '/api/pipeline_runs').metadata.count).toBe(40);
});
