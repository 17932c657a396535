import { useSignal } from '@preact/signals';
import type { PipelineRunDetail, WhyPipelineRun } from 'runsim/api';
import { type Axis, axisOf, isOn, labelsOf, linesOf, percent, type Ticks } from '../axis';
import { type Group, grouped, startsOpen } from '../children';
import { type Deadline, deadlinesOf, deadlineWords, limitOf } from '../deadlines';
import { endOf } from '../run';
import { pipeline, ticks } from '../signals';
import { nowUs } from '../ticking';
import { clockText, span } from '../time';
import { ChildrenRows, GroupRow } from './bar-group';
import { BarRow } from './bar-row';
import type { Stage } from './stage';
import { useWidth } from './use-width';

// One row a block, on the run's own time axis: the queue, each attempt and the sleeps between them; the scheduler's ticks
// are the lines, deadlines go across.
export function Bars({ run, story }: { run: PipelineRunDetail; story: WhyPipelineRun | null }) {
    const toggled = useSignal<Record<string, boolean>>({});
    const grid = ticks.value;
    if (!grid || run.block_runs.length === 0) {
        return <p class="no-bars">No block runs yet: the tick that starts the run makes them.</p>;
    }
    const deadlines = deadlinesOf(run, story);
    const blocks = new Map(story?.block_runs.map((block) => [block.id, block]));
    const limits = run.block_runs.map((row) => limitOf(row, blocks.get(row.id)));
    const end = endOf(run);
    const until = end ?? nowUs.value;
    const axis = axisOf(
        run,
        grid,
        until,
        [...deadlines.map((d) => d.us), ...limits].filter((us) => us !== null),
    );
    const stage: Stage = {
        axis,
        until,
        story: (row) => blocks.get(row.id),
        raised: (uuid) => pipeline.value?.blocks.find((block) => block.uuid === uuid)?.model.error,
    };
    const isOpen = (group: Group) => toggled.value[group.uuid] ?? startsOpen(group);
    return (
        <div class="bars" role="group" aria-label="Blocks on the time axis">
            <TickLines axis={axis} ticks={grid} />
            {grouped(run.block_runs).map((group) =>
                group.children.length === 0 ? (
                    <BarRow key={group.row.id} row={group.row} parent={group.uuid} stage={stage} />
                ) : (
                    <div key={group.row.id} class="bar-group">
                        <GroupRow
                            group={group}
                            stage={stage}
                            open={isOpen(group)}
                            toggle={() => (toggled.value = { ...toggled.value, [group.uuid]: !isOpen(group) })}
                        />
                        {isOpen(group) && <ChildrenRows group={group} stage={stage} />}
                    </div>
                ),
            )}
            <Deadlines axis={axis} deadlines={deadlines} />
            {end === null && (
                <div class="over" aria-hidden="true">
                    <i class="now" style={{ left: `${percent(axis, until)}%` }} />
                </div>
            )}
        </div>
    );
}

// On the axis as a line with its label under it; farther off as words at the end.
function Deadlines({ axis, deadlines }: { axis: Axis; deadlines: Deadline[] }) {
    const [lane, width] = useWidth(300);
    if (deadlines.length === 0) return <div class="over" ref={lane} />;
    // Beside the lanes there is room under the other columns; on a small screen there are none.
    const beside = matchMedia('(max-width: 760px)').matches ? 0 : 110;
    return (
        <>
            <div class="over" ref={lane} aria-hidden="true">
                {deadlines.map(
                    ({ us, kind }) =>
                        isOn(axis, us) && (
                            <i key={kind} class={`deadline is-${kind}`} style={{ left: `${percent(axis, us)}%` }} />
                        ),
                )}
            </div>
            {deadlines.map((deadline) => {
                const { us, kind, words } = deadline;
                const at = percent(axis, us);
                return (
                    <div key={kind} class="deadline-row">
                        <span
                            class={`deadline-label is-${kind}${at > 50 ? ' to-the-left' : ''}`}
                            style={{ left: `${at}%` }}
                            title={`${words} ${clockText(us).time}`}
                        >
                            {isOn(axis, us) || us < axis.from ? '' : '→ '}
                            {deadlineWords(deadline, (Math.max(at, 100 - at) / 100) * width + beside)}{' '}
                            {clockText(us).time}
                        </span>
                    </div>
                );
            })}
        </>
    );
}

function TickLines({ axis, ticks }: { axis: Axis; ticks: Ticks }) {
    const [lane, width] = useWidth(300);
    const { every, at } = linesOf(axis, ticks);
    const labels = labelsOf(axis, at, width);
    return (
        <div class="over ticks" ref={lane} aria-hidden="true">
            {at.map((us) => (
                <i key={us} class="tick" style={{ left: `${percent(axis, us)}%` }}>
                    {labels.has(us) && (
                        <span class={labels.get(us) === 'left' ? 'to-the-left' : ''}>{clockText(us).time}</span>
                    )}
                </i>
            ))}
            <span class="unit">{every === 1 ? 'ticks' : `a line: ${span(every * ticks.interval)}`}</span>
        </div>
    );
}
