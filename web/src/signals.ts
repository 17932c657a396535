// What the page shows, as signals. load.ts fills them, commands.ts says what the visitor wants.
import { computed, signal } from '@preact/signals';
import type {
    Clock,
    PipelineRunDetail,
    PipelineRunListItem,
    PipelineScheduleListItem,
    SimulatedProject,
    WhyPipelineRun,
} from 'runsim/api';
import { kNoNews } from './news';
import type { World } from './world';

export const kPageSize = 10;

// A page of the list of runs.
export interface RunsPage {
    schedule: number | null;
    runs: PipelineRunListItem[];
    count: number;
    next: boolean;
}
export const kNoRuns: RunsPage = { schedule: null, runs: [], count: 0, next: false };

// What the visitor chose.
export const world = signal<World | null>(null);
export const scheduleId = signal<number | null>(null);
export const limit = signal(kPageSize);
export const offset = signal(0);
export const runId = signal<number | null>(null);
// Whether the page chooses the run (choose-run.ts). Until the visitor picks one, or turns a page.
export const following = signal(true);
// The block run that the visitor asks about.
export const blockUuid = signal<string | null>(null);
export const helpOpen = signal(false);

// What the world answered.
export const project = signal<SimulatedProject | null>(null);
export const schedules = signal<PipelineScheduleListItem[]>([]);
export const page = signal(kNoRuns);
export const run = signal<PipelineRunDetail | null>(null);
// Of the run, and of the runs of the page of the list, as they come.
export const stories = signal<ReadonlyMap<number, WhyPipelineRun>>(new Map());
export const newest = signal(kNoNews);
// The clock, and when (performance.now()) the page heard of it.
export const heard = signal<{ clock: Clock; at: number } | null>(null);
export const clock = computed(() => heard.value?.clock ?? null);
// What of it changes seldom, so that few parts of the page change with every tick.
export const paused = computed(() => clock.value?.paused ?? true);
export const speed = computed(() => clock.value?.speed ?? 1);
export const message = computed(() => clock.value?.message ?? null);
const start = computed(() => clock.value?.start_us);
const interval = computed(() => clock.value?.scheduler_interval_us);
export const ticks = computed(() =>
    start.value === undefined || interval.value === undefined ? null : { start: start.value, interval: interval.value },
);

// The world whose rows are shown, and the one that was chosen last. While they differ nothing can be done.
export const answered = signal<World | null>(null);
export const entering = signal<World | null>(null);
export const loading = computed(() => entering.value !== answered.value);

// What the visitor's last step did, and from which transition on.
export const stepped = signal<{ words: string; from: number } | null>(null);
// What went wrong in talking to the world, in words for the reader; null while all is well.
export const trouble = signal<string | null>(null);

export const schedule = computed(() => schedules.value.find((s) => s.id === scheduleId.value) ?? null);
export const order = signal<number[]>([]);
export const listedSchedules = computed(() =>
    [...schedules.value].sort((a, b) => order.value.indexOf(a.id) - order.value.indexOf(b.id)),
);
export const pipeline = computed(
    () => project.value?.pipelines.find((p) => p.uuid === (run.value ?? schedule.value)?.pipeline_uuid) ?? null,
);
export const story = computed(() => (run.value && stories.value.get(run.value.id)) ?? null);
