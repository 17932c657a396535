// The types of the API are part of the product: compiled by types.test.ts under every module resolution, never run.
import { createSimulator } from 'runsim';
import type {
    AnswerOf,
    ApiErrorEnvelope,
    Backfill,
    BlockRun,
    BlockRunList,
    ClockAnswer,
    ErrorEnvelope,
    NewPipelineRun,
    PipelineDetail,
    PipelineRun,
    PipelineRunDetailAnswer,
    PipelineRunList,
    PipelineRunListItem,
    PipelineSchedule,
    PipelineScheduleList,
    QueryOf,
    RunStatus,
    TriggerBody,
    TriggeredPipelineRun,
} from 'runsim/api';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const sim = await createSimulator();
const response = await sim.fetch('/api/pipeline_schedules/1/pipeline_runs?_limit=20');
const body: PipelineRunList = await response.json();
const [first] = body.pipeline_runs;
if (first) {
    same<typeof first, PipelineRunListItem>(true);
    const status: 'initial' | 'running' | 'completed' | 'failed' | 'cancelled' = first.status;
    const started: string | null = first.started_at;
    const env: unknown = first.variables?.env;
    const row: BlockRun | undefined = first.block_runs[0];
    void [status, started, env, row];
    // @ts-expect-error there is no such column
    void first.started;
    // @ts-expect-error it can be null
    const date: string = first.completed_at;
    void date;
}
same<PipelineRunList['metadata']['count'], number>(true);
same<PipelineRunList['metadata']['pipeline_uuids'], string[] | undefined>(true);
same<PipelineRun['status'], RunStatus>(true);
same<PipelineRun['event_variables'], { [name: string]: unknown } | null>(true);
same<PipelineSchedule['sla'], number | null>(true);
same<PipelineScheduleList['pipeline_schedules'][number]['pipeline_runs_count'], number | null>(true);
same<Backfill['run_status_counts'], { [status: string]: number } | undefined>(true);
same<BlockRunList['block_runs'][number]['pipeline_schedule_name'], string | null>(true);
same<PipelineDetail['blocks'][number]['upstream_blocks'], string[]>(true);
same<ClockAnswer['clock']['next_event'], string | null>(true);
// @ts-expect-error the answer of a trigger has no metadata
type Metadata = TriggeredPipelineRun['metadata'];

const trigger: TriggerBody = { env: 'dev', pipeline_run: { variables: { a: 1 } } };
const made: NewPipelineRun = { pipeline_run: { execution_date: '2026-01-01', variables: { a: 1 } } };
// @ts-expect-error there is no such status
const wrong: NewPipelineRun = { pipeline_run: { status: 'done' } };
const query: QueryOf<'listPipelineRuns'> = { _limit: 20, 'status[]': 'failed,running' };
void [trigger, made, wrong, query];

const answer: AnswerOf<'getPipelineRun'> = await response.json();
if ('error' in answer) {
    const error: ErrorEnvelope = answer;
    const code: number = error.error.code;
    const why: string = 'exception' in error.error ? error.error.exception : error.error.message;
    void [code, why];
} else {
    void answer.pipeline_run.id;
}
const detail: PipelineRunDetailAnswer | ApiErrorEnvelope = await response.json();
if ('pipeline_run' in detail) void detail.pipeline_run.block_runs[0]?.pipeline_schedule_name;

export type { Metadata };
