import type { PipelineRun, Transition } from 'runsim/api';
import { describe, expect, test } from 'vitest';
import { joined, type Needs, needsOf, nothing, type Touched, touch } from '../../web/src/touched';

// The page shows runs 5 (goes on), 4 and 3 of a schedule of pipeline "p", and run 5 beside them.
const runs = [
    { id: 5, status: 'running' },
    { id: 4, status: 'completed' },
    { id: 3, status: 'running' },
] as PipelineRun[];
const shown = { pipeline: 'p', runs, run: runs[0]! };

const words = (needs: Needs): string =>
    [
        ...(['project', 'schedules', 'list', 'run'] as const).filter((name) => needs[name]),
        ...runs.filter((run) => needs.story(run)).map(({ id }) => `story ${id}`),
    ].join(', ');
const needsAfter = (touched: Partial<Touched>): string => words(needsOf({ ...nothing(), ...touched }, shown));

type Some = Partial<Transition> & Pick<Transition, 'subject'>;
const born = { from: null, to: 'initial' };
const transition = (some: Some): Transition =>
    ({ id: 1, from: 'initial', to: 'running', pipeline_run_id: null, pipeline_uuid: 'p', ...some }) as Transition;

describe('of a page that shows runs 5, 4 and 3, and run 5 beside them', () => {
    test.each<[string, Some, string]>([
        ['the run beside the list', { subject: 'run', pipeline_run_id: 5 }, 'schedules, list, run, story 5'],
        ['a block of it', { subject: 'block_run', pipeline_run_id: 5 }, 'list, run, story 5'],
        ['a run of the list', { subject: 'run', pipeline_run_id: 4 }, 'schedules, list, story 4'],
        ['a block of a run of the list', { subject: 'block_run', pipeline_run_id: 3 }, 'list, story 3'],
        ['a run of another page', { subject: 'run', pipeline_run_id: 1 }, 'schedules'],
        ['a block of a run of another page', { subject: 'block_run', pipeline_run_id: 1 }, ''],
        ['a new run of the pipeline', { subject: 'run', pipeline_run_id: 6, ...born }, 'schedules, list'],
        ['a new run of another', { subject: 'run', pipeline_run_id: 6, pipeline_uuid: 'q', ...born }, 'schedules'],
        [
            'a new run that is gone',
            { subject: 'run', pipeline_run_id: 6, pipeline_uuid: null, ...born },
            'schedules, list',
        ],
        ['a trigger', { subject: 'schedule' }, 'schedules'],
        ['a backfill', { subject: 'backfill' }, ''],
        ['a job that cleans up', { subject: 'generic_job', pipeline_run_id: 5 }, ''],
    ])('a change of %s touches only what shows it', (_, some, wanted) => {
        const touched = nothing();
        touch(touched, transition(some));
        expect(words(needsOf(touched, shown))).toBe(wanted);
    });

    test('what happens without a change of status touches the stories of runs that go on', () => {
        expect(needsAfter({ time: true })).toBe('story 5, story 3');
    });

    test('where anything may have changed, everything is needed', () => {
        expect(needsAfter({ all: true })).toBe('project, schedules, list, run, story 5, story 4, story 3');
    });

    test('nothing touches nothing', () => {
        expect(needsAfter({})).toBe('');
        expect(words(needsOf(nothing(), { pipeline: null, runs: [], run: null }))).toBe('');
    });

    test('what two loads would have asked for, one asks for', () => {
        const [a, b] = [nothing(), nothing()];
        touch(a, transition({ subject: 'block_run', pipeline_run_id: 3 }));
        touch(b, transition({ subject: 'run', pipeline_run_id: 4 }));
        expect(words(needsOf(joined(a, b), shown))).toBe('schedules, list, story 4, story 3');
    });
});
