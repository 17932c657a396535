// The rows of the page: its triggers, a page of runs, and the run beside it.
import type {
    PipelineRunDetailAnswer,
    PipelineRunList,
    PipelineScheduleList,
    PipelineScheduleListItem,
    ProjectAnswer,
} from 'runsim/api';
import { get, getIfThere } from './ask';
import { followed } from './choose-run';
import * as shown from './signals';
import { askForStory } from './stories';
import type { Needs } from './touched';
import type { World } from './world';

export type Rows = Awaited<ReturnType<typeof askForRows>>;

// Asks for what is needed of the page, and takes over the rest.
export async function askForRows(from: World, needs: Needs) {
    const [project, schedules] = await Promise.all([
        needs.project
            ? get<ProjectAnswer>(from, '/__sim/project').then((answer) => answer.project)
            : shown.project.value,
        needs.schedules
            ? get<PipelineScheduleList>(from, '/api/pipeline_schedules?_limit=200').then(
                  (answer) => answer.pipeline_schedules,
              )
            : shown.schedules.value,
    ]);
    const wanted = shown.scheduleId.value;
    const schedule = schedules.some((s) => s.id === wanted) ? wanted : firstSchedule(schedules);
    const list = await askForRuns(from, schedule, needs);
    return { project, schedules, schedule, ...list, ...(await askForRun(from, schedule, list.page, needs)) };
}

// The trigger with work in progress, else the first that has runs: the page opens on something alive.
function firstSchedule(all: PipelineScheduleListItem[]): number | null {
    const busy = all.find((s) => s.pipeline_in_progress_runs_count);
    return (busy ?? all.find((s) => s.pipeline_runs_count) ?? all[0])?.id ?? null;
}

async function askForRuns(
    from: World,
    schedule: number | null,
    needs: Needs,
): Promise<{ page: shown.RunsPage; offset: number }> {
    const [limit, known] = [shown.limit.value, shown.page.value];
    let offset = shown.offset.value;
    if (schedule === null) return { page: shown.kNoRuns, offset: 0 };
    if (!needs.list && known.schedule === schedule) return { page: known, offset };
    const runs = `/api/pipeline_schedules/${schedule}/pipeline_runs`;
    if (offset > 0) {
        // An offset beyond the end is an error of the real server where it groups retries: step back first.
        const { count } = (await get<PipelineRunList>(from, `${runs}?_limit=0`)).metadata;
        offset = Math.min(offset, Math.max(0, Math.ceil(count / limit) - 1) * limit);
    }
    const { pipeline_runs, metadata } = await get<PipelineRunList>(from, `${runs}?_limit=${limit}&_offset=${offset}`);
    return { page: { schedule, runs: pipeline_runs, count: metadata.count, next: metadata.next }, offset };
}

// The run that is to be shown, and its story. One that the visitor picked may be gone: then the page chooses again.
async function askForRun(from: World, schedule: number | null, { runs }: shown.RunsPage, needs: Needs) {
    const known = shown.run.value;
    const [following, runId] = [shown.following.value, shown.runId.value];
    const same = following && known?.id === runId && known?.pipeline_schedule_id === schedule ? known : null;
    const picked = following ? null : runId;
    for (const id of [picked, followed(runs, same)?.id ?? null]) {
        if (id === null) continue;
        const kept = known?.id === id && !needs.run ? known : null;
        const told = shown.stories.value.get(id);
        const [run, story] = await Promise.all([
            kept ?? getIfThere<PipelineRunDetailAnswer>(from, `/api/pipeline_runs/${id}`).then((a) => a?.pipeline_run),
            kept && told && !needs.story(kept) ? told : askForStory(from, id),
        ]);
        if (run) return { run, story, following: following || (picked !== null && id !== picked) };
    }
    return { run: null, story: null, following };
}
