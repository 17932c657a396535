// What the page shows, as signals, and the one loop that keeps it true: ask the world, put the answers here.
import { batch, computed, signal } from '@preact/signals';
import { followed, keptOrder } from './follow';
import { type Clock, kFinished, type Project, type Run, type Schedule, type Story } from './model';
import { askForNewest, askForStory, attemptNews, changesSince, kNothingYet, type Newest, StoryShelf } from './story';
import { clockText } from './time';
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
// Whether the page chooses the run (follow.ts). Until the visitor picks one, or turns a page.
export const following = signal(true);
export const run = signal<Run | null>(null);
export const story = signal<Story | null>(null);
// Of the runs of the page of the list.
export const stories = signal<Map<number, Story>>(new Map());
// The block run that the visitor asks about.
export const blockUuid = signal<string | null>(null);
export const newest = signal<Newest>(kNothingYet);
// What the visitor's last step did, and from which transition on.
export const stepped = signal<{ words: string; from: number } | null>(null);
export const helpOpen = signal(false);
// From the choice of another world until its first answer: what is shown is the last world's, and nothing can be done.
export const loading = signal(false);
// What went wrong in talking to the world, in words for the reader; null while all is well.
export const trouble = signal<string | null>(null);

export const schedule = computed(() => schedules.value.find((s) => s.id === scheduleId.value) ?? null);
const order = signal<number[]>([]);
export const listedSchedules = computed(() =>
    [...schedules.value].sort((a, b) => order.value.indexOf(a.id) - order.value.indexOf(b.id)),
);
export const pipeline = computed(
    () => project.value?.pipelines.find((p) => p.uuid === (run.value ?? schedule.value)?.pipeline_uuid) ?? null,
);

function checked(answer: Answer, what: string): any {
    const error = answer.json?.error;
    if (answer.json === undefined)
        throw new Error(`${what}: the server answered ${answer.status} ${answer.text.slice(0, 200)}`);
    if (error) throw new Error(`${what}: ${error.exception ?? error.message}`);
    return answer.json;
}

type AskWorld = (target: string) => Promise<Answer>;

async function get(ask: AskWorld, target: string): Promise<any> {
    return checked(await ask(target), `GET ${target}`);
}

const endOf = (known: Newest) => (known.last ? known.last.number + 1 : 0);
let shelf = new StoryShelf(); // of this world
let latest = 0;
let questions = new AbortController(); // what is asked until the next reset
let resets = 0; // in progress: nothing is asked meanwhile
let wasReset = false; // since the last answer that is shown
let entering: World | null = null;
let answered: World | null = null; // whose rows are shown

// Asks for everything that is on the page, and shows all of it at once: a new clock beside an old run would tell lies. Of
// overlapping calls the last one wins.
export async function refresh(): Promise<void> {
    const from = world.value;
    if (!from || resets > 0) return;
    const turn = ++latest;
    const { signal } = questions;
    const ask: AskWorld = (target) => from.send('GET', target, undefined, signal);
    try {
        const listed: Schedule[] = (await get(ask, '/api/pipeline_schedules?_limit=200')).pipeline_schedules;
        const chosen = listed.some((s) => s.id === scheduleId.value) ? scheduleId.value : firstSchedule(listed);
        const page = chosen === null ? null : await askForRuns(ask, chosen);
        const last = await askForNewest(ask, wasReset ? kNothingYet : newest.value);
        const time: Clock = (await get(ask, '/__sim/clock')).clock;
        if (turn !== latest || from !== world.value) return;
        const anew = wasReset || time.now_us < (clock.value?.now_us ?? 0) || endOf(last) < endOf(newest.value);
        wasReset = false;
        batch(() => {
            if (anew) forgetStories();
            if (from !== answered) order.value = [];
            order.value = keptOrder(order.value, listed);
            answered = from;
            if (entering === from) loading.value = false;
            clock.value = time;
            schedules.value = listed;
            scheduleId.value = chosen;
            runs.value = page?.runs ?? [];
            runCount.value = page?.count ?? 0;
            hasNext.value = page?.next ?? false;
            offset.value = page?.offset ?? 0;
            run.value = page?.run ?? null;
            runId.value = run.value?.id ?? null;
            story.value = page?.story ?? null;
            newest.value = last;
            if (anew || time.paused === false) stepped.value = null;
            trouble.value = null;
        });
        if (page) void tellStories(ask, page.runs, time.now_us);
    } catch (error) {
        if (turn === latest) trouble.value = error instanceof Error ? error.message : String(error);
    }
}

// A world that began anew, and another world, give the same ids to other runs.
function forgetStories(): void {
    shelf = new StoryShelf();
    stories.value = new Map();
}

// The page does not wait for them: they are many where a list is new. What fails here fails in the next refresh, too, and is
// reported there.
async function tellStories(ask: AskWorld, listed: Run[], now: number): Promise<void> {
    const mine = shelf;
    const told = await mine.of(ask, listed, now).catch(() => null);
    if (!told || mine !== shelf) return;
    const there = new Set(runs.value.map((row) => row.id));
    stories.value = new Map([...stories.value, ...told].filter(([id]) => there.has(id)));
}

interface RunsPage {
    runs: Run[];
    count: number;
    next: boolean;
    offset: number;
    run: Run | null;
    story: Story | null;
}

