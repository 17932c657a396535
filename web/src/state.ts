// What the page shows, as signals, and the one loop that keeps it true: ask the world, put the answers here.
import { batch, computed, signal } from '@preact/signals';
import { kFinished, type Clock, type Project, type Run, type Schedule } from './model';
import type { Answer, World } from './world';

export const kPageSize = 10;

export const world = signal<World | null>(null);
export const project = signal<Project | null>(null);
export const clock = signal<Clock | null>(null);
export const schedules = signal<Schedule[]>([]);
export const scheduleId = signal<number | null>(null);
export const limit = signal(kPageSize);
export const offset = signal(0);
export const runs = signal<Run[]>([]);
export const runCount = signal(0);
export const hasNext = signal(false);
export const runId = signal<number | null>(null);
export const run = signal<Run | null>(null);
// What went wrong in talking to the world, in words for the reader; null while all is well.
export const trouble = signal<string | null>(null);

export const schedule = computed(() => schedules.value.find((s) => s.id === scheduleId.value) ?? null);
export const pipeline = computed(
    () => project.value?.pipelines.find((p) => p.uuid === (run.value ?? schedule.value)?.pipeline_uuid) ?? null,
);

function checked(answer: Answer, what: string): any {
    const error = answer.json?.error;
    if (answer.json === undefined) throw new Error(`${what}: the server answered ${answer.status} ${answer.text.slice(0, 200)}`);
    if (error) throw new Error(`${what}: ${error.exception ?? error.message}`);
    return answer.json;
}

async function get(target: string): Promise<any> {
    return checked(await world.value!.send('GET', target), `GET ${target}`);
}

let latest = 0;

// Asks for everything that is on the page. Of overlapping calls the last one wins.
export async function refresh(): Promise<void> {
    const turn = ++latest;
    const from = world.value;
    if (!from) return;
    try {
        const [time, listed] = await Promise.all([get('/__sim/clock'), get('/api/pipeline_schedules?_limit=200')]);
        if (turn !== latest || from !== world.value) return;
        batch(() => {
            clock.value = time.clock;
            schedules.value = listed.pipeline_schedules;
            if (!schedule.value) scheduleId.value = firstSchedule(listed.pipeline_schedules);
        });
        if (scheduleId.value !== null) await refreshRuns(turn);
        if (turn === latest) trouble.value = null;
    } catch (error) {
        if (turn === latest) trouble.value = error instanceof Error ? error.message : String(error);
    }
}

async function refreshRuns(turn: number): Promise<void> {
    const base = `/api/pipeline_schedules/${scheduleId.value}/pipeline_runs`;
    // An offset beyond the end is an error of the real server where it groups retries: step back first.
    const { metadata } = await get(`${base}?_limit=0`);
    if (turn !== latest) return;
    if (offset.value >= metadata.count) offset.value = Math.max(0, Math.ceil(metadata.count / limit.value) - 1) * limit.value;
    const page = await get(`${base}?_limit=${limit.value}&_offset=${offset.value}`);
    if (turn !== latest) return;
    const chosen = runId.value ?? page.pipeline_runs[0]?.id ?? null;
    const detail = chosen === null ? null : (await get(`/api/pipeline_runs/${chosen}`)).pipeline_run;
    if (turn !== latest) return;
    batch(() => {
        runs.value = page.pipeline_runs;
        runCount.value = page.metadata.count;
        hasNext.value = page.metadata.next;
        runId.value = chosen;
        run.value = detail;
    });
}

// The trigger with work in progress, else the first that has runs: the page opens on something alive.
function firstSchedule(all: Schedule[]): number | null {
    const busy = all.filter((s) => s.pipeline_in_progress_runs_count);
    return (busy[0] ?? all.find((s) => s.pipeline_runs_count) ?? all[0])?.id ?? null;
}

export async function enter(next: World): Promise<void> {
    batch(() => {
        world.value = next;
        scheduleId.value = runId.value = run.value = clock.value = null;
        schedules.value = [];
        runs.value = [];
        offset.value = 0;
    });
    try {
        project.value = (await get('/__sim/project')).project;
    } catch (error) {
        trouble.value = error instanceof Error ? error.message : String(error);
    }
    await refresh();
}

export function selectSchedule(id: number): void {
    batch(() => {
        scheduleId.value = id;
        runId.value = run.value = null;
        runs.value = [];
        offset.value = 0;
    });
    void refresh();
}

export function selectRun(id: number): void {
    runId.value = id;
    void refresh();
}

export function turnPage(by: number): void {
    const next = offset.value + by * limit.value;
    if (next < 0 || next >= Math.max(1, runCount.value)) return;
    batch(() => {
        offset.value = next;
        runId.value = null;
    });
    void refresh();
}

export async function tellClock(action: string, more: object = {}): Promise<void> {
    try {
        const body = JSON.stringify({ clock: { action, ...more } });
        clock.value = checked(await world.value!.send('POST', '/__sim/clock', body), 'the clock').clock;
        if (action === 'reset') {
            batch(() => {
                runId.value = run.value = null;
                offset.value = 0;
            });
        }
    } catch (error) {
        trouble.value = error instanceof Error ? error.message : String(error);
    }
    await refresh();
}

export const toggleClock = (): Promise<void> => tellClock(clock.value?.paused ? 'resume' : 'pause');

const busy = () => schedules.value.some((s) => s.pipeline_in_progress_runs_count) || (run.value && !kFinished.includes(run.value.status));

// Looks again often while something moves, seldom while nothing can.
export function keepFresh(): void {
    const again = () => {
        const quiet = document.hidden || !clock.value || clock.value.paused;
        const pause = quiet ? (world.value?.place === 'server' ? 1000 : 2000) : busy() ? 200 : 500;
        setTimeout(async () => {
            await refresh();
            again();
        }, pause);
    };
    again();
}
