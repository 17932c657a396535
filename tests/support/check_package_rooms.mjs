// The rooms of the package's sources, and which may import which. Run by: node --test tests/support/check_package_rooms.mjs
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../../wasm/package/src', import.meta.url));

// A room imports from itself and from those to its left. The files outside of all rooms are the entries: they may
// import from every room, and rooms import only what is generated there.
const rooms = ['base', 'project', 'host', 'watch', 'http', 'import'];
const generated = ['runsim.mjs', 'api-types.js', 'openapi-document.js'];

const roomOf = (path) => (path.includes('/') ? path.split('/')[0] : '');

// What is wrong with an import of `name` in the file at `path`, or undefined.
function faultOf(path, name) {
    if (!name.startsWith('.')) return undefined;
    const target = posix.normalize(posix.join(posix.dirname(path), name));
    const [from, to] = [roomOf(path), roomOf(target)];
    if (target.startsWith('..')) return 'is outside of the package';
    if (from === '') return undefined;
    if (to === '') return generated.includes(target) ? undefined : 'is an entry';
    return rooms.indexOf(to) > rooms.indexOf(from) ? `is in ${to}, to the right of ${from}` : undefined;
}

const importsOf = (text) => [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1]);

const files = globSync('**/*.{ts,mts}', { cwd: sources }).map((path) => path.replaceAll('\\', '/'));

test('every folder of the package is a room, and no room is a hall', () => {
    const counts = Object.groupBy(files, roomOf);
    assert.deepEqual(Object.keys(counts).filter(Boolean).sort(), [...rooms].sort());
    for (const [room, inside] of Object.entries(counts)) assert.ok(inside.length <= 16, `${room}: ${inside.length}`);
});

test(`rooms of the package import one way: ${rooms.join(' < ')}`, () => {
    const faults = files.flatMap((path) =>
        importsOf(readFileSync(`${sources}/${path}`, 'utf8')).flatMap((name) => {
            const fault = faultOf(path, name);
            return fault ? [`${path}: ${name} ${fault}`] : [];
        }),
    );
    assert.deepEqual(faults, []);
});

test('the rules find what they forbid', () => {
    const cases = [
        ['watch/cursor.ts', '../http/fetch.js', /to the right of watch/],
        ['base/errors.ts', '../simulator.js', /an entry/],
        ['host/clock.ts', '../../../web/src/app.js', /outside/],
        ['http/fetch.ts', '../watch/cursor.js', undefined],
        ['host/module.ts', '../runsim.mjs', undefined],
        ['serve.ts', './http/wire.js', undefined],
        ['project/yaml.ts', 'yaml', undefined],
    ];
    for (const [path, name, expected] of cases) {
        if (expected) assert.match(faultOf(path, name) ?? 'nothing', expected);
        else assert.equal(faultOf(path, name), undefined);
    }
    assert.deepEqual(importsOf("import a from './a.js';\nawait import('./b.js');\nexport * from \"./c.js\";"), [
        './a.js',
        './b.js',
        './c.js',
    ]);
});
