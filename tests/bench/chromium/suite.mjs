// The benchmarks as a page: `window.rows` becomes a promise of the rows.
import wasmAddress from '../../../build/wasm/runsim.wasm?url';
import project from '../project.json';
import { suite } from '../suite.mjs';

async function run() {
    const rows = [];
    const wasm = await (await fetch(wasmAddress)).arrayBuffer();
    await suite({ wasm, project, add: (row) => rows.push(row), log: (line) => console.log(line) });
    return rows;
}
window.rows = run();
