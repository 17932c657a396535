// What npm would publish.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../wasm/package', import.meta.url));
/** Every text in a JSON value. */
const texts = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(value as object).flatMap(texts);

const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));

test('the tarball has the licence, and every file that the exports, the command and the types name', () => {
    const [pack] = JSON.parse(
        execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: folder, encoding: 'utf8' }),
    );
    const packed = pack.files.map((file: { path: string }) => file.path);
    const named = texts([manifest.exports, manifest.bin]);
    expect(named.length).toBeGreaterThan(8);
    expect(packed).toEqual(expect.arrayContaining(['LICENSE', ...named.map((name) => name.replace(/^\.\//, ''))]));
});

test('publint has nothing to say', async () => {
    const { messages } = await publint({ pkgDir: folder, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
});
