// The parts of the API's answers that the page shows. Dates are texts as the server writes them.
export type { Transition } from 'runsim';

export interface Schedule {
    id: number;
    name: string;
    description: string | null;
    pipeline_uuid: string;
    schedule_type: 'time' | 'api' | 'event' | null;
    schedule_interval: string | null;
    status: 'active' | 'inactive';
    token: string | null;
    sla: number | null;
    last_pipeline_run_status: string | null;
    next_pipeline_run_date: string | null;
    pipeline_in_progress_runs_count: number | null;
    pipeline_runs_count: number | null;
}

export interface BlockRun {
    id: number;
    block_uuid: string;
    status: string;
    created_at: string;
    updated_at: string;
    started_at: string | null;
    completed_at: string | null;
    metrics: any;
}

// What /__sim/pipeline_runs/:id knows beyond the API: why a row is where it is, and the attempts within a block run.
export interface Attempt {
    started_at_us: number;
    ended_at_us: number | null;
    outcome: 'completed' | 'failed' | null;
}

export interface BlockStory {
    id: number;
    block_uuid: string;
    status: string;
    why: string;
    queued_at_us: number | null;
    times_out_at_us: number | null;
    attempts: Attempt[];
}

export interface Story {
    id: number;
    status: string;
    why: string;
    cause: string | null;
    sla_at_us: number | null;
    sla_passed: boolean;
    times_out_at_us: number | null;
    block_runs: BlockStory[];
}

export interface Run {
    id: number;
    pipeline_uuid: string;
    pipeline_schedule_id: number;
    status: string;
    execution_date: string | null;
    created_at: string;
    updated_at: string;
    started_at: string | null;
    completed_at: string | null;
    variables: any;
    event_variables: any;
    passed_sla: boolean;
    block_runs: BlockRun[];
    block_runs_count?: number;
    completed_block_runs_count?: number;
}

export interface Block {
    uuid: string;
    name: string;
    type: string;
    language: string;
    executable: boolean;
    dynamic: boolean;
    dynamic_child: boolean;
    conditional_blocks: string[];
    retries: number;
    upstream_blocks: string[];
    model: { items: number; error: string };
}

export interface Pipeline {
    uuid: string;
    name: string;
    description: string | null;
    type: string;
    blocks: Block[];
}

export interface Project {
    name: string;
    notes: string[];
    pipelines: Pipeline[];
}

export interface Clock {
    now_us: number;
    paused: boolean;
    speed: number;
    start_us: number;
    scheduler_interval_us: number;
    next_tick_us: number;
    next_event_us: number | null;
    message: string | null;
}

export const kFinished = ['completed', 'failed', 'cancelled'];
export const kBlockAtWork = ['initial', 'queued', 'running'];

// What each status means, for the legend and for titles; in the order of a life.
export const kStatuses: Record<string, { mark: string; words: string }> = {
    initial: { mark: '○', words: 'made, waits for a scheduler tick' },
    queued: { mark: '◔', words: 'handed to the workers, not yet begun' },
    running: { mark: '◐', words: 'at work' },
    completed: { mark: '●', words: 'ended well' },
    failed: { mark: '✕', words: 'raised an error, or ran out of time' },
    cancelled: { mark: '⊘', words: 'stopped by a user, or because its run failed' },
    upstream_failed: { mark: '△', words: 'a block before it failed' },
    condition_failed: { mark: '◇', words: 'its condition was false' },
};

// Who made a run, in a word or two for a narrow column; and in a sentence.
export const kMakers: Record<string, { shown: string; words: string }> = {
    user: { shown: 'request', words: 'a request made it' },
    trigger: { shown: 'schedule', words: 'its schedule was due' },
    event: { shown: 'event', words: 'an event matched its event matcher' },
    backfill: { shown: 'backfill', words: 'a backfill made it' },
    retry: { shown: 'retry', words: 'a retry of an earlier run' },
};
