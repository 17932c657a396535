// Projects of the kinds that people publish, each with what a real Mage 0.9.79 on sqlite made of it.

import { readdirSync, readFileSync } from 'node:fs';
import { createSimulator, type Simulator } from 'runsim';
import { describe, expect, test } from 'vitest';
import { get } from './world.ts';

const home = new URL('../projects-like-published/', import.meta.url);
const projects = readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const pick = (object: any, keys: string[]): object => Object.fromEntries(keys.map((key) => [key, object[key] ?? null]));
const uuids = (list: any[]): string[] => list.map(({ uuid }) => uuid);
const pipelineOf = (pipeline: any): object => ({
    ...pick(pipeline, ['uuid', 'type', 'description', 'tags']),
    blocks: pipeline.blocks.map((block: any) => pick(block, ['uuid', 'type', 'upstream_blocks', 'downstream_blocks'])),
});
const detailOf = (sim: Simulator, uuid: string): object => {
    const { error, pipeline } = get(sim, `/api/pipelines/${uuid}`);
    if (error) return { error: error.exception };
    const { callbacks, conditionals, widgets } = pipeline;
    return {
        ...pipelineOf(pipeline),
        callbacks: uuids(callbacks),
        conditionals: uuids(conditionals),
        widgets: uuids(widgets),
    };
};
// What depends on the hour at which the real server was asked, or is chance.
const fleeting = [
    'id',
    'created_at',
    'updated_at',
    'repo_path',
    'token',
    'next_pipeline_run_date',
    'pipeline_runs_count',
    'pipeline_in_progress_runs_count',
    'last_pipeline_run_status',
];
const lasting = (schedule: object): object =>
    Object.fromEntries(Object.entries(schedule).filter(([key]) => !fleeting.includes(key)));

// What is said of a project, in short; the others load without a note.
const notes: Record<string, RegExp[]> = {
    'by-hand': [
        /on_pipeline_run_limit_reached: "later" is neither wait nor skip/,
        /block "load_sales": timeout: "10m"/,
        /trigger "daily": start_time: .* sqlite cuts off the time zone/,
        /trigger "only in production": envs: .* left out/,
        /trigger "blank": envs: .* left out/,
    ],
    dynamic: [/^\.env: DYNAMIC_BLOCKS_VERSION/],
    'one-broken': [
        /block "prompt": type: Mage cannot load pipeline "ask_the_model"/,
        /block "lonely": upstream_blocks: Mage cannot load pipeline "blank_links"/,
        /pipelines\/merged\/metadata.yaml: line/,
        /pipelines\/merged\/metadata.yaml: Mage cannot load/,
        /Mage cannot load pipeline "round_and_round": A cycle/,
        /Mage cannot load pipeline "started_and_left": Invalid pipeline config/,
        /trigger "sometimes": schedule_type: "cron" is not one of/,
    ],
    templates: [/blocks\/half_written\/metadata.yaml: languages: Mage knows no such key; as in Mage, there is no/],
    'several-projects': [/^settings.yaml: projects within a project/],
};

/** Mage shows the first of its projects; here are the pipelines of the folder itself, and a note. */
const isPlatform = (name: string): boolean => name === 'several-projects';

describe.each(projects)('%s', async (name) => {
    const real = JSON.parse(readFileSync(new URL(`${name}.json`, home), 'utf8'));
    const sim = await createSimulator({ project: new URL(`${name}/`, home), dialect: 'sqlite' });

    test.skipIf(isPlatform(name))('is listed and shown as on a real server', () => {
        expect(get(sim, '/api/pipelines?_limit=100').pipelines.map(pipelineOf)).toEqual(real.pipelines);
        const details = Object.keys(real.details).map((uuid) => [uuid, detailOf(sim, uuid)]);
        expect(Object.fromEntries(details)).toEqual(real.details);
    });

    test('has the schedules that it has on a real server', () => {
        const schedules = get(sim, '/api/pipeline_schedules?_limit=100').pipeline_schedules;
        expect(schedules.map(lasting)).toEqual(real.schedules.map(lasting));
    });

    test('shows what metadata.yaml says of the project (real-projects.md A4)', () => {
        expect(get(sim, '/api/projects').projects[0]).toMatchObject(real.project);
    });

    test.each(Object.entries(real.templates ?? {}))(
        'answers %s as the real server (real-clients.md C8)',
        (target, answer) => {
            const { error, ...rest } = get(sim, target);
            delete rest.custom_template?.pipeline?.variables_dir;
            expect(JSON.stringify(error ? { error: { code: error.code, exception: error.exception } } : rest)).toBe(
                JSON.stringify(answer),
            );
        },
    );

    test('has notes on what is not simulated or left out, and on nothing else', () => {
        const expected = notes[name] ?? [];
        expect(sim.notes.length, sim.notes.join('\n')).toBe(expected.length);
        for (const pattern of expected)
            expect(sim.notes, String(pattern)).toContainEqual(expect.stringMatching(pattern));
    });
});

test.each(['demo', 'timeline'])('the project %s, which ships, loads without a note', async (name) => {
    const sim = await createSimulator({ project: new URL(`../../projects/${name}/`, import.meta.url) });
    expect(sim.notes).toEqual([]);
});
