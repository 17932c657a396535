// Asks the world for what its events touched and for what the visitor chose, and shows all of it at once: a new clock beside
// an old run would tell lies.
import { batch } from '@preact/signals';
import { asked, askNoMore, wordsOf } from './ask';
import { keptOrder } from './choose-run';
import { add, forget, heard, take } from './heard';
import { askForRows, type Rows } from './rows';
import * as shown from './signals';
import { askForStories, keepStories } from './stories';
import { needsOf } from './touched';
import type { World } from './world';

// Real milliseconds between two loads that only events ask for: also where so much happens that the page skips some of it,
// and before another try after a failure.
const kPause = 200;
const kLongPause = 500;
const kRetry = 1000;

let choices = 0; // after which what was asked for before is not what is wanted
let wake = () => {};
let isLoading = false;
let isResting = false; // until the first events of a line
let isStale = false; // something was touched, heard of or chosen since the last load began

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

// What is being asked for is not wanted any more.
function stopAsking(): void {
    choices++;
    askNoMore();
}

// While another world is made, nothing is asked.
export function rest(): void {
    stopAsking();
    isResting = true;
}

export function askAgain(): void {
    isResting = false;
    add({ all: true });
    loadSoon();
}

// To be called before the first events of a line: whatever is shown may be wrong. `anew`: it is of another world.
export function begin(anew: boolean): void {
    stopAsking();
    isResting = false;
    forget(anew);
}

export function loadSoon(): void {
    isStale = true;
    void keepLoading();
}

// The visitor chose something: it is asked for at once, in place of what is being asked for.
export function choose(list: boolean): void {
    choices++;
    add({ list });
    hurry();
    loadSoon();
}

// The visitor waits for what comes next: no pause before it is loaded.
export const hurry = (): void => wake();

// One load after the other, as long as there is a reason.
async function keepLoading(): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    while (isStale) {
        const chosen = new Promise<void>((done) => (wake = done));
        await Promise.race([new Promise(requestAnimationFrame), chosen]);
        if (isResting) break; // since before the frame or during it
        await Promise.race([pause(await load()), chosen]);
    }
    isLoading = false;
}

// How long to wait before the next one.
async function load(): Promise<number> {
    const from = shown.world.value;
    const { touched, isWhole } = take();
    const wait = isWhole ? kPause : kLongPause;
    const choice = choices;
    isStale = false;
    if (!from) return wait;
    const again = () => {
        add(touched);
        isStale = true;
    };
    try {
        const needs = needsOf(touched, {
            pipeline: shown.schedule.value?.pipeline_uuid ?? null,
            runs: shown.page.value.runs,
            run: shown.run.value,
        });
        const answer = await askForRows(asked(from), needs);
        if (choice !== choices || from !== shown.world.value) {
            again();
        } else {
            batch(() => show(from, answer, touched.anew));
            void askForStories(needs.story);
        }
        return wait;
    } catch (error) {
        again();
        if (choice !== choices || from !== shown.world.value) return wait;
        shown.trouble.value = wordsOf(error);
        return kRetry;
    }
}

function show(from: World, answer: Rows, anew: boolean): void {
    const { project, schedules, schedule, page, offset, run, story, following } = answer;
    const known = from === shown.answered.value ? shown.order.value : [];
    if (schedules !== shown.schedules.value) shown.order.value = keptOrder(known, schedules);
    shown.answered.value = from;
    shown.project.value = project;
    shown.schedules.value = schedules;
    shown.scheduleId.value = schedule;
    shown.page.value = page;
    shown.offset.value = offset;
    shown.run.value = run;
    shown.runId.value = run?.id ?? null;
    shown.following.value = following;
    keepStories(anew, story);
    shown.newest.value = heard.news;
    if (heard.clock) shown.heard.value = heard.clock;
    if (anew || heard.clock?.clock.paused === false) shown.stepped.value = null;
    shown.trouble.value = null;
}
