import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createSimulator, RunsimError } from 'runsim';
import { describe, expect, test } from 'vitest';
import { smallProject } from './small-project.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const schema = JSON.parse(readFileSync(path('wasm/package/schema/runsim.schema.json'), 'utf8'));
const fits = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** What the core says of it: "" when it takes it. */
async function mistakesOf(runsim: object): Promise<string> {
    try {
        (await createSimulator({ project: { ...smallProject, runsim } })).dispose();
        return '';
    } catch (thrown) {
        if (!(thrown instanceof RunsimError) || thrown.code !== 'bad_project') throw thrown;
        return thrown.message;
    }
}

const schedule = (more: object): object => ({ schedules: [{ pipeline: 'pair', name: 'a', ...more }] });
const block = (entry: object): object => ({ blocks: { '*': entry } });
const rule = (when: unknown): object => ({ runs: [{ when, blocks: { 'pair/*': { outcome: 'fail' } } }] });
const call = (entry: object): object => ({
    history: { from: '-1h', calls: [{ call: 'GET /api/statuses', ...entry }] },
});

const hook = { id: 7, created_at: '2026-01-01 10:00:00', pipeline_uuid: 'pair', name: 'hook', status: 'active' };
const run = { id: 9, created_at: '2026-01-01T10:00:00+00:00', pipeline_uuid: 'pair', status: 'failed' };
const blockRun = { id: 3, created_at: '2026-01-01', pipeline_run_id: 9, block_uuid: 'first', status: 'queued' };
const row = (table: string, entry: object): object => ({
    rows: { schedules: [hook], runs: [run], block_runs: [blockRun], [table]: [entry] },
});

const fault = (entry: object): object => ({ faults: { planned: [{ at: '1m', ...entry }] } });

const good: object[] = [
    {},
    { $schema: './x.json', seed: 0, start: '2024-05-06 07:08:09.123456+02:00', dialect: 'sqlite', mage: '0.9.80' },
    { start: 0, scheduler_interval: 0.5, block_start_delay: 0 },
    { start: '2024-05-06', scheduler_interval: '1h30m', block_start_delay: '500ms' },
    { seed: 9007199254740991 },
    { blocks: {} },
    { blocks: { '*': {}, 'pair/*': {}, 'pair/first': {} } },
    block({ duration: '2s', outcome: 'ok', error: 'a.b.Error: x\ny', condition: false, items: 0, polls: 0 }),
    block({ output: null }),
    block({ output: [1, 'a', null, { a: [1] }] }),
    block({
        output_table: {
            columns: ['a', 'b'],
            rows: [
                [1, null],
                ['x', true],
            ],
        },
    }),
    block({ duration: ['1s', 2], attempts: ['fail', 'ok'], items: 10000, polls: 1000000 }),
    block({ duration: { typical: '1d2h3m4s5ms', at_most: '3650d' } }),
    block({ fails_ppm: 20000 }),
    { runs: [] },
    rule({ run: 3 }),
    rule({ run: [1, 1000000000], schedule: 'a', variables: { env: 'prod', n: [1] } }),
    { runs: [{ when: { run: 1 }, blocks: {} }] },
    { schedules: [] },
    schedule({}),
    schedule({
        id: 1,
        schedule_type: 'time',
        schedule_interval: '*/5 * * * *',
        status: 'active',
        start_time: '2024-01-01',
    }),
    schedule({ id: null, schedule_type: null, schedule_interval: null, status: null, start_time: null, token: null }),
    schedule({ variables: null, settings: null, sla: null, description: null, tags: null }),
    schedule({
        token: '0123456789abcdef0123456789abcdef',
        variables: { a: [1] },
        settings: { timeout: '60' },
        sla: 60,
    }),
    schedule({ description: 'x', tags: ['a', 'b'] }),
    block({ trigger_pipeline: [] }),
    block({ trigger_pipeline: { pipeline_uuid: 'pair', variables: { a: 1 }, schedule_name: 'mine' } }),
    block({
        trigger_pipeline: [
            { pipeline_uuid: 'pair', check_status: false },
            {
                pipeline_uuid: 'pair',
                check_status: true,
                error_on_failure: true,
                poll_interval: '1s',
                poll_timeout: 0,
            },
        ],
    }),
    { rows: {} },
    row('schedules', { ...hook, token: null, variables: { a: 1 }, sla: 60, tags: ['x'], repo_path: '/a' }),
    row('runs', { ...run, pipeline_schedule_id: 7, execution_date: null, passed_sla: true, variables: {}, metrics: 1 }),
    row('block_runs', { ...blockRun, status: 'condition_failed', started_at: '2026-01-01 09:00:00.5', metrics: {} }),
    row('backfills', { id: 1, created_at: '2026-01-01', status: null, interval_type: 'day', interval_units: 2 }),
    row('event_matchers', { id: 1, created_at: '2026-01-01', pattern: { a: ['b'] } }),
    { history: { from: '-1h' } },
    { history: { from: '2025-12-31 23:00:00', calls: [] } },
    call({ at: '-1s' }),
    call({ at: '-0s', json: null }),
    call({ every: '10m', from: '-30m', to: '-10m', json: { a: 1 } }),
    call({ every: 600 }),
    { faults: {} },
    { faults: { worker_dies: 0, job_lost: 1, planned: [] } },
    { faults: { worker_dies: 0.000001, job_lost: 0.5 } },
    fault({ kind: 'workers_die' }),
    fault({ kind: 'job_lost', at: '2026-01-01 06:00:00' }),
    fault({ kind: 'scheduler_stops', for: '2m', at: '0s' }),
    fault({ kind: 'server_errors', for: 1.5, at: 1767225600000000 }),
    fault({ kind: 'server_silent', for: '1h' }),
    fault({ kind: 'memory_full', for: '20s' }),
    fault({ kind: 'server_late', for: '1h', late: '3s' }),
    { history: { from: '-1h' }, ...fault({ kind: 'workers_die', at: '-30m' }) },
];

