// Deadlines of a run and of its block runs: ahead while there is work, and afterwards those that were passed.
import type { BlockRun, PipelineRun, WhyBlockRun, WhyPipelineRun } from 'runsim/api';
import { endOf } from './run';
import { endOfRow } from './segments';
import { isAtWork } from './statuses';

export interface Deadline {
    us: number;
    kind: 'sla' | 'timeout';
    words: string;
    // For where `words` do not fit.
    short: string;
}

// Of a label, in pixels a character; and the time that stands behind the words.
const kCharacter = 5.9;
const kTime = ' 00:00:00'.length;

export function deadlinesOf(run: PipelineRun, story: WhyPipelineRun | null): Deadline[] {
    const deadlines: Deadline[] = [];
    const end = endOf(run);
    const {
        sla_at_us: sla,
        sla_passed: late,
        times_out_at_us: limit,
    } = story ?? { sla_at_us: null, sla_passed: false, times_out_at_us: null };
    if (sla !== null && (late || end === null)) {
        const words = late ? 'SLA passed' : 'SLA';
        deadlines.push({ us: sla, kind: 'sla', words, short: words });
    }
    // A tick ends what is over its time: nothing looks at it in between.
    if (limit !== null && end === null)
        deadlines.push({
            us: limit,
            kind: 'timeout',
            words: 'times out at the first tick after',
            short: 'times out after',
        });
    else if (limit !== null && limit <= end!)
        deadlines.push({ us: limit, kind: 'timeout', words: 'timeout passed', short: 'timeout passed' });
    return deadlines;
}

export const deadlineWords = ({ words, short }: Deadline, room: number): string =>
    (words.length + kTime) * kCharacter <= room ? words : short;

// When a block run times out; null where it cannot any more and did not.
export function limitOf(row: BlockRun, story: WhyBlockRun | undefined): number | null {
    const limit = story?.times_out_at_us ?? null;
    return limit !== null && (isAtWork(row) || limit <= endOfRow(row, limit)) ? limit : null;
}
