// What the page has heard of its world since it last asked: which things the events touched, the newest transitions, the clock.
import type { Clock, ClockAnswer, Transition } from 'runsim/api';
import { kNoNews, kWindow, withNews } from './news';
import type { ServerEvent } from './parse-events';
import { joined, nothing, type Touched, touch } from './touched';

let touched = nothing();
let unread: string[] = []; // transitions that came since the last take()

export const heard = {
    clock: null as { clock: Clock; at: number } | null,
    news: kNoNews, // without what is unread
};

// Whatever is shown may be wrong. `anew`: it is of another world.
export function forget(anew: boolean): void {
    touched = { ...nothing(), all: true, anew: anew || touched.anew };
    unread = [];
    heard.news = kNoNews;
    heard.clock = null;
}

export function hear(events: ServerEvent[]): void {
    const dataOf = (wanted: string) => events.filter(({ kind }) => kind === wanted).map(({ data }) => data);
    unread.push(...dataOf('transition'));
    if (unread.length > 2 * kWindow) unread = unread.slice(-kWindow);
    if (dataOf('edit').length > 0) touched.all = true;
    const last = dataOf('clock').at(-1);
    if (last === undefined) return;
    const answer = JSON.parse(last) as ClockAnswer;
    touched.time ||= answer.clock.now_us !== heard.clock?.clock.now_us;
    heard.clock = { clock: answer.clock, at: performance.now() };
}

// Adds what was touched by other things than events, or must be asked for once more.
export function add(more: Partial<Touched>): void {
    touched = joined({ ...nothing(), ...more }, touched);
}

// What was touched since the last call, and whether no transition was missed. Where some are missing, anything may have
// changed.
export function take(): { touched: Touched; isWhole: boolean } {
    const transitions = unread.map((data) => JSON.parse(data) as Transition);
    unread = [];
    const first = transitions[0]?.number ?? heard.news.end;
    const isWhole = first <= heard.news.end || heard.news.end === 0;
    if (!isWhole) touched.all = true;
    for (const transition of transitions) touch(touched, transition);
    heard.news = withNews(heard.news, transitions);
    const taken = { touched, isWhole };
    touched = nothing();
    return taken;
}
