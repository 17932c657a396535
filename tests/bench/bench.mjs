// The benchmarks of the wasm module, of a hand-written mock beside it, and of the sizes. Adds its rows to build/bench.json, where the
// native program has left its own, and prints the whole table.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Mock } from './mock.mjs';

const top = fileURLToPath(new URL('../..', import.meta.url));
const kSizes = [1_000, 10_000, 100_000];
const kPage = 20;
const kTrigger = '/api/pipeline_schedules/2/pipeline_runs/4506463a01944ef492f70005996dac1a';

const rows = existsSync(`${top}build/bench.json`)
    ? JSON.parse(readFileSync(`${top}build/bench.json`, 'utf8')).filter((row) => row.where === 'native')
    : [];
const add = (name, where, runs, offset, value, unit) => {
    rows.push({ name, where, runs, offset, value: Number(value.toPrecision(4)), unit });
    console.error(`   ${where} ${name}${runs ? ` (${runs} runs)` : ''}`);
};

// The tenth percentile of `times` timings of `work`, in microseconds a call; `before` and `after` are not timed. On a busy machine most
// timings are of the machine, the quick ones of the work.
function quick(times, work, before = () => undefined, after = () => undefined) {
    const taken = [];
    for (let i = 0; i < times; i++) {
        const given = before();
        const start = performance.now();
        work(given);
        taken.push((performance.now() - start) * 1000);
        after(given);
    }
    return taken.sort((a, b) => a - b)[Math.floor(times / 10)];
}
// The same for what is too quick for one timing: `inner` calls are one.
const quickOfMany = (times, inner, work) =>
    quick(times, () => {
        for (let i = 0; i < inner; i++) work();
    }) / inner;

// ---- the module

const { default: load } = await import(`${top}build/wasm/runsim.mjs`);
const module = await load({ wasmBinary: readFileSync(`${top}build/wasm/runsim.wasm`) });
const encoder = new TextEncoder();

function put(engine, bytes) {
    const at = engine.input(bytes.length);
    module.HEAPU8.set(bytes, at);
}
const target = (offset) => `/api/pipeline_schedules/1/pipeline_runs?_limit=${kPage}&_offset=${offset}`;
const request = (method, path, body = '') => encoder.encode(`${method} ${path}\n\n${body}`);

// Bytes to bytes, as a caller has it: copied in, answered, copied out.
function handle(engine, bytes) {
    put(engine, bytes);
    const status = engine.handle(bytes.length);
    const at = engine.body();
    return { status, body: module.HEAPU8.slice(at, at + engine.body_size()) };
}

const project = JSON.parse(readFileSync(new URL('./project.json', import.meta.url), 'utf8'));
function newWorld() {
    const engine = new module.Engine();
    const document = encoder.encode(JSON.stringify(project));
    put(engine, document);
    if (!engine.create(document.length))
        throw new Error(
            new TextDecoder().decode(module.HEAPU8.slice(engine.body(), engine.body() + engine.body_size())),
        );
    return engine;
}
const count = (engine) =>
    JSON.parse(new TextDecoder().decode(handle(engine, request('GET', target(0))).body)).metadata.count;

// What the module has in use, in bytes: all of its memory less the blocks of 64 KiB that it can give before it grows. What is free in
// smaller pieces counts as used.
function usedBytes() {
    const kBlock = 64 * 1024;
    const total = module.HEAPU8.length;
    const blocks = [];
    while (module.HEAPU8.length === total) {
        blocks.push(new module.Engine());
        blocks.at(-1).input(kBlock);
    }
    for (const block of blocks) block.delete();
    return total - (blocks.length - 1) * kBlock;
}

// A run a minute: so many runs are finished after so many minutes.
const minutes = (n) => n * 60e6;

// V8 compiles what has run often a second time, better: that is not to be measured.
{
    const engine = newWorld();
    engine.advance_to(engine.now() + minutes(1_000), 1e9, 1e9);
    for (let i = 0; i < 3_000; i++) {
        const fork = engine.fork();
        for (let j = 0; j < 2; j++) handle(fork, request('GET', target(0)));
        handle(fork, request('POST', kTrigger, '{"env": "dev", "test": 1}'));
        fork.delete();
    }
    engine.delete();
}

