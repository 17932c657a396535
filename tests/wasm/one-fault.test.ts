// [R2] [R3] [R4] [R10] One fault does not take the rest along: random small faults in the files of one pipeline.

import { createSimulator, type Simulator } from 'runsim';
import { describe, expect, test } from 'vitest';
import { get } from './world.ts';

const metadata = (uuid: string): string => `name: ${uuid}
uuid: ${uuid}
type: python
description: null
tags: []
variables: {}
concurrency_config: {pipeline_run_limit: 3}
retry_config: {}
settings: {}
blocks:
- uuid: load
  name: load
  type: data_loader
  language: python
  timeout: 600
  configuration: {}
  retry_config: {retries: 1}
  upstream_blocks: []
  downstream_blocks: [change]
- uuid: change
  name: change
  type: transformer
  language: python
  has_callback: false
  upstream_blocks: [load]
  downstream_blocks: [store]
- uuid: store
  name: store
  type: data_exporter
  language: python
  upstream_blocks: [change]
  downstream_blocks: []
callbacks:
- {uuid: tell, type: callback, upstream_blocks: [store], downstream_blocks: []}
conditionals:
- {uuid: may, type: conditional, upstream_blocks: [change], downstream_blocks: []}
widgets:
- {uuid: shape, type: chart, upstream_blocks: [store], downstream_blocks: []}
extensions: {}
`;
const triggers = `triggers:
- name: often
  schedule_type: time
  schedule_interval: '*/10 * * * *'
  start_time: 2025-12-01 00:00:00
  status: active
  last_enabled_at: 2025-12-01 00:00:00
  envs: []
  sla: 300
  settings: {skip_if_previous_running: true}
  variables: {region: eu}
- name: hourly
  schedule_type: time
  schedule_interval: '@hourly'
  start_time: 2025-12-01 00:00:00
  status: active
  last_enabled_at: 2025-12-01 00:00:00
  settings: null
  variables: null
`;

const healthy = ['apples', 'pears'];
const victim = 'quinces';
const goodFiles = (): Record<string, string> => ({
    'metadata.yaml': 'project_uuid: orchard\n',
    'runsim.json': JSON.stringify({ scheduler_interval: '10s', blocks: { '*': { duration: '2.5s' } } }),
    ...Object.fromEntries(
        [...healthy, victim].flatMap((uuid) => [
            [`pipelines/${uuid}/metadata.yaml`, metadata(uuid)],
            [`pipelines/${uuid}/triggers.yaml`, triggers],
        ]),
    ),
});

/** Numbers below a bound, the same ones for the same seed. */
function dice(seed: number): (bound: number) => number {
    let state = seed * 2654435761 + 1;
    return (bound) => {
        state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
        return state % bound;
    };
}

const strange = [
    '',
    'null',
    '5',
    '-1',
    '1.5',
    'true',
    'later',
    "''",
    '[]',
    '[1]',
    '[x]',
    '{}',
    '{a: 1}',
    '2026-01-01',
    '10m',
    '"',
    '- x',
    '{',
    '*nobody',
];

/** A text with one small fault in it. */
function spoilt(text: string, below: (bound: number) => number): string {
    const lines = text.split('\n');
    const at = below(lines.length - 1);
    const line = lines[at] ?? '';
    const value = strange[below(strange.length)] ?? '';
    switch (below(6)) {
        case 0:
            return text.slice(0, below(text.length));
        case 1:
            lines.splice(at, 1);
            break;
        case 2:
            lines.splice(at, 0, line);
            break;
        case 3:
            lines[at] = ` ${line}`;
            break;
        case 4:
            lines[at] = line.replace(/^([-\s]*)\w+:/, '$1unheard_of:');
            break;
        default:
            lines[at] = line.replace(/:.*$/, `: ${value}`);
    }
    return lines.join('\n');
}

/** The runs of the healthy pipelines, without ids, to the second. */
function livesOf(sim: Simulator): unknown {
    const second = (date: string | null): string | null => date?.slice(0, 19) ?? null;
    return healthy.map((uuid) =>
        get(sim, `/api/pipeline_runs?pipeline_uuid=${uuid}&_limit=100`).pipeline_runs.map((run: any) => ({
            name: run.pipeline_schedule_name,
            status: run.status,
            dates: [run.execution_date, run.started_at, run.completed_at].map(second),
            variables: run.variables,
            passed_sla: run.passed_sla,
            blocks: run.block_runs
                .map((block: any) => [
                    block.block_uuid,
                    block.status,
                    second(block.started_at),
                    second(block.completed_at),
                ])
                .sort(),
        })),
    );
}

const stopsSync = (sim: Simulator): boolean => sim.notes.some((note) => note.includes('sync of all triggers fails'));

describe('one fault in one pipeline', async () => {
    const whole = await createSimulator({ project: { files: goodFiles() } });
    whole.advance('2h');
    const lives = livesOf(whole);

    test('the project has no note as it is, and its runs complete', () => {
        expect(whole.notes).toEqual([]);
        const all = get(whole, '/api/pipeline_runs?_limit=200').pipeline_runs;
        expect(all.length).toBeGreaterThan(30);
        expect(new Set(all.map((run: { status: string }) => run.status))).toContain('completed');
    });

    const seeds = Array.from({ length: 300 }, (_, index) => index + 1);
    test.each(seeds)('seed %i', async (seed) => {
        const below = dice(seed);
        const files = goodFiles();
        const path = `pipelines/${victim}/${below(3) === 0 ? 'triggers' : 'metadata'}.yaml`;
        files[path] = spoilt(files[path] ?? '', below);
        const sim = await createSimulator({ project: { files } });
        sim.advance('2h');
        for (const target of ['/api/pipelines', `/api/pipelines/${victim}`, '/api/pipeline_schedules'])
            expect(get(sim, target)).toBeTypeOf('object');
        if (stopsSync(sim)) {
            expect(get(sim, '/api/pipeline_schedules').pipeline_schedules).toEqual([]);
            return;
        }
        expect(livesOf(sim)).toEqual(lives);
        for (const note of sim.notes) expect(note).toMatch(/^pipelines\/quinces\/(?:metadata|triggers)\.yaml: /);
    });
});
