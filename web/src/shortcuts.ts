import { resetWorld, selectRun, selectSchedule, tellClock, toggleClock, turnPage } from './commands';
import { helpOpen, listedSchedules, page, runId, scheduleId } from './signals';

export interface Shortcut {
    key: string;
    shown: string;
    words: string;
    act: () => void;
}

function neighbour<T extends { id: number }>(list: T[], id: number | null, by: number): T | undefined {
    const at = list.findIndex((row) => row.id === id);
    return list[Math.min(list.length - 1, Math.max(0, at + by))];
}
const move = (by: number) => () => {
    const next = neighbour(page.value.runs, runId.value, by);
    if (next) selectRun(next.id);
};
const moveTrigger = (by: number) => () => {
    const next = neighbour(listedSchedules.value, scheduleId.value, by);
    if (next) selectSchedule(next.id);
};

export const kShortcuts: Shortcut[] = [
    { key: ' ', shown: 'space', words: 'pause or resume the clock', act: () => void toggleClock() },
    { key: '.', shown: '.', words: 'step to the next event', act: () => void tellClock('step') },
    {
        key: 'n',
        shown: 'n',
        words: 'advance ten seconds, one tick',
        act: () => void tellClock('advance', { by: '10s' }),
    },
    { key: 'm', shown: 'm', words: 'advance one minute', act: () => void tellClock('advance', { by: '1m' }) },
    { key: 'h', shown: 'h', words: 'advance one hour', act: () => void tellClock('advance', { by: '1h' }) },
    {
        key: 't',
        shown: 't',
        words: 'trigger the pipeline',
        act: () => document.querySelector<HTMLButtonElement>('.trigger-form .primary')?.click(),
    },
    { key: 'j', shown: 'j', words: 'next run', act: move(1) },
    { key: 'k', shown: 'k', words: 'previous run', act: move(-1) },
    { key: 'J', shown: 'J', words: 'next trigger', act: moveTrigger(1) },
    { key: 'K', shown: 'K', words: 'previous trigger', act: moveTrigger(-1) },
    { key: ']', shown: ']', words: 'next page of runs', act: () => turnPage(1) },
    { key: '[', shown: '[', words: 'previous page of runs', act: () => turnPage(-1) },
    { key: 'r', shown: 'r', words: 'reset the world to its beginning', act: () => void resetWorld() },
    { key: '?', shown: '?', words: 'show or hide this help', act: () => (helpOpen.value = !helpOpen.value) },
];
