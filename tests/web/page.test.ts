import { type ChildProcess, spawn } from 'node:child_process';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { complaints, kPageFolder, launch, serveFolder } from '../support/browser';
import { chooseTrigger, pause, runView, trigger } from './visitor';

let browser: Browser;
beforeAll(async () => {
    browser = await launch();
});
afterAll(() => browser?.close());

describe('the page on a static host, in a sub-folder, under a strict policy', () => {
    let server: Server;
    let url: string;
    let page: Page;
    let said: string[];

    beforeAll(async () => ({ url, server } = await serveFolder('/some/where/')));
    afterAll(() => server.close());
    beforeEach(async () => {
        page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        said = complaints(page);
        await page.goto(url);
        await page.locator('.trigger').first().waitFor();
    });
    afterEach(async () => {
        expect(said).toEqual([]);
        await page.close();
    });

    test('opens on something alive: runs in progress and a clock that moves', async () => {
        await page.locator('.node').first().waitFor();
        expect(await page.locator('.runs tbody tr:not(.pad):not(.none)').count()).toBeGreaterThan(0);
        const before = await page.locator('.digits').textContent();
        await page.waitForFunction((text) => document.querySelector('.digits')?.textContent !== text, before);
    });

    test('pages through the 22 runs of the documented trigger', async () => {
        await pause(page);
        await chooseTrigger(page, 'late forest');
        const count = page.getByTestId('count');
        const shown = page.locator('.pager > span');
        await expect.poll(() => count.textContent()).toBe('count 22 · next true');
        await page.getByRole('button', { name: 'Older' }).click();
        await expect.poll(() => shown.textContent()).toBe('11–20 of 22');
        await page.getByRole('button', { name: 'Older' }).click();
        await expect.poll(() => shown.textContent()).toBe('21–22 of 22');
        await expect.poll(() => count.textContent()).toBe('count 22 · next false');
        expect(await page.getByRole('button', { name: 'Older' }).isDisabled()).toBe(true);
        await page.keyboard.press('[');
        await expect.poll(() => shown.textContent()).toBe('11–20 of 22');
    });

    test('triggers a pipeline with a JSON body and shows the request as a curl line', async () => {
        await pause(page);
        await chooseTrigger(page, 'documented webhook');
        await page.locator('textarea').fill('{"env": "stage", "n": [1, 2]}');
        await page.getByRole('button', { name: 'Trigger pipeline' }).click();
        await expect.poll(() => page.locator('.answer').textContent()).toContain('"env": "stage"');
        const line = await page.locator('.trigger-form .code pre').first().textContent();
        expect(line).toContain('/api/pipeline_schedules/71/pipeline_runs/4506463a01944ef492f70005996dac1a');
        expect(line).toContain(`--data '{"env": "stage", "n": [1, 2]}'`);
        await expect
            .poll(() => runView(page).locator('.why').textContent())
            .toContain('waits for the scheduler, which starts it in a tick');
        await expect.poll(() => runView(page).locator('h2').textContent()).toContain('initial');
    });

    test('steps a run from initial to completed, and its blocks follow the graph', async () => {
        await pause(page);
        await chooseTrigger(page, 'documented webhook');
        await page.getByRole('button', { name: 'Trigger pipeline' }).click();
        const heading = runView(page).locator('h2');
        await expect.poll(() => heading.textContent()).toContain('initial');

        const seen = new Set<string>();
        for (let i = 0; i < 400 && !(await heading.textContent())!.includes('completed'); i++) {
            const before = await page.locator('.time').getAttribute('data-now-us');
            await page.keyboard.press('.');
            await page.waitForFunction(
                (us) => document.querySelector('.time')?.getAttribute('data-now-us') !== us,
                before,
            );
            for (const node of await page.locator('.node').all()) seen.add((await node.getAttribute('data-status'))!);
        }
        expect(await heading.textContent()).toContain('completed');
        expect([...seen].sort()).toEqual(['completed', 'initial', 'queued', 'running']);
        expect(await page.locator('.bar.is-completed').count()).toBe(4);
    });

    test('is worked by keyboard: pause, reset, help', async () => {
        await page.keyboard.press(' ');
        await page.getByRole('button', { name: 'Resume the clock' }).waitFor();
        await page.keyboard.press('h');
        await expect.poll(() => page.locator('.digits').textContent()).toMatch(/ 01:\d\d:/);
        await page.keyboard.press('r');
        await expect.poll(() => page.locator('.digits').textContent()).toMatch(/ 00:00:/);
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
    });

    test('space pauses and resumes after a click on a button, which keeps it only where it was reached by keyboard', async () => {
        await chooseTrigger(page, 'documented webhook');
        const paused = page.getByRole('button', { name: 'Resume the clock' });
        const goes = page.getByRole('button', { name: 'Pause the clock' });
        for (const button of [
            page.locator('.trigger').first(),
            page.locator('.follow'),
            page.getByRole('button', { name: 'Colours' }),
        ]) {
            await button.click();
            const before = await button.evaluate((each) => each.getAttribute('title'));
            await page.keyboard.press(' ');
            await paused.waitFor();
            await page.keyboard.press(' ');
            await goes.waitFor();
            expect(await button.evaluate((each) => each.getAttribute('title'))).toBe(before);
        }
        await page.keyboard.press('Tab');
        expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Help');
        await page.keyboard.press(' ');
        await page.getByRole('dialog').waitFor();
    });

    test('keys work after a speed was chosen; a reset keeps it, and the pause', async () => {
        await page.locator('.speed select').selectOption('60');
        await page.keyboard.press(' ');
        await page.getByRole('button', { name: 'Resume the clock' }).waitFor();
        await page.keyboard.press('h');
        await expect
            .poll(() => page.locator('.log .sub').textContent())
            .toMatch(/^Advance by 1 h to 01:\d\d:\d\d\.\d{3}: (at least )?\d+ changes/);
        await page.keyboard.press('r');
        await expect.poll(() => page.locator('.digits').textContent()).toMatch(/ 00:00:/);
        expect(await page.locator('.speed select').inputValue()).toBe('60');
        expect(await page.getByRole('button', { name: 'Resume the clock' }).count()).toBe(1);
        expect(await page.locator('.log .sub').textContent()).toBe('the newest changes, of all runs');
    });

    test('shows a refused request with the words of the server', async () => {
        await pause(page);
        await chooseTrigger(page, 'documented webhook');
        await page.locator('textarea').fill('[1, 2]');
        await page.getByRole('button', { name: 'Trigger pipeline' }).click();
        await expect
            .poll(() => page.locator('.answer.refused').textContent())
            .toBe("HTTP 200, error 500 in the body:\n'list' object has no attribute 'get'");
    });

    test.each([360, 600, 800, 1100, 1920])('fits a screen of %i pixels without scrolling sideways', async (width) => {
        await page.setViewportSize({ width, height: 800 });
        await page.locator('.node').first().waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });
});

