// Which run the page shows where it chooses, and in which order triggers are listed.
import type { PipelineRun, PipelineSchedule } from 'runsim/api';
import { isOver } from './run';

const newestOf = (rows: PipelineRun[]): PipelineRun | undefined => rows.find((row) => !isOver(row)) ?? rows[0];

// Of the first page of a list: at first the newest in progress, else the newest; then only on to newer ones. A run that ended
// stays, and of a world that began anew the same id is another run.
export function followed(listed: PipelineRun[], shown: PipelineRun | null): PipelineRun | undefined {
    const still = shown && listed.find((row) => row.id === shown.id && row.created_at === shown.created_at);
    if (!still) return newestOf(listed);
    return newestOf(listed.filter((row) => row.id > still.id)) ?? still;
}

// The order in which they were first shown, what was switched off then last: a row that moves is pressed by mistake.
export function keptOrder(known: number[], listed: PipelineSchedule[]): number[] {
    const fresh = listed.filter((s) => !known.includes(s.id));
    const off = (s: PipelineSchedule) => Number(s.status === 'inactive');
    return [...known, ...fresh.sort((a, b) => off(a) - off(b)).map((s) => s.id)];
}
