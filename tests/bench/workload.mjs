// What every contender is given and asked: the runs that runsim's own world has, as rows, and two calls of the API.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const kPage = 20;
export const kBlocks = ['load', 'left', 'right', 'export'];
export const kTriggered = 2; // the schedule that the trigger makes runs of; the pages are of schedule 1
const kToken = '4506463a01944ef492f70005996dac1a';
export const kTrigger = `/api/pipeline_schedules/${kTriggered}/pipeline_runs/${kToken}`;
export const kTriggerBody = encoder.encode('{"env": "dev", "test": 1}');

export const pageTarget = (offset, schedule = 1) =>
    `/api/pipeline_schedules/${schedule}/pipeline_runs?_limit=${kPage}&_offset=${offset}`;

/** Schedule 1 makes a run a minute: so long until so many are finished. */
export const microsecondsFor = (runs) => runs * 60e6 - 10e6;

/** The numbers in such a target. */
export function readTarget(target) {
    const query = target.indexOf('?');
    const asked = new URLSearchParams(target.slice(query + 1));
    return {
        schedule: Number(target.slice('/api/pipeline_schedules/'.length, target.indexOf('/pipeline_runs'))),
        limit: Number(asked.get('_limit')),
        offset: Number(asked.get('_offset')),
    };
}

/** All runs of schedule 1 of a world, oldest first. `ask` answers a target with bytes. */
export function readRuns(ask, count) {
    const kMany = 1_000;
    const runs = [];
    for (let offset = 0; offset < count; offset += kMany) {
        const target = pageTarget(offset).replace(`_limit=${kPage}`, `_limit=${kMany}`);
        for (const run of JSON.parse(decoder.decode(ask(target))).pipeline_runs) runs.push(run);
    }
    return runs.reverse();
}

/** `2026-01-01 00:19:30.000002+00:00`, of microseconds. */
export function dateText(us) {
    const fraction = us % 1e6;
    const second = new Date((us - fraction) / 1000).toISOString();
    return `${second.slice(0, 10)} ${second.slice(11, 19)}.${String(fraction).padStart(6, '0')}+00:00`;
}

/** A run that the trigger makes: a row as `readRuns` gives them. `firstBlockRun` is the id of the first of its four block runs. */
export function triggeredRun(id, firstBlockRun, us, eventVariables) {
    const when = dateText(us);
    const partition = `${kTriggered}/${when.slice(0, 19).replaceAll(/[-:]/g, '').replace(' ', 'T')}_${when.slice(20, 26)}`;
    return {
        backfill_id: null,
        completed_at: null,
        created_at: when,
        event_variables: eventVariables,
        execution_date: when,
        executor_type: 'local_python',
        id,
        metrics: null,
        passed_sla: false,
        pipeline_schedule_id: kTriggered,
        pipeline_uuid: 'diamond',
        started_at: null,
        status: 'initial',
        updated_at: when,
        variables: { execution_partition: partition },
        block_runs: kBlocks.map((block_uuid, i) => ({
            id: firstBlockRun + i,
            created_at: when,
            updated_at: when,
            pipeline_run_id: id,
            block_uuid,
            status: 'initial',
            started_at: null,
            completed_at: null,
            metrics: null,
        })),
        block_runs_count: 4,
        completed_block_runs_count: 0,
        pipeline_schedule_name: 'hook',
        pipeline_schedule_token: kToken,
        pipeline_schedule_type: 'api',
        pipeline_tags: null,
        pipeline_type: null,
        repo_path: '/home/src/bench',
    };
}

const kShownOfTriggered = [
    'id',
    'created_at',
    'updated_at',
    'pipeline_schedule_id',
    'pipeline_uuid',
    'execution_date',
    'status',
    'started_at',
    'completed_at',
    'variables',
    'passed_sla',
    'event_variables',
    'metrics',
    'backfill_id',
    'executor_type',
];

/** What the trigger answers: the run without what only lists show. */
export const triggerAnswer = (run) => ({
    pipeline_run: Object.fromEntries(kShownOfTriggered.map((key) => [key, run[key]])),
});

export const pageAnswer = (runs, count, { offset, limit }) => ({
    pipeline_runs: runs,
    metadata: { count, next: offset + limit < count },
});

/** Numbers rows as the world does: one more than the last. The clock is paused where the world's is, and a write takes a microsecond. */
export class Births {
    constructor(count) {
        this.run = count;
        this.blockRun = count * kBlocks.length;
        this.us = Date.UTC(2026, 0, 1) * 1000 + microsecondsFor(count);
    }

    triggered(body) {
        const run = triggeredRun(++this.run, this.blockRun + 1, ++this.us, JSON.parse(decoder.decode(body)));
        this.blockRun += kBlocks.length;
        return run;
    }
}

// ---- whether an answer is the right one

const kDate = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?\+00:00|\d{8}T\d{6}_\d{6}/;

// Keys sorted; `dates` false: any date is like any other.
function plain(value, dates) {
    if (typeof value === 'string') return dates ? value : value.replace(kDate, 'DATE');
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((one) => plain(one, dates));
    return Object.fromEntries(
        Object.keys(value)
            .sort()
            .map((key) => [key, plain(value[key], dates)]),
    );
}

/** Throws unless two answers hold the same rows with the same fields. */
export function expectSame(name, what, got, wanted, dates = true) {
    const text = (bytes) =>
        JSON.stringify(plain(JSON.parse(typeof bytes === 'string' ? bytes : decoder.decode(bytes)), dates));
    if (text(got) === text(wanted)) return;
    throw new Error(`${name} gives a wrong ${what}:\n${text(got).slice(0, 3000)}\nnot\n${text(wanted).slice(0, 3000)}`);
}