test('fetches at first only what it needs at once, and can be used before the graph is laid out', async () => {
    const { url, server } = await serveFolder('/');
    const page = await browser.newPage();
    const fetched: string[] = [];
    page.on('request', (request) => {
        fetched.push(
            request
                .url()
                .slice(url.length)
                .replace(/^assets\/|-[\w-]{8}(?=\.\w+$)/g, ''),
        );
    });
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await page.route('**/lay-out-*', (route) => held.then(() => route.continue()));
    await page.goto(url);
    await page.locator('.bar-row').first().waitFor();
    await pause(page);
    await chooseTrigger(page, 'documented webhook');
    await trigger(page);
    expect(await page.locator('.node').count()).toBe(0);
    goOn();
    await page.locator('.node').first().waitFor();
    // The reader of YAML, the document of the API, the second part of the module and so on are for those who ask.
    expect(fetched.sort()).toEqual(
        [
            '',
            'errors.js',
            'icon.svg',
            'index.css',
            'index.js',
            'json-text.js',
            'lay-out.js',
            'preload-helper.js',
            'runsim-demo.wasm',
            'runsim-first.wasm',
        ].sort(),
    );
    await page.close();
    server.close();
});

test('a simulator in a browser loads the second part of the module when a request needs it', async () => {
    const { url, server } = await serveFolder(
        '/',
        /^$/,
        fileURLToPath(new URL('../../wasm/package/dist', import.meta.url)),
    );
    const page = await browser.newPage();
    const modules: string[] = [];
    page.on('request', (request) => {
        if (request.url().endsWith('.wasm')) modules.push(request.url().slice(url.length));
    });
    await page.goto(`${url}index.js`);
    const create = `import(${JSON.stringify(`${url}index.js`)}).then(async (runsim) => (window.sim = await runsim.createSimulator({ lazy: true })).now)`;
    expect(await page.evaluate(create)).toBe('2026-01-01T00:00:00.000000+00:00');
    const ask = (target: string) =>
        page.evaluate(
            `sim.fetch(${JSON.stringify(target)}).then(async (response) => Object.keys(await response.json())[0])`,
        );
    expect(await ask('/api/pipeline_runs')).toBe('pipeline_runs');
    expect(modules).toEqual(['runsim-first.wasm', 'runsim-demo.wasm']);
    expect(await ask('/api/pipelines')).toBe('pipelines');
    expect(await ask('/api/tags')).toBe('tags');
    expect(modules).toEqual(['runsim-first.wasm', 'runsim-demo.wasm', 'runsim-rest.wasm']);
    await page.close();
    server.close();
});

