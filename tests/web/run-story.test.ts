import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { complaints, launch, serveFolder } from '../support/browser';
import { chooseTrigger, goOn, laneOf, pause, press, runView, trigger } from './visitor';

let browser: Browser;
let server: Server;
let url: string;
let page: Page;
let said: string[];
beforeAll(async () => {
    browser = await launch();
    ({ url, server } = await serveFolder('/'));
});
afterAll(async () => {
    await browser?.close();
    server?.close();
});
beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    said = complaints(page);
    await page.goto(url);
    await page.locator('.trigger').first().waitFor();
    await pause(page);
});
afterEach(async () => {
    expect(said).toEqual([]);
    await page.close();
});

const heading = () => runView(page).locator('h2').textContent();
const isOver = async () => /completed|failed|cancelled/.test((await heading())!);
const legend = () => page.locator('.legend .status').allTextContents();
const node = (block: string) => page.locator(`.node[data-block="${block}"]`);

describe('the bars', () => {
    test('show each attempt, the sleep before the next, and the error of the one that failed', async () => {
        await chooseTrigger(page, 'every quarter of an hour');
        await trigger(page);
        await goOn(page, isOver);
        const lane = laneOf(page, 'call_rates_api').locator('.lane');
        expect(
            await lane.locator('.bar').evaluateAll((bars) => bars.map((bar) => bar.className.split(' ')[1])),
        ).toEqual(['queued', 'is-failed', 'sleep', 'is-completed']);
        const [failed, asleep, worked] = await Promise.all(
            ['.is-failed', '.sleep', '.is-completed'].map(async (kind) => (await lane.locator(kind).boundingBox())!),
        );
        expect(asleep!.x).toBeCloseTo(failed!.x + failed!.width, 0);
        expect(worked!.x).toBeCloseTo(asleep!.x + asleep!.width, 0);

        const tip = () => lane.locator('.is-failed').evaluate((bar) => getComputedStyle(bar, '::after').display);
        expect(await tip()).toBe('none');
        await laneOf(page, 'call_rates_api').locator('.name').focus();
        await page.keyboard.press('Tab');
        expect(await tip()).toBe('block');
        expect(await lane.locator('.is-failed').getAttribute('data-tip')).toMatch(
            /^attempt 1: failed after .*: ConnectionError: 503/,
        );
        expect(await page.locator('.legend .swatch').allTextContents()).toEqual([
            'in the queue',
            'failed attempt',
            'sleep before the next',
        ]);
        // The list of runs counts the attempt that was made again.
        expect(await page.locator('.runs tr.chosen .repeats').textContent()).toContain('↻1');
    });

    test('group the children of a dynamic block, which can be folded; the graph counts those that are done', async () => {
        await chooseTrigger(page, 'new batch');
        await trigger(page);
        expect(await node('list_invoices').locator('.badge').textContent()).toBe('×5');
        await goOn(page, async () => (await page.locator('.bar-row.child').count()) === 5);
        expect(
            await page
                .locator('.bar-row.child')
                .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-block'))),
        ).toEqual([0, 1, 2, 3, 4].map((k) => `read_invoice:${k}`));
        await goOn(page, async () => /^[1-5]\/5$/.test((await node('read_invoice').locator('.badge').textContent())!));
        await goOn(page, async () => (await node('read_invoice').getAttribute('data-status')) === 'completed');
        expect(await node('read_invoice').locator('.badge').textContent()).toBe('5/5');
        const group = laneOf(page, 'read_invoice');
        expect(await group.locator('.took').textContent()).toBe('5/5 done');
        await group.getByRole('button', { name: 'Fold the 5 children of read_invoice' }).click();
        expect(await page.locator('.bar-row.child').count()).toBe(0);
        // Folded together the lane shows what its children do: a failed and a good attempt of each.
        expect(await group.locator('.bar.thin').count()).toBe(10);
    });

    test('mark blocks whose condition was false, in words and by their mark', async () => {
        await chooseTrigger(page, 'new batch');
        await page.locator('.runs tbody tr').first().waitFor();
        await expect.poll(heading).toContain('completed');
        expect(await node('send_reminders').getAttribute('class')).toContain('conditional');
        for (const block of ['send_reminders', 'log_reminders']) {
            expect(await node(block).getAttribute('data-status')).toBe('condition_failed');
            expect(await laneOf(page, block).locator('.took').textContent()).toContain('condition failed');
            expect(await laneOf(page, block).locator('.never').textContent()).toBe('◇');
        }
        expect(await page.locator('.legend .swatch').allTextContents()).toContain('in the queue');
        expect((await legend()).map((text) => text.slice(1))).toEqual(['completed', 'condition failed']);
        await laneOf(page, 'send_reminders').locator('.name').click();
        expect(await page.getByTestId('why-block').textContent()).toContain(
            'a conditional block attached to it was false',
        );
    });

    test('show SLA and timeouts where they stand on the axis, and what passed its SLA in the list', async () => {
        await chooseTrigger(page, 'every twenty minutes');
        await trigger(page);
        await goOn(page, async () => (await page.locator('.limit').count()) > 0);
        const labels = page.locator('.deadline-label');
        const at = async (text: string) => (await labels.filter({ hasText: text }).textContent())!.slice(-8);
        const seconds = (time: string) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
        // The trigger's SLA is 45 s from the execution date, its timeout 80 s from the start, a tick after it.
        const apart = seconds(await at('times out')) - seconds(await at('SLA'));
        expect(apart).toBeGreaterThanOrEqual(35);
        expect(apart).toBeLessThanOrEqual(45);
        const [sla, timeout] = await Promise.all(
            ['.is-sla', '.is-timeout'].map(async (kind) => (await page.locator(`.deadline${kind}`).boundingBox())!),
        );
        expect(timeout!.x).toBeGreaterThan(sla!.x);
        expect(await laneOf(page, 'download_feed').locator('.limit').getAttribute('title')).toMatch(
            /^times out at \d\d:\d\d:\d\d$/,
        );
        await goOn(page, isOver);
        await expect.poll(() => labels.filter({ hasText: 'SLA passed' }).count()).toBe(1);
        expect(await page.locator('.runs tr.chosen .late').textContent()).toContain('SLA');
    });
});

