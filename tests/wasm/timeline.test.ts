import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const printed = execFileSync('node', [path('scripts/timeline.mjs')], { encoding: 'utf8' });

test('docs/timeline.md shows what `make timeline` prints', () => {
    expect(readFileSync(path('docs/timeline.md'), 'utf8')).toContain(`\`\`\`text\n${printed}\`\`\`\n`);
});

// What was measured on a real server, as [tick, block, change]; instants within a tick are not compared, their order is.
const measured = [
    [0, null, 'initial'],
    [0, null, 'running'],
    [0, 'r1', 'queued'],
    [0, 'rx', 'queued'],
    [0, 'r1', 'running'],
    [0, 'rx', 'running'],
    [0, 'r1', 'completed'],
    [0, 'rx', 'completed'],
    [1, 'r2', 'queued'],
    [1, 'r2', 'running'],
    [1, 'r2', 'completed'],
    [2, 'r3', 'queued'],
    [2, 'r3', 'running'],
    [2, 'r3', 'completed'],
    [3, null, 'completed'],
    [3, null, 'inactive'],
];

test('it has the events of the measured run, in their order, in their ticks', () => {
    let tick = -1;
    const events = printed.split('\n').flatMap((line) => {
        if (line.startsWith('tick')) tick += 1;
        const event = /^ *[\d.]+ +(\w+) \d+(?: \((\w+)\))? +(\S+) -> (\w+)/.exec(line);
        if (!event) return [];
        const [, subject, block = null, from, to] = event;
        // Block runs are born with their run, and the trigger with the world: the measurement does not list them.
        if (from === '-' && subject !== 'run') return [];
        return [[tick, block, to]];
    });
    expect(events).toEqual(measured);
});
