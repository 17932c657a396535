// What a visitor does on the page.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

// The clock of the page, paused so that a test decides when time passes.
export async function pause(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Pause the clock' }).click();
    await page.getByRole('button', { name: 'Resume the clock' }).waitFor();
}

export const chooseTrigger = (page: Page, name: string) =>
    page.getByRole('navigation').getByText(name, { exact: true }).click();
export const runView = (page: Page) => page.locator('section.run');
export const laneOf = (page: Page, block: string) => page.locator(`.bar-row[data-block="${block}"]`);

const now = async (page: Page) => Number(await page.locator('.time').getAttribute('data-now-us'));

// Presses a key that moves the clock, and waits until the page shows it.
export async function press(page: Page, key: '.' | 'n' | 'm' | 'h'): Promise<void> {
    const before = await now(page);
    await page.keyboard.press(key);
    await expect.poll(() => now(page)).toBeGreaterThan(before);
}

// Triggers a run of the chosen trigger and waits until the page shows it.
export async function trigger(page: Page): Promise<void> {
    const before = await runView(page).getAttribute('aria-label');
    await page.locator('.trigger-form .primary').click();
    await expect.poll(() => runView(page).getAttribute('aria-label')).not.toBe(before);
    await expect.poll(() => runView(page).locator('h2').textContent()).toContain('initial');
}

// Goes on tick by tick until it is so.
export async function goOn(page: Page, until: () => Promise<boolean>, most = 40): Promise<void> {
    for (let i = 0; i < most && !(await until()); i++) await press(page, 'n');
    expect(await until()).toBe(true);
}
