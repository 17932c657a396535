// What a real Mage 0.9.79 made of some five hundred files, each with one thing in it that is not as Mage writes it
// itself. The files and its answers are in real-projects/: see docs/mage/real-projects.md for the rows [R1] to [R13].

import { createSimulator, type Dialect, type Simulator } from 'runsim';
import { describe, expect, test } from 'vitest';
import pipelineCases from './real-projects/pipelines.json' with { type: 'json' };
import triggerCases from './real-projects/triggers.json' with { type: 'json' };
import { get, post } from './world.ts';

interface PipelineCase {
    name: string;
    /** The whole file, or lines that the file has among the keys of the pipeline, or of its first block. */
    file?: string;
    pipeline?: string;
    block?: string;
    /** Its type in the list of pipelines; null: it is not listed. */
    listed: string | null;
    /** The error of its detail, of a POST of a schedule, and of a trigger. */
    detail?: string;
    schedule?: string;
    trigger?: string;
    /** The status of a run some minutes later, and of its block runs; null: there is none. */
    run?: [string, Record<string, string>] | null;
}

const indented = (lines: string | undefined): string => (lines === undefined ? '' : `${lines.replace(/^/gm, '  ')}\n`);

const fileOf = ({ name, file, pipeline, block }: PipelineCase): string =>
    file ??
    `name: ${name}
uuid: ${name}
type: python
${pipeline === undefined ? '' : `${pipeline}\n`}blocks:
- uuid: a
  name: a
  type: data_loader
  language: python
  upstream_blocks: []
  downstream_blocks: [b]
${indented(block)}- uuid: b
  name: b
  type: transformer
  language: python
  upstream_blocks: [a]
  downstream_blocks: []
`;

const tokenOf = (index: number): string => index.toString(16).padStart(32, '0');

const goFile = (index: number): string => `triggers:
- name: go
  schedule_type: api
  schedule_interval:
  start_time:
  status: active
  last_enabled_at: 2026-01-01 00:00:00
  token: '${tokenOf(index)}'
`;

async function worldOf(cases: PipelineCase[]): Promise<Simulator> {
    const files: Record<string, string> = { 'metadata.yaml': 'project_uuid: probe\n' };
    cases.forEach((one, index) => {
        files[`pipelines/${one.name}/metadata.yaml`] = fileOf(one);
        files[`pipelines/${one.name}/triggers.yaml`] = goFile(index);
    });
    return createSimulator({ project: { files }, dialect: 'sqlite' });
}

describe('[R2] [R5] [R6] a pipeline is listed, shown and refused as on a real server', async () => {
    // What differs, and why.
    const unlike: Record<string, string> = {
        is_dbt: 'the server that was asked had no dbt',
        settings_6: 'settings of triggers that are no mapping',
        block_uuid_null: 'here no run of it starts, there a block without a name stays queued',
    };
    const cases = (pipelineCases as unknown as PipelineCase[]).filter(({ name }) => !(name in unlike));
    const sim = await worldOf(cases);
    const listed = new Map<string, string>(
        get(sim, '/api/pipelines?_limit=1000').pipelines.map((one: { uuid: string; type: string }) => [
            one.uuid,
            one.type,
        ]),
    );

    test.each(cases)('$name', (one) => {
        expect(listed.get(one.name) ?? null).toBe(one.listed);
        expect(get(sim, `/api/pipelines/${one.name}`).error?.exception).toBe(one.detail);
        const made = post(sim, `/api/pipelines/${one.name}/pipeline_schedules`, {
            pipeline_schedule: { name: 'made' },
        });
        expect(made.error?.exception).toBe(one.schedule);
    });

    test('the schedules that it has stay', () => {
        const schedules = get(sim, '/api/pipeline_schedules?_limit=2000').pipeline_schedules;
        const goes = schedules.filter((one: { name: string }) => one.name === 'go');
        expect(new Set(goes.map((one: { pipeline_uuid: string }) => one.pipeline_uuid))).toEqual(
            new Set(cases.map(({ name }) => name)),
        );
    });
});