describe('"why is this here?"', () => {
    test('is answered by the core, of the run and of a block chosen by keyboard or in the graph', async () => {
        await chooseTrigger(page, 'documented webhook');
        await trigger(page);
        const ofRun = page.getByTestId('why-run');
        expect(await ofRun.textContent()).toMatch(
            /^Run \d+ waits for the scheduler, which starts it in a tick; next tick \d\d:\d\d:\d\d\.$/,
        );
        await press(page, 'n');
        await expect.poll(() => ofRun.textContent()).toMatch(/runs since \d\d:\d\d:\d\d/);
        await laneOf(page, 'extract_features').locator('.name').focus();
        await page.keyboard.press('Enter');
        const ofBlock = page.getByTestId('why-block');
        await expect
            .poll(() => ofBlock.textContent())
            .toMatch(/^extract_features waits for fill_in_missing_values, which /);
        await node('load_titanic').click();
        await expect.poll(() => ofBlock.textContent()).toMatch(/^load_titanic /);
        await node('load_titanic').click();
        await expect.poll(() => ofBlock.count()).toBe(0);
    });

    test('names who made a run', async () => {
        await chooseTrigger(page, 'every hour');
        await expect.poll(() => page.locator('.runs td.maker').first().textContent()).toBe('schedule');
        await chooseTrigger(page, 'documented webhook');
        await trigger(page);
        await expect.poll(() => page.locator('.runs td.maker').first().textContent()).toBe('request');
    });
});

test('a step says what happened, and the log shows the newest changes', async () => {
    await chooseTrigger(page, 'documented webhook');
    await trigger(page);
    const log = page.locator('.log');
    expect(await log.locator('li').count()).toBe(8);
    // Rows of blocks that are born with their run are no news.
    expect(await log.locator('li').first().textContent()).toMatch(/run \d+○initial.*a request made it\.$/);
    const live = log.locator('[aria-live=polite]');
    await goStep(/queued/);
    await goStep(/a worker took it/);

    async function goStep(wanted: RegExp): Promise<void> {
        for (let i = 0; i < 60; i++) {
            await press(page, '.');
            await expect.poll(() => live.textContent()).toMatch(/^Step to \d\d:\d\d:\d\d\.\d{3}: /);
            if (wanted.test((await live.textContent())!)) break;
        }
        expect(await live.textContent()).toMatch(wanted);
        expect(await log.locator('li.new').count()).toBeGreaterThan(0);
    }
});

