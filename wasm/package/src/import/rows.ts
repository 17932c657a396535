import type { Item } from './client.js';
import { itemsOf } from './client.js';

/** The columns of rows that runsim.json takes (http-api.md 5.2). */
const columns = {
    event_matchers: ['id', 'created_at', 'updated_at', 'event_type', 'name', 'pattern'],
    schedules: [
        ...['id', 'created_at', 'updated_at', 'name', 'description', 'pipeline_uuid', 'schedule_type', 'start_time'],
        ...['schedule_interval', 'status', 'last_enabled_at', 'variables', 'sla', 'token', 'settings'],
        ...['global_data_product_uuid', 'tags'],
    ],
    backfills: [
        ...['id', 'block_uuid', 'completed_at', 'created_at', 'end_datetime', 'failed_at', 'interval_type'],
        ...['interval_units', 'metrics', 'name', 'pipeline_schedule_id', 'pipeline_uuid', 'settings'],
        ...['start_datetime', 'started_at', 'status', 'updated_at', 'variables'],
    ],
    runs: [
        ...['id', 'created_at', 'updated_at', 'pipeline_schedule_id', 'pipeline_uuid', 'execution_date', 'status'],
        ...['started_at', 'completed_at', 'variables', 'passed_sla', 'event_variables', 'metrics', 'backfill_id'],
        'executor_type',
    ],
    block_runs: [
        ...['id', 'created_at', 'updated_at', 'pipeline_run_id', 'block_uuid', 'status', 'started_at'],
        ...['completed_at', 'metrics'],
    ],
} as const;

const runStatuses = ['initial', 'running', 'completed', 'failed', 'cancelled'];
const blockRunStatuses = [...runStatuses, 'queued', 'upstream_failed', 'condition_failed'];

export type Rows = Record<keyof typeof columns, Item[]>;

/** Those columns of an item that are not null. */
function rowOf(table: keyof typeof columns, item: Item, changes: Item = {}): Item {
    const all = { ...item, ...changes };
    const present = columns[table].filter((name) => all[name] !== null && all[name] !== undefined);
    return Object.fromEntries(present.map((name) => [name, all[name]]));
}

/** Variables whose values stay behind: names without values. The partition follows from the run's own columns. */
export function namesOnly(variables: unknown): unknown {
    if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return null;
    const names = Object.entries(variables).map(([name, value]) => [
        name,
        name === 'execution_partition' ? value : null,
    ]);
    return Object.fromEntries(names);
}

export interface Answers {
    /** The path of the server's project. */
    repoPath: unknown;
    schedules: Item[];
    backfills: Item[];
    eventMatchers: Item[];
    /** As the list of runs shows them, with their block runs. */
    runs: Item[];
}

const byId = (a: Item, b: Item): number => Number(a.id) - Number(b.id);

/** What the API showed as rows, and a note for everything that could not be taken along. */
export function rowsOf(answers: Answers, withValues: boolean, note: (text: string) => void): Rows {
    const values = withValues ? (variables: unknown): unknown => variables : namesOnly;
    const schedules = [...answers.schedules].sort(byId);
    const scheduleIds = new Set(schedules.map(({ id }) => id));
    const backfills = [...answers.backfills].sort(byId);
    const backfillIds = new Set(backfills.map(({ id }) => id));
    const matchers = new Map(answers.eventMatchers.map((item) => [item.id, item]));
    for (const schedule of schedules)
        for (const matcher of itemsOf(schedule.event_matchers)) matchers.set(matcher.id, matcher);

    const blockRuns: Item[] = [];
    const runs = [...answers.runs].sort(byId).filter((run) => {
        const name = `run ${String(run.id)}`;
        if (!runStatuses.includes(String(run.status))) {
            note(`${name} is left out: its status ${JSON.stringify(run.status)} is not known here`);
            return false;
        }
        if (!scheduleIds.has(run.pipeline_schedule_id)) {
            note(`${name} is left out: its trigger ${String(run.pipeline_schedule_id)} was deleted meanwhile`);
            return false;
        }
        for (const blockRun of itemsOf(run.block_runs)) {
            if (blockRunStatuses.includes(String(blockRun.status))) blockRuns.push(blockRun);
            else
                note(
                    `block run ${String(blockRun.id)} of ${name} is left out: its status ${JSON.stringify(blockRun.status)} is not known here`,
                );
        }
        return true;
    });
    return {
        event_matchers: [...matchers.values()].sort(byId).map((item) => rowOf('event_matchers', item)),
        schedules: schedules.map((item) => {
            const links = itemsOf(item.event_matchers).map(({ id }) => id);
            return {
                ...rowOf('schedules', item, { variables: values(item.variables) }),
                ...(item.repo_path === answers.repoPath ? {} : { repo_path: item.repo_path }),
                ...(links.length > 0 ? { event_matchers: links } : {}),
            };
        }),
        backfills: backfills.map((item) =>
            rowOf('backfills', item, {
                variables: values(item.variables),
                ...(scheduleIds.has(item.pipeline_schedule_id) ? {} : { pipeline_schedule_id: null }),
            }),
        ),
        runs: runs.map((item) =>
            rowOf('runs', item, {
                variables: values(item.variables),
                event_variables: values(item.event_variables),
                ...(backfillIds.has(item.backfill_id) ? {} : { backfill_id: null }),
            }),
        ),
        block_runs: blockRuns.sort(byId).map((item) => rowOf('block_runs', item)),
    };
}
