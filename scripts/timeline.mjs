// Prints the life of one run of projects/timeline, a status change a line: what docs/timeline.md explains.
// It needs the package: `make timeline` builds it and runs this.
import { fileURLToPath } from 'node:url';
import { createSimulator } from '../wasm/package/dist/node.js';

const sim = await createSimulator({ project: fileURLToPath(new URL('../projects/timeline', import.meta.url)) });
const startUs = sim.nowMicroseconds;
sim.advance(31_000_000);
const { status, body } = sim.handle({ method: 'GET', target: '/__sim/transitions?_limit=1000', headers: {} });
const answer = JSON.parse(new TextDecoder().decode(body));
if (status !== 200) throw new Error(answer.error.message);
sim.dispose();

const intervalUs = 10_000_000;
let tick = -1;
for (const { at_us, subject, id, block_uuid, from, to, why } of answer.transitions) {
    const us = at_us - startUs;
    for (; (tick + 1) * intervalUs <= us; ) {
        tick += 1;
        process.stdout.write(`${tick === 0 ? '' : '\n'}tick at ${(tick * intervalUs) / 1e6} s\n`);
    }
    const row = block_uuid === null ? `${subject} ${id}` : `${subject} ${id} (${block_uuid})`;
    const change = `${from ?? '-'} -> ${to}`;
    process.stdout.write(`${(us / 1e6).toFixed(6).padStart(11)}  ${row.padEnd(18)}${change.padEnd(24)}${why}\n`);
}
