// What the web UI of Mage 0.9.79 asks on a walk through its thirteen pages, and what it cannot do without in the answers.

export interface Visit {
    /** `METHOD target`; {schedule}, {run}, {block_run}, {backfill}, {token} are records of the world that is walked. */
    call: string;
    json?: unknown;
    /** Paths that must be there: `a[].b` in every row, of which there must be one; `a[]?.b` in every row; `a!` not null. */
    needs: string[];
    /** Not answered yet; what brings it. */
    pending?: string;
}

const run = ['id!', 'status!', 'pipeline_uuid!', 'pipeline_schedule_id!', 'pipeline_schedule_name!', 'pipeline_schedule_type', 'pipeline_schedule_token',
    'execution_date!', 'started_at', 'completed_at', 'block_runs_count!', 'completed_block_runs_count!', 'pipeline_tags', 'backfill_id', 'event_variables',
    'variables', 'block_runs[]?.block_uuid!', 'block_runs[]?.status!', 'block_runs[]?.started_at', 'block_runs[]?.completed_at'];
const runs = [...run.map((path) => `pipeline_runs[].${path}`), 'metadata.count!'];
const schedule = ['id!', 'name!', 'pipeline_uuid!', 'status!', 'schedule_type', 'schedule_interval', 'description', 'created_at!', 'repo_path'];
const schedules = [
    ...[...schedule, 'last_pipeline_run_status', 'next_pipeline_run_date', 'pipeline_runs_count', 'pipeline_in_progress_runs_count', 'tags!']
        .map((path) => `pipeline_schedules[].${path}`),
    'metadata.count!',
];
const scheduleDetail = [...schedule, 'start_time', 'last_enabled_at', 'sla', 'settings', 'tags!', 'variables', 'event_matchers!', 'token', 'global_data_product_uuid',
    'next_pipeline_run_date'].map((path) => `pipeline_schedule.${path}`);
const blockRuns = ['block_uuid!', 'id!', 'status!', 'created_at!', 'started_at', 'completed_at', 'pipeline_schedule_id', 'pipeline_schedule_name']
    .map((path) => `block_runs[].${path}`);
const backfill = ['id!', 'name!', 'status', 'start_datetime', 'end_datetime', 'interval_type', 'interval_units', 'started_at', 'completed_at', 'block_uuid'];

const P = '/api/pipelines/chain';
const pipeline: Visit = {
    call: `GET ${P}?includes_outputs=false`,
    needs: ['pipeline.uuid!', 'pipeline.name!', 'pipeline.type!', 'pipeline.blocks[].uuid!', 'pipeline.blocks[].name', 'pipeline.blocks[].type!',
        'pipeline.blocks[].language', 'pipeline.blocks[].color', 'pipeline.blocks[].upstream_blocks!'],
};
const variables: Visit = { call: `GET ${P}/variables?global_only=true`, needs: ['variables[]?.block.uuid!', 'variables[]?.variables!'], pending: 'variables' };
const triggers: Visit = { call: `GET ${P}/pipeline_triggers`, needs: ['pipeline_triggers!'], pending: 'triggers files' };
const tags: Visit = { call: 'GET /api/tags', needs: ['tags!'], pending: 'tags' };
const everyPage: Visit[] = [
    { call: 'GET /api/statuses', needs: ['statuses[].require_user_authentication!', 'statuses[].require_user_permissions!', 'statuses[].is_instance_manager!'] },
    { call: 'GET /api/projects', needs: ['projects[].name!', 'projects[].features!'], pending: 'projects' },
    { call: 'GET /api/git_branches/test?_format=with_basic_details', needs: ['git_branch!'], pending: 'git branches' },
];

