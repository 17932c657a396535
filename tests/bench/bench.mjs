// The benchmarks of JavaScript engines beside the native ones, and sizes: scripts/node tests/bench/bench.mjs [ENGINE...]
// Engines are `system` (the node of PATH), `newest` (the node that runs this) and `chromium`; all of them if none is named. Adds its rows to
// build/bench.json, where the native program has left its own, and prints all tables. What the rows mean: suite.mjs.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { aims } from './aims.mjs';
import { benchInChromium, firstLoad } from './chromium-engine.mjs';
import { columns, tables } from './report.mjs';
import { fileRows, filesBelow, sizeRows } from './sizes.mjs';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const kReport = path('build/bench.json');
const newest = `node ${process.versions.node}`;
const wanted = process.argv.slice(2);
const isWanted = (engine) => wanted.length === 0 || wanted.includes(engine);
const log = (line) => console.error(line);

const rows = existsSync(kReport)
    ? JSON.parse(readFileSync(kReport, 'utf8'))
          .filter(({ where }) => where === 'native')
          .map((row) => ({ ...row, engine: 'native' }))
    : [];
// Undefined is null in JSON, and every row has every field.
function add({ name, engine, where, runs = null, offset = null, value = null, unit, note }) {
    rows.push({ name, engine, where, runs, offset, value: value && Number(value.toPrecision(4)), unit, note });
}

function benchInNode(node) {
    const args = ['--expose-gc', fileURLToPath(new URL('node-engine.mjs', import.meta.url))];
    const { status, stdout } = spawnSync(node, args, {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error(`${node} ended with ${status}`);
    for (const row of JSON.parse(stdout)) add(row);
}

const system = spawnSync('node', ['--version'], { encoding: 'utf8' }).stdout?.trim();
if (isWanted('system') && system && system !== process.version) {
    log(`== node ${system.slice(1)}`);
    benchInNode('node');
}
if (isWanted('newest')) {
    log(`== ${newest}`);
    benchInNode(process.execPath);
}
if (isWanted('chromium')) {
    log('== Chromium');
    await benchInChromium(add, log);
}

const addFiles = (row) => add({ engine: 'any', ...row });
const shipped = (name) => path(`wasm/package/dist/${name}`);
sizeRows('engine + glue', [shipped('runsim-first.wasm'), shipped('runsim.mjs')]).forEach(addFiles);
sizeRows('demo project, prepared', [shipped('runsim-demo.wasm')]).forEach(addFiles);
sizeRows('rest of the engine', [shipped('runsim-rest.wasm')]).forEach(addFiles);
sizeRows('whole page', filesBelow(path('web/dist'))).forEach(addFiles);
const first = await firstLoad();
sizeRows('first load', first).forEach(addFiles);
fileRows('first load', first).forEach(addFiles);

writeFileSync(kReport, `${JSON.stringify(rows, null, 1)}\n`);
console.log(tables(rows).join('\n'));
console.log(`\n== aims, by ${newest}\n`);
console.log(columns(aims(rows, newest), 2).join('\n'));
