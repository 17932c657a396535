// Stories: what /__sim/pipeline_runs/:id knows beyond the API. The page does not wait for those of the list: they are many
// where it is new.
import type { PipelineRun, WhyPipelineRun, WhyPipelineRunAnswer } from 'runsim/api';
import { asked, getIfThere } from './ask';
import { answered, page, run, stories } from './signals';
import type { World } from './world';

let wanted = new Set<number>();
let isAsking = false;
let worlds = 0; // another one gives the same ids to other runs

// Null if the run is gone.
export const askForStory = async (from: World, id: number): Promise<WhyPipelineRun | null> =>
    (await getIfThere<WhyPipelineRunAnswer>(from, `/__sim/pipeline_runs/${id}`))?.pipeline_run ?? null;

// Forgets those of runs that are not listed any more, or all of them; `shown` is that of the run beside the list.
export function keepStories(anew: boolean, shown: WhyPipelineRun | null): void {
    if (anew) {
        worlds++;
        wanted = new Set();
    }
    const listed = new Set(page.value.runs.map(({ id }) => id));
    const kept = anew ? [] : [...stories.value].filter(([id]) => listed.has(id) || id === shown?.id);
    const next = new Map(shown ? [...kept, [shown.id, shown]] : kept);
    const same = next.size === stories.value.size && (!shown || stories.value.get(shown.id) === shown);
    if (anew || !same) stories.value = next;
}

// Asks for those of the list that are missing, and for those that changed. What fails here fails in the next load, too, and is
// reported there.
export async function askForStories(changed: (row: Pick<PipelineRun, 'id' | 'status'>) => boolean): Promise<void> {
    for (const row of page.value.runs)
        if (row.id !== run.value?.id && (changed(row) || !stories.value.has(row.id))) wanted.add(row.id);
    if (isAsking) return;
    isAsking = true;
    while (wanted.size > 0 && answered.value) {
        const [from, world, ids] = [answered.value, worlds, [...wanted]];
        wanted = new Set();
        const told = await Promise.all(ids.map((id) => askForStory(asked(from), id))).catch(() => []);
        if (world !== worlds) continue;
        const listed = new Set(page.value.runs.map(({ id }) => id));
        const fresh = told.filter((story) => story !== null && listed.has(story.id)) as WhyPipelineRun[];
        stories.value = new Map([...stories.value, ...fresh.map((story) => [story.id, story] as const)]);
    }
    isAsking = false;
}
