import type { BlockRun, PipelineRun, PipelineSchedule, Transition, WhyBlockRun, WhyPipelineRun } from 'runsim/api';
import { describe, expect, test } from 'vitest';
import { axisOf, labelsOf, linesOf } from '../../web/src/axis';
import { doneOf, grouped, groupStatus, parentOf, startsOpen } from '../../web/src/children';
import { followed, keptOrder } from '../../web/src/choose-run';
import { deadlinesOf, deadlineWords, limitOf } from '../../web/src/deadlines';
import { attemptNews, changesSince, kNoNews, stepWords, withNews } from '../../web/src/news';
import { eventsOf } from '../../web/src/parse-events';
import { endOf, repeatsOf } from '../../web/src/run';
import { segmentsOf } from '../../web/src/segments';
import { laterThan } from '../../web/src/ticking';
import { span } from '../../web/src/time';

const kStart = Date.UTC(2026, 0, 1) * 1000;
const second = (s: number) => kStart + s * 1e6;
const date = (s: number) => new Date(second(s) / 1000).toISOString().replace('T', ' ').replace('Z', '000+00:00');
let lastId = 0;
const row = (block_uuid: string | null, status: BlockRun['status'], more: Partial<BlockRun> = {}): BlockRun => ({
    id: ++lastId,
    pipeline_run_id: 1,
    block_uuid,
    status,
    created_at: date(0),
    updated_at: date(0),
    started_at: null,
    completed_at: null,
    metrics: null,
    ...more,
});
const told = (
    of: BlockRun,
    attempts: [number, number | null, 'completed' | 'failed' | null][],
    queued: number | null = null,
): WhyBlockRun => ({
    id: of.id,
    block_uuid: of.block_uuid ?? '',
    pipeline_run_id: 1,
    status: of.status,
    why: '',
    sleeps_until_us: null,
    queued_at_us: queued === null ? null : second(queued),
    times_out_at_us: null,
    attempts: attempts.map(([from, to, outcome]) => ({
        started_at_us: second(from),
        ended_at_us: to === null ? null : second(to),
        outcome,
    })),
});
const shown = (segments: ReturnType<typeof segmentsOf>) =>
    segments.map(({ kind, status, from, to }) => `${kind} ${status} ${(from - kStart) / 1e6}-${(to - kStart) / 1e6}`);

describe('the children of dynamic blocks', () => {
    const rows = ['a', 'b', 'b:10', 'b:2', 'c', 'c:0:1', 'lone:0', 'copy:replicated', null].map((uuid) =>
        row(uuid, 'completed'),
    );

    test('stand under their block, by their number', () => {
        expect(grouped(rows).map((g) => [g.uuid, g.children.map((child) => child.block_uuid)])).toEqual([
            ['a', []],
            ['b', ['b:2', 'b:10']],
            ['c', ['c:0:1']],
            ['lone:0', []],
            ['copy:replicated', []],
            ['', []],
        ]);
        expect(parentOf('copy:replicated')).toBe('copy:replicated');
    });

    test('are folded at first where they are many', () => {
        const withChildren = (n: number) =>
            grouped([row('x', 'running'), ...Array.from({ length: n }, (_, i) => row(`x:${i}`, 'initial'))])[0]!;
        expect(startsOpen(withChildren(6))).toBe(true);
        expect(startsOpen(withChildren(7))).toBe(false);
    });

    test.each([
        ['completed', ['completed', 'completed'], 'completed', 2],
        ['completed', ['completed', 'initial'], 'running', 1],
        ['completed', ['running', 'initial'], 'running', 0],
        ['completed', ['queued', 'initial'], 'queued', 0],
        ['completed', ['initial', 'initial'], 'initial', 0],
        ['completed', ['failed', 'running'], 'failed', 0],
        ['completed', ['cancelled', 'completed'], 'cancelled', 1],
        ['upstream_failed', [], 'upstream_failed', 0],
    ] as [BlockRun['status'], BlockRun['status'][], string, number][])(
        'a %s block with children %j is %s',
        (own, children, status, done) => {
            const [group] = grouped([row('x', own), ...children.map((each, i) => row(`x:${i}`, each))]);
            expect(groupStatus(group!)).toBe(status);
            expect(doneOf(group!)).toBe(done);
        },
    );
});

