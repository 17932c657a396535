import type { Visit } from './visit.ts';

// What the web UI asks on a walk through its thirteen pages.

const run = [
    'id!',
    'status!',
    'pipeline_uuid!',
    'pipeline_schedule_id!',
    'pipeline_schedule_name!',
    'pipeline_schedule_type',
    'pipeline_schedule_token',
    'execution_date!',
    'started_at',
    'completed_at',
    'block_runs_count!',
    'completed_block_runs_count!',
    'pipeline_tags',
    'backfill_id',
    'event_variables',
    'variables',
    'block_runs[]?.block_uuid!',
    'block_runs[]?.status!',
    'block_runs[]?.started_at',
    'block_runs[]?.completed_at',
];
const runs = [...run.map((path) => `pipeline_runs[].${path}`), 'metadata.count!'];
const schedule = [
    'id!',
    'name!',
    'pipeline_uuid!',
    'status!',
    'schedule_type',
    'schedule_interval',
    'description',
    'created_at!',
    'repo_path',
];
const schedules = [
    ...[
        ...schedule,
        'last_pipeline_run_status',
        'next_pipeline_run_date',
        'pipeline_runs_count',
        'pipeline_in_progress_runs_count',
        'tags!',
    ].map((path) => `pipeline_schedules[].${path}`),
    'metadata.count!',
];
const scheduleDetail = [
    ...schedule,
    'start_time',
    'last_enabled_at',
    'sla',
    'settings',
    'tags!',
    'variables',
    'event_matchers!',
    'token',
    'global_data_product_uuid',
    'next_pipeline_run_date',
].map((path) => `pipeline_schedule.${path}`);
const blockRuns = [
    'block_uuid!',
    'id!',
    'status!',
    'created_at!',
    'started_at',
    'completed_at',
    'pipeline_schedule_id',
    'pipeline_schedule_name',
].map((path) => `block_runs[].${path}`);
const backfill = [
    'id!',
    'name!',
    'status',
    'start_datetime',
    'end_datetime',
    'interval_type',
    'interval_units',
    'started_at',
    'completed_at',
    'block_uuid',
];