for (const size of kSizes) {
    const engine = newWorld();
    const before = usedBytes();
    const start = engine.now();
    const begun = performance.now();
    engine.advance_to(start + minutes(size) - 10e6, 1e9, 1e9);
    const seconds = (performance.now() - begun) / 1000;
    const made = count(engine);
    if (made !== size) throw new Error(`${made} runs were made, not ${size}`);
    if (size === kSizes.at(-1)) {
        // To running and completed of a run, to queued, running and completed of its 4 block runs.
        const changes = 2 + 4 * 3;
        add('make finished runs by the clock', 'wasm', size, null, seconds, 's');
        add('status changes', 'wasm', size, null, (size * changes) / seconds / 1e6, 'M/s');
        add('memory of a run', 'wasm', size, null, (usedBytes() - before) / size, 'B/run');
    }
    for (const offset of [0, size - kPage]) {
        const bytes = request('GET', target(offset));
        // A fork keeps no text: its first page makes every text anew.
        const cold = quick(
            300,
            (fork) => handle(fork, bytes),
            () => engine.fork(),
            (fork) => fork.delete(),
        );
        add('page of 20, cold', 'wasm', size, offset, cold, 'us');
        for (let i = 0; i < 50; i++) handle(engine, bytes);
        add(
            'page of 20, warm',
            'wasm',
            size,
            offset,
            quickOfMany(40, 50, () => handle(engine, bytes)),
            'us',
        );
    }
    add(
        'fork',
        'wasm',
        size,
        null,
        quick(30, () => engine.fork().delete()),
        'us',
    );
    const fork = engine.fork();
    const bytes = request('POST', kTrigger, '{"env": "dev", "test": 1}');
    if (handle(fork, bytes).status !== 200) throw new Error('the trigger failed');
    add(
        'trigger',
        'wasm',
        size,
        null,
        quickOfMany(40, 50, () => handle(fork, bytes)),
        'us',
    );
    fork.delete();
    engine.delete();
}

// ---- the mock

for (const size of kSizes) {
    const mock = new Mock(size);
    for (const offset of [0, size - kPage]) {
        for (let i = 0; i < 200; i++) {
            mock.page(target(offset), false);
            mock.page(target(offset), true);
        }
        add(
            'page of 20, cold',
            'js',
            size,
            offset,
            quickOfMany(40, 20, () => mock.page(target(offset), false)),
            'us',
        );
        add(
            'page of 20, warm',
            'js',
            size,
            offset,
            quickOfMany(40, 20, () => mock.page(target(offset), true)),
            'us',
        );
    }
    const body = encoder.encode('{"env": "dev", "test": 1}');
    for (let i = 0; i < 50; i++) mock.trigger(body);
    add(
        'trigger',
        'js',
        size,
        null,
        quickOfMany(40, 5, () => mock.trigger(body)),
        'us',
    );
}

// ---- sizes

const packed = (files) => {
    const sum = { raw: 0, gzip: 0, brotli: 0 };
    for (const file of files) {
        const content = readFileSync(file);
        sum.raw += content.length;
        sum.gzip += gzipSync(content, { level: 9 }).length;
        sum.brotli += brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    }
    return sum;
};
const filesBelow = (folder) =>
    readdirSync(folder).flatMap((name) =>
        statSync(`${folder}/${name}`).isDirectory() ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`],
    );
const sizes = { 'engine + glue': [`${top}build/wasm/runsim.wasm`, `${top}build/wasm/runsim.mjs`] };
if (existsSync(`${top}web/dist`)) sizes['whole page'] = filesBelow(`${top}web/dist`);
for (const [name, files] of Object.entries(sizes))
    for (const [how, bytes] of Object.entries(packed(files)))
        add(`${name}, ${how}`, 'wasm', null, null, bytes / 1000, 'kB');

writeFileSync(`${top}build/bench.json`, `${JSON.stringify(rows, null, 1)}\n`);
const shown = (value) => (value === null ? '' : String(value));
const table = [
    ['name', 'where', 'runs', 'offset', 'value', 'unit'],
    ...rows.map((r) => [r.name, r.where, shown(r.runs), shown(r.offset), String(r.value), r.unit]),
];
const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
for (const row of table)
    console.log(
        row
            .map((cell, i) => (i >= 2 && i <= 4 ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
            .join('  ')
            .trimEnd(),
    );
