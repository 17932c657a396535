import type { Simulator } from 'runsim';
import { get, type Headers } from './lived-in.ts';

// What holds in a world whatever was sent to it.

const lists = ['/api/pipeline_runs', '/api/pipeline_schedules', '/api/block_runs', '/api/backfills'];
const pageSize = 7;

/** All rows of a list, page by page; undefined where the list is an error. */
function rowsOf(sim: Simulator, target: string, headers: Headers, found: string[]): any[] | undefined {
    const key = target.split('/').at(-1)!;
    const rows: any[] = [];
    let count: number | undefined;
    for (;;) {
        const page = get(sim, `${target}?_limit=${pageSize}&_offset=${rows.length}`, headers);
        if (page.error) return undefined;
        if (count !== undefined && page.metadata.count !== count)
            found.push(`${target}: its count is ${count} and then ${page.metadata.count}`);
        count = page.metadata.count as number;
        rows.push(...page[key]);
        if (page[key].length > pageSize) found.push(`${target}: a page of ${page[key].length}`);
        if (!page.metadata.next) break;
        if (page[key].length === 0) {
            found.push(`${target}: an empty page with another behind it`);
            break;
        }
    }
    if (rows.length !== count) found.push(`${target}: ${rows.length} rows, and a count of ${count}`);
    if (new Set(rows.map((row) => row.id)).size !== rows.length) found.push(`${target}: a row on two pages`);
    return rows;
}

function checkRuns(runs: any[], found: string[]): void {
    for (const run of runs) {
        const completed = run.block_runs.filter((row: any) => row.status === 'completed').length;
        if (run.block_runs_count !== run.block_runs.length || run.completed_block_runs_count !== completed)
            found.push(`run ${run.id}: counts that its block runs deny`);
    }
}

function checkSchedules(schedules: any[], runs: any[] | undefined, found: string[]): void {
    for (const { id, ...schedule } of schedules) {
        const mine = runs?.filter((run) => run.pipeline_schedule_id === id);
        if (mine && schedule.repo_path === null && schedule.pipeline_runs_count !== (mine.length || null))
            found.push(`schedule ${id}: counts ${schedule.pipeline_runs_count} runs of ${mine.length}`);
        const [alive, all] = [schedule.pipeline_in_progress_runs_count ?? 0, schedule.pipeline_runs_count ?? 0];
        if (alive < 0 || alive > all) found.push(`schedule ${id}: ${alive} of ${all} runs are in progress`);
    }
}

/** What is wrong with a world, as somebody sees it who calls with these headers. */
export function faultsOf(sim: Simulator, headers: Headers = {}): string[] {
    const found: string[] = [];
    sim.pause();
    const [runs, schedules] = lists.map((target) => rowsOf(sim, target, headers, found));
    if (runs) checkRuns(runs, found);
    if (schedules) checkSchedules(schedules, runs, found);

    const copy = sim.fork();
    const hash = sim.hash();
    copy.reset();
    copy.restore(sim.snapshot());
    if (copy.hash() !== hash) found.push('a snapshot gives another world');
    for (const world of [sim, copy]) world.advance('3s');
    if (copy.hash() !== sim.hash()) found.push('a snapshot gives a world that goes another way');
    copy.dispose();
    return found;
}
