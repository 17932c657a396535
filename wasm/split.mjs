// Splits the module in two: `first` has everything that a world needs to begin once it is prepared, and to answer the usual
// requests. `rest` has what only other requests need, and what reads projects. Writes, into FOLDER: runsim.wasm (all of it,
// without the names of functions), runsim-first.wasm, runsim-rest.wasm.
// node split.mjs NAMED.wasm USUAL.txt FOLDER
//
// NAMED.wasm was linked with --profiling-funcs. USUAL.txt names the handlers of the usual requests. The roots of `rest` are all
// other handlers, of the API and of /__sim, and the methods of the class that are called only once the module is whole. A
// function goes to `rest` only if every way to it, by direct calls, begins at a root, and roots are called through the table of
// functions alone. So nothing can reach `rest` but a request for one of these handlers and those methods, and the package loads
// `rest` before it hands one on (wasm/package/src/host/usual.ts). Until then the bodies of these functions trap.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [named, usual, folder] = process.argv.slice(2);

// ---- reading

const kSection = {
    custom: 0,
    type: 1,
    import: 2,
    function: 3,
    table: 4,
    memory: 5,
    global: 6,
    export: 7,
    element: 9,
    code: 10,
};
const kFunction = 0; // the kinds of imports and exports
const kTable = 1;
const kMemory = 2;
const kGlobal = 3;

class Reader {
    constructor(bytes, at = 0) {
        this.bytes = bytes;
        this.at = at;
    }
    byte() {
        return this.bytes[this.at++];
    }
    number() {
        let value = 0;
        for (let shift = 0; ; shift += 7) {
            const byte = this.byte();
            value += (byte & 127) * 2 ** shift;
            if (byte < 128) return value;
        }
    }
    skipNumber() {
        while (this.byte() >= 128);
    }
    skip(size) {
        this.at += size;
    }
    text() {
        const size = this.number();
        this.skip(size);
        return new TextDecoder().decode(this.bytes.subarray(this.at - size, this.at));
    }
    list(read) {
        return Array.from({ length: this.number() }, read);
    }
    // What `read` passes over, as it is.
    span(read) {
        const begin = this.at;
        read();
        return this.bytes.subarray(begin, this.at);
    }
}

const skipLimits = (reader) => {
    const hasMost = reader.byte() & 1;
    reader.skipNumber();
    if (hasMost) reader.skipNumber();
};
const skipTable = (reader) => {
    reader.byte();
    skipLimits(reader);
};
const skipGlobal = (reader) => reader.skip(2);

function readModule(bytes) {
    const reader = new Reader(bytes, 8);
    const sections = [];
    while (reader.at < bytes.length) {
        const id = reader.byte();
        const size = reader.number();
        sections.push({ id, bytes: bytes.subarray(reader.at, reader.at + size) });
        reader.skip(size);
    }
    const inside = (id) => {
        const section = sections.find((each) => each.id === id);
        return section && new Reader(section.bytes);
    };
    const module = { sections, types: [], tables: [], memories: [], globals: [], names: new Map() };

    let reading = inside(kSection.import);
    module.imports = reading.list(() => {
        reading.text();
        reading.text();
        if (reading.byte() !== kFunction) throw new Error('an import that is no function');
        module.types.push(reading.number());
    }).length;
    reading = inside(kSection.function);
    reading.list(() => module.types.push(reading.number()));
    reading = inside(kSection.table);
    reading.list(() => module.tables.push(reading.span(() => skipTable(reading))));
    reading = inside(kSection.memory);
    reading.list(() => module.memories.push(reading.span(() => skipLimits(reading))));
    reading = inside(kSection.global);
    reading.list(() => {
        module.globals.push(reading.span(() => skipGlobal(reading)));
        skipInstructions(reading);
    });
    reading = inside(kSection.export);
    module.exports = reading.list(() => ({ name: reading.text(), kind: reading.byte(), index: reading.number() }));
    reading = inside(kSection.element);
    module.table = new Map(reading.list(() => readElements(reading)).flat());
    reading = inside(kSection.code);
    module.bodies = reading.list(() => {
        const size = reading.number();
        reading.skip(size);
        return reading.bytes.subarray(reading.at - size, reading.at);
    });
    for (const section of sections) if (section.id === kSection.custom) readNames(section.bytes, module.names);
    return module;
}

// Pairs of a place in the table and a function.
function readElements(reader) {
    if (reader.number() !== 0 || reader.byte() !== 0x41) throw new Error('elements in an unknown form');
    let place = reader.number();
    reader.byte();
    return reader.list(() => [place++, reader.number()]);
}

function readNames(bytes, names) {
    const reader = new Reader(bytes);
    if (reader.text() !== 'name') return;
    while (reader.at < bytes.length) {
        const kind = reader.byte();
        const end = reader.number() + reader.at;
        if (kind === 1) reader.list(() => names.set(reader.number(), reader.text()));
        reader.at = end;
    }
}

