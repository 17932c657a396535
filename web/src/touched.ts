// What the events of a world touched since the page last asked, and what of the page is to be asked for again.
import type { PipelineRun, Transition } from 'runsim/api';
import { isOver } from './run';

export interface Touched {
    // Another world is there, and gives the same ids to other rows.
    anew: boolean;
    // Anything may have changed.
    all: boolean;
    schedules: boolean;
    // The list of runs, and the run beside it, because the visitor chose others.
    list: boolean;
    // Runs that changed, or blocks of theirs.
    runs: Set<number>;
    // Pipelines that have a new run.
    born: Set<string | null>;
    // Something happened that need not be a transition: attempts end and begin, ticks pass.
    time: boolean;
}

export const nothing = (): Touched => ({
    anew: false,
    all: false,
    schedules: false,
    list: false,
    runs: new Set(),
    born: new Set(),
    time: false,
});

export function touch(touched: Touched, { subject, from, pipeline_run_id, pipeline_uuid }: Transition): void {
    if (subject === 'generic_job' || subject === 'backfill') return;
    if (subject !== 'block_run') touched.schedules = true; // they count their runs
    if (pipeline_run_id !== null) touched.runs.add(pipeline_run_id);
    if (subject === 'run' && from === null) touched.born.add(pipeline_uuid);
}

// Both of them.
export const joined = (a: Touched, b: Touched): Touched => ({
    anew: a.anew || b.anew,
    all: a.all || b.all,
    schedules: a.schedules || b.schedules,
    list: a.list || b.list,
    runs: new Set([...a.runs, ...b.runs]),
    born: new Set([...a.born, ...b.born]),
    time: a.time || b.time,
});

type Row = Pick<PipelineRun, 'id' | 'status'>;

export interface Needs {
    project: boolean;
    schedules: boolean;
    list: boolean;
    run: boolean;
    // Whether to ask again for the story of a run.
    story: (run: Row) => boolean;
}

// What is to be asked for if the page shows these rows. A new run that is gone already may have been anybody's.
export function needsOf(touched: Touched, shown: { pipeline: string | null; runs: Row[]; run: Row | null }): Needs {
    const { all } = touched;
    const isTouched = ({ id }: Row) => touched.runs.has(id);
    const isBorn = touched.born.has(null) || touched.born.has(shown.pipeline);
    return {
        project: all,
        schedules: all || touched.schedules,
        list: all || touched.list || isBorn || shown.runs.some(isTouched),
        run: all || (shown.run !== null && isTouched(shown.run)),
        story: (run) => all || isTouched(run) || (touched.time && !isOver(run)),
    };
}