/** Refused by both. */
const bad: object[] = [
    { sed: 1 },
    { seed: -1 },
    { seed: 1.5 },
    { seed: '1' },
    { seed: null },
    { seed: 9007199254740992 },
    { start: 'tomorrow' },
    { start: -1 },
    { start: 7258118400000001 },
    { dialect: 'mysql' },
    { mage: '0.9.81' },
    { mage: 0.9 },
    { scheduler_interval: 'soon' },
    { scheduler_interval: '1m1h' },
    { scheduler_interval: '' },
    { scheduler_interval: -1 },
    { block_start_delay: 315360001 },
    { block_start_delay: null },
    { blocks: [] },
    { blocks: { pair: {} } },
    { blocks: { '/first': {} } },
    { blocks: { 'pair/': {} } },
    { blocks: { '*': 1 } },
    block({ duratoin: '1s' }),
    block({ fails_ppm: 1000001 }),
    block({ fails_ppm: 0.5 }),
    { runs: {} },
    { runs: [1] },
    { runs: [{ blocks: {} }] },
    { runs: [{ when: { run: 1 } }] },
    { runs: [{ when: { run: 1 }, blocks: { pair: {} } }] },
    rule({}),
    rule(1),
    rule({ run: 0 }),
    rule({ run: [] }),
    rule({ run: [1, '2'] }),
    rule({ schedule: '' }),
    rule({ variables: {} }),
    rule({ variable: { a: 1 } }),
    { rows: [] },
    { rows: { pipeline_runs: [] } },
    { rows: { runs: {} } },
    row('runs', { ...run, id: 0 }),
    row('runs', { ...run, id: 2147483648 }),
    row('runs', { ...run, id: null }),
    row('runs', { ...run, created_at: null }),
    row('runs', { ...run, status: 'paused' }),
    row('runs', { ...run, passed_sla: 1 }),
    row('runs', { ...run, block_runs: [] }),
    row('schedules', { ...hook, pipeline: 'pair' }),
    row('schedules', { ...hook, sla: -1 }),
    row('block_runs', { ...blockRun, pipeline_run_id: null }),
    row('block_runs', { ...blockRun, status: 'done' }),
    row('backfills', { id: 1, created_at: '2026-01-01', interval_type: 'days' }),
    block({ duration: [] }),
    block({ duration: ['1s'] }),
    block({ duration: ['1s', '2s', '3s'] }),
    block({ duration: { typical: '1s' } }),
    block({ duration: { typical: '1s', at_most: '2s', at_least: '0s' } }),
    block({ duration: true }),
    block({ outcome: 'failed' }),
    block({ outcome: 'ok', attempts: ['ok'] }),
    block({ attempts: [] }),
    block({ attempts: ['okay'] }),
    block({ attempts: 'ok' }),
    block({ error: 'boom' }),
    block({ error: '1Error: boom' }),
    block({ error: 'ValueError: ' }),
    block({ condition: 1 }),
    block({ items: -1 }),
    block({ items: 10001 }),
    block({ polls: 0.5 }),
    block({ output: [[1]] }),
    block({ output: 1, output_table: { columns: [], rows: [] } }),
    block({ output_table: [[1]] }),
    block({ output_table: { columns: ['a'], rows: [1] } }),
    block({ output_table: { columns: [1], rows: [] } }),
    block({ output_table: { columns: ['a'], rows: [[{}]] } }),
    block({ output_table: { columns: ['a'], rows: [], more: 1 } }),
    block({ trigger_pipeline: 'pair' }),
    block({ trigger_pipeline: {} }),
    block({ trigger_pipeline: { pipeline_uuid: '' } }),
    block({ trigger_pipeline: { pipeline_uuid: 'pair', wait: true } }),
    block({ trigger_pipeline: [{ pipeline_uuid: 'pair', check_status: 1 }] }),
    block({ trigger_pipeline: [{ pipeline_uuid: 'pair', variables: [] }] }),
    block({ trigger_pipeline: [{ pipeline_uuid: 'pair', check_status: true, poll_timeout: 'soon' }] }),
    { schedules: {} },
    { schedules: [1] },
    { schedules: [{ name: 'a' }] },
    { schedules: [{ pipeline: 'pair' }] },
    schedule({ name: '' }),
    schedule({ id: 0 }),
    schedule({ id: 1000001 }),
    schedule({ schedule_type: 'webhook' }),
    schedule({ schedule_interval: 5 }),
    schedule({ status: 'on' }),
    schedule({ start_time: 5 }),
    schedule({ token: 'abc' }),
    schedule({ variables: [] }),
    schedule({ settings: { timeot: 1 } }),
    schedule({ sla: '1h' }),
    schedule({ description: 1 }),
    schedule({ tags: ['a', 1] }),
    schedule({ enabled: true }),
    { history: {} },
    { history: { from: '22h' } },
    { history: { from: '-1h', call: [] } },
    { history: { from: '-1h', calls: [1] } },
    call({}),
    call({ at: '-1s', every: '1s' }),
    call({ at: '-1s', from: '-2s' }),
    call({ at: '-1s', to: '-2s' }),
    call({ at: 'soon' }),
    call({ every: 'soon' }),
    call({ at: '-1s', call: 'PUT' }),
    call({ at: '-1s', call: 'FETCH /api' }),
    call({ at: '-1s', call: 'GET api' }),
    call({ at: '-1s', call: 'GET /a b' }),
    call({ at: '-1s', body: {} }),
    { faults: [] },
    { faults: { workers_die: 1 } },
    { faults: { worker_dies: -0.1 } },
    { faults: { job_lost: 1.1 } },
    { faults: { job_lost: 0.0000001 } },
    { faults: { job_lost: '1%' } },
    { faults: { planned: {} } },
    { faults: { planned: [1] } },
    { faults: { planned: [{ kind: 'job_lost' }] } },
    fault({}),
    fault({ kind: 'earthquake' }),
    fault({ kind: 'job_lost', at: 'soon' }),
    fault({ kind: 'job_lost', at: true }),
    fault({ kind: 'job_lost', for: '1m' }),
    fault({ kind: 'workers_die', late: '1s' }),
    fault({ kind: 'scheduler_stops' }),
    fault({ kind: 'server_errors', for: '1m', late: '1s' }),
    fault({ kind: 'server_silent', for: 'long' }),
    fault({ kind: 'server_late', for: '1m' }),
    fault({ kind: 'server_late', late: '1s' }),
    fault({ kind: 'job_lost', chance: 1 }),
];

