import { describe, expect, test } from 'vitest';
import { axisOf, labelsOf, linesOf } from '../../web/src/axis';
import { doneOf, grouped, groupStatus, parentOf, startsOpen } from '../../web/src/children';
import type { BlockRun, BlockStory, Clock, Run, Story, Transition } from '../../web/src/model';
import { segmentsOf } from '../../web/src/segments';
import { askForNewest, attemptNews, changesSince, kNothingYet, repeatsOf, StoryShelf, type Newest } from '../../web/src/story';

const kStart = Date.UTC(2026, 0, 1) * 1000;
const second = (s: number) => kStart + s * 1e6;
const date = (s: number) => new Date(second(s) / 1000).toISOString().replace('T', ' ').replace('Z', '000+00:00');
let lastId = 0;
const row = (block_uuid: string, status: string, more: Partial<BlockRun> = {}): BlockRun => ({
    id: ++lastId,
    block_uuid,
    status,
    created_at: date(0),
    updated_at: date(0),
    started_at: null,
    completed_at: null,
    metrics: null,
    ...more,
});
const told = (of: BlockRun, attempts: [number, number | null, 'completed' | 'failed' | null][], queued: number | null = null): BlockStory => ({
    id: of.id,
    block_uuid: of.block_uuid,
    status: of.status,
    why: '',
    queued_at_us: queued === null ? null : second(queued),
    times_out_at_us: null,
    attempts: attempts.map(([from, to, outcome]) => ({ started_at_us: second(from), ended_at_us: to === null ? null : second(to), outcome })),
});
const shown = (segments: ReturnType<typeof segmentsOf>) =>
    segments.map(({ kind, status, from, to }) => `${kind} ${status} ${(from - kStart) / 1e6}-${(to - kStart) / 1e6}`);

describe('the children of dynamic blocks', () => {
    const rows = ['a', 'b', 'b:10', 'b:2', 'c', 'c:0:1', 'lone:0', 'copy:replicated'].map((uuid) => row(uuid, 'completed'));

    test('stand under their block, by their number', () => {
        expect(grouped(rows).map((g) => [g.uuid, g.children.map((child) => child.block_uuid)])).toEqual([
            ['a', []],
            ['b', ['b:2', 'b:10']],
            ['c', ['c:0:1']],
            ['lone:0', []],
            ['copy:replicated', []],
        ]);
        expect(parentOf('copy:replicated')).toBe('copy:replicated');
    });

    test('are folded at first where they are many', () => {
        const withChildren = (n: number) => grouped([row('x', 'running'), ...Array.from({ length: n }, (_, i) => row(`x:${i}`, 'initial'))])[0]!;
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
    ])('a %s block with children %j is %s', (own, children, status, done) => {
        const [group] = grouped([row('x', own), ...children.map((each, i) => row(`x:${i}`, each))]);
        expect(groupStatus(group!)).toBe(status);
        expect(doneOf(group!)).toBe(done);
    });
});

describe('the lane of a block run', () => {
    test('is made of the queue, the attempts and the sleeps between them', () => {
        const done = row('a', 'completed', { started_at: date(2), completed_at: date(16), updated_at: date(16) });
        const segments = segmentsOf(done, told(done, [[2, 4, 'failed'], [9, 11, 'failed'], [15, 16, 'completed']], 1), second(60), 'E: boom');
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
        expect(shown(segmentsOf(running, told(running, [[2, null, null]], 1), second(7)))).toEqual(['queued queued 1-2', 'attempt running 2-7']);
        expect(shown(segmentsOf(running, told(running, [[2, 4, 'failed']]), second(7)))).toEqual(['attempt failed 2-4', 'sleep queued 4-7']);
        const queued = row('a', 'queued');
        expect(shown(segmentsOf(queued, told(queued, [], 3), second(7)))).toEqual(['queued queued 3-7']);
        expect(segmentsOf(row('a', 'initial'), undefined, second(7))).toEqual([]);
    });

    test('says the error of the last attempt as the row has it, and none of a timeout', () => {
        const failed = row('a', 'failed', { started_at: date(0), updated_at: date(5), metrics: { error: { error: 'boom' } } });
        expect(segmentsOf(failed, told(failed, [[0, 5, 'failed']]), second(60), 'other').at(-1)!.words).toBe('attempt 1: failed after 5.0 s: boom');
        const late = { ...failed, metrics: {} };
        expect(segmentsOf(late, told(late, [[0, 5, 'failed']]), second(60), 'other').at(-1)!.words).toBe('attempt 1: failed after 5.0 s');
    });

    test('an attempt that was cut off has the status of its row; without a story there is one bar', () => {
        const cut = row('a', 'cancelled', { started_at: date(1), updated_at: date(4) });
        expect(shown(segmentsOf(cut, told(cut, [[1, 4, null]]), second(60)))).toEqual(['attempt cancelled 1-4']);
        expect(shown(segmentsOf(cut, undefined, second(60)))).toEqual(['attempt cancelled 1-4']);
        expect(segmentsOf(row('a', 'upstream_failed'), undefined, second(60))).toEqual([]);
    });
});

