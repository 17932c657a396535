import { argumentError } from './base/errors.js';
import { createOn, type SimulatorOptions } from './create.js';
import type { Platform } from './host/module.js';
import type { Simulator } from './simulator.js';

// The entry for browsers, and for whatever else has fetch and WebAssembly but no disk.

export * from './api.js';

const browser: Platform = {
    // Bundlers follow these very expressions.
    shipped: {
        module: new URL('./runsim-first.wasm', import.meta.url),
        rest: new URL('./runsim-rest.wasm', import.meta.url),
        demo: new URL('./runsim-demo.wasm', import.meta.url),
    },
    async read(address) {
        const response = await fetch(address);
        if (!response.ok) throw new Error(`the server answered ${response.status}`);
        return response;
    },
    async readProjectFolder(folder) {
        const path = JSON.stringify(String(folder));
        throw argumentError('project', `only node can read a folder such as ${path}; pass an object`);
    },
};

/**
 * A pipeline-run server in memory, on a virtual clock.
 *
 * @example
 * const sim = await createSimulator({ now: '2026-01-01 00:00:00' });
 * await sim.fetch('/api/pipeline_schedules/71/pipeline_runs/4506463a01944ef492f70005996dac1a', {
 *     method: 'POST',
 *     body: JSON.stringify({ env: 'dev' }),
 * });
 * sim.advance('10m');
 *
 * @throws {RunsimError} (as a rejection) `bad_argument`, `bad_project`, `no_module`
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
    return createOn(browser, options);
}
