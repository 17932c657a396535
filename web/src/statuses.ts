// How the page shows statuses, and who makes runs.
import type { BlockRunStatus, RunStatus, TransitionCause } from 'runsim/api';

export const isAtWork = ({ status }: { status: string }): boolean => ['initial', 'queued', 'running'].includes(status);

// What each status means, for the legend and for titles; in the order of a life.
const kMeanings: Record<RunStatus | BlockRunStatus, { mark: string; words: string }> = {
    initial: { mark: '○', words: 'made, waits for a scheduler tick' },
    queued: { mark: '◔', words: 'handed to the workers, not yet begun' },
    running: { mark: '◐', words: 'at work' },
    completed: { mark: '●', words: 'ended well' },
    failed: { mark: '✕', words: 'raised an error, or ran out of time' },
    cancelled: { mark: '⊘', words: 'stopped by a user, or because its run failed' },
    upstream_failed: { mark: '△', words: 'a block before it failed' },
    condition_failed: { mark: '◇', words: 'its condition was false' },
};
export const kStatuses: Record<string, { mark: string; words: string } | undefined> = kMeanings;

export const statusWords = (status: string): string => status.replace('_', ' ');

// Who made a run, in a word for a narrow column.
export const kMakers: Partial<Record<TransitionCause, string>> = {
    user: 'request',
    trigger: 'schedule',
};