describe('the lane of a block run', () => {
    test('is made of the queue, the attempts and the sleeps between them', () => {
        const done = row('a', 'completed', { started_at: date(2), completed_at: date(16), updated_at: date(16) });
        const segments = segmentsOf(
            done,
            told(
                done,
                [
                    [2, 4, 'failed'],
                    [9, 11, 'failed'],
                    [15, 16, 'completed'],
                ],
                1,
            ),
            second(60),
            'E: boom',
        );
        expect(shown(segments)).toEqual([
            'queued queued 1-2',
            'attempt failed 2-4',
            'sleep queued 4-9',
            'attempt failed 9-11',
            'sleep queued 11-15',
            'attempt completed 15-16',
        ]);
        expect(segments[1]!.words).toBe('attempt 1: failed after 2.0 s: E: boom');
        expect(segments[2]!.words).toBe('sleeps 5.0 s before attempt 2');
        expect(segments[5]!.words).toBe('attempt 3: completed after 1.0 s');
    });

    test('goes on to now while it runs, sleeps or waits in the queue', () => {
        const running = row('a', 'running', { started_at: date(2) });
        expect(shown(segmentsOf(running, told(running, [[2, null, null]], 1), second(7)))).toEqual([
            'queued queued 1-2',
            'attempt running 2-7',
        ]);
        expect(shown(segmentsOf(running, told(running, [[2, 4, 'failed']]), second(7)))).toEqual([
            'attempt failed 2-4',
            'sleep queued 4-7',
        ]);
        const queued = row('a', 'queued');
        expect(shown(segmentsOf(queued, told(queued, [], 3), second(7)))).toEqual(['queued queued 3-7']);
        expect(segmentsOf(row('a', 'initial'), undefined, second(7))).toEqual([]);
    });

    test('a sleep that goes on has its whole length in words, and as long a line as it took so far', () => {
        const running = row('a', 'running', { started_at: date(2) });
        const asleep = (until: number) => ({
            ...told(running, [[2, 4.3, 'failed']]),
            sleeps_until_us: second(until),
        });
        const last = (until: number) => segmentsOf(running, asleep(until), second(6)).at(-1)!;
        expect(last(9.3).words).toBe('sleeps 5.0 s before attempt 2');
        expect(last(9.3).to).toBe(second(6));
        expect(last(86_404.3).words).toBe('sleeps 1 d 0 h before attempt 2');
    });

    test('says the error of the last attempt as the row has it, and none of a timeout', () => {
        const failed = row('a', 'failed', {
            started_at: date(0),
            updated_at: date(5),
            metrics: { error: { error: 'boom' } },
        });
        expect(segmentsOf(failed, told(failed, [[0, 5, 'failed']]), second(60), 'other').at(-1)!.words).toBe(
            'attempt 1: failed after 5.0 s: boom',
        );
        const late = { ...failed, metrics: {} };
        expect(segmentsOf(late, told(late, [[0, 5, 'failed']]), second(60), 'other').at(-1)!.words).toBe(
            'attempt 1: failed after 5.0 s',
        );
    });

    test('an attempt that was cut off has the status of its row; without a story there is one bar', () => {
        const cut = row('a', 'cancelled', { started_at: date(1), updated_at: date(4) });
        expect(shown(segmentsOf(cut, told(cut, [[1, 4, null]]), second(60)))).toEqual(['attempt cancelled 1-4']);
        expect(shown(segmentsOf(cut, undefined, second(60)))).toEqual(['attempt cancelled 1-4']);
        expect(segmentsOf(row('a', 'upstream_failed'), undefined, second(60))).toEqual([]);
    });
});

describe('deadlines', () => {
    const run = (status: string, end: number) => ({ status, completed_at: null, updated_at: date(end) }) as PipelineRun;
    const story = (sla_passed: boolean) =>
        ({ sla_at_us: second(45), sla_passed, times_out_at_us: second(80) }) as WhyPipelineRun;
    const words = (of: PipelineRun, late: boolean) =>
        deadlinesOf(of, story(late)).map((d) => `${d.words} ${(d.us - kStart) / 1e6}`);

    test('stand before a run at work, and afterwards where they were passed', () => {
        expect(words(run('running', 1), false)).toEqual(['SLA 45', 'times out at the first tick after 80']);
        expect(words(run('running', 50), true)).toEqual(['SLA passed 45', 'times out at the first tick after 80']);
        expect(words(run('completed', 30), false)).toEqual([]);
        expect(words(run('completed', 60), true)).toEqual(['SLA passed 45']);
        expect(words(run('failed', 90), true)).toEqual(['SLA passed 45', 'timeout passed 80']);
        expect(deadlinesOf(run('running', 1), null)).toEqual([]);
    });

    test('are said in short where there is little room', () => {
        const timeout = deadlinesOf(run('running', 1), story(false))[1]!;
        expect(deadlineWords(timeout, 300)).toBe('times out at the first tick after');
        expect(deadlineWords(timeout, 160)).toBe('times out after');
    });

    test.each([
        ['running', null, 30],
        ['completed', 20, null],
        ['failed', 20, null],
        ['failed', 30, 30],
    ] as [BlockRun['status'], number | null, number | null][])(
        'a block run that is %s since %j has its timeout at %j',
        (status, end, at) => {
            const of = row('a', status, {
                updated_at: date(end ?? 0),
                completed_at: status === 'completed' ? date(end!) : null,
            });
            expect(limitOf(of, { ...told(of, []), times_out_at_us: second(30) })).toBe(at === null ? null : second(at));
        },
    );
});

