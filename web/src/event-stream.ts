// The line to a world: its stream of events, as long as the page is visible, and again after it was lost.
import { batch } from '@preact/signals';
import type { TransitionList } from 'runsim/api';
import { get, wordsOf } from './ask';
import { hear } from './heard';
import { begin, loadSoon, pause, rest } from './load';
import { kWindow } from './news';
import { eventsOf, type ServerEvent } from './parse-events';
import { entering, following, offset, runId, stepped, trouble, world } from './signals';
import type { World } from './world';

// Real milliseconds before another try.
const kRetry = 1000;

interface Line {
    events: AsyncGenerator<ServerEvent[]>;
    close: () => void;
}

let line: Line | null = null;
let visits = 0;

// What the last world showed stays until the first answer of the next one: nothing flashes. If several are chosen one after
// the other, the last one is entered, whichever answers first.
export async function enter(next: World): Promise<void> {
    entering.value = next;
    try {
        const opened = await open(next);
        if (entering.value !== next) return opened.close();
        line?.close();
        batch(() => {
            world.value = next;
            followNewest();
            stepped.value = null;
        });
        void stay(next, opened);
    } catch (error) {
        if (entering.value !== next) return;
        entering.value = world.value;
        trouble.value = wordsOf(error);
    }
}

// At the head of the list, where the page chooses the run.
export function followNewest(): void {
    batch(() => {
        following.value = true;
        offset.value = 0;
        runId.value = null;
    });
}

// The first events are those that the page looks back on.
async function open(to: World): Promise<Line> {
    const { metadata } = await get<TransitionList>(to, '/__sim/transitions?_limit=1');
    const end = new AbortController();
    const from = Math.max(metadata.begin, metadata.end - kWindow);
    const target = `/__sim/events?from=${from}&newest=${kWindow}`;
    const response = await to.fetch(target, { signal: end.signal });
    if (!response.ok || !response.body) throw new Error(`GET ${target}: the server answered ${response.status}`);
    return { events: eventsOf(response.body), close: () => end.abort() };
}

async function stay(to: World, first: Line): Promise<void> {
    const visit = ++visits;
    let isAnother = true;
    for (let next: Line | null = first; visit === visits; next = null) {
        try {
            const opened: Line = next ?? (await open(to));
            if (visit !== visits) return opened.close();
            line = opened;
            begin(isAnother);
            isAnother = false;
            await listen(line);
            isAnother = true;
            continue;
        } catch (error) {
            if (visit !== visits) return;
            if (!document.hidden) trouble.value = `The world cannot be reached (${wordsOf(error)}); trying again.`;
        }
        await (document.hidden ? shown() : pause(kRetry));
    }
}

// Until another world is there. Throws at the end of the stream.
async function listen({ events, close }: Line): Promise<void> {
    for await (const some of events) {
        if (some.some(({ kind }) => kind === 'reset')) {
            rest();
            followNewest();
            return close();
        }
        hear(some);
        loadSoon();
    }
    throw new Error('its events ended');
}

// A hidden page lets go of its line: a browser opens six to a server and no more, and other pages need theirs.
document.addEventListener('visibilitychange', () => document.hidden && line?.close());

const shown = (): Promise<void> =>
    new Promise((done) => document.addEventListener('visibilitychange', () => done(), { once: true }));
