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

const sorted = (rows: Iterable<number>): number[] => [...new Set(rows)].sort((a, b) => a - b);

/** The cells of the table's lines that begin with rows. */
const linesOf = (part: string): string[][] =>
    part
        .split('\n')
        .filter((line) => /^\| [\d, -]+ \|/.test(line))
        .map((line) => line.split('|').slice(1, -1));
const [covered = '', leftOut = ''] = readFileSync(path('docs/lifecycle-tests.md'), 'utf8').split('\nLeft out:\n');
const lines = linesOf(covered);
const rowsOf = (cells: string[]): number[] => numbers(cells[0] ?? '');

/** The rows in the tags of the tests in a file: TEST_CASE("...", "[row 6][row 7]"). */
const namedIn = (file: string): number[] =>
    [...readFileSync(path(file), 'utf8').matchAll(/\[row (\d+)\]/g)].map(([, row]) => Number(row));

test('docs/lifecycle-tests.md has every row once, as covered or as left out', () => {
    const all = [...lines, ...linesOf(leftOut)].flatMap(rowsOf);
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: last }, (_, i) => i + 1));
});

test('exactly the rows that are covered are tags of tests', () => {
    const named = globSync('tests/{lifecycle,api,sim}/**/*_test.cpp', { cwd: path('.') }).flatMap(namedIn);
    expect(sorted(named)).toEqual(sorted(lines.flatMap(rowsOf)));
});

test.each(lines)('rows %s(%s) are in the files that the page names:%s', (rows, _, where) => {
    const files = [...where!.matchAll(/`([\w/]+\.cpp)`/g)].map(([, file]) => file!);
    const named = files.flatMap((file) => namedIn(file.startsWith('tests/') ? file : `tests/lifecycle/${file}`));
    expect(numbers(rows!).filter((row) => !named.includes(row))).toEqual([]);
});
