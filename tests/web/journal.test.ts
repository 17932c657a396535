import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Journal } from 'runsim';
import { expect, test } from 'vitest';
import { launch, serveFolder } from '../support/browser.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const journal = readFileSync(path('tests/support/recorded_journal.json'), 'utf8');

test.each([false, true])('a journal ends in Chromium with the hash that it has everywhere (lazy: %j)', async (lazy) => {
    const browser = await launch();
    const { url, server } = await serveFolder('/', /^$/, path('wasm/package/dist'), {});
    try {
        const page = await browser.newPage();
        await page.goto(`${url}index.js`); // any document of that origin
        // As text: what Vitest makes of an import would not work there.
        const played = await page.evaluate(`(async () => {
            const { createSimulator } = await import('/index.js');
            const sim = await createSimulator({ journal: ${JSON.stringify(journal)}, lazy: ${lazy} });
            return { hash: sim.hash(), journal: sim.journal() };
        })()`);
        const recorded = JSON.parse(journal) as Journal;
        expect(played).toEqual({ hash: recorded.hash, journal: recorded });
    } finally {
        await browser.close();
        server.close();
    }
});