describe('[R5] [R6] [R13] a run goes as on a real server', async () => {
    const unlike: Record<string, string> = {
        is_extension: 'a block whose file is not there',
        is_conditional: 'the code of the file',
        bcontent_0: 'code in the pipeline file, which nothing runs here',
        bcontent_1: 'code in the pipeline file, which nothing runs here',
        bcontent_2: 'code in the pipeline file, which nothing runs here',
        spark_2: 'a Spark session is not simulated',
        vars_8: 'keys of JSON are texts',
        breplica_4: 'the code of the file',
        block_uuid_null: 'here no run of it starts, there a block without a name stays queued',
        block_uuid_empty: 'a block whose file is not there',
        block_uuid_bool: 'a uuid that is true, of which SQLite makes 1',
        xtype_4: 'a cluster that is not there',
        blang_3: 'when the rest of a failed run is cancelled',
    };
    const cases = (pipelineCases as unknown as PipelineCase[]).filter(
        ({ name, run }) => run !== undefined && !(name in unlike),
    );
    const sim = await worldOf(cases);
    const schedules = get(sim, '/api/pipeline_schedules?_limit=2000').pipeline_schedules;
    const errors = cases.map(({ name }, index) => {
        const { id } = schedules.find((one: { pipeline_uuid: string }) => one.pipeline_uuid === name);
        return post(sim, `/api/pipeline_schedules/${id}/pipeline_runs/${tokenOf(index)}`, { pipeline_run: {} }).error
            ?.exception;
    });
    sim.advance('20m');
    const runs = get(sim, '/api/pipeline_runs?_limit=1000').pipeline_runs;
    // A worker that died is started anew, and dies again: queued and running in turns.
    const settled = (status: string): string => (status === 'queued' ? 'running' : status);

    test.each(cases.map((one, index) => ({ ...one, error: errors[index] })))('$name', (one) => {
        expect(one.error).toBe(one.trigger);
        const run = runs.find((each: { pipeline_uuid: string }) => each.pipeline_uuid === one.name);
        if (!one.run) return expect(run).toBeUndefined();
        const [status, blocks] = one.run;
        expect(run?.status).toBe(status);
        if (one.name.startsWith('vars_')) return; // there a block is queued before the run fails
        const seen = run.block_runs.map((each: { block_uuid: string; status: string }) => [
            each.block_uuid,
            settled(each.status),
        ]);
        expect(Object.fromEntries(seen)).toEqual(
            Object.fromEntries(Object.entries(blocks).map(([uuid, each]) => [uuid, settled(each)])),
        );
    });
});

describe('[R3] [R4] [R5] [R8] [R9] [R10] [R11] [R12] the triggers of a file are those of a real server', () => {
    interface TriggerCase {
        name: string;
        file: string;
        /** What each row has that the usual one has not; null: the sync fails. */
        sqlite: Array<Record<string, unknown>> | null;
        postgres?: Array<Record<string, unknown>> | null;
    }
    const usual = (dialect: Dialect): Record<string, unknown> => {
        const date = dialect === 'sqlite' ? '2026-01-01 00:00:00' : '2026-01-01 00:00:00+00:00';
        return {
            name: 't',
            description: null,
            schedule_type: 'time',
            schedule_interval: '@hourly',
            status: 'active',
            start_time: date,
            last_enabled_at: date,
            variables: {},
            sla: null,
            settings: {},
        };
    };
    const unlike: Record<string, string> = {
        sla_1: 'sqlite keeps a fraction of a second',
        sla_2: 'sqlite keeps a fraction of a second',
        sla_12: 'sqlite keeps a fraction of a second',
        sla_10: 'sqlite reads 1e3',
        sla_4: 'sqlite keeps a text',
        sla_9: 'sqlite keeps a text',
        variables_9: 'NaN in JSON: there the whole list fails',
        variables_13: 'bytes: here the file is broken',
        variables_14: 'a set: here the file is broken',
        repo_path_1: 'a row of another project, which no list shows',
        repo_path_2: 'a row of another project, which no list shows',
        repo_path_3: 'a row of another project, which no list shows',
        repo_path_4: 'a row of another project, which no list shows',
        repo_path_5: 'a row of another project, which no list shows',
    };
    const cases = (triggerCases as unknown as TriggerCase[]).filter(({ name }) => !(name in unlike));
    const dialects: Dialect[] = ['sqlite', 'postgres'];

    describe.each(dialects)('%s', (dialect) => {
        test.each(cases)('$name', async (one) => {
            const files = {
                'metadata.yaml': 'project_uuid: probe\n',
                'pipelines/p/metadata.yaml': fileOf({ name: 'p', listed: 'python' }),
                'pipelines/p/triggers.yaml': one.file,
                'pipelines/q/metadata.yaml': fileOf({ name: 'q', listed: 'python' }),
                'pipelines/q/triggers.yaml': goFile(1),
            };
            const sim = await createSimulator({ project: { files }, dialect, now: '2026-01-02 00:00:00' });
            const now = dialect === 'sqlite' ? '2026-01-02 00:00:00' : '2026-01-02 00:00:00+00:00';
            const all = get(sim, '/api/pipeline_schedules').pipeline_schedules;
            const rows = all.filter((row: { pipeline_uuid: string }) => row.pipeline_uuid === 'p');
            const real = dialect === 'postgres' && one.postgres !== undefined ? one.postgres : one.sqlite;
            // A sync that fails makes no trigger of any pipeline.
            expect(all.some((row: { pipeline_uuid: string }) => row.pipeline_uuid === 'q')).toBe(real !== null);
            const expected = (real ?? []).map((row) => ({
                ...usual(dialect),
                ...row,
                ...(row.last_enabled_at === 'now' ? { last_enabled_at: now } : {}),
            }));
            expect(rows.length).toBe(expected.length);
            for (const [index, row] of expected.entries()) expect(rows[index]).toMatchObject(row);
        });
    });
});