/** Refused by the core only: a schema knows neither the project nor which of two things comes first. */
const beyondTheSchema: object[] = [
    { blocks: { 'pair/third': {} } },
    { blocks: { 'nobody/*': {} } },
    { start: '2024-13-01' },
    { scheduler_interval: '0s' },
    { block_start_delay: '3651d' },
    block({ duration: ['3s', '1s'] }),
    block({ duration: { typical: '2s', at_most: '1s' } }),
    block({ trigger_pipeline: { pipeline_uuid: 'nobody' } }),
    block({ trigger_pipeline: { pipeline_uuid: 'pair', poll_interval: '1s' } }),
    block({ trigger_pipeline: { pipeline_uuid: 'pair', check_status: true, poll_interval: '0s' } }),
    schedule({ pipeline: 'nobody' }),
    schedule({ schedule_interval: '@sometimes' }),
    schedule({ start_time: 'whenever' }),
    { schedules: [1, 1].map((id) => ({ id, pipeline: 'pair', name: 'a' })) },
    { history: { from: '2026-01-02' } },
    call({ at: '-2h' }),
    call({ every: '1m', from: '-1m', to: '-2m' }),
    call({ every: '1ms' }),
    call({ at: '-1s', call: 'GET /nowhere' }),
    fault({ kind: 'job_lost', at: '-1m' }),
    fault({ kind: 'job_lost', at: '2025-12-31' }),
    fault({ kind: 'server_silent', for: 0 }),
    fault({ kind: 'server_late', for: '1m', late: '25h' }),
];