describe('the run that is followed', () => {
    const runs = (...all: [number, string][]) =>
        all.map(([id, status]) => ({ id, status, created_at: date(id) }) as PipelineRun);
    test.each([
        ['at first the newest in progress', runs([9, 'completed'], [8, 'running'], [7, 'running']), null, 8],
        ['at first, where none is in progress, the newest', runs([9, 'completed'], [8, 'failed']), null, 9],
        ['the one shown when it has ended, not an older one', runs([9, 'completed'], [8, 'running']), 9, 9],
        ['a newer one when it begins', runs([10, 'initial'], [9, 'completed'], [8, 'running']), 9, 10],
        ['of newer ones the newest in progress', runs([11, 'completed'], [10, 'running'], [9, 'completed']), 9, 10],
        ['the newest where the one shown is not listed any more', runs([30, 'completed'], [29, 'completed']), 9, 30],
    ])('is %s', (_, listed, shown, wanted) => {
        const known =
            shown === null ? null : ({ id: shown, status: 'running', created_at: date(shown) } as PipelineRun);
        expect(followed(listed, known)?.id).toBe(wanted);
    });

    test('is chosen anew in a world that began anew, and is none where there is none', () => {
        const listed = runs([9, 'completed'], [8, 'running']);
        expect(followed(listed, { ...listed[0]!, created_at: date(1000) })?.id).toBe(8);
        expect(followed([], listed[0]!)).toBeUndefined();
    });
});

test('triggers keep the order in which they were first shown', () => {
    const triggers = (...all: [number, string][]) => all.map(([id, status]) => ({ id, status }) as PipelineSchedule);
    const first = keptOrder([], triggers([1, 'inactive'], [2, 'active'], [3, 'inactive']));
    expect(first).toEqual([2, 1, 3]);
    expect(keptOrder(first, triggers([1, 'active'], [2, 'inactive'], [3, 'inactive'], [4, 'active']))).toEqual([
        2, 1, 3, 4,
    ]);
});

test.each([
    [0, '0.0 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 00 s'],
    [60, '1 min 00 s'],
    [90.2, '1 min 30 s'],
    [90.6, '1 min 31 s'],
    [3599.7, '1 h 00 min'],
    [7500, '2 h 05 min'],
    [86399, '1 d 0 h'],
    [273600, '3 d 4 h'],
])('a span of %d s is written %s', (s, text) => {
    expect(span(s * 1e6)).toBe(text);
});

describe('between two events the clock', () => {
    const clock = { now_us: second(12), paused: false, speed: 60, next_tick_us: second(20), next_event_us: null };
    test.each([
        ['runs on', {}, 13, 50, 16],
        ['never beyond the next tick', {}, 19, 900, 20],
        ['nor beyond the next event', { next_event_us: second(13) }, 12, 900, 13],
        ['counts a gap as one second, as the world does', { speed: 1 }, 12, 5000, 13],
        ['stands while it is paused', { paused: true }, 15, 900, 12],
        ['never goes behind what was heard of it', {}, 5, 0, 12],
    ])('%s', (_, more, from, elapsed, wanted) => {
        expect(laterThan(second(from), elapsed, { ...clock, ...more })).toBe(second(wanted));
    });
});

describe('the time axis', () => {
    const ticks = { start: kStart, interval: 1e7 };
    const run = { status: 'running', created_at: date(3), updated_at: date(3), completed_at: null } as PipelineRun;

    test('runs from the tick before the run to the tick ahead, and to a deadline that is near', () => {
        expect(axisOf(run, ticks, second(12), [])).toEqual({ from: kStart, to: second(20) });
        expect(axisOf(run, ticks, second(12), [second(45)])).toEqual({ from: kStart, to: second(50) });
        expect(axisOf(run, ticks, second(12), [second(900)])).toEqual({ from: kStart, to: second(20) });
        expect(axisOf(run, ticks, second(12), [second(-30)])).toEqual({ from: kStart, to: second(20) });
    });

    test.each([
        ['running', null, null],
        ['completed', 20, 20],
        ['failed', null, 30],
    ] as const)('a run that is %s and completed at %j has its end at %j', (status, completed, end) => {
        const of = { ...run, status, completed_at: completed && date(completed), updated_at: date(30) };
        expect(endOf(of)).toBe(end && second(end));
    });

    test.each([120, 200, 286, 310, 500, 900])('on %i pixels no two labels touch, and none leaves the lane', (width) => {
        for (const count of [1, 2, 3, 4, 7, 14, 15, 60, 400]) {
            const axis = { from: kStart, to: second(count * 10) };
            const { at } = linesOf(axis, ticks);
            expect(at.length).toBeLessThanOrEqual(15);
            const places = [...labelsOf(axis, at, width)].map(([us, side]) => {
                const x = ((us - axis.from) / (axis.to - axis.from)) * width;
                return side === 'right' ? [x, x + 50] : [x - 50, x];
            });
            expect(places.length).toBeGreaterThan(0);
            places.forEach(([from, to], i) => {
                expect(from).toBeGreaterThanOrEqual(0);
                expect(to).toBeLessThanOrEqual(width);
                if (i > 0) expect(from! - places[i - 1]![1]!).toBeGreaterThanOrEqual(8);
            });
        }
    });
});

