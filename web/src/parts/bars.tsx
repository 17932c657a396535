import { kFinished, type BlockRun, type Run } from '../model';
import { clock } from '../state';
import { clockText, span, toMicroseconds } from '../time';
import { Status } from './status';

// At most so many tick lines: beyond, every second, fifth, ... is drawn.
const kMostLines = 14;

interface Axis {
    from: number;
    to: number;
}
const percent = (axis: Axis, us: number) => Math.min(100, Math.max(0, ((us - axis.from) / (axis.to - axis.from)) * 100));

// One row a block: nothing until it starts, then a bar until it ends, on the run's own time axis with the scheduler's ticks.
export function Bars({ run }: { run: Run }) {
    const now = clock.value;
    if (!now || run.block_runs.length === 0) {
        return <p class="no-bars">No block runs yet: the tick that starts the run makes them.</p>;
    }
    const interval = now.scheduler_interval_us;
    const finished = kFinished.includes(run.status);
    const born = toMicroseconds(run.created_at);
    const from = now.start_us + Math.floor((born - now.start_us) / interval) * interval; // the tick before
    const until = finished ? toMicroseconds(run.completed_at ?? run.updated_at) : now.now_us;
    // The axis grows tick by tick, not with every frame.
    const ticks = Math.max(1, Math.ceil((until - from) / interval + 0.15));
    const axis = { from, to: from + ticks * interval };
    return (
        <div class="bars" role="table" aria-label="Blocks on the time axis">
            <TickLines axis={axis} clock={now} />
            {run.block_runs.map((row) => (
                <Row key={row.id} row={row} axis={axis} now={until} />
            ))}
            {!finished && <i class="now" style={{ '--at': percent(axis, now.now_us) / 100 }} aria-hidden="true" />}
        </div>
    );
}

function TickLines({ axis, clock: now }: { axis: Axis; clock: { start_us: number; scheduler_interval_us: number } }) {
    const interval = now.scheduler_interval_us;
    const every = [1, 2, 5, 10, 20, 60, 180, 360, 1000, 5000].find((n) => (axis.to - axis.from) / (n * interval) <= kMostLines) ?? 20000;
    const step = every * interval;
    const first = now.start_us + Math.ceil((axis.from - now.start_us) / step) * step;
    const lines = [];
    for (let us = first; us <= axis.to; us += step) lines.push(us);
    const labelled = Math.ceil(lines.length / (innerWidth < 760 ? 3 : 5));
    return (
        <div class="axis" aria-hidden="true">
            <span class="name">{every === 1 ? 'ticks' : `a line: ${span(step)}`}</span>
            <div class="lane">
                {lines.map((us, i) => (
                    <i key={us} class="tick" style={{ left: `${percent(axis, us)}%` }}>
                        {i % labelled === 0 && <span class={percent(axis, us) > 85 ? 'to-the-left' : ''}>{clockText(us).time}</span>}
                    </i>
                ))}
            </div>
            <span class="took" />
        </div>
    );
}

function Row({ row, axis, now }: { row: BlockRun; axis: Axis; now: number }) {
    const start = row.started_at ? toMicroseconds(row.started_at) : null;
    // A failed block has no completed_at: its last change stands for it.
    const over = !['initial', 'queued', 'running'].includes(row.status);
    const end = row.completed_at ? toMicroseconds(row.completed_at) : over ? toMicroseconds(row.updated_at) : now;
    return (
        <div class="bar-row" role="row">
            <span class="name" role="cell" title={row.block_uuid}>
                <Status of={row.status} bare />
                {row.block_uuid}
            </span>
            <div class="lane" role="cell">
                {start !== null && (
                    <i
                        class={`bar is-${row.status}`}
                        style={{ left: `${percent(axis, start)}%`, width: `${Math.max(0, percent(axis, end) - percent(axis, start))}%` }}
                    />
                )}
            </div>
            <span class="took" role="cell">
                {start === null ? '' : span(end - start)}
            </span>
        </div>
    );
}