export const pages: Record<string, Visit[]> = {
    'every page': everyPage,
    '/triggers': [
        ...['created_at', 'name', 'pipeline_uuid', 'status', 'schedule_type'].map((order) => ({
            call: `GET /api/pipeline_schedules?_limit=30&_offset=0&order_by=${order}`,
            needs: schedules,
        })),
    ],
    '/pipeline-runs': [
        {
            call: 'GET /api/pipeline_runs?_limit=30&_offset=0&disable_retries_grouping=true&include_pipeline_tags=true&include_pipeline_uuids=true',
            needs: [...runs, 'metadata.pipeline_uuids[]!'],
        },
        {
            call: 'GET /api/pipeline_runs?_limit=30&_offset=0&disable_retries_grouping=true&include_pipeline_tags=true&include_pipeline_uuids=true&status[]=failed,running',
            needs: runs,
        },
        tags,
    ],
    '/pipelines': [
        {
            call: 'GET /api/pipelines?include_schedules=1',
            needs: ['pipelines[].uuid!', 'pipelines[].name!', 'pipelines[].type!', 'pipelines[].description', 'pipelines[].tags', 'pipelines[].blocks!',
                'pipelines[].schedules!', 'pipelines[].schedules[]?.status!', 'pipelines[].created_at', 'pipelines[].updated_at', 'metadata.count!'],
        },
        { call: 'GET /api/pipelines?_limit=30&include_schedules=1&type[]=python', needs: ['pipelines[].blocks!', 'pipelines[].schedules!', 'metadata.count!'] },
        tags,
    ],
    '/pipelines/x/triggers': [
        pipeline,
        { call: `GET ${P}/pipeline_schedules?_limit=30&_offset=0`, needs: schedules },
        { call: `GET ${P}/pipeline_schedules?_limit=30&_offset=0&status[]=active&schedule_type[]=api`, needs: schedules },
        { call: `GET ${P}/pipeline_schedules?_limit=30&_offset=0&schedule_interval[]=%40daily`, needs: ['pipeline_schedules!', 'metadata.count!'] },
        triggers,
        variables,
        { call: 'GET /api/client_pages/pipeline_schedule:create?pipelines[]=chain', needs: ['client_page!'], pending: 'client pages' },
        tags,
    ],
    '/pipelines/x/triggers/ID': [
        { call: 'GET /api/pipeline_schedules/{schedule}', needs: scheduleDetail },
        { call: 'GET /api/pipeline_schedules/{schedule}/pipeline_runs?_limit=30&_offset=0', needs: runs },
        { call: 'GET /api/pipeline_schedules/{schedule}/pipeline_runs?_limit=30&_offset=0&status=completed', needs: runs },
        pipeline,
        triggers,
        variables,
    ],
    '/pipelines/x/triggers/ID/edit': [
        {
            call: 'GET /api/pipeline_schedules/{schedule}?_format=with_runtime_average',
            needs: ['id!', 'schedule_type', 'runtime_average', 'settings', 'sla', 'variables', 'tags!'].map((path) => `pipeline_schedule.${path}`),
        },
        pipeline,
        variables,
        tags,
    ],
    '/pipelines/x/runs': [
        { call: 'GET /api/pipeline_runs?_limit=30&_offset=0&pipeline_uuid=chain&disable_retries_grouping=true', needs: runs },
        { call: 'GET /api/pipeline_runs?_limit=30&_offset=0&pipeline_uuid=broken&disable_retries_grouping=true&status=last_run_failed', needs: runs },
        { call: 'GET /api/block_runs?_limit=30&pipeline_uuid=chain', needs: blockRuns },
        pipeline,
    ],
    '/pipelines/x/runs?tab=block_runs': [
        { call: 'GET /api/block_runs?_limit=30&_offset=0&pipeline_uuid=chain', needs: [...blockRuns, 'metadata.count!'] },
    ],
    '/pipelines/x/runs/ID': [
        { call: 'GET /api/pipeline_runs/{run}?_format=with_basic_details', needs: ['pipeline_run.id!', 'pipeline_run.status!', 'pipeline_run.execution_date!'] },
        { call: 'GET /api/block_runs?_limit=100&_offset=0&pipeline_run_id={run}', needs: [...blockRuns, 'metadata.count!'] },
        { call: 'GET /api/block_runs?_limit=100&_offset=0&pipeline_run_id={run}&order_by=block_uuid%20desc', needs: blockRuns },
        { call: 'GET /api/pipeline_runs/{run}/blocks?_limit=100', needs: ['blocks[].upstream_blocks!'], pending: 'blocks of a run' },
        { call: 'GET /api/block_runs/{block_run}/outputs', needs: ['outputs!'], pending: 'outputs' },
        pipeline,
    ],
    '/pipelines/x/backfills': [
        {
            call: 'GET /api/backfills?_limit=20&_offset=0&include_run_count=true&pipeline_uuid=fanout',
            needs: [...backfill, 'total_run_count!', 'run_status_counts!'].map((path) => `backfills[].${path}`),
        },
        pipeline,
    ],
    '/pipelines/x/backfills/ID': [
        {
            call: 'GET /api/backfills/{backfill}?_limit=40&_offset=0&include_preview_runs=true',
            needs: [...backfill, 'total_run_count!', 'pipeline_run_dates[].execution_date!'].map((path) => `backfill.${path}`),
        },
        { call: 'GET /api/pipeline_runs?_limit=40&_offset=0&backfill_id={backfill}', needs: runs },
        { call: 'GET /api/pipeline_runs?_limit=40&_offset=0&backfill_id={backfill}&status=completed', needs: runs },
        pipeline,
        variables,
    ],
    '/pipelines/x/logs': [
        {
            call: `GET ${P}/logs`,
            needs: ['logs[].block_run_logs[].name!', 'logs[].block_run_logs[].content!', 'logs[].pipeline_run_logs[].name!', 'logs[].pipeline_run_logs[].content!',
                'logs[].total_block_run_log_count!', 'logs[].total_pipeline_run_log_count!'],
        },
        { call: `GET ${P}/logs?_limit=20&_offset=0&start_timestamp=1767139200`, needs: ['logs[].block_run_logs[].content!', 'logs[].pipeline_run_logs[].content!'] },
        { call: `GET ${P}/logs?_limit=20&_offset=0&pipeline_run_id[]={run}&block_run_id[]={block_run}`, needs: ['logs[].block_run_logs[].content!', 'logs[].pipeline_run_logs!'] },
        pipeline,
    ],
    'sign-in and overview': [
        { call: 'GET /api/oauths?redirect_uri=http%3A%2F%2Flocalhost%3A6789%2Fsign-in', needs: ['oauths!'], pending: 'oauths' },
        { call: 'POST /api/sessions', json: { session: { email: 'admin@admin.com', password: 'admin' } }, needs: ['session.token!', 'session.user!'], pending: 'sessions' },
        {
            call: 'GET /api/pipeline_runs?_limit=50&include_pipeline_type=1&order_by[]=created_at%20desc&start_timestamp=1767139200&status=failed',
            needs: [...runs, 'pipeline_runs[].pipeline_type!'],
        },
        { call: 'GET /api/monitor_stats/pipeline_run_count?group_by_pipeline_type=1&start_time=2026-01-01T00:00:00.000Z', needs: ['monitor_stat!'], pending: 'statistics' },
    ],
};

