// What a visitor does.
import { batch, effect, untracked } from '@preact/signals';
import type { ClockAnswer, ClockCommand } from 'runsim/api';
import { post, wordsOf } from './ask';
import { followNewest } from './event-stream';
import { askAgain, choose, hurry, rest } from './load';
import { attemptNews, changesSince, stepWords } from './news';
import {
    clock,
    following,
    limit,
    newest,
    offset,
    page,
    paused,
    runId,
    scheduleId,
    speed,
    stepped,
    story,
    trouble,
    world,
} from './signals';

// What was there stays until the answer comes: nothing flashes.
export function selectSchedule(id: number): void {
    batch(() => {
        scheduleId.value = id;
        followNewest();
    });
    choose(true);
}

export function selectRun(id: number): void {
    batch(() => {
        following.value = false;
        runId.value = id;
    });
    choose(false);
}

export function follow(): void {
    batch(() => {
        followNewest();
        stepped.value = null;
    });
    choose(true);
}

export function turnPage(by: number): void {
    const next = offset.value + by * limit.value;
    if (next < 0 || next >= Math.max(1, page.value.count)) return;
    batch(() => {
        offset.value = next;
        runId.value = null;
        following.value = next === 0;
    });
    choose(true);
}

export function setLimit(rows: number): void {
    batch(() => {
        limit.value = rows;
        offset.value = 0;
    });
    choose(true);
}

type Command = ClockCommand['clock'];
const command = (body: Command): Promise<ClockAnswer> => post(world.value!, '/__sim/clock', { clock: body });

// Acts once, as soon as `ready` holds. Returns the way to stop waiting.
function once(ready: () => boolean, act: () => void): () => void {
    let over = false;
    const stop = effect(() => {
        if (over || !ready()) return;
        over = true;
        untracked(act);
    });
    return () => {
        over = true;
        stop();
    };
}

let stopWaiting = () => {};

export async function tellClock(action: Command['action'], more: { by?: string; speed?: number } = {}): Promise<void> {
    stopWaiting();
    stepped.value = null;
    const before = { story: story.value, end: newest.value.end };
    const wasPaused = paused.value;
    // In words, once the page shows where the clock was moved to.
    const tell = (moved: string, us: number) => {
        const isThere = () => paused.value && clock.value!.now_us >= us;
        stopWaiting = once(isThere, () => {
            const changes = changesSince(newest.value, before.end);
            const words = stepWords(clock.value!.now_us, changes, attemptNews(before.story, story.value));
            stepped.value = { from: before.end, words: `${moved} ${words}` };
        });
    };
    if (action === 'reset') rest();
    try {
        // A step of a clock that runs on could not be seen.
        if (action === 'step' && !wasPaused) await command({ action: 'pause' });
        const { clock: now } = await command({ action, ...more } as Command);
        // Before anybody looks: a world that began anew runs as it was first made.
        if (action === 'reset') await command({ action: wasPaused ? 'pause' : 'resume' });
        hurry();
        if (action === 'step') tell('Step to', now.now_us);
        if (action === 'advance') tell(`Advance by ${more.by?.replace(/\d+/, '$& ')} to`, now.now_us);
    } catch (error) {
        if (action === 'reset') askAgain();
        trouble.value = wordsOf(error);
    }
}

// Back to the beginning, at the pace that was set. The world of a server may be somebody else's, too.
export async function resetWorld(): Promise<void> {
    const question = 'Reset the world of the server? It goes back to its beginning for everybody who uses it.';
    if (world.value?.place === 'server' && !confirm(question)) return;
    await tellClock('reset', { speed: speed.value });
}

export const toggleClock = (): Promise<void> => tellClock(paused.value ? 'resume' : 'pause');
