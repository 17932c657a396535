import { createSimulator } from 'runsim';
import { expect, test, vi } from 'vitest';
import { Engine } from '../../wasm/package/dist/host/engine.js';
import { type Instance, instantiate } from '../../wasm/package/dist/host/module.js';
import { node } from '../../wasm/package/dist/host/node-platform.js';
import { Simulator } from '../../wasm/package/dist/simulator.js';
import { smallProject } from './small-project.ts';

// A bug in the core ends its instance. This makes one happen: a question to a world that was never made.
const kill = (instance: Instance): unknown => {
    const raw = instance.newEngine();
    return instance.call(() => raw.now());
};
const document = JSON.stringify({ ...smallProject, options: {} });
const dead = expect.objectContaining({
    name: 'RunsimError',
    code: 'dead',
    message: expect.stringMatching(
        /^the WebAssembly instance is dead and its world is lost \(.*a call before create.*\); make a new/,
    ),
});

test('a dead instance says so and why, at this call and at every later one', async () => {
    const instance = await instantiate(undefined, node);
    const engine = Engine.create(instance, document);
    const sim = new Simulator(engine, engine.fork(), undefined);
    const fork = sim.fork();
    expect(() => kill(instance)).toThrow(dead);
    for (const one of [sim, fork]) {
        expect(() => one.handle({ method: 'GET', target: '/api/statuses' })).toThrow(dead);
        expect(() => one.now).toThrow(dead);
        expect(() => one.snapshot()).toThrow(dead);
        await expect(one.fetch('/api/statuses')).rejects.toEqual(dead);
        one.dispose(); // no error: there is nothing left to give back
    }
});

test('other instances live on', async () => {
    const instance = await instantiate(undefined, node);
    const other = await createSimulator({ project: smallProject });
    expect(() => kill(instance)).toThrow(dead);
    other.advance('1m');
    expect(other.handle({ method: 'GET', target: '/api/statuses' }).status).toBe(200);
});

test('a clock whose world died stops, and throws nothing out of its timer', async () => {
    vi.useFakeTimers();
    const instance = await instantiate(undefined, node);
    const engine = Engine.create(instance, document);
    const sim = new Simulator(engine, engine.fork(), 1);
    expect(() => kill(instance)).toThrow(dead);
    vi.advanceTimersByTime(5000);
    expect(vi.getTimerCount()).toBe(0);
    sim.dispose();
    vi.useRealTimers();
});
