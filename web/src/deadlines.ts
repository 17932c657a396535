// Deadlines of a run and of its block runs: ahead while there is work, and afterwards those that were passed.
import { type BlockRun, type BlockStory, kBlockAtWork, kFinished, type Run, type Story } from './model';
import { endOfRow } from './segments';
import { toMicroseconds } from './time';

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

export function deadlinesOf(run: Run, story: Story | null): Deadline[] {
    const deadlines: Deadline[] = [];
    const end = kFinished.includes(run.status) ? toMicroseconds(run.completed_at ?? run.updated_at) : null;
    const {
        sla_at_us: sla,
        sla_passed: late,
        times_out_at_us: limit,
    } = story ?? { sla_at_us: null, sla_passed: false, times_out_at_us: null };
    if (sla !== null && (late || end === null)) {
        const words = late ? 'SLA passed' : 'SLA';
        deadlines.push({ us: sla, kind: 'sla', words, short: words });
    }
    // A tick ends what is over its time: none looks at it in between.
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
export function limitOf(row: BlockRun, story: BlockStory | undefined): number | null {
    const limit = story?.times_out_at_us ?? null;
    return limit !== null && (kBlockAtWork.includes(row.status) || limit <= endOfRow(row, limit)) ? limit : null;
}
