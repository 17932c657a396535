// The benchmarks in headless Chromium, and what the page fetches there before it can be used.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { kPageFolder, launch, serveFolder } from '../support/browser.ts';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const kBuilt = path('../../build/bench-page');
// Alone in its process, a page has a clock of 5 microseconds, not 100. What is fetched is kept.
const kHeaders = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cache-Control': 'max-age=3600',
};
const kFirsts = 7;

async function buildPages() {
    mkdirSync(kBuilt, { recursive: true });
    await build({
        root: path('chromium'),
        base: './',
        configFile: false,
        logLevel: 'error',
        build: {
            outDir: kBuilt,
            emptyOutDir: true,
            target: 'es2022',
            assetsInlineLimit: 0,
            rolldownOptions: { input: [path('chromium/suite.html'), path('chromium/first.html')] },
        },
    });
}

/** Runs the suite; `add` takes each row with its engine. */
export async function benchInChromium(add, log) {
    await buildPages();
    const { url, server } = await serveFolder('/', /^$/, kBuilt, kHeaders);
    const browser = await launch(['--js-flags=--expose-gc']);
    try {
        const engine = `Chromium ${browser.version().split('.')[0]}`;
        const context = await browser.newContext();
        const page = await context.newPage();
        page.on('console', (message) => log(message.text()));
        await page.goto(`${url}suite.html`);
        for (const row of await page.evaluate(() => window.rows)) add({ engine, ...row });
        await page.close();

        const taken = [];
        for (let i = 0; i < kFirsts; i++) {
            const fresh = await context.newPage();
            await fresh.goto(`${url}first.html`);
            taken.push(await fresh.evaluate(() => window.taken));
            await fresh.close();
        }
        // The first of them filled the cache.
        const value = taken.slice(1).sort((a, b) => a - b)[Math.floor((kFirsts - 1) / 2)];
        add({ engine, name: 'create, first of a page, from the cache', where: 'runsim', value, unit: 'ms' });
    } finally {
        await browser.close();
        server.close();
    }
}

/** The files of the built page that are fetched until it can be used: the layout of the graph, which follows, is held back. */
export async function firstLoad() {
    const { url, server } = await serveFolder('/');
    const browser = await launch();
    try {
        const page = await browser.newPage();
        const files = [];
        page.on('requestfinished', (request) => {
            files.push(`${kPageFolder}/${request.url().slice(url.length) || 'index.html'}`);
        });
        await page.route('**/lay-out-*', () => {});
        await page.goto(url);
        await page.locator('.bar-row').first().waitFor();
        return files;
    } finally {
        await browser.close();
        server.close();
    }
}