async function askForRuns(ask: AskWorld, schedule: number): Promise<RunsPage> {
    const base = `/api/pipeline_schedules/${schedule}/pipeline_runs`;
    // An offset beyond the end is an error of the real server where it groups retries: step back first.
    const { count } = (await get(ask, `${base}?_limit=0`)).metadata;
    const lastPage = Math.max(0, Math.ceil(count / limit.value) - 1) * limit.value;
    const start = Math.min(offset.value, lastPage);
    const { pipeline_runs: listed, metadata } = await get(ask, `${base}?_limit=${limit.value}&_offset=${start}`);
    const shown = run.value?.id === runId.value && run.value?.pipeline_schedule_id === schedule ? run.value : null;
    const chosen = following.value ? followed(listed, shown)?.id : (runId.value ?? followed(listed, null)?.id);
    if (chosen === undefined)
        return { runs: listed, count, next: metadata.next, offset: start, run: null, story: null };
    const [{ pipeline_run: detail }, told] = await Promise.all([
        get(ask, `/api/pipeline_runs/${chosen}`),
        askForStory(ask, chosen),
    ]);
    return { runs: listed, count, next: metadata.next, offset: start, run: detail, story: told };
}

// The trigger with work in progress, else the first that has runs: the page opens on something alive.
function firstSchedule(all: Schedule[]): number | null {
    const busy = all.filter((s) => s.pipeline_in_progress_runs_count);
    return (busy[0] ?? all.find((s) => s.pipeline_runs_count) ?? all[0])?.id ?? null;
}

// What the last world showed stays until the first answer of the next one: nothing flashes. Of several the one chosen last is
// entered, whichever answers first.
export async function enter(next: World): Promise<void> {
    entering = next;
    loading.value = true;
    try {
        const entered = checked(await next.send('GET', '/__sim/project'), 'GET /__sim/project').project;
        if (entering !== next) return;
        batch(() => {
            forgetStories();
            world.value = next;
            project.value = entered;
            offset.value = 0;
            following.value = true;
            runId.value = null;
            newest.value = kNothingYet;
            stepped.value = null;
        });
        await refresh();
    } catch (error) {
        if (entering !== next) return;
        entering = world.value;
        loading.value = world.value !== answered;
        trouble.value = error instanceof Error ? error.message : String(error);
    }
}

// What was there stays until the answer comes: nothing flashes.
export function selectSchedule(id: number): void {
    batch(() => {
        scheduleId.value = id;
        offset.value = 0;
        following.value = true;
        runId.value = null;
    });
    void refresh();
}

export function selectRun(id: number): void {
    batch(() => {
        following.value = false;
        runId.value = id;
    });
    void refresh();
}

export function follow(): void {
    batch(() => {
        following.value = true;
        offset.value = 0;
        runId.value = null;
        stepped.value = null;
    });
    void refresh();
}

export function turnPage(by: number): void {
    const next = offset.value + by * limit.value;
    if (next < 0 || next >= Math.max(1, runCount.value)) return;
    batch(() => {
        offset.value = next;
        runId.value = null;
        following.value = next === 0;
    });
    void refresh();
}

let told = 0;

export async function tellClock(action: string, more: { by?: string; speed?: number } = {}): Promise<void> {
    const before = { story: story.value, end: endOf(newest.value) };
    const paused = clock.value?.paused ?? true;
    const turn = ++told;
    stepped.value = null;
    if (action === 'reset') stopAsking();
    try {
        // A step of a clock that runs on could not be seen.
        const say = (body: object) => world.value!.send('POST', '/__sim/clock', JSON.stringify({ clock: body }));
        if (action === 'step' && clock.value?.paused === false) checked(await say({ action: 'pause' }), 'the clock');
        checked(await say({ action, ...more }), 'the clock');
        // Before anybody looks: a world that began anew runs as it was first made.
        if (action === 'reset') checked(await say({ action: paused ? 'pause' : 'resume' }), 'the clock');
    } catch (error) {
        trouble.value = error instanceof Error ? error.message : String(error);
    }
    if (action === 'reset') resets--;
    await refresh();
    const by = more.by?.replace(/\d+/, '$& ');
    const moved = { step: 'Step to', advance: `Advance by ${by} to` }[action];
    if (moved && clock.value?.paused && turn === told)
        stepped.value = {
            from: before.end,
            words: `${moved} ${stepWords(before.story, changesSince(newest.value, before.end))}`,
        };
}

// A world that begins anew knows nothing of the runs that are being asked about.
function stopAsking(): void {
    resets++;
    latest++;
    wasReset = true;
    questions.abort();
    questions = new AbortController();
}

function stepWords(before: Story | null, changes: string): string {
    const { time, millis } = clockText(clock.value?.now_us ?? 0);
    const all = attemptNews(before, story.value);
    const news = all.length > 3 ? [...all.slice(0, 2), `${all.length - 2} more attempts`] : all;
    if (changes) news.unshift(changes);
    return `${time}.${millis}: ${news.join(', ') || 'no status changed'}`;
}

// Back to the beginning, at the pace that was set. The world of a server may be somebody else's, too.
export async function resetWorld(): Promise<void> {
    const question = 'Reset the world of the server? It goes back to its beginning for everybody who uses it.';
    if (world.value?.place === 'server' && !confirm(question)) return;
    batch(() => {
        offset.value = 0;
        following.value = true;
        runId.value = null;
    });
    await tellClock('reset', { speed: clock.value?.speed });
}

export const toggleClock = (): Promise<void> => tellClock(clock.value?.paused ? 'resume' : 'pause');

const busy = () =>
    schedules.value.some((s) => s.pipeline_in_progress_runs_count) ||
    (run.value && !kFinished.includes(run.value.status));

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