describe('news', () => {
    // Every fifth transition is news, the others are births of block runs.
    const some = (from: number, to: number) =>
        Array.from({ length: to - from }, (_, i) => ({
            number: from + i,
            subject: 'block_run',
            from: (from + i) % 5 ? null : 'queued',
        })) as Transition[];
    const shown = (of: typeof kNoNews) => of.rows.map((t) => t.number);

    test('are the newest transitions but for births of blocks and jobs that clean up', () => {
        const early = withNews(kNoNews, some(0, 7));
        expect([shown(early), early.end]).toEqual([[0, 5], 7]);
        const job = { number: 7, subject: 'generic_job', from: 'queued' } as Transition;
        const run = { number: 8, subject: 'run', from: null } as Transition;
        expect(shown(withNews(early, [job, run]))).toEqual([0, 5, 8]);
        expect(withNews(early, [])).toBe(early);
    });

    test('go back so far, and no farther', () => {
        const news = withNews(withNews(kNoNews, some(0, 300)), some(300, 1000));
        expect(news.rows.length).toBe(100);
        expect(shown(news).at(-1)).toBe(995);
        expect(changesSince(news, 989)).toBe('2 changes');
        expect(changesSince(news, 995)).toBe('one change');
        expect(changesSince(news, 996)).toBe('');
        expect(changesSince(news, 100)).toBe('at least 100 changes');
    });

    test('failures and new attempts are news between two stories of a run', () => {
        const a = row('a', 'running');
        const of = (attempts: Parameters<typeof told>[1]): WhyPipelineRun => ({
            ...({ id: 1 } as WhyPipelineRun),
            block_runs: [told(a, attempts)],
        });
        const again = of([
            [0, 2, 'failed'],
            [6, null, null],
        ]);
        expect(attemptNews(of([[0, null, null]]), of([[0, 2, 'failed']]))).toEqual(['a: attempt 1 failed']);
        expect(attemptNews(of([[0, 2, 'failed']]), again)).toEqual(['a: attempt 2 begins']);
        expect(attemptNews({ ...of([]), id: 2 }, of([[0, 2, 'failed']]))).toEqual([]);
        expect(repeatsOf(again)).toBe(1);
    });

    test.each([
        ['', [], '00:00:07.250: no status changed'],
        ['2 changes', ['a: attempt 1 failed'], '00:00:07.250: 2 changes, a: attempt 1 failed'],
        ['', ['a', 'b', 'c', 'd'], '00:00:07.250: a, b, 2 more attempts'],
    ])('a step with %j and %j says %s', (changes, attempts, words) => {
        expect(stepWords(second(7.25), changes, attempts)).toBe(words);
    });
});

describe('server-sent events', () => {
    const stream = (...chunks: (string | Uint8Array)[]) =>
        new ReadableStream<Uint8Array>({
            start(controller) {
                for (const chunk of chunks)
                    controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
                controller.close();
            },
        });
    const read = async (...chunks: (string | Uint8Array)[]) => {
        const all = [];
        for await (const events of eventsOf(stream(...chunks))) all.push(events.map((e) => `${e.kind} ${e.data}`));
        return all;
    };

    test('come as they came together, without comments, wherever the stream is cut', async () => {
        const text = 'id: 1\nevent: transition\ndata: {"é": 1}\n\n: still here\n\nevent: clock\ndata: {}\n\n';
        expect(await read(text, text)).toEqual(Array(2).fill(['transition {"é": 1}', 'clock {}']));
        const bytes = new TextEncoder().encode(text);
        for (let cut = 1; cut < bytes.length; cut++)
            expect((await read(bytes.slice(0, cut), bytes.slice(cut))).flat()).toEqual([
                'transition {"é": 1}',
                'clock {}',
            ]);
    });

    test('one that is not whole at the end is none', async () => {
        expect(await read('event: clock\ndata: {}\n\nevent: clo')).toEqual([['clock {}']]);
    });
});