// Reads up to the end of an expression, and calls `onFunction` at each index of a function in it.
function skipInstructions(reader, onFunction = () => {}) {
    for (let depth = 1; depth > 0; ) {
        const code = reader.byte();
        if (code === 0x0b) depth--;
        else if (code >= 0x02 && code <= 0x04) {
            depth++;
            reader.skipNumber();
        } else if (code === 0x10 || code === 0xd2) onFunction();
        else if (code === 0x0e) {
            reader.list(() => reader.skipNumber());
            reader.skipNumber();
        } else if (code === 0x1c) reader.list(() => reader.byte());
        else if (code === 0x11 || (code >= 0x28 && code <= 0x3e)) {
            reader.skipNumber();
            reader.skipNumber();
        } else if ([0x0c, 0x0d, 0x3f, 0x40, 0x41, 0x42, 0xd0].includes(code) || (code >= 0x20 && code <= 0x26))
            reader.skipNumber();
        else if (code === 0x43) reader.skip(4);
        else if (code === 0x44) reader.skip(8);
        else if (code === 0xfc) skipLongInstruction(reader);
        else if (
            !(code <= 0x01 || code === 0x05 || code === 0x0f || [0x1a, 0x1b, 0xd1].includes(code)) &&
            !(code >= 0x45 && code <= 0xc4)
        )
            throw new Error(`an unknown instruction, 0x${code.toString(16)}`);
    }
}

// Conversions of numbers, and copying and filling of memory; others would name data or tables.
function skipLongInstruction(reader) {
    const code = reader.number();
    if (code > 7 && code !== 10 && code !== 11) throw new Error(`an unknown instruction, 0xfc ${code}`);
    if (code >= 10) reader.skip(code === 10 ? 2 : 1);
}

// The functions that a body names, each with the place of its index: [begin, end, function].
function callsIn(body) {
    const reader = new Reader(body);
    reader.list(() => {
        reader.skipNumber();
        reader.byte();
    });
    const calls = [];
    skipInstructions(reader, () => {
        const begin = reader.at;
        const callee = reader.number();
        calls.push([begin, reader.at, callee]);
    });
    return calls;
}

// ---- what goes where

// Returns the name of a handler of the API or of /__sim, or undefined. Emscripten's linker may leave names as the compiler made them.
function handlerName(name) {
    const plain = /^runsim::(?:api::)?(\w+)\(runsim::(?:api::Call&|api::RoutedRequest const&|SimWorld const&)[,)]/.exec(
        name,
    );
    if (plain) return plain[1];
    const [, size, rest = ''] = /^_ZN6runsim(?:3api)?(\d+)(\w+)$/.exec(name) ?? [];
    const isHandler = /^ER(?:NS0_4CallE|KNS0_13RoutedRequestE|KNS_8SimWorldE)/.test(rest.slice(size));
    return isHandler ? rest.slice(0, size) : undefined;
}

// The methods of bindings.cpp that the package calls only once the module is whole (host/engine.ts).
const rareMethods = 'create|prepare|save|load|hash|journal|play|at|rewind|compare';
const rareMethod = new RegExp(
    `^\\(anonymous namespace\\)::Engine::(?:${rareMethods})\\(|^_ZN12_GLOBAL__N_16Engine\\d(?:${rareMethods})E`,
);

function functionsOfRest(module, usualNames) {
    const callees = module.bodies.map((body) => callsIn(body).map(([, , callee]) => callee));
    const inTable = new Set(module.table.values());
    const known = new Set();
    const roots = new Set();
    for (const callee of inTable) {
        const name = module.names.get(callee) ?? '';
        const handler = handlerName(name);
        if (handler !== undefined) known.add(handler);
        const isRare = handler === undefined ? rareMethod.test(name) : !usualNames.has(handler);
        if (isRare) roots.add(callee);
    }
    const missing = [...usualNames].filter((name) => !known.has(name));
    if (missing.length > 0 || roots.size === 0)
        throw new Error(`handlers of the API are not in the module: ${missing.join(', ') || 'all of them'}`);

    const reached = new Set();
    const toVisit = module.exports.filter(({ kind }) => kind === kFunction).map(({ index }) => index);
    toVisit.push(...[...inTable].filter((callee) => !roots.has(callee)));
    for (let callee = toVisit.pop(); callee !== undefined; callee = toVisit.pop()) {
        if (reached.has(callee)) continue;
        reached.add(callee);
        if (callee >= module.imports) toVisit.push(...callees[callee - module.imports]);
    }
    return module.bodies.map((_, i) => i + module.imports).filter((callee) => !reached.has(callee));
}

// ---- writing

