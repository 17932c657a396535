// The world of a document that was made before is copied. Whether it was must be nobody's business.
import { readFileSync } from 'node:fs';
import { createSimulator, type Simulator, type SimulatorOptions } from 'runsim';
import { expect, test } from 'vitest';
import { smallProject, triggerTarget } from './small-project.ts';

const bytes = readFileSync(new URL('../../wasm/package/dist/runsim.wasm', import.meta.url));
/** From bytes a module is compiled anew: nothing was made by it before. */
const anew = (options: SimulatorOptions) => createSimulator({ ...options, wasm: bytes });

/** Calls and time, with all that can be seen. */
function storyOf(sim: Simulator): unknown[] {
    const seen: unknown[] = [sim.clock, sim.notes, sim.hash()];
    const ask = (method: string, target: string, body = '') => {
        const answer = sim.handle({ method, target, body });
        seen.push({ ...answer, body: new TextDecoder().decode(answer.body) });
    };
    for (let i = 0; i < 3; i++) {
        ask('POST', triggerTarget, '{"variables": {"n": 1}}');
        ask('POST', '/api/pipelines', `{"pipeline": {"name": "new ${i}"}}`);
        sim.advance('7s');
        ask('GET', '/api/pipeline_runs?_limit=5');
        ask('GET', '/api/pipelines');
    }
    const fork = sim.fork();
    fork.advance('26h');
    sim.reset();
    return [...seen, fork.hash(), sim.hash(), fork.snapshot()];
}

test.each<[string, SimulatorOptions]>([
    ['the demo project', {}],
    ['a small project', { project: smallProject }],
    ['another seed', { project: smallProject, seed: 7, now: '2026-03-01 00:00:00', auth: true }],
])('a world that is made again is the same: %s', async (_, options) => {
    const expected = storyOf(await anew(options));
    for (let i = 0; i < 3; i++) {
        const [sim, untouched] = [await createSimulator(options), await createSimulator(options)];
        const before = untouched.hash();
        expect(storyOf(sim)).toEqual(expected);
        expect(untouched.hash()).toBe(before);
        for (const one of [sim, untouched]) one.dispose();
    }
});

test('worlds of several documents do not get mixed up', async () => {
    const all: SimulatorOptions[] = [
        { seed: 1 },
        { seed: 2 },
        { project: smallProject },
        { seed: 1 },
        { seed: 1 },
        { seed: 2 },
    ];
    for (const options of all) expect((await createSimulator(options)).hash()).toBe((await anew(options)).hash());
});

test('a project with mistakes has them each time', async () => {
    const project = { ...smallProject, runsim: { scheduler_interval: 'often' } };
    for (let i = 0; i < 3; i++)
        await expect(createSimulator({ project })).rejects.toMatchObject({ code: 'bad_project' });
    expect((await createSimulator({ project: smallProject })).now).toBe('2026-01-01T00:00:00.000000+00:00');
});
