import type { ProjectJson } from 'runsim';

export const token = '00112233445566778899aabbccddeeff';
export const triggerTarget = `/api/pipeline_schedules/1/pipeline_runs/${token}`;

const block = (uuid: string, upstream: string[], downstream: string[]): object => ({
    uuid,
    name: uuid,
    type: 'transformer',
    language: 'python',
    upstream_blocks: upstream,
    downstream_blocks: downstream,
});

/** One pipeline of two blocks, and a schedule that a token triggers. Nothing in it is left to chance. */
export const smallProject: ProjectJson = {
    name: 'small',
    metadata: {},
    pipelines: [
        {
            uuid: 'pair',
            metadata: {
                uuid: 'pair',
                name: 'pair',
                type: 'python',
                blocks: [block('first', [], ['second']), block('second', ['first'], [])],
            },
        },
    ],
    runsim: {
        scheduler_interval: '10s',
        block_start_delay: '0.5s',
        blocks: { '*': { duration: '2s' } },
        schedules: [{ id: 1, pipeline: 'pair', name: 'hook', schedule_type: 'api', status: 'active', token }],
    },
};