describe('on a small screen', () => {
    // The end of a smooth scroll: where nothing moves for ten frames.
    const atRest = () =>
        page.evaluate(
            () =>
                new Promise<void>((done) => {
                    let last = scrollY;
                    let calm = 0;
                    const look = () => {
                        calm = scrollY === last ? calm + 1 : 0;
                        last = scrollY;
                        if (calm < 10) requestAnimationFrame(look);
                        else done();
                    };
                    look();
                }),
        );

    test('the header that sticks is small, and choosing a run leads to it', async () => {
        await page.setViewportSize({ width: 390, height: 844 });
        await chooseTrigger(page, 'every hour');
        await page.locator('.runs tbody tr').nth(4).scrollIntoViewIfNeeded();
        const top = async () => (await runView(page).boundingBox())!.y;
        expect(await top()).toBeLessThan(-100);
        await page.locator('.runs tbody tr').nth(4).click();
        await expect.poll(async () => (await top()) > 0).toBe(true);
        await atRest();
        const header = (await page.locator('.clock-bar').boundingBox())!;
        expect(header.y + header.height).toBeLessThan(136);
        expect(await top()).toBeGreaterThanOrEqual(header.y + header.height - 1);
        expect(await top()).toBeLessThan(176);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        const controls = await page
            .locator('.controls > *')
            .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
        expect(Math.max(...controls)).toBeLessThanOrEqual(390);
    });
});

test.each([1440, 1024, 390])('at %i pixels nothing in the list of runs is cut off', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    const cut = () =>
        page
            .locator('.runs tbody tr:not(.pad):not(.none) td, .runs th')
            .evaluateAll((cells) =>
                cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
            );
    await chooseTrigger(page, 'new batch');
    await expect.poll(() => page.locator('.runs .repeats').first().textContent()).toMatch(/↻\d/);
    await expect.poll(() => page.locator('.runs td.maker').first().textContent()).toBe('request');
    await page
        .locator('.runs .row-link')
        .first()
        .evaluate((link) => (link.textContent = '1234'));
    expect(await cut()).toEqual([]);
    await chooseTrigger(page, 'every twenty minutes');
    await trigger(page);
    await goOn(page, async () => (await page.locator('.runs .late').count()) > 0);
    await expect.poll(() => page.locator('.runs td.maker').allTextContents()).toContain('schedule');
    expect(await cut()).toEqual([]);
    const late = page.locator('.runs td:has(.late)').first();
    const [status, chip] = await Promise.all(
        ['.status', '.late'].map(async (part) => (await late.locator(part).boundingBox())!),
    );
    expect(chip!.x - (status!.x + status!.width)).toBeGreaterThanOrEqual(4);
});

test('nothing goes blank while another trigger, run or page of runs is chosen', async () => {
    await chooseTrigger(page, 'every hour');
    await page.evaluate(() => {
        const blanks: string[] = [];
        (window as any).blanks = blanks;
        const look = () => {
            for (const gone of [
                '.node',
                '.bar-row',
                '.runs tbody tr:not(.pad):not(.none)',
                '.log li:not(.none)',
                '[data-testid=why-run]',
            ])
                if (!document.querySelector(gone) && !blanks.includes(gone)) blanks.push(gone);
        };
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    });
    for (const name of ['every two hours', 'new batch', 'late forest', 'on demand']) {
        await chooseTrigger(page, name);
        const uuid = {
            'every two hours': 'stock_sync',
            'new batch': 'invoice_batch',
            'late forest': 'example_pipeline',
            'on demand': 'train_model',
        }[name];
        await expect.poll(() => runView(page).locator('.heading .sub').textContent()).toContain(uuid);
        const before = await heading();
        await page.keyboard.press('j');
        await expect.poll(heading).not.toBe(before);
    }
    await chooseTrigger(page, 'late forest');
    await page.getByRole('button', { name: 'Older' }).click();
    await expect.poll(() => page.locator('.pager > span').textContent()).toContain('11–20');
    expect(await page.evaluate(() => (window as any).blanks)).toEqual([]);
});

test('J and K go through the triggers in the order of the list', async () => {
    const names = await page.locator('.trigger .name').allTextContents();
    const current = () => page.locator('.trigger[aria-current=true] .name').textContent();
    await chooseTrigger(page, names[0]!);
    for (const name of names.slice(1)) {
        await page.keyboard.press('J');
        await expect.poll(current).toBe(name);
    }
    await page.keyboard.press('K');
    await expect.poll(current).toBe(names.at(-2));
});
