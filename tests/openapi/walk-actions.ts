import type { Visit } from './visit.ts';

// What the buttons of the web UI send.

const P = '/api/pipelines/chain';

/** Signing in, where authentication is on. */
export const signIn: Visit = {
    call: 'POST /api/sessions',
    json: { session: { email: 'admin@admin.com', password: 'admin' } },
    needs: ['session.token!', 'session.user.username!', 'session.user.owner!', 'session.expires!'],
};

const retried = {
    backfill_id: null,
    event_variables: {},
    execution_date: '2024-05-03 00:00:00',
    pipeline_schedule_id: 1,
    pipeline_uuid: 'chain',
    variables: { env: 'prod' },
};

/** What its buttons do, each in a world of its own. */
export const actions: Record<string, Visit[]> = {
    'switch a trigger off and on in the table': ['inactive', 'active'].map((status) => ({
        call: 'PUT /api/pipeline_schedules/{schedule}',
        json: { pipeline_schedule: { id: 1, status } },
        needs: ['pipeline_schedule.id!'],
    })),
    'switch a trigger off and stop its runs': [
        {
            call: `PUT ${P}`,
            json: { pipeline: { pipeline_schedule_id: 1, status: 'cancelled', uuid: 'chain' } },
            needs: ['pipeline.uuid!'],
        },
        {
            call: 'PUT /api/pipeline_schedules/{schedule}',
            json: { pipeline_schedule: { id: 1, status: 'inactive' } },
            needs: ['pipeline_schedule!'],
        },
    ],
    'make a trigger': [
        {
            call: `POST ${P}/pipeline_schedules`,
            json: { pipeline_schedule: { name: 'old aurora' } },
            needs: ['pipeline_schedule.id!'],
        },
    ],
    'run once from the triggers': [
        {
            call: `POST ${P}/pipeline_schedules`,
            json: {
                pipeline_schedule: {
                    name: 'melodious destiny',
                    schedule_interval: '@once',
                    schedule_type: 'time',
                    start_time: '2025-12-31 14:29',
                    status: 'active',
                    variables: { env: 'prod' },
                },
            },
            needs: ['pipeline_schedule.id!'],
        },
    ],
    'run once from a trigger': [
        {
            call: 'POST /api/pipeline_schedules/{schedule}/pipeline_runs',
            json: { pipeline_run: { pipeline_schedule_id: 1, pipeline_uuid: 'chain', variables: {} } },
            needs: ['pipeline_run.id!'],
        },
    ],
    'save a trigger': [
        {
            call: 'PUT /api/pipeline_schedules/{schedule}',
            json: {
                pipeline_schedule: {
                    name: 'n',
                    description: 'd',
                    schedule_type: 'time',
                    tags: [],
                    event_matchers: [],
                    schedule_interval: '@daily',
                    start_time: '2024-05-01 00:00:00',
                    variables: { a: 1 },
                    settings: { skip_if_previous_running: true },
                    sla: 60,
                },
            },
            needs: ['pipeline_schedule.sla!'],
        },
    ],
    'delete a trigger': [{ call: 'DELETE /api/pipeline_schedules/{schedule}', needs: ['pipeline_schedule.id!'] }],
    'save a trigger in code': [
        {
            call: `POST ${P}/pipeline_triggers`,
            json: { pipeline_trigger: { pipeline_schedule_id: 1 } },
            needs: ['pipeline_trigger!'],
        },
    ],
    'retry a run': [
        {
            call: 'POST /api/pipeline_schedules/{schedule}/pipeline_runs',
            json: { pipeline_run: retried },
            needs: ['pipeline_run.id!'],
        },
    ],
    'retry a run of an API trigger': [
        {
            call: 'POST /api/pipeline_schedules/{schedule}/pipeline_runs/{token}',
            json: { pipeline_run: retried },
            needs: ['pipeline_run.id!'],
        },
    ],
    'cancel a run': [
        {
            call: 'PUT /api/pipeline_runs/{run}',
            json: { pipeline_run: { status: 'cancelled' } },
            needs: ['pipeline_run.id!'],
        },
    ],
    'delete a run': [{ call: 'DELETE /api/pipeline_runs/{run}', needs: ['pipeline_run.pipeline_uuid!'] }],
    'retry the selected runs': [
        {
            call: `PUT ${P}`,
            json: { pipeline: { pipeline_runs: [{ id: 1, ...retried }], status: 'retry' } },
            needs: ['pipeline.uuid!'],
        },
    ],
    'cancel the selected runs': [
        {
            call: `PUT ${P}`,
            json: { pipeline: { pipeline_runs: [{ id: 1, ...retried }], status: 'cancelled' } },
            needs: ['pipeline.uuid!'],
        },
    ],
    'cancel all runs': [{ call: `PUT ${P}`, json: { pipeline: { status: 'cancelled' } }, needs: ['pipeline.uuid!'] }],
    'retry all incomplete blocks': [
        { call: `PUT ${P}`, json: { pipeline: { status: 'retry_incomplete_block_runs' } }, needs: ['pipeline.uuid!'] },
    ],
    'retry the incomplete blocks of a run': [
        {
            call: 'PUT /api/pipeline_runs/{run}',
            json: { pipeline_run: { pipeline_run_action: 'retry_blocks' } },
            needs: ['pipeline_run.id!'],
        },
    ],
    'retry from a block': [
        {
            call: 'PUT /api/pipeline_runs/{run}',
            json: { pipeline_run: { from_block_uuid: 'second', pipeline_run_action: 'retry_blocks' } },
            needs: ['pipeline_run.id!'],
        },
    ],
    'pause and play a pipeline': ['inactive', 'active'].map((status) => ({
        call: `PUT ${P}`,
        json: { pipeline: { uuid: 'chain', name: 'chain', status } },
        needs: ['pipeline.uuid!'],
    })),
    'make, save, start, cancel and delete a backfill': [
        { call: `POST ${P}/backfills`, json: { backfill: { name: 'mystic night' } }, needs: ['backfill.id!'] },
        {
            call: 'PUT /api/backfills/{backfill}',
            json: {
                backfill: {
                    name: 'n',
                    start_datetime: '2024-05-01 00:00:00',
                    end_datetime: '2024-05-02 00:00:00',
                    interval_type: 'day',
                    interval_units: 1,
                    variables: {},
                    settings: { pipeline_run_limit: 2 },
                },
            },
            needs: ['backfill.id!'],
        },
        {
            call: 'PUT /api/backfills/{backfill}',
            json: { backfill: { status: 'initial' } },
            needs: ['backfill.status!'],
        },
        {
            call: 'PUT /api/backfills/{backfill}',
            json: { backfill: { status: 'cancelled' } },
            needs: ['backfill.status!'],
        },
        { call: 'DELETE /api/backfills/{backfill}', needs: ['backfill.id!'] },
    ],
    'switch the time zone': [
        {
            call: 'PUT /api/projects/lab',
            json: { project: { features: { display_local_timezone: true } } },
            needs: ['project.features!'],
        },
    ],
};
