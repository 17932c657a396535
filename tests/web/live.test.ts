import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { createSimulator, type Simulator } from 'runsim';
import { type Server, serve } from 'runsim/serve';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Cursor } from '../../wasm/package/dist/watch/cursor.js';
import { complaints, kPageFolder, launch } from '../support/browser';
import { chooseTrigger, runView } from './visitor';

// The page beside a server whose world the test holds in its hands.

const project = fileURLToPath(new URL('../../projects/demo', import.meta.url));
const now = '2026-01-01 00:00:00';

let browser: Browser;
let sim: Simulator;
let server: Server;
let page: Page;
let asked: string[];
beforeAll(async () => {
    browser = await launch();
});
afterAll(() => browser?.close());
beforeEach(async () => {
    sim = await createSimulator({ project, now });
    server = await serve(sim, { port: 0, page: kPageFolder });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    asked = [];
    page.on('request', (request) => {
        const { pathname, search } = new URL(request.url());
        if (/^\/(?:api|__sim)\//.test(pathname)) asked.push(pathname + search);
    });
    await page.goto(server.url);
    await page.locator('.trigger').first().waitFor();
    await page.getByRole('radio', { name: 'Server' }).click();
    await expect.poll(() => page.locator('.time').getAttribute('aria-busy')).toBe('false');
});
afterEach(async () => {
    await page.close();
    await server.close();
    sim.dispose();
});

const count = (): Promise<string | null> => page.getByTestId('count').textContent();
const heading = (): Promise<string | null> => runView(page).locator('h2').textContent();
const shownTime = async (): Promise<number> => Number(await page.locator('.time').getAttribute('data-now-us'));
const runsOf = (trigger: string) =>
    page.locator('.trigger', { has: page.getByText(trigger, { exact: true }) }).locator('.runs-count');
const request = (method: string, target: string, body?: object): any => {
    const answer = sim.handle({ method, target, ...(body ? { body: JSON.stringify(body) } : {}) });
    return JSON.parse(new TextDecoder().decode(answer.body));
};
const schedule = (name: string): any =>
    request('GET', '/api/pipeline_schedules?_limit=200').pipeline_schedules.find((s: any) => s.name === name);
const runOnce = (name: string): any =>
    request('POST', `/api/pipeline_schedules/${schedule(name).id}/pipeline_runs`, { pipeline_run: {} }).pipeline_run;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Until the page has asked for all that it wants. */
async function settled(): Promise<void> {
    for (let before = -1; before !== asked.length; await pause(700)) before = asked.length;
}
/** What the page asks for because of something, without the numbers of rows; `seen` waits until the page shows it. */
async function askedBecause(work: () => void, seen: () => Promise<unknown>): Promise<string[]> {
    await settled();
    asked.length = 0;
    work();
    await seen();
    await settled();
    return asked.map((target) => target.replace(/\?.*/, '').replace(/\/\d+/g, '/ID')).sort();
}

describe('a page that is told what happens', () => {
    test('asks for nothing while nothing happens', async () => {
        await settled();
        asked.length = 0;
        await pause(3000);
        expect(asked).toEqual([]);
    });

    test('asks only for what a transition touched', async () => {
        await chooseTrigger(page, 'late forest');
        await expect.poll(count).toBe('count 22 · next true');
        const after = String(Number(await runsOf('on demand').textContent()) + 1);
        const counted = () => expect.poll(() => runsOf('on demand').textContent()).toBe(after);
        expect(await askedBecause(() => runOnce('on demand'), counted)).toEqual(['/api/pipeline_schedules']);

        const made = await askedBecause(
            () => runOnce('late forest'),
            () => expect.poll(count).toBe('count 23 · next true'),
        );
        expect(made).toEqual([
            '/__sim/pipeline_runs/ID',
            '/api/pipeline_runs/ID',
            '/api/pipeline_schedules',
            '/api/pipeline_schedules/ID/pipeline_runs',
        ]);
        expect(await heading()).toContain('initial');
    });

    test('shows the time that passes without asking, where all that it shows is over', async () => {
        request('PUT', `/api/pipeline_schedules/${schedule('late forest').id}`, {
            pipeline_schedule: { status: 'inactive' },
        });
        await chooseTrigger(page, 'late forest');
        await expect.poll(count).toContain('count 22');
        // Whatever other triggers do in the next tick.
        const upToDate = () => expect.poll(shownTime).toBe(sim.nowMicroseconds);
        await askedBecause(() => sim.advance('10s'), upToDate);
        const targets = await askedBecause(() => sim.step(), upToDate);
        expect(targets.filter((target) => target !== '/api/pipeline_schedules')).toEqual([]);
    });

    test('hears of attempts, which are no transitions', async () => {
        await chooseTrigger(page, 'every quarter of an hour');
        const { id } = runOnce('every quarter of an hour');
        const asleep = (): boolean =>
            request('GET', `/__sim/pipeline_runs/${id}`).pipeline_run.block_runs.some(
                (block: any) => block.sleeps_until_us !== null,
            );
        await page.getByRole('button', { name: `Run ${id}`, exact: true }).click();
        await expect.poll(heading).toContain(`Run ${id} `);
        expect(sim.runUntil(asleep)).toBe(true);
        sim.advance('2s');
        await expect.poll(() => page.locator('.bars .bar.sleep').count()).toBe(1);
        const words = await page.locator('.bars .bar.sleep').getAttribute('title');
        expect(words).toBe('sleeps 5.0 s before attempt 2');
        expect(await heading()).toContain(`Run ${id} `);
    });

    test('hears of what no transition tells: a name, a run that was deleted', async () => {
        const { id } = schedule('on demand');
        request('PUT', `/api/pipeline_schedules/${id}`, { pipeline_schedule: { name: 'on a whim' } });
        await chooseTrigger(page, 'on a whim');
        await page.locator('.row-link').nth(1).click();
        await expect.poll(() => page.getByText('follow the newest').count()).toBe(1);
        const chosen = (await page.locator('.runs tr.chosen .row-link').textContent())!;
        await expect.poll(heading).toContain(chosen);
        request('DELETE', `/api/pipeline_runs/${chosen}`);
        await expect.poll(heading).not.toContain(chosen);
        await expect.poll(() => page.getByText('following the newest').count()).toBe(1);
        expect(await page.locator('.trouble').count()).toBe(0);
    });

    test('keeps up with the fastest clock', async () => {
        sim.resume({ speed: 1_000_000 });
        const before = await shownTime();
        await expect.poll(shownTime).toBeGreaterThan(before + 86_400_000_000);
        sim.pause();
        await expect.poll(shownTime).toBe(sim.nowMicroseconds);
        await settled();
        const { transitions } = request('GET', `/__sim/transitions?_limit=1000&from=${lastNumber() - 200}`);
        const news = transitions.filter(
            (t: any) => t.subject !== 'generic_job' && !(t.subject === 'block_run' && !t.from),
        );
        const [first] = await page.locator('.log li .what b').allTextContents();
        expect([news.at(-1).block_uuid, `${news.at(-1).subject} ${news.at(-1).id}`]).toContain(first);
    });
});

const lastNumber = (): number => request('GET', '/__sim/transitions?_limit=1').metadata.end;

describe('another world', () => {
    test('that somebody else resets or restores is noticed', async () => {
        await chooseTrigger(page, 'documented webhook');
        await expect.poll(count).toContain('count 0');
        runOnce('documented webhook');
        await expect.poll(count).toContain('count 1');
        const saved = sim.snapshot();
        sim.reset();
        await expect.poll(count).toContain('count 0');
        expect(await page.locator('.trigger[aria-current=true] .name').textContent()).toBe('documented webhook');
        sim.restore(saved);
        await expect.poll(count).toContain('count 1');
        sim.advance('10s');
        await expect.poll(heading).toContain('running');
    });

    test('of a server that was started again is shown, after the page said that there was none', async () => {
        await chooseTrigger(page, 'documented webhook');
        await expect.poll(count).toContain('count 0');
        const { port } = server;
        await server.close();
        await expect.poll(() => page.locator('.trouble').textContent()).toContain('trying again');
        runOnce('documented webhook');
        sim.advance('1m');
        server = await serve(sim, { port, page: kPageFolder });
        await expect.poll(count).toContain('count 1');
        await expect.poll(() => page.locator('.trouble').count()).toBe(0);
        runOnce('documented webhook');
        await expect.poll(count).toContain('count 2');
    });
});

test('a page that is hidden lets go of its line to the server, and comes back to it', async () => {
    const said = complaints(page);
    const readers = (): number => {
        const look = vi.spyOn(Cursor.prototype, 'look');
        runOnce('late forest');
        const { size } = new Set(look.mock.contexts);
        look.mockRestore();
        return size;
    };
    expect(readers()).toBe(1);
    const hide = (hidden: boolean) =>
        page.evaluate((value) => {
            Object.defineProperty(document, 'hidden', { value, configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
        }, hidden);
    await hide(true);
    await expect.poll(readers).toBe(0);
    await hide(false);
    await expect.poll(readers).toBe(1);
    await expect
        .poll(() => runsOf('late forest').textContent())
        .toBe(String(schedule('late forest').pipeline_runs_count));
    expect(said).toEqual([]);
});
