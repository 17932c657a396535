import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../conformance/play.ts';
import { mistakesOf } from './answers.ts';

// What the real server answered, whether runsim does or not, is what the document describes. The recordings have forms in place of
// what differs from one to the next; here values of these forms stand for them.

const at = (path: string): URL => new URL(`../conformance/${path}`, import.meta.url);

const values: Array<[RegExp, string | ((...groups: string[]) => string)]> = [
    [
        /<date (space|T) (us|s)( [+-]\d\d:\d\d)?>/g,
        (_, separator, digits, zone = '') =>
            `2026-01-01${separator === 'T' ? 'T' : ' '}00:00:00${digits === 'us' ? '.000001' : ''}${zone.trim()}`,
    ],
    [/"errors": <frames>/g, '"errors": []'],
    [/: <seconds>/g, ': 1.5'],
    [/: <id>/g, ': 1'],
];

function mistakesOfRecorded({ call, status, type, body }: Answer): string[] {
    const [method, target] = call.split(' ') as [string, string];
    if (body.startsWith('ERR500')) return []; // only the exception's text was kept
    const text = values.reduce((sofar, [form, value]) => sofar.replace(form, value as string), body);
    const headers: Record<string, string> = type === null ? {} : { 'Content-Type': type };
    return mistakesOf({ method, target }, { status, headers, body: new TextEncoder().encode(text) }) ?? [];
}

const folders = ['expected', 'expected-0.9.80'].flatMap((release) => [`${release}/postgres`, `${release}/sqlite`]);

describe.each(folders)('the document describes what a real server answered: %s', (folder) => {
    test.each(readdirSync(at(`${folder}/`)))('%s', (file) => {
        const answers = JSON.parse(readFileSync(at(`${folder}/${file}`), 'utf8')) as Answer[];
        expect(
            answers.flatMap((answer) => mistakesOfRecorded(answer).map((mistake) => `${answer.call}: ${mistake}`)),
        ).toEqual([]);
    });
});
