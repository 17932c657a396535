// What a block run's lane is made of: the wait in the queue, each attempt, and the sleeps between attempts.
import type { BlockRun, BlockRunStatus, WhyBlockRun } from 'runsim/api';
import { isAtWork, statusWords } from './statuses';
import { span, toMicroseconds } from './time';

export interface Segment {
    kind: 'queued' | 'attempt' | 'sleep';
    // The status whose colour it has.
    status: BlockRunStatus;
    from: number;
    to: number;
    words: string;
}

// A failed block has no completed_at: its last change stands for it.
export const endOfRow = (row: BlockRun, now: number): number =>
    row.completed_at ? toMicroseconds(row.completed_at) : isAtWork(row) ? now : toMicroseconds(row.updated_at);

// `until` is now, or the end of the run; `raised` is what the block raises in an attempt that is repeated. Without a story
// (the record keeps a bounded time) a block run is one bar.
export function segmentsOf(row: BlockRun, story: WhyBlockRun | undefined, until: number, raised?: string): Segment[] {
    const segments: Segment[] = [];
    const attempts = story?.attempts ?? [];
    const started = attempts[0]?.started_at_us ?? (row.started_at ? toMicroseconds(row.started_at) : null);
    const end = endOfRow(row, until);
    const queued = story?.queued_at_us ?? null;
    if (queued !== null && row.status !== 'initial') {
        const to = started !== null && started >= queued ? started : end;
        segments.push({ kind: 'queued', status: 'queued', from: queued, to, words: `queued for ${span(to - queued)}` });
    }
    // An untrue condition ends a block before its code begins.
    if (started === null || row.status === 'condition_failed') return segments;
    if (attempts.length === 0) {
        segments.push({
            kind: 'attempt',
            status: row.status,
            from: started,
            to: end,
            words: `${statusWords(row.status)} after ${span(end - started)}`,
        });
        return segments;
    }
    attempts.forEach((attempt, i) => {
        const to = attempt.ended_at_us ?? end;
        const status = attempt.outcome ?? (attempt.ended_at_us === null ? row.status : cutOff(row.status));
        const error = row.status === 'failed' && i === attempts.length - 1 ? errorOf(row) : raised;
        const said = attempt.outcome === 'failed' && error ? `: ${error}` : '';
        const which = attempts.length > 1 || attempt.outcome === 'failed' ? `attempt ${i + 1}: ` : '';
        segments.push({
            kind: 'attempt',
            status,
            from: attempt.started_at_us,
            to,
            words: `${which}${statusWords(status)} ${status === 'running' ? 'for' : 'after'} ${span(to - attempt.started_at_us)}${said}`,
        });
        const next =
            attempts[i + 1]?.started_at_us ?? (row.status === 'running' && attempt.ended_at_us !== null ? until : null);
        if (next !== null && attempt.ended_at_us !== null && next > attempt.ended_at_us) {
            const wakes = attempts[i + 1]?.started_at_us ?? story?.sleeps_until_us ?? next;
            segments.push({
                kind: 'sleep',
                status: 'queued',
                from: attempt.ended_at_us,
                to: next,
                words: `sleeps ${span(wakes - attempt.ended_at_us)} before attempt ${i + 2}`,
            });
        }
    });
    return segments;
}

// An attempt that neither worked nor failed was ended from outside.
const cutOff = (status: BlockRunStatus) => (isAtWork({ status }) || status === 'completed' ? 'cancelled' : status);

// What the row says of its failure; undefined if its timeout ended it.
function errorOf({ metrics }: BlockRun): string | undefined {
    const raised = metrics?.error as { error?: unknown } | undefined;
    return typeof raised?.error === 'string' ? raised.error : undefined;
}

// How long a block run was at work, sleeps included; null before it began.
export function tookOf(row: BlockRun, until: number): number | null {
    return row.started_at && row.status !== 'condition_failed'
        ? Math.max(0, endOfRow(row, until) - toMicroseconds(row.started_at))
        : null;
}

// When a row that never began was ended.
export const endedAt = (row: BlockRun): number | null => (isAtWork(row) ? null : endOfRow(row, 0));
