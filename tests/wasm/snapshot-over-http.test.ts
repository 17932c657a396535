import { createSimulator, type Simulator } from 'runsim';
import { type Server, serve } from 'runsim/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallProject } from './small-project.ts';
import { trigger } from './world.ts';

let sim: Simulator;
let server: Server;
beforeAll(async () => {
    sim = await createSimulator({ project: smallProject });
    server = await serve(sim, { port: 0 });
});
afterAll(async () => {
    await server.close();
    sim.dispose();
});

describe.each(['sim.fetch', 'serve'])('/__sim/snapshot through %s', (way) => {
    const ask = (init?: RequestInit): Promise<Response> =>
        way === 'serve' ? fetch(`${server.url}/__sim/snapshot`, init) : sim.fetch('/__sim/snapshot', init);

    test('gives the world, and takes it back', async () => {
        trigger(sim);
        const saved = await ask();
        expect([saved.status, saved.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
        const bytes = new Uint8Array(await saved.arrayBuffer());
        expect(Buffer.from(bytes).equals(sim.snapshot())).toBe(true);
        const [hash, at] = [sim.hash(), sim.now];
        sim.advance('1m');
        expect(sim.hash()).not.toBe(hash);
        const back = await ask({ method: 'PUT', body: bytes });
        expect([back.status, (await back.json()).clock.now]).toEqual([200, at]);
        expect(sim.hash()).toBe(hash);
    });

    test('refuses what is no snapshot, and other methods', async () => {
        const hash = sim.hash();
        const refused = await ask({ method: 'PUT', body: 'snap' });
        expect([refused.status, (await refused.json()).error.type]).toEqual([400, 'record_invalid']);
        expect((await ask({ method: 'PUT' })).status).toBe(400);
        expect((await ask({ method: 'POST', body: '' })).status).toBe(405);
        expect((await ask({ method: 'DELETE' })).status).toBe(405);
        expect((await ask({ method: 'OPTIONS' })).status).toBe(204);
        expect(sim.hash()).toBe(hash);
    });
});
