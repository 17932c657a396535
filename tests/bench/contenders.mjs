// Who answers the two calls of the workload, and whether rightly. A contender is { name, page(target), cold?(target), trigger(target, body), close?() }
// and gives the bytes of the answer, or a promise of them. `cold` makes the text of every row anew; who has no `cold` keeps no texts.
import { Mock } from './rivals/mock.mjs';
import { PlainMock } from './rivals/plain-mock.mjs';
import { expectSame, kPage, kTrigger, kTriggerBody, kTriggered, pageTarget } from './workload.mjs';

/** The rivals that answer with bytes, made from the rows of `readRuns`. A library that this engine cannot load rejects. */
export const rivals = {
    mock: async (runs) => new Mock(runs),
    'plain mock': async (runs) => new PlainMock(runs),
    '@msw/data': async (runs) => (await import('./rivals/msw-data.mjs')).makeMswData(runs),
    miragejs: async (runs) => (await import('./rivals/mirage.mjs')).makeMirage(runs),
    'sqlite-wasm': async (runs) => (await import('./rivals/sqlite.mjs')).makeSqlite(runs),
};

/** The newest runs and the oldest. */
export const offsetsOf = (runs) => [0, runs - kPage];

/** Throws unless `pageOf(target)` gives the pages that `ourPage(target)` gives. */
export async function checkPages(name, pageOf, ourPage, runs) {
    for (const offset of offsetsOf(runs)) {
        const target = pageTarget(offset);
        expectSame(name, `page at ${offset}`, await pageOf(target), await ourPage(target));
    }
}

/**
 * Throws unless a rival's answers are those of `ours`: its pages, whether it makes their texts or keeps them, and what it says of a run that it was
 * triggered to make, of which only the dates may differ. Both have a run more afterwards.
 */
export async function check(rival, ours, runs) {
    const ways = [rival.cold, rival.page, rival.page].filter(Boolean).map((way) => way.bind(rival));
    for (const way of ways) await checkPages(rival.name, way, ours.page, runs);
    await checkTrigger(rival, ours);
    const made = pageTarget(0, kTriggered);
    for (const way of ways) expectSame(rival.name, 'triggered run', await way(made), await ours.page(made), false);
}

/** The part of `check` that triggers. */
export async function checkTrigger(rival, ours) {
    const wanted = await ours.trigger(kTrigger, kTriggerBody);
    expectSame(rival.name, 'answer to the trigger', await rival.trigger(kTrigger, kTriggerBody), wanted, false);
}
