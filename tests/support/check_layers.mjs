// Rules that the compiler does not see (core/README.md). Run by: node --test tests/support/check_layers.mjs
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
const layers = ['base', 'json', 'model', 'store', 'lifecycle', 'api', 'sim'];

// The folders of a layer, in this order: a file includes its own room and those before it. '' is the layer's own folder.
const rooms = {
    base: ['', 'text', 'date'],
    json: ['floats', ''],
    model: [''],
    store: [''],
    lifecycle: 'cron instance rows blocks schedules workers runs scheduler requests logs why'.split(' '),
    api: 'errors http rows calls runs events schedules pipelines block_runs accounts ui frame'.split(' '),
    sim: 'reading documents http world journal'.split(' '),
};
const mostUnits = 16; // of a folder of core; a unit is a .cpp file, its header, or both

// Clocks, locales, hash order and distributions differ between the native build and wasm; <format> is missing from Emscripten 3.1.6.
const forbiddenHeaders =
    /^(chrono|random|ctime|time\.h|sys\/time\.h|locale|thread|mutex|future|atomic|filesystem|fstream|iostream|format|regex)$/;
const forbiddenWords = [
    [/\b__EMSCRIPTEN__\b/, 'core is the same everywhere'],
    [/\bstd::hash\b/, 'differs between standard libraries'],
    [/\bstd::(?:random_)?shuffle\b/, 'differs between standard libraries'],
    [/\bstd::\w+_distribution\b/, 'differs between standard libraries'],
    [/\bstd::(?:log|log2|log10|exp|pow|sin|cos|tan)\s*\(/, 'rounds differently in wasm'],
    [/\bstd::(?:bit_cast|source_location)\b/, 'missing from Emscripten 3.1.6'],
    [/\b(?:throw|catch)\b\s*[^;{]*[({;]/, 'core is built without exceptions'],
    [/\bsystem_clock|steady_clock|gettimeofday|std::time\b/, "time comes from the world's clock"],
];

// What a standard header declares: one that has it by way of another has it on one system and lacks it on the next.
const standardNames = [
    [
        'algorithm',
        /\bstd::(?:(?:min|max)(?:_element)?|clamp|(?:stable_)?sort|(?:any|all|none)_of|find_if(?:_not)?|count_if)\b/,
    ],
    [
        'algorithm',
        /\bstd::(?:lower_bound|upper_bound|partition_point|reverse|equal|copy(?:_n)?|fill|remove_if|unique)\b/,
    ],
    ['array', /\bstd::array\b/],
    ['charconv', /\bstd::(?:from|to)_chars\b/],
    ['cstdint', /\bstd::u?int(?:8|16|32|64|ptr)_t\b/],
    ['cstdio', /\bstd::(?:snprintf|printf|fprintf|fputs|puts)\b/],
    ['cstring', /\bstd::mem(?:cpy|cmp|move|chr)\b/],
    ['deque', /\bstd::deque\b/],
    ['functional', /\bstd::(?:function|less|greater)\b/],
    ['limits', /\bstd::numeric_limits\b/],
    ['map', /\bstd::map\b/],
    ['memory', /\bstd::(?:make_)?(?:unique|shared)(?:_ptr)?\s*</],
    ['optional', /\bstd::(?:optional|nullopt)\b/],
    ['span', /\bstd::span\b/],
    ['string', /\bstd::(?:string|to_string)\b/],
    ['string_view', /\bstd::string_view\b/],
    ['tuple', /\bstd::(?:tuple|tie)\b/],
    ['utility', /\bstd::(?:pair|exchange|swap)\b|\bstd::move\(/],
    ['variant', /\bstd::(?:variant|visit|get_if|holds_alternative|monostate)\b/],
    ['vector', /\bstd::vector\b/],
];

function filesUnder(folder, ending) {
    if (!existsSync(folder)) return []; // a layer without tests has no folder in a checkout
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(path, ending);
        return ending.test(entry.name) ? [path] : [];
    });
}

// Blanks comments and the contents of strings, keeping every line where it was.
function codeOf(text) {
    const pieces = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"(\w*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g;
    return text.replace(pieces, (piece) => (piece.startsWith('/') ? '' : '""') + piece.replace(/[^\n]/g, ''));
}

function* linesOf(path) {
    const text = readFileSync(path, 'utf8');
    const code = codeOf(text).split('\n');
    for (const [index, line] of text.split('\n').entries()) {
        yield { place: `${relative(top, path)}:${index + 1}`, line, code: code[index] };
    }
}

function memoised(work) {
    const known = new Map();
    return (key) => known.get(key) ?? known.set(key, work(key)).get(key);
}

function includeOf(line) {
    const match = /^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")/.exec(line);
    return match && { system: match[1], own: match[2] };
}

const sources = ['core', 'tests', 'wasm'].flatMap((folder) => filesUnder(join(top, folder), /\.(?:cpp|hpp)$/));

// The standard headers that a file includes, itself or by headers of ours.
const headersOf = memoised((path) => {
    const headers = new Set();
    for (const { line } of linesOf(path)) {
        const include = includeOf(line);
        if (include?.system) headers.add(include.system);
        if (!include?.own) continue;
        const own = ['core', 'tests', dirname(path)]
            .map((folder) => resolve(top, folder, include.own))
            .find(existsSync);
        for (const header of own ? headersOf(own) : []) headers.add(header);
    }
    return headers;
});

// The layer and the room of a path below core.
function placeOf(path) {
    const [layer, ...folders] = dirname(path).split('/');
    return { layer, room: folders.join('/') };
}

// What is wrong with a line of a file of core/<layer>/<room>, or undefined.
function faultOf(layer, room, line, code) {
    const include = includeOf(line);
    if (include?.own) {
        const target = placeOf(include.own);
        if (!layers.includes(target.layer)) return `includes "${include.own}", which names no layer`;
        if (layers.indexOf(target.layer) > layers.indexOf(layer))
            return `includes ${target.layer}, a layer to the right of ${layer}`;
        const order = rooms[layer];
        if (target.layer === layer && order.indexOf(target.room) > order.indexOf(room))
            return `includes ${layer}/${target.room}, a room after ${layer}/${room}`;
        return undefined;
    }
    if (include?.system) {
        if (include.system.startsWith('emscripten')) return 'includes Emscripten, which belongs to wasm/bindings.cpp';
        if (include.system.startsWith('nlohmann/') && layer !== 'json')
            return 'includes nlohmann, which belongs to core/json';
        if (forbiddenHeaders.test(include.system)) return `includes <${include.system}>, which core does without`;
        return undefined;
    }
    for (const [word, why] of forbiddenWords) {
        if (word.test(code)) return `says ${word.exec(code)[0].trim()}: ${why}`;
    }
    return undefined;
}

for (const [index, layer] of layers.entries()) {
    test(`core/${layer} uses only ${layers.slice(0, index + 1).join(', ')} and what core may use`, () => {
        const files = filesUnder(join(top, 'core', layer), /\.(?:cpp|hpp)$/);
        assert.ok(files.length > 0, `core/${layer} has no source file`);
        const faults = files.flatMap((path) =>
            [...linesOf(path)].flatMap(({ place, line, code }) => {
                const { room } = placeOf(relative(join(top, 'core'), path));
                const fault = faultOf(layer, room, line, code);
                return fault ? [`${place}: ${fault}`] : [];
            }),
        );
        assert.deepEqual(faults, []);
    });
}

// The folders below a top folder that hold sources, each with the names of its units.
function unitsOf(topFolder) {
    const units = new Map();
    for (const path of filesUnder(join(top, topFolder), /\.(?:cpp|hpp)$/)) {
        const folder = relative(join(top, topFolder), dirname(path));
        const names = units.get(folder) ?? units.set(folder, new Set()).get(folder);
        names.add(basename(path).replace(/\.\w+$/, ''));
    }
    return units;
}

// What is wrong with the folders of core, by the number of their units.
function crowding(units) {
    return [...units].flatMap(([folder, names]) => {
        const { layer, room } = placeOf(`${folder}/x.cpp`);
        if (!rooms[layer]?.includes(room)) return [`core/${folder}: no room of that name is known`];
        return names.size > mostUnits ? [`core/${folder}: has ${names.size} units, at most ${mostUnits} fit`] : [];
    });
}

test('every folder of core is a known room, and none is crowded', () => {
    assert.deepEqual(crowding(unitsOf('core')), []);
});

test('the folders of tests are those of core', () => {
    const known = layers.flatMap((layer) => [layer, ...rooms[layer].map((room) => join(layer, room))]);
    const folders = [...unitsOf('tests').keys()].filter((folder) => layers.includes(folder.split('/')[0]));
    assert.deepEqual(
        folders.filter((folder) => !known.includes(folder)),
        [],
    );
});

test('the tests of a layer use only that layer and those to its left', () => {
    const faults = layers.flatMap((layer) =>
        filesUnder(join(top, 'tests', layer), /\.(?:cpp|hpp)$/).flatMap((path) =>
            [...linesOf(path)].flatMap(({ place, line }) => {
                const target = includeOf(line)?.own?.split('/')[0] ?? '';
                return layers.indexOf(target) > layers.indexOf(layer) ? [`${place}: includes ${target}`] : [];
            }),
        ),
    );
    assert.deepEqual(faults, []);
});

test('a file includes what it uses of the standard library, itself or by a header of ours', () => {
    const faults = sources.flatMap((path) => {
        const code = codeOf(readFileSync(path, 'utf8'));
        return standardNames
            .filter(([header, names]) => names.test(code) && !headersOf(path).has(header))
            .map(([header, names]) => `${relative(top, path)}: ${names.exec(code)[0]} needs <${header}>`);
    });
    assert.deepEqual(faults, []);
});

test('Emscripten is included by wasm/bindings.cpp alone', () => {
    const users = sources.filter((path) =>
        [...linesOf(path)].some(({ line }) => includeOf(line)?.system?.startsWith('emscripten')),
    );
    assert.deepEqual(
        users.map((path) => relative(top, path)).filter((path) => path !== 'wasm/bindings.cpp'),
        [],
    );
});

test('the page and the package stay apart: web/src names no file of the package, the package none of the page', () => {
    const reaches = (folder, forbidden) =>
        filesUnder(join(top, folder), /\.tsx?$/)
            .filter((path) => forbidden.test(readFileSync(path, 'utf8')))
            .map((path) => relative(top, path));
    assert.deepEqual(reaches('web/src', /from\s+['"][./]*\/wasm\//), []);
    assert.deepEqual(reaches('wasm/package/src', /from\s+['"][./]*\/web\//), []);
});

test('the rules find what they forbid', () => {
    const cases = [
        ['base', '#include "json/value.hpp"', /to the right of base/],
        ['model', '#include <nlohmann/json.hpp>', /belongs to core\/json/],
        ['sim', '#include <emscripten.h>', /belongs to wasm/],
        ['api', '#include <random>', /does without/],
        ['api', '#include "value.hpp"', /names no layer/],
        ['sim', '#ifdef __EMSCRIPTEN__', /the same everywhere/],
        ['store', 'auto h = std::hash<int>{}(3);', /differs/],
        ['json', 'throw Oops{};', /without exceptions/],
        ['base', '#include "base/text/text.hpp"', /base\/text, a room after base\//],
        ['api/runs', '#include "api/frame/route.hpp"', /a room after api\/runs/],
        ['sim/documents', '#include "sim/world/world.hpp"', /a room after sim\/documents/],
        ['lifecycle/rows', '#include "lifecycle/runs/end_run.hpp"', /a room after lifecycle\/rows/],
        ['lifecycle/runs', '#include "lifecycle/rows/write_row.hpp"', undefined],
        ['api/runs', '#include "lifecycle/why/why.hpp"', undefined],
        ['base/date', '#include "base/time.hpp"', undefined],
        ['json', '#include "base/result.hpp"', undefined],
        ['json', '#include <nlohmann/json.hpp>', undefined],
        ['json', 'f("throw x;"); // throw y;', undefined],
    ];
    for (const [folder, line, expected] of cases) {
        const { layer, room } = placeOf(`${folder}/x.cpp`);
        const fault = faultOf(layer, room, line, codeOf(line));
        if (expected) assert.match(fault ?? 'nothing', expected, line);
        else assert.equal(fault, undefined, line);
    }
    const names = (count) => new Set(Array.from({ length: count }, (_, i) => `unit_${i}`));
    assert.deepEqual(
        crowding(
            new Map([
                ['api/runs', names(mostUnits)],
                ['api/ui', names(mostUnits + 1)],
                ['api/misc', names(1)],
            ]),
        ),
        ['core/api/ui: has 17 units, at most 16 fit', 'core/api/misc: no room of that name is known'],
    );
});
