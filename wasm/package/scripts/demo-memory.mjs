// Writes runsim-demo.wasm: what the module has in its memory once the world of the demo project is prepared, as a module of
// data alone. A browser that loads it into the first part of the module does without the code that reads projects.
// node scripts/demo-memory.mjs DIST
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = resolve(process.argv[2]);
const load = (name) => import(pathToFileURL(join(dist, name)).href);
const [{ default: createModule }, { demoProject }, { documentWith }] = await Promise.all(
    ['runsim.mjs', 'demo-project.js', 'project/files.js'].map(load),
);

const wasm = readFileSync(join(dist, 'runsim.wasm'));
const kStackSize = 1 << 20; // as wasm/CMakeLists.txt has it

async function instantiate() {
    const module = new WebAssembly.Module(wasm);
    let exports;
    const raw = await createModule({
        instantiateWasm(imports, ready) {
            const instance = new WebAssembly.Instance(module, imports);
            exports = instance.exports;
            ready(instance, module);
            return exports;
        },
    });
    const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
    return { raw, memory };
}

/** Fills what is free below `end` with zeros, by asking for it until there is no more: what was there is not needed. */
function clearFreeMemory(Engine, end) {
    const engines = [];
    const isBelow = (size) => {
        engines.push(new Engine());
        return engines.at(-1).input(size) < end;
    };
    for (let size = end; size > 8; size -= Math.ceil(size / 50)) while (isBelow(size));
    for (const engine of engines) engine.delete();
}

/** Where two states of the memory differ: [begin, end]. Some equal bytes between are cheaper than another segment. */
function differences(before, after) {
    const runs = [];
    for (let i = 0; i < after.length; i++) {
        if (after[i] === (before[i] ?? 0)) continue;
        if (runs.length > 0 && i - runs.at(-1)[1] < 256) runs.at(-1)[1] = i + 1;
        else runs.push([i, i + 1]);
    }
    return runs;
}

/** The first value of the first global, which is the pointer to the stack: it grows down from there. */
function stackTop(bytes) {
    let at = 8;
    const number = () => {
        for (let value = 0, shift = 0; ; shift += 7) {
            value |= (bytes[at] & 127) << shift;
            if (bytes[at++] < 128) return value;
        }
    };
    for (;;) {
        const id = bytes[at++];
        const size = number();
        if (id === 6) break;
        at += size;
    }
    number(); // how many globals
    at += 3; // a number of 32 bits, mutable, is this:
    return number();
}

// ---- writing

function number(value) {
    const bytes = [];
    for (; value >= 128; value >>>= 7) bytes.push((value & 127) | 128);
    return [...bytes, value];
}
const signed = (value) => {
    const bytes = number(value);
    return bytes.at(-1) < 64 ? bytes : [...bytes.slice(0, -1), bytes.at(-1) | 128, 0];
};
const text = (value) => [...number(value.length), ...Buffer.from(value)];
const section = (id, bytes) => [id, ...number(bytes.length), ...bytes];

function moduleOf(memoryName, segments) {
    const memory = [...text('first'), ...text(memoryName), 2, 0, ...number(1)];
    const data = segments.flatMap(([at, bytes]) => [0, 0x41, ...signed(at), 0x0b, ...number(bytes.length), ...bytes]);
    return Buffer.from([
        ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        ...section(2, [1, ...memory]),
        ...section(11, [...number(segments.length), ...data]),
    ]);
}

const first = new WebAssembly.Module(readFileSync(join(dist, 'runsim-first.wasm')));
const { name } = WebAssembly.Module.exports(first).find(({ name, kind }) => kind === 'memory' && name[0] === '$');

const { raw, memory } = await instantiate();
const engine = new raw.Engine();
const before = new Uint8Array(memory.buffer).slice();
const document = new TextEncoder().encode(documentWith(demoProject, {}));
new Uint8Array(memory.buffer).set(document, engine.input(document.length));
if (engine.prepare(document.length) === 0) throw new Error('the demo project cannot be read');
const end = engine.memory_used();
clearFreeMemory(raw.Engine, end);
const after = new Uint8Array(memory.buffer, 0, end).slice();
const top = stackTop(wasm);
after.set(before.subarray(top - kStackSize, top), top - kStackSize); // nothing is on the stack between two calls
const segments = differences(before, after).map(([begin, end]) => [begin, after.subarray(begin, end)]);
writeFileSync(join(dist, 'runsim-demo.wasm'), moduleOf(name, segments));