describe('the schema and the core agree', () => {
    test.each(good.map((runsim) => [JSON.stringify(runsim), runsim]))('both take %s', async (_, runsim) => {
        expect(fits(runsim), JSON.stringify(fits.errors)).toBe(true);
        expect(await mistakesOf(runsim as object)).toBe('');
    });
    test.each(bad.map((runsim) => [JSON.stringify(runsim), runsim]))('both refuse %s', async (_, runsim) => {
        expect(fits(runsim)).toBe(false);
        expect(await mistakesOf(runsim as object)).toMatch(/^runsim\.json: /);
    });
    test.each(beyondTheSchema.map((runsim) => [JSON.stringify(runsim), runsim]))(
        'the core refuses %s',
        async (_, runsim) => {
            expect(fits(runsim)).toBe(true);
            expect(await mistakesOf(runsim as object)).toMatch(/^runsim\.json: /);
        },
    );
});

describe('the schema', () => {
    test('fits its own examples, and the projects that are here', () => {
        for (const example of schema.examples) expect(fits(example), JSON.stringify(fits.errors)).toBe(true);
        expect(fits(JSON.parse(readFileSync(path('projects/demo/runsim.json'), 'utf8')))).toBe(true);
    });

    test('describes every key', () => {
        const bare: string[] = [];
        const walk = (at: string, part: any): void => {
            if (typeof part !== 'object' || part === null) return;
            for (const [key, value] of Object.entries<any>(part.properties ?? {})) {
                const words = value.description ?? schema.$defs[value.$ref?.split('/').at(-1)]?.description;
                if (typeof words !== 'string') bare.push(`${at}.${key}`);
            }
            for (const [key, value] of Object.entries(part)) walk(`${at}.${key}`, value);
        };
        walk('', schema);
        expect(bare).toEqual([]);
    });

    test('is what docs/runsim-json.md was made from: else run `npm run docs`', () => {
        const made = execFileSync(process.execPath, [path('wasm/package/scripts/docs.mjs'), '--print'], {
            encoding: 'utf8',
        });
        expect(readFileSync(path('docs/runsim-json.md'), 'utf8')).toBe(made);
    });
});