function number(value) {
    const bytes = [];
    for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    return [...bytes, value];
}
const signed = (value) => {
    const bytes = number(value);
    return bytes.at(-1) < 64 ? bytes : [...bytes.slice(0, -1), bytes.at(-1) + 128, 0];
};
const text = (value) => [...number(value.length), ...Buffer.from(value)];
const list = (items) => Buffer.concat([Buffer.from(number(items.length)), ...items.map((item) => Buffer.from(item))]);
const sized = (bytes) => Buffer.concat([Buffer.from(number(bytes.length)), bytes]);
const kHead = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const moduleOf = (sections) =>
    Buffer.concat([kHead, ...sections.map(({ id, bytes }) => Buffer.concat([Buffer.from([id]), sized(bytes)]))]);

const kTrap = Buffer.from([0x00, 0x00, 0x0b]);

const whole = (module) => moduleOf(module.sections.filter(({ id }) => id !== kSection.custom));

// The names of what the two parts share, as exports of the first: those that are there, and new ones as needed.
class Shared {
    #module;
    #added = [];
    #names = new Map();

    constructor(module, digest) {
        this.#module = module;
        for (const { name, kind, index } of module.exports) this.#names.set(`${kind} ${index}`, name);
        this.#add(kMemory, 0, `$${digest}`); // so that parts of two builds do not fit together
    }
    #add(kind, index, name) {
        this.#names.set(`${kind} ${index}`, name);
        this.#added.push({ name, kind, index });
        return name;
    }
    name(kind, index) {
        return (
            this.#names.get(`${kind} ${index}`) ?? this.#add(kind, index, `$${(this.#added.length - 1).toString(36)}`)
        );
    }
    get exports() {
        return list(
            [...this.#module.exports, ...this.#added].map(({ name, kind, index }) => [
                ...text(name),
                kind,
                ...number(index),
            ]),
        );
    }
}

function restOf(module, moved, shared) {
    const callees = moved.map((callee) => callsIn(module.bodies[callee - module.imports]));
    const isMoved = new Set(moved);
    const borrowed = [...new Set(callees.flat().map(([, , callee]) => callee))].filter(
        (callee) => !isMoved.has(callee),
    );
    const indexes = new Map([...borrowed, ...moved].map((callee, i) => [callee, i]));
    const of = (kind, index, description) => [
        ...text('first'),
        ...text(shared.name(kind, index)),
        kind,
        ...description,
    ];
    const imports = [
        ...borrowed.sort((a, b) => a - b).map((callee) => of(kFunction, callee, number(module.types[callee]))),
        ...module.tables.map((type, i) => of(kTable, i, type)),
        ...module.memories.map((type, i) => of(kMemory, i, type)),
        ...module.globals.map((type, i) => of(kGlobal, i, type)),
    ];
    for (const [i, callee] of borrowed.entries()) indexes.set(callee, i);
    const places = [...module.table].filter(([, callee]) => isMoved.has(callee));
    const bodies = moved.map((callee, i) => renumbered(module.bodies[callee - module.imports], callees[i], indexes));
    const type = module.sections.find(({ id }) => id === kSection.type);
    return moduleOf([
        type,
        { id: kSection.import, bytes: list(imports) },
        { id: kSection.function, bytes: list(moved.map((callee) => number(module.types[callee]))) },
        {
            id: kSection.element,
            bytes: list(
                places.map(([place, callee]) => [0, 0x41, ...signed(place), 0x0b, 1, ...number(indexes.get(callee))]),
            ),
        },
        { id: kSection.code, bytes: list(bodies.map(sized)) },
    ]);
}

function renumbered(body, calls, indexes) {
    const parts = [];
    let at = 0;
    for (const [begin, end, callee] of calls) {
        parts.push(body.subarray(at, begin), Buffer.from(number(indexes.get(callee))));
        at = end;
    }
    return Buffer.concat([...parts, body.subarray(at)]);
}

function firstOf(module, moved, shared) {
    const isMoved = new Set(moved);
    const bodies = module.bodies.map((body, i) => sized(isMoved.has(i + module.imports) ? kTrap : body));
    const changed = new Map([
        [kSection.export, shared.exports],
        [kSection.code, list(bodies)],
    ]);
    return moduleOf(
        module.sections
            .filter(({ id }) => id !== kSection.custom)
            .map(({ id, bytes }) => ({ id, bytes: changed.get(id) ?? bytes })),
    );
}

const module = readModule(readFileSync(named));
const usualNames = new Set(readFileSync(usual, 'utf8').match(/^\w+/gm));
const moved = functionsOfRest(module, usualNames);
const all = whole(module);
const shared = new Shared(module, createHash('sha256').update(all).digest('hex').slice(0, 8));
const write = (name, bytes) => writeFileSync(join(folder, name), bytes);
write('runsim.wasm', all);
write('runsim-rest.wasm', restOf(module, moved, shared));
write('runsim-first.wasm', firstOf(module, moved, shared));