const P = '/api/pipelines/chain';
const pipeline: Visit = {
    call: `GET ${P}?includes_outputs=false`,
    needs: [
        'pipeline.uuid!',
        'pipeline.name!',
        'pipeline.type!',
        'pipeline.blocks[].uuid!',
        'pipeline.blocks[].name',
        'pipeline.blocks[].type!',
        'pipeline.blocks[].language',
        'pipeline.blocks[].color',
        'pipeline.blocks[].upstream_blocks!',
    ],
};
const variables: Visit = {
    call: `GET ${P}/variables?global_only=true`,
    needs: ['variables[]?.block.uuid!', 'variables[]?.variables!'],
};
const triggers: Visit = { call: `GET ${P}/pipeline_triggers`, needs: ['pipeline_triggers!'] };
const tags: Visit = { call: 'GET /api/tags', needs: ['tags!'] };
const everyPage: Visit[] = [
    {
        call: 'GET /api/statuses',
        needs: [
            'statuses[].require_user_authentication!',
            'statuses[].require_user_permissions!',
            'statuses[].is_instance_manager!',
        ],
    },
    { call: 'GET /api/projects', needs: ['projects[].name!', 'projects[].features!'] },
    { call: 'GET /api/git_branches/test?_format=with_basic_details', needs: ['git_branch!'] },
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
            needs: [
                'pipelines[].uuid!',
                'pipelines[].name!',
                'pipelines[].type!',
                'pipelines[].description',
                'pipelines[].tags',
                'pipelines[].blocks!',
                'pipelines[].schedules!',
                'pipelines[].schedules[]?.status!',
                'pipelines[].created_at',
                'pipelines[].updated_at',
                'metadata.count!',
            ],
        },
        {
            call: 'GET /api/pipelines?_limit=30&include_schedules=1&type[]=python',
            needs: ['pipelines[].blocks!', 'pipelines[].schedules!', 'metadata.count!'],
        },
        tags,
    ],
    '/pipelines/x/triggers': [
        pipeline,
        { call: `GET ${P}/pipeline_schedules?_limit=30&_offset=0`, needs: schedules },
        {
            call: `GET ${P}/pipeline_schedules?_limit=30&_offset=0&status[]=active&schedule_type[]=api`,
            needs: schedules,
        },
        {
            call: `GET ${P}/pipeline_schedules?_limit=30&_offset=0&schedule_interval[]=%40daily`,
            needs: ['pipeline_schedules!', 'metadata.count!'],
        },
        triggers,
        variables,
        { call: 'GET /api/client_pages/pipeline_schedule:create?pipelines[]=chain', needs: ['client_page!'] },
        tags,
    ],
    '/pipelines/x/triggers/ID': [
        { call: 'GET /api/pipeline_schedules/{schedule}', needs: scheduleDetail },
        { call: 'GET /api/pipeline_schedules/{schedule}/pipeline_runs?_limit=30&_offset=0', needs: runs },
        {
            call: 'GET /api/pipeline_schedules/{schedule}/pipeline_runs?_limit=30&_offset=0&status=completed',
            needs: runs,
        },
        pipeline,
        triggers,
        variables,
    ],
    '/pipelines/x/triggers/ID/edit': [
        {
            call: 'GET /api/pipeline_schedules/{schedule}?_format=with_runtime_average',
            needs: ['id!', 'schedule_type', 'runtime_average', 'settings', 'sla', 'variables', 'tags!'].map(
                (path) => `pipeline_schedule.${path}`,
            ),
        },
        pipeline,
        variables,
        tags,
    ],
    '/pipelines/x/runs': [
        {
            call: 'GET /api/pipeline_runs?_limit=30&_offset=0&pipeline_uuid=chain&disable_retries_grouping=true',
            needs: runs,
        },
        {
            call: 'GET /api/pipeline_runs?_limit=30&_offset=0&pipeline_uuid=broken&disable_retries_grouping=true&status=last_run_failed',
            needs: runs,
        },
        { call: 'GET /api/block_runs?_limit=30&pipeline_uuid=chain', needs: blockRuns },
        pipeline,
    ],
    '/pipelines/x/runs?tab=block_runs': [
        {
            call: 'GET /api/block_runs?_limit=30&_offset=0&pipeline_uuid=chain',
            needs: [...blockRuns, 'metadata.count!'],
        },
    ],
    '/pipelines/x/runs/ID': [
        {
            call: 'GET /api/pipeline_runs/{run}?_format=with_basic_details',
            needs: ['pipeline_run.id!', 'pipeline_run.status!', 'pipeline_run.execution_date!'],
        },
        {
            call: 'GET /api/block_runs?_limit=100&_offset=0&pipeline_run_id={run}',
            needs: [...blockRuns, 'metadata.count!'],
        },
        {
            call: 'GET /api/block_runs?_limit=100&_offset=0&pipeline_run_id={run}&order_by=block_uuid%20desc',
            needs: blockRuns,
        },
        { call: 'GET /api/pipeline_runs/{run}/blocks?_limit=100', needs: ['blocks[].upstream_blocks!'] },
        { call: 'GET /api/block_runs/{block_run}/outputs', needs: ['outputs!'] },
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
            needs: [...backfill, 'total_run_count!', 'pipeline_run_dates[].execution_date!'].map(
                (path) => `backfill.${path}`,
            ),
        },
        { call: 'GET /api/pipeline_runs?_limit=40&_offset=0&backfill_id={backfill}', needs: runs },
        { call: 'GET /api/pipeline_runs?_limit=40&_offset=0&backfill_id={backfill}&status=completed', needs: runs },
        pipeline,
        variables,
    ],
    '/pipelines/x/logs': [
        {
            call: `GET ${P}/logs`,
            needs: [
                'logs[].block_run_logs[].name!',
                'logs[].block_run_logs[].content!',
                'logs[].pipeline_run_logs[].name!',
                'logs[].pipeline_run_logs[].content!',
                'logs[].total_block_run_log_count!',
                'logs[].total_pipeline_run_log_count!',
            ],
        },
        {
            call: `GET ${P}/logs?_limit=20&_offset=0&start_timestamp=1767139200`,
            needs: ['logs[].block_run_logs[].content!', 'logs[].pipeline_run_logs[].content!'],
        },
        {
            call: `GET ${P}/logs?_limit=20&_offset=0&pipeline_run_id[]={run}&block_run_id[]={block_run}`,
            needs: ['logs[].block_run_logs[].content!', 'logs[].pipeline_run_logs!'],
        },
        pipeline,
    ],
    'sign-in and overview': [
        { call: 'GET /api/oauths?redirect_uri=http%3A%2F%2Flocalhost%3A6789%2Fsign-in', needs: ['oauths!'] },
        {
            call: 'GET /api/pipeline_runs?_limit=50&include_pipeline_type=1&order_by[]=created_at%20desc&start_timestamp=1767139200&status=failed',
            needs: [...runs, 'pipeline_runs[].pipeline_type!'],
        },
        {
            call: 'GET /api/monitor_stats/pipeline_run_count?group_by_pipeline_type=1&start_time=2026-01-01T00:00:00.000Z',
            needs: ['monitor_stat!'],
        },
    ],
};