test('a page without its module says plainly what is missing', async () => {
    const { url, server } = await serveFolder('/', /\.wasm$/);
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByRole('alert').waitFor();
    const text = await page.getByRole('alert').textContent();
    expect(text).toContain('The simulator could not start');
    expect(text).toContain('runsim-first.wasm');
    await page.close();
    server.close();
});

describe('the page served by runsim serve', () => {
    const cli = fileURLToPath(new URL('../../wasm/package/dist/cli.js', import.meta.url));
    const project = fileURLToPath(new URL('../../projects/demo', import.meta.url));
    let child: ChildProcess;
    let url: string;

    beforeAll(async () => {
        child = spawn(process.execPath, [cli, 'serve', '--project', project, '--port', '0', '--page', kPageFolder], {
            stdio: ['ignore', 'pipe', 'inherit'],
        });
        url = await new Promise<string>((found, failed) => {
            let output = '';
            child.stdout!.on('data', (part) => {
                output += part;
                const match = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
                if (match) found(match[0]);
            });
            child.on('exit', (code) => failed(new Error(`serve ended with ${code}: ${output}`)));
        });
    });
    afterAll(() => child?.kill());

    test('offers the world of the server, where a run triggered from outside appears', async () => {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        const said = complaints(page);
        await page.goto(url);
        const places = page.getByRole('radiogroup');
        const chosen = () => places.getByRole('radio', { checked: true }).textContent();
        expect(await chosen()).toBe('This tab');
        await places.getByRole('radio', { name: 'This tab' }).focus();
        for (const [key, place] of [
            ['ArrowRight', 'Server'],
            ['ArrowRight', 'This tab'],
            ['ArrowLeft', 'Server'],
        ] as const) {
            await page.keyboard.press(key);
            await expect.poll(chosen).toBe(place);
            expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(place);
        }
        expect(await places.locator('[tabindex="0"]').textContent()).toBe('Server');
        await chooseTrigger(page, 'documented webhook');
        await expect.poll(() => page.getByTestId('count').textContent()).toContain('count 0');
        const made = await fetch(`${url}/api/pipeline_schedules/71/pipeline_runs/4506463a01944ef492f70005996dac1a`, {
            method: 'POST',
            body: '{"from": "outside"}',
        });
        expect(((await made.json()) as any).pipeline_run.event_variables).toEqual({ from: 'outside' });
        await expect.poll(() => page.getByTestId('count').textContent()).toContain('count 1');
        await expect.poll(() => runView(page).textContent()).toContain('outside');
        expect(said).toEqual([]);
        await page.close();
    });

    test('while another world has not answered, nothing can be done; resetting that of the server is asked about', async () => {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        const said = complaints(page);
        await page.goto(url);
        await page.locator('.trigger').first().waitFor();
        const main = page.locator('main');
        await expect.poll(() => main.getAttribute('aria-busy')).toBe('false');
        // With two worlds to choose from, the bar is at its longest.
        await page.setViewportSize({ width: 1260, height: 900 });
        const last = await page.locator('.controls > *').last().boundingBox();
        expect(last!.x + last!.width).toBeLessThanOrEqual(1260);
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.locator('.trigger-form summary').click();
        expect(await page.locator('.trigger-form').textContent()).toContain(`${url}/api`);
        expect(await page.locator('.trigger-form').textContent()).toContain(
            '(switch to Server: the world of this tab has no port)',
        );
        let answer = () => {};
        const held = new Promise<void>((go) => (answer = go));
        await page.route('**/api/pipeline_schedules?*', async (route) => {
            await held;
            await route.continue();
        });
        await page.getByRole('radio', { name: 'Server' }).click();
        await expect.poll(() => page.getByRole('radio', { checked: true }).textContent()).toBe('Server');
        expect(await main.getAttribute('aria-busy')).toBe('true');
        expect(await page.locator('main[inert]').count()).toBe(1);
        answer();
        await expect.poll(() => main.getAttribute('aria-busy')).toBe('false');
        expect(await page.locator('[inert]').count()).toBe(0);
        expect(await page.locator('.trigger-form').textContent()).not.toContain('has no port');

        const now = async () => ((await (await fetch(`${url}/__sim/clock`)).json()) as any).clock.now_us;
        const shown = async () => Number(await page.locator('.time').getAttribute('data-now-us'));
        const hourOn = (await now()) + 3_600_000_000;
        await page.locator('.jump', { hasText: '+1 h' }).click();
        await expect.poll(shown).toBeGreaterThanOrEqual(hourOn);
        const late = await now();
        const questions: string[] = [];
        page.once('dialog', (dialog) => {
            questions.push(dialog.message());
            void dialog.dismiss();
        });
        await page.keyboard.press('r');
        await expect.poll(() => questions.length).toBe(1);
        expect(questions[0]).toContain('for everybody');
        expect(await now()).toBeGreaterThanOrEqual(late);

        // What the page is asking about at that moment is not there afterwards: it does not ask on.
        await chooseTrigger(page, 'documented webhook');
        const made = page.waitForResponse((response) => response.request().method() === 'POST');
        await page.locator('.trigger-form .primary').click();
        const { id } = (await (await made).json()).pipeline_run;
        await expect.poll(() => runView(page).getAttribute('aria-label')).toContain(String(id));
        let goOn = () => {};
        const reset = new Promise<void>((go) => (goOn = go));
        const asked = page.waitForRequest('**/__sim/pipeline_runs/*');
        await page.route('**/__sim/pipeline_runs/*', async (route) => {
            await reset;
            await route.continue();
        });
        await asked;
        page.once('dialog', (dialog) => void dialog.accept());
        await page.getByRole('button', { name: 'Reset the world' }).click();
        await expect.poll(now).toBeLessThan(late);
        goOn();
        await expect.poll(shown).toBeLessThan(late);
        await expect.poll(() => page.getByTestId('count').textContent()).toContain('count 0');
        expect(said).toEqual([]);
        await page.close();
    });

    test('asks nothing while another world is made, not even what it waited a frame for', async () => {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        await page.goto(url);
        await page.getByRole('radio', { name: 'Server' }).click();
        await expect.poll(() => page.locator('main').getAttribute('aria-busy')).toBe('false');
        await chooseTrigger(page, 'documented webhook');
        await expect.poll(() => page.getByTestId('count').textContent()).toContain('count');
        // No frame comes while something happens, so that the page waits to ask about it.
        const goOn = await page.evaluateHandle(() => {
            const frame = window.requestAnimationFrame;
            const held: FrameRequestCallback[] = [];
            window.requestAnimationFrame = (callback) => held.push(callback);
            return () => {
                window.requestAnimationFrame = frame;
                for (const callback of held) frame(callback);
            };
        });
        const run = '/api/pipeline_schedules/71/pipeline_runs/4506463a01944ef492f70005996dac1a';
        await fetch(url + run, { method: 'POST', body: '{}' });
        await page.waitForTimeout(1_000);
        // The world is made anew, and the page does not know yet that it is there.
        let answer = () => {};
        const held = new Promise<void>((go) => (answer = go));
        await page.route('**/__sim/clock', async (route) => {
            await held;
            await route.continue();
        });
        page.once('dialog', (dialog) => void dialog.accept());
        const told = page.waitForRequest('**/__sim/clock');
        await page.getByRole('button', { name: 'Reset the world' }).dispatchEvent('click');
        await told;
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await goOn.evaluate((go) => go());
        await page.waitForTimeout(500);
        expect(asked).toEqual([]);
        answer();
        await expect.poll(() => page.getByTestId('count').textContent()).toContain('count 0');
        await page.close();
    });
});