describe('the time axis', () => {
    const clock = { start_us: kStart, scheduler_interval_us: 1e7, now_us: second(12) } as Clock;
    const run = { status: 'running', created_at: date(3), updated_at: date(3), completed_at: null } as Run;

    test('runs from the tick before the run to the tick ahead, and to a deadline that is near', () => {
        expect(axisOf(run, clock, [])).toEqual({ from: kStart, to: second(20) });
        expect(axisOf(run, clock, [second(45)])).toEqual({ from: kStart, to: second(50) });
        expect(axisOf(run, clock, [second(900)])).toEqual({ from: kStart, to: second(20) });
        expect(axisOf(run, clock, [second(-30)])).toEqual({ from: kStart, to: second(20) });
    });

    test.each([120, 200, 286, 310, 500, 900])('on %i pixels no two labels touch, and none leaves the lane', (width) => {
        for (const ticks of [1, 2, 3, 4, 7, 14, 15, 60, 400]) {
            const axis = { from: kStart, to: second(ticks * 10) };
            const { at } = linesOf(axis, kStart, 1e7);
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

describe('what the core tells', () => {
    // Every fifth transition is news, the others are births of block runs.
    const transitions = (count: number) => async (target: string) => {
        const query = new URLSearchParams(target.split('?')[1]);
        const from = Number(query.get('from'));
        const size = Number(query.get('_limit'));
        if (from > count) return { json: { error: { message: 'beyond the end' } } };
        const rows = Array.from({ length: Math.min(size, count - from) }, (_, i) => ({
            number: from + i,
            at_us: from + i,
            id: 1,
            subject: 'block_run',
            from: (from + i) % 5 ? null : 'queued',
        }));
        const next = from + rows.length < count ? from + rows.length : null;
        return { json: { transitions: rows, metadata: { begin: 0, end: count, next } } };
    };

    const at = async (count: number): Promise<Newest> => askForNewest(transitions(count), kNothingYet);

    test.each([
        ['at first', kNothingYet],
        ['a little later', 497],
        ['with nothing new', 500],
        ['much later', 20],
        ['in a world that began anew', 9000],
        ['in a world that began anew and has gone farther', { rows: [], last: { number: 300, at_us: -1, id: 7 } as Transition }],
    ])('%s the newest transitions that are news are those at the end', async (_, known) => {
        const newest = await askForNewest(transitions(500), typeof known === 'number' ? await at(known) : known);
        expect(newest.rows.slice(-8).map((t) => t.number)).toEqual([460, 465, 470, 475, 480, 485, 490, 495]);
        expect(newest.last!.number).toBe(499);
        expect(changesSince(newest, 489)).toBe('2 changes');
        expect(changesSince(newest, 493)).toBe('one change');
        expect(changesSince(newest, 496)).toBe('');
        expect(changesSince(newest, 100)).toMatch(/^at least \d+ changes$/);
    });

    test('what is known is not asked for again', async () => {
        const asked: string[] = [];
        await askForNewest((target) => (asked.push(target), transitions(503)(target)), await at(500));
        expect(asked).toEqual(['/__sim/transitions?from=499&_limit=100']);
    });

    test('a young or silent world has fewer', async () => {
        expect((await at(7)).rows.map((t) => t.number)).toEqual([0, 5]);
        expect(await at(0)).toEqual(kNothingYet);
        expect(await askForNewest(async () => ({ json: {} }), await at(7))).toEqual(kNothingYet);
    });

    test('failures and new attempts are news between two stories of a run', () => {
        const a = row('a', 'running');
        const of = (attempts: Parameters<typeof told>[1]): Story => ({ ...({ id: 1 } as Story), block_runs: [told(a, attempts)] });
        expect(attemptNews(of([[0, null, null]]), of([[0, 2, 'failed']]))).toEqual(['a: attempt 1 failed']);
        expect(attemptNews(of([[0, 2, 'failed']]), of([[0, 2, 'failed'], [6, null, null]]))).toEqual(['a: attempt 2 begins']);
        expect(attemptNews({ ...of([]), id: 2 }, of([[0, 2, 'failed']]))).toEqual([]);
        expect(repeatsOf(of([[0, 2, 'failed'], [6, null, null]]))).toBe(1);
    });

    test('a listed run is asked about again only when its row changed', async () => {
        const asked: string[] = [];
        const ask = async (target: string) => {
            asked.push(target);
            return { json: { pipeline_run: { id: Number(target.split('/').at(-1)) } } };
        };
        const shelf = new StoryShelf();
        const runs = [1, 2].map((id) => ({ id, created_at: 'c', status: 'running', updated_at: 'u' }) as Run);
        expect([...(await shelf.of(ask, runs)).keys()]).toEqual([1, 2]);
        await shelf.of(ask, [runs[0]!, { ...runs[1]!, status: 'completed' }]);
        expect(asked).toEqual(['/__sim/pipeline_runs/1', '/__sim/pipeline_runs/2', '/__sim/pipeline_runs/2']);
    });
});
