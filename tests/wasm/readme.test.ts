import { readFileSync } from 'node:fs';
import * as runsim from 'runsim';
import { expect, test } from 'vitest';

const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

/** The JavaScript of a document as one program, and what its comments say that it prints. */
function exampleOf(file: string): { code: string; promised: string[] } {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    const code = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, block]) => block).join('');
    // At the end of the line that prints it, or, where that prints several times, in lines that follow it.
    const promises = code.matchAll(/console\.log\(.*; \/\/ (.*)|^\/\/ prints: (.*)/gm);
    return { code, promised: [...promises].map(([, beside, below]) => beside ?? below!) };
}

test.each(['README.md', 'wasm/package/README.md', 'docs/journal.md'])(
    'the code in %s works and prints what it says',
    async (file) => {
        const { code, promised } = exampleOf(file);
        expect(promised.length).toBeGreaterThan(0);
        const printed: string[] = [];
        const body = code.replace(/^import (\{.*\}) from 'runsim';$/m, 'const $1 = runsim;');
        expect(body).not.toContain('import ');
        const output = { log: (...values: unknown[]) => printed.push(values.join(' ')) };
        await new AsyncFunction('runsim', 'console', body)(runsim, output);
        expect(printed).toEqual(promised);
    },
);
