import { useSignal } from '@preact/signals';
import { doneOf, type Group, groupStatus } from '../children';
import { segmentsOf } from '../segments';
import { blockUuid } from '../signals';
import { Bar, BarRow, BlockName } from './bar-row';
import type { Stage } from './stage';

// So many children are listed at first, and so many more with each press.
const kListed = 40;

// A block with children: how many are done, and folded together what they do.
export function GroupRow({
    group,
    stage,
    open,
    toggle,
}: {
    group: Group;
    stage: Stage;
    open: boolean;
    toggle: () => void;
}) {
    const { uuid, row, children } = group;
    const done = doneOf(group);
    const shown = open ? [row] : children;
    return (
        <div class={`bar-row group${blockUuid.value === uuid ? ' chosen' : ''}`} data-block={uuid}>
            <div class="names">
                <button
                    class="fold"
                    aria-expanded={open}
                    aria-label={`${open ? 'Fold' : 'Unfold'} the ${children.length} children of ${uuid}`}
                    onClick={toggle}
                >
                    <span aria-hidden="true">{open ? '▾' : '▸'}</span>
                </button>
                <BlockName uuid={uuid} status={groupStatus(group)} />
            </div>
            <div class="lane">
                {shown.flatMap((each) =>
                    segmentsOf(each, stage.story(each), stage.until, stage.raised(uuid))
                        .filter((segment) => open || segment.kind === 'attempt')
                        .map((segment, i) => (
                            <Bar key={`${each.id} ${i}`} segment={segment} axis={stage.axis} thin={!open} />
                        )),
                )}
            </div>
            <span class="took" title={`${done} of ${children.length} children are completed`}>
                {done}/{children.length} done
            </span>
        </div>
    );
}

export function ChildrenRows({ group, stage }: { group: Group; stage: Stage }) {
    const listed = useSignal(kListed);
    const more = group.children.length - listed.value;
    return (
        <>
            {group.children.slice(0, listed.value).map((row) => (
                <BarRow key={row.id} row={row} parent={group.uuid} stage={stage} child />
            ))}
            {more > 0 && (
                <button class="more" onClick={() => (listed.value += kListed)}>
                    {more} more
                </button>
            )}
        </>
    );
}