const retried = { backfill_id: null, event_variables: {}, execution_date: '2024-05-03 00:00:00', pipeline_schedule_id: 1, pipeline_uuid: 'chain', variables: { env: 'prod' } };

/** What its buttons do, each in a world of its own. */
export const actions: Record<string, Visit[]> = {
    'switch a trigger off and on in the table': ['inactive', 'active'].map((status) => ({
        call: 'PUT /api/pipeline_schedules/{schedule}', json: { pipeline_schedule: { id: 1, status } }, needs: ['pipeline_schedule.id!'],
    })),
    'switch a trigger off and stop its runs': [
        { call: `PUT ${P}`, json: { pipeline: { pipeline_schedule_id: 1, status: 'cancelled', uuid: 'chain' } }, needs: ['pipeline.uuid!'] },
        { call: 'PUT /api/pipeline_schedules/{schedule}', json: { pipeline_schedule: { id: 1, status: 'inactive' } }, needs: ['pipeline_schedule!'] },
    ],
    'make a trigger': [{ call: `POST ${P}/pipeline_schedules`, json: { pipeline_schedule: { name: 'old aurora' } }, needs: ['pipeline_schedule.id!'] }],
    'run once from the triggers': [{
        call: `POST ${P}/pipeline_schedules`,
        json: { pipeline_schedule: { name: 'melodious destiny', schedule_interval: '@once', schedule_type: 'time', start_time: '2025-12-31 14:29', status: 'active', variables: { env: 'prod' } } },
        needs: ['pipeline_schedule.id!'],
    }],
    'run once from a trigger': [{
        call: 'POST /api/pipeline_schedules/{schedule}/pipeline_runs',
        json: { pipeline_run: { pipeline_schedule_id: 1, pipeline_uuid: 'chain', variables: {} } },
        needs: ['pipeline_run.id!'],
    }],
    'save a trigger': [{
        call: 'PUT /api/pipeline_schedules/{schedule}',
        json: { pipeline_schedule: { name: 'n', description: 'd', schedule_type: 'time', tags: [], event_matchers: [], schedule_interval: '@daily', start_time: '2024-05-01 00:00:00',
            variables: { a: 1 }, settings: { skip_if_previous_running: true }, sla: 60 } },
        needs: ['pipeline_schedule.sla!'],
    }],
    'delete a trigger': [{ call: 'DELETE /api/pipeline_schedules/{schedule}', needs: ['pipeline_schedule.id!'] }],
    'save a trigger in code': [{ call: `POST ${P}/pipeline_triggers`, json: { pipeline_trigger: { pipeline_schedule_id: 1 } }, needs: ['pipeline_trigger!'], pending: 'triggers files' }],
    'retry a run': [{ call: 'POST /api/pipeline_schedules/{schedule}/pipeline_runs', json: { pipeline_run: retried }, needs: ['pipeline_run.id!'] }],
    'retry a run of an API trigger': [{ call: 'POST /api/pipeline_schedules/{schedule}/pipeline_runs/{token}', json: { pipeline_run: retried }, needs: ['pipeline_run.id!'] }],
    'cancel a run': [{ call: 'PUT /api/pipeline_runs/{run}', json: { pipeline_run: { status: 'cancelled' } }, needs: ['pipeline_run.id!'] }],
    'delete a run': [{ call: 'DELETE /api/pipeline_runs/{run}', needs: ['pipeline_run.pipeline_uuid!'] }],
    'retry the selected runs': [{ call: `PUT ${P}`, json: { pipeline: { pipeline_runs: [{ id: 1, ...retried }], status: 'retry' } }, needs: ['pipeline.uuid!'] }],
    'cancel the selected runs': [{ call: `PUT ${P}`, json: { pipeline: { pipeline_runs: [{ id: 1, ...retried }], status: 'cancelled' } }, needs: ['pipeline.uuid!'] }],
    'cancel all runs': [{ call: `PUT ${P}`, json: { pipeline: { status: 'cancelled' } }, needs: ['pipeline.uuid!'] }],
    'retry all incomplete blocks': [{ call: `PUT ${P}`, json: { pipeline: { status: 'retry_incomplete_block_runs' } }, needs: ['pipeline.uuid!'] }],
    'retry the incomplete blocks of a run': [{ call: 'PUT /api/pipeline_runs/{run}', json: { pipeline_run: { pipeline_run_action: 'retry_blocks' } }, needs: ['pipeline_run.id!'] }],
    'retry from a block': [{
        call: 'PUT /api/pipeline_runs/{run}', json: { pipeline_run: { from_block_uuid: 'second', pipeline_run_action: 'retry_blocks' } }, needs: ['pipeline_run.id!'],
    }],
    'pause and play a pipeline': ['inactive', 'active'].map((status) => ({ call: `PUT ${P}`, json: { pipeline: { uuid: 'chain', name: 'chain', status } }, needs: ['pipeline.uuid!'] })),
    'make, save, start, cancel and delete a backfill': [
        { call: `POST ${P}/backfills`, json: { backfill: { name: 'mystic night' } }, needs: ['backfill.id!'] },
        {
            call: 'PUT /api/backfills/{backfill}',
            json: { backfill: { name: 'n', start_datetime: '2024-05-01 00:00:00', end_datetime: '2024-05-02 00:00:00', interval_type: 'day', interval_units: 1, variables: {},
                settings: { pipeline_run_limit: 2 } } },
            needs: ['backfill.id!'],
        },
        { call: 'PUT /api/backfills/{backfill}', json: { backfill: { status: 'initial' } }, needs: ['backfill.status!'] },
        { call: 'PUT /api/backfills/{backfill}', json: { backfill: { status: 'cancelled' } }, needs: ['backfill.status!'] },
        { call: 'DELETE /api/backfills/{backfill}', needs: ['backfill.id!'] },
    ],
    'switch the time zone': [{
        call: 'PUT /api/projects/lab', json: { project: { features: { display_local_timezone: true } } }, needs: ['project.features!'], pending: 'projects',
    }],
};
