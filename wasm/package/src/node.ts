import { createOn, type SimulatorOptions } from './create.js';
import { node } from './host/node-platform.js';
import type { Simulator } from './simulator.js';

// The entry for node: as index.ts, and it reads project folders.

export * from './api.js';

/** As in browsers; `project` may be a folder, too (see index.ts). */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
    return createOn(node, options);
}
