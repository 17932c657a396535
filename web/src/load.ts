// Asks the world for what its events touched and for what the visitor chose, and shows all of it at once: a new clock beside
// an old run would tell lies.
import { batch } from '@preact/signals';
import type { Clock, ClockAnswer, Transition } from 'runsim/api';
import { asked, askNoMore, wordsOf } from './ask';
import { keptOrder } from './choose-run';
import { kNoNews, kWindow, withNews } from './news';
import type { ServerEvent } from './parse-events';
import { askForRows, type Rows } from './rows';
import * as shown from './signals';
import { askForStories, keepStories } from './stories';
import { joined, needsOf, nothing, touch } from './touched';
import type { World } from './world';

// Real milliseconds between two loads that only events ask for: also where so much happens that the page skips some of it,
// and before another try after a failure.
const kPause = 200;
const kLongPause = 500;
const kRetry = 1000;

let touched = nothing();
let clock: { clock: Clock; at: number } | null = null; // that was heard of last
let unread: string[] = []; // transitions that came since
let news = kNoNews; // those before
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
    touched.all = true;
    isStale = true;
    void keepLoading();
}

// To be called before the first events of a line: whatever is shown may be wrong. `anew`: it is of another world.
export function begin(anew: boolean): void {
    stopAsking();
    isResting = false;
    touched = { ...nothing(), all: true, anew: anew || touched.anew };
    unread = [];
    news = kNoNews;
    clock = null;
}

export function hear(events: ServerEvent[]): void {
    const dataOf = (wanted: string) => events.filter(({ kind }) => kind === wanted).map(({ data }) => data);
    unread.push(...dataOf('transition'));
    if (unread.length > 2 * kWindow) unread = unread.slice(-kWindow);
    if (dataOf('edit').length > 0) touched.all = true;
    const last = dataOf('clock').at(-1);
    if (last !== undefined) {
        const answer = JSON.parse(last) as ClockAnswer;
        touched.time ||= answer.clock.now_us !== clock?.clock.now_us;
        clock = { clock: answer.clock, at: performance.now() };
    }
    isStale = true;
    void keepLoading();
}

// Reads what came since the last load. Where transitions are missing (then false), anything may have changed.
function readNews(): boolean {
    const transitions = unread.map((data) => JSON.parse(data) as Transition);
    unread = [];
    const first = transitions[0]?.number ?? news.end;
    const isWhole = first <= news.end || news.end === 0;
    if (!isWhole) touched.all = true;
    for (const transition of transitions) touch(touched, transition);
    news = withNews(news, transitions);
    return isWhole;
}

// The visitor chose something: it is asked for at once, in place of what is being asked for.
export function choose(list: boolean): void {
    choices++;
    touched.list ||= list;
    isStale = true;
    hurry();
    void keepLoading();
}

// The visitor waits for what comes next: no pause before it is loaded.
export const hurry = (): void => wake();

// One load after the other, as long as there is a reason.
async function keepLoading(): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    while (isStale && !isResting) {
        const chosen = new Promise<void>((done) => (wake = done));
        await Promise.race([new Promise(requestAnimationFrame), chosen]);
        await Promise.race([pause(await load()), chosen]);
    }
    isLoading = false;
}

// How long to wait before the next one.
async function load(): Promise<number> {
    const from = shown.world.value;
    const wait = readNews() ? kPause : kLongPause;
    const [choice, mine] = [choices, touched];
    touched = nothing();
    isStale = false;
    if (!from) return wait;
    const again = () => {
        touched = joined(mine, touched);
        isStale = true;
    };
    try {
        const needs = needsOf(mine, {
            pipeline: shown.schedule.value?.pipeline_uuid ?? null,
            runs: shown.page.value.runs,
            run: shown.run.value,
        });
        const answer = await askForRows(asked(from), needs);
        if (choice !== choices || from !== shown.world.value) {
            again();
        } else {
            batch(() => show(from, answer, mine.anew));
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
    shown.newest.value = news;
    if (clock) shown.heard.value = clock;
    if (anew || clock?.clock.paused === false) shown.stepped.value = null;
    shown.trouble.value = null;
}
