// What a run's row says.
import type { PipelineRun, WhyPipelineRun } from 'runsim/api';
import { toMicroseconds } from './time';

const kOver = ['completed', 'failed', 'cancelled'];

export const isOver = ({ status }: Pick<PipelineRun, 'status'>): boolean => kOver.includes(status);

// When a run ended; null while it goes on. A failed one has no end of its own: its last change stands for it.
export const endOf = (run: Pick<PipelineRun, 'status' | 'completed_at' | 'updated_at'>): number | null =>
    isOver(run) ? toMicroseconds(run.completed_at ?? run.updated_at) : null;

// Attempts of a run's blocks beyond the first ones.
export const repeatsOf = (story: WhyPipelineRun): number =>
    story.block_runs.reduce((sum, block) => sum + Math.max(0, block.attempts.length - 1), 0);
