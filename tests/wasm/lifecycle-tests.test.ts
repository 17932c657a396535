import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const last = 100;

/** "1, 4 - 6" -> [1, 4, 5, 6] */
function numbers(text: string): number[] {
    return [...text.matchAll(/(\d+)(?: - (\d+))?/g)].flatMap(([, from, to]) => {
        const first = Number(from);
        return Array.from({ length: Number(to ?? from) - first + 1 }, (_, i) => first + i);
    });
}

const lines = readFileSync(path('docs/lifecycle-tests.md'), 'utf8').split('\n');
const cut = lines.indexOf('Left out:');
const rowsOf = (part: string[]): number[] => part.flatMap((line) => numbers(/^\| ([\d, -]+) \|/.exec(line)?.[1] ?? ''));
const here = rowsOf(lines.slice(0, cut));
const leftOut = rowsOf(lines.slice(cut));

/** The rows in the tags of tests: TEST_CASE("...", "[row 6][row 7]"). */
const named = globSync('{lifecycle,api}/**/*_test.cpp', { cwd: path('tests') }).flatMap((file) =>
    [...readFileSync(path(`tests/${file}`), 'utf8').matchAll(/\[row (\d+)\]/g)].map(([, row]) => Number(row)),
);

test('docs/lifecycle-tests.md has every row once, among those that are here or those that are left out', () => {
    expect([...here, ...leftOut].sort((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
});

test('every row that is here is a tag of a test, and no other', () => {
    expect([...new Set(named)].sort((a, b) => a - b)).toEqual([...here].sort((a, b) => a - b));
});
