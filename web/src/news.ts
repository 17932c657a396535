// The newest transitions, and in words what became of a step.
import type { Transition, WhyPipelineRun } from 'runsim/api';
import { clockText } from './time';

export interface News {
    // Those that are news, oldest first.
    rows: Transition[];
    // One past the number of the very last one.
    end: number;
}
export const kNoNews: News = { rows: [], end: 0 };

// So many are looked back on, and so many are shown.
export const kWindow = 100;
export const kShownTransitions = 8;

// Jobs that clean up behind a run say nothing of it. Rows of blocks that are born with their run, or with their siblings,
// would push out all else.
const isNews = (t: Transition) => t.subject !== 'generic_job' && (t.subject !== 'block_run' || t.from !== null);

export const withNews = (news: News, transitions: Transition[]): News =>
    transitions.length === 0
        ? news
        : {
              rows: [...news.rows, ...transitions.filter(isNews)].slice(-kWindow),
              end: transitions.at(-1)!.number + 1,
          };

// How many changes there were from transition `from` on, in words; '' for none. The rows do not go back for ever.
export function changesSince({ rows, end }: News, from: number): string {
    const count = rows.filter((t) => t.number >= from).length;
    const more = end - from > kWindow ? 'at least ' : '';
    return count === 0 ? '' : count === 1 ? `${more}one change` : `${more}${count} changes`;
}

// Attempts are no transitions (the block run stays `running`): what changed in them between two stories of a run.
export function attemptNews(before: WhyPipelineRun | null, after: WhyPipelineRun | null): string[] {
    if (!before || before.id !== after?.id) return [];
    const news: string[] = [];
    for (const block of after.block_runs) {
        const known = before.block_runs.find((b) => b.id === block.id)?.attempts ?? [];
        block.attempts.forEach((attempt, i) => {
            if (attempt.outcome === 'failed' && known[i]?.outcome !== 'failed')
                news.push(`${block.block_uuid}: attempt ${i + 1} failed`);
            if (i > 0 && !known[i]) news.push(`${block.block_uuid}: attempt ${i + 1} begins`);
        });
    }
    return news;
}

// Where a step led, and what it changed.
export function stepWords(now: number, changes: string, attempts: string[]): string {
    const { time, millis } = clockText(now);
    const shown =
        attempts.length > 3 ? [...attempts.slice(0, 2), `${attempts.length - 2} more attempts`] : [...attempts];
    if (changes) shown.unshift(changes);
    return `${time}.${millis}: ${shown.join(', ') || 'no status changed'}`;
}
