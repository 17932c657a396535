// What the core itself tells of runs and of what changed last: why, by whom, in how many attempts.
import { kFinished, type Run, type Story, type Transition } from './model';

// Of an answer only its JSON counts here.
export type Ask = (target: string) => Promise<{ json: any }>;

export const kShownTransitions = 8;

// null where the run is gone, or where the world does not tell (an older server).
export async function askForStory(ask: Ask, run: number): Promise<Story | null> {
    return (await ask(`/__sim/pipeline_runs/${run}`)).json?.pipeline_run ?? null;
}

// The stories of listed runs, each asked for again only when its row changed, or time passed for a run that goes on (attempts do
// not change its row): a page of finished runs costs nothing. Of runs that are listed no longer nothing is kept.
export class StoryShelf {
    private kept = new Map<number, { row: string; story: Story | null }>();

    async of(ask: Ask, runs: Run[], now: number): Promise<Map<number, Story>> {
        const stories = new Map<number, Story>();
        const listed = new Set(runs.map((run) => run.id));
        this.kept = new Map([...this.kept].filter(([id]) => listed.has(id)));
        await Promise.all(
            runs.map(async (run) => {
                const row = `${run.created_at} ${run.status} ${run.updated_at} ${kFinished.includes(run.status) ? '' : now}`;
                let kept = this.kept.get(run.id);
                if (kept?.row !== row) {
                    kept = { row, story: await askForStory(ask, run.id) };
                    this.kept.set(run.id, kept);
                }
                if (kept.story) stories.set(run.id, kept.story);
            }),
        );
        return stories;
    }
}

export interface Newest {
    // Those that are news, oldest first.
    rows: Transition[];
    // The very last one, by which the next answer is known to go on from here.
    last: Transition | null;
}
export const kNothingYet: Newest = { rows: [], last: null };

// So many are looked at. Jobs that clean up behind a run say nothing of it. Rows of blocks that are born with their run, or with their siblings, would push out all else.
const kWindow = 100;
const isNews = (t: Transition) => t.subject !== 'generic_job' && (t.subject !== 'block_run' || t.from !== null);
const same = (a: Transition | undefined, b: Transition) =>
    a?.number === b.number && a.at_us === b.at_us && a.id === b.id;

// The newest transitions: what came after those that are known, or all of them where the world began anew or went far on.
export async function askForNewest(ask: Ask, known: Newest): Promise<Newest> {
    const page = async (from: number, limit: number) =>
        (await ask(`/__sim/transitions?from=${from}&_limit=${limit}`)).json;
    if (known.last) {
        const more = await page(known.last.number, kWindow);
        if (more?.transitions && more.metadata.next === null && same(more.transitions[0], known.last)) {
            const fresh: Transition[] = more.transitions.slice(1);
            return { rows: [...known.rows, ...fresh.filter(isNews)].slice(-kWindow), last: fresh.at(-1) ?? known.last };
        }
    }
    const first = await page(0, 1);
    if (!first?.transitions) return kNothingYet;
    const { begin, end } = first.metadata;
    const { transitions } = await page(Math.max(begin, end - kWindow), kWindow);
    return { rows: transitions.filter(isNews), last: transitions.at(-1) ?? null };
}

// How many changes there were from transition `from` on, in words; '' for none. The rows do not go back for ever.
export function changesSince({ rows, last }: Newest, from: number): string {
    const count = rows.filter((t) => t.number >= from).length;
    const more = last && last.number - from >= kWindow ? 'at least ' : '';
    return count === 0 ? '' : count === 1 ? `${more}one change` : `${more}${count} changes`;
}

// Attempts are no transitions (the block run stays `running`): what changed in them between two stories of a run.
export function attemptNews(before: Story | null, after: Story | null): string[] {
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

// Attempts of a run's blocks beyond the first ones.
export const repeatsOf = (story: Story): number =>
    story.block_runs.reduce((sum, block) => sum + Math.max(0, block.attempts.length - 1), 0);
