// Whoever answers a Request, { name, fetch(request) }, as a contender whose answers are texts.
import { checkPages, checkTrigger } from './contenders.mjs';
import { kTrigger, kTriggerBody, pageTarget } from './workload.mjs';

const kHost = 'http://localhost';
const pageRequest = (target) => new Request(kHost + target);
const triggerRequest = (target, body) => new Request(kHost + target, { method: 'POST', body });
const textOf = async ({ fetch }, request) => (await fetch(request)).text();

const asContender = (one) => ({
    name: one.name,
    page: (target) => textOf(one, pageRequest(target)),
    trigger: (target, body) => textOf(one, triggerRequest(target, body)),
});

/** Throws unless another answers as `own`. Both have a run more afterwards. */
export async function checkFetched(other, own, runs) {
    const [rival, ours] = [other, own].map(asContender);
    await checkPages(rival.name, rival.page, ours.page, runs);
    await checkTrigger(rival, ours);
}

/** For `race`: from a Request, which is made before, to the text. */
export const fetchedPage = (one, offset) => ({
    name: one.name,
    before: () => pageRequest(pageTarget(offset)),
    work: (request) => textOf(one, request),
});
export const fetchedTrigger = (one) => ({
    name: one.name,
    before: () => triggerRequest(kTrigger, kTriggerBody),
    work: (request) => textOf(one, request),
});
