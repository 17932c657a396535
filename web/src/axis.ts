// The time axis under a run's bars: the scheduler's ticks are its lines.
import type { PipelineRun } from 'runsim/api';
import { toMicroseconds } from './time';

// The scheduler's ticks: the first one, and from one to the next.
export interface Ticks {
    start: number;
    interval: number;
}

export interface Axis {
    from: number;
    to: number;
}

// At most so many tick lines: beyond, every second, fifth, ... is drawn.
const kMostLines = 14;
// A deadline so many ticks from the start is drawn to scale; one farther off would press the bars together.
const kFarthestDeadline = 12;
// A label and its distance to the next one, in pixels.
const kLabel = 50;
const kApart = 8;

export const percent = (axis: Axis, us: number): number =>
    Math.min(100, Math.max(0, ((us - axis.from) / (axis.to - axis.from)) * 100));
export const isOn = (axis: Axis, us: number): boolean => us >= axis.from && us <= axis.to;

// The axis of a run whose bars go until `until`, its end or now. It begins at the tick before the run, and grows tick by tick,
// not with every frame.
export function axisOf(run: PipelineRun, { start, interval }: Ticks, until: number, deadlines: number[]): Axis {
    const born = toMicroseconds(run.created_at);
    const from = start + Math.floor((born - start) / interval) * interval;
    const near = deadlines
        .map((us) => (us - from) / interval + 0.3)
        .filter((ticks) => ticks > 0 && ticks <= kFarthestDeadline);
    const ticks = Math.max(1, Math.ceil((until - from) / interval + 0.15), ...near.map(Math.ceil));
    return { from, to: from + ticks * interval };
}

export interface Lines {
    // One line stands for so many ticks.
    every: number;
    at: number[];
}

export function linesOf(axis: Axis, { start, interval }: Ticks): Lines {
    const every =
        [1, 2, 5, 10, 20, 60, 180, 360, 1000, 5000].find((n) => (axis.to - axis.from) / (n * interval) <= kMostLines) ??
        20000;
    const step = every * interval;
    const at = [];
    for (let us = start + Math.ceil((axis.from - start) / step) * step; us <= axis.to; us += step) at.push(us);
    return { every, at };
}

// Which lines are labelled, and on which side of the line: labels never touch, and none is cut off at the end.
export function labelsOf(axis: Axis, at: number[], width: number): Map<number, 'right' | 'left'> {
    const x = (us: number) => ((us - axis.from) / (axis.to - axis.from)) * width;
    const gap = at.length > 1 ? x(at[1]!) - x(at[0]!) : width;
    const every = Math.max(1, Math.ceil((kLabel + kApart) / Math.max(gap, 0.1)));
    const labels = new Map<number, 'right' | 'left'>();
    let taken = -kApart;
    at.forEach((us, i) => {
        if (i % every !== 0) return;
        const side = x(us) + kLabel <= width ? 'right' : 'left';
        const left = side === 'right' ? x(us) : x(us) - kLabel;
        if (left < taken + kApart) return;
        labels.set(us, side);
        taken = left + kLabel;
    });
    return labels;
}
