import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { BlockRun, SimulatedBlock, SimulatedPipeline } from 'runsim/api';
import { doneOf, grouped, groupStatus } from '../children';
import { blockUuid } from '../signals';
import { kStatuses, statusWords } from '../statuses';
import { useWidth } from './use-width';

const kHeight = 34;
const kPoint = 11; // how far the ends of a conditional block's shape reach
// Room for a count ("12/40") where a block has children or makes them.
const kBadge = 44;
const hasBadge = (block: SimulatedBlock) => block.dynamic || block.dynamic_child;
const isConditional = (block: SimulatedBlock) => block.conditional_blocks.length > 0;
const width = (block: SimulatedBlock) =>
    Math.max(84, 42 + block.uuid.length * 6.9) +
    (hasBadge(block) ? kBadge : 0) +
    (isConditional(block) ? 2 * kPoint : 0);
const sizeOf = (block: SimulatedBlock) => ({ width: width(block), height: kHeight });

type LayOut = typeof import('../lay-out').layOut;

// The library is large, and what it draws is the one thing that the page can be used without for a moment.
const layOut = signal<LayOut | null>(null);
const loadLayOut = (): void =>
    void import('../lay-out').then(
        (loaded) => (layOut.value = loaded.layOut),
        () => {}, // the bars have a button for each block, too
    );

// Through the points that the layout gives, so that an arrow goes around the blocks in its way.
function curve({ points }: { points: { x: number; y: number }[] }, down: boolean): string {
    let path = `M${points[0]!.x},${points[0]!.y}`;
    for (let i = 1; i < points.length; i++) {
        const [from, to] = [points[i - 1]!, points[i]!];
        const x = (from.x + to.x) / 2;
        const y = (from.y + to.y) / 2;
        path += down
            ? ` C${from.x},${y} ${to.x},${y} ${to.x},${to.y}`
            : ` C${x},${from.y} ${x},${to.y} ${to.x},${to.y}`;
    }
    return path;
}

// A conditional block has pointed ends, as a decision has in a flow chart.
function outline(block: SimulatedBlock, w: number): string {
    return isConditional(block)
        ? `M${kPoint},0H${w - kPoint}L${w},${kHeight / 2}L${w - kPoint},${kHeight}H${kPoint}L0,${kHeight / 2}Z`
        : `M9,0H${w - 9}a9,9 0 0 1 9,9V${kHeight - 9}a9,9 0 0 1 -9,9H9a9,9 0 0 1 -9,-9V9a9,9 0 0 1 9,-9Z`;
}

// The same choice can be made by keyboard with the names of the bars below: to a screen reader this is one picture.
export function Graph({ pipeline, blockRuns }: { pipeline: SimulatedPipeline; blockRuns: BlockRun[] }) {
    const [frame, room] = useWidth(600);
    useEffect(loadLayOut, []);
    const drawing = useMemo(() => layOut.value?.(pipeline, room, sizeOf), [pipeline, room, layOut.value]);
    return (
        <div class="graph scroll" ref={frame}>
            {drawing && <Drawing pipeline={pipeline} blockRuns={blockRuns} drawing={drawing} />}
        </div>
    );
}

interface DrawingOf {
    pipeline: SimulatedPipeline;
    blockRuns: BlockRun[];
    drawing: ReturnType<LayOut>;
}

function Drawing({ pipeline, blockRuns, drawing }: DrawingOf) {
    const groups = new Map(grouped(blockRuns).map((group) => [group.uuid, group]));
    const status = (uuid: string) => (groups.has(uuid) ? groupStatus(groups.get(uuid)!) : 'none');
    const badge = (block: SimulatedBlock) => {
        const group = groups.get(block.uuid);
        if (group?.children.length) return `${doneOf(group)}/${group.children.length}`;
        return block.dynamic ? `×${block.model.items}` : '';
    };
    const words = (block: SimulatedBlock) =>
        [
            `${block.uuid}: ${block.type}, ${statusWords(status(block.uuid))}`,
            isConditional(block) && `only if ${block.conditional_blocks.join(' and ')}`,
            block.dynamic && `dynamic, ${block.model.items} items`,
            groups.get(block.uuid)?.children.length && `${badge(block)} children done`,
            block.retries > 0 && `up to ${block.retries + 1} attempts`,
        ]
            .filter(Boolean)
            .join('; ');
    return (
        <svg
            viewBox={`0 0 ${drawing.size.width} ${drawing.size.height}`}
            width={drawing.size.width}
            height={drawing.size.height}
            role="img"
            aria-label={`Blocks of ${pipeline.uuid}: ${pipeline.blocks.map(words).join('. ')}`}
        >
            {drawing.edges.map((edge) => (
                <path
                    key={`${edge.v} ${edge.w}`}
                    class={`edge from-${status(edge.v)}`}
                    d={curve(edge, drawing.rankdir === 'TB')}
                />
            ))}
            {drawing.nodes.map(({ block, x, y, width: w }) => {
                const s = status(block.uuid);
                const left = isConditional(block) ? kPoint : 0;
                return (
                    // biome-ignore lint/a11y/noStaticElementInteractions: the bars have a button for each block
                    <g
                        key={block.uuid}
                        class={`node is-${s}${blockUuid.value === block.uuid ? ' chosen' : ''}${isConditional(block) ? ' conditional' : ''}`}
                        transform={`translate(${x - w / 2},${y - kHeight / 2})`}
                        data-status={s}
                        data-block={block.uuid}
                        onClick={() => (blockUuid.value = blockUuid.value === block.uuid ? null : block.uuid)}
                    >
                        <title>{words(block)}</title>
                        {block.dynamic_child && (
                            <path class="behind" d={outline(block, w)} transform="translate(4,4)" />
                        )}
                        <path class="shape" d={outline(block, w)} />
                        <text class="mark" x={16 + left} y={kHeight / 2}>
                            {kStatuses[s]?.mark ?? '·'}
                        </text>
                        <text x={30 + left} y={kHeight / 2}>
                            {block.uuid}
                        </text>
                        <text class="badge" x={w - 12 - left} y={kHeight / 2}>
                            {badge(block)}
                        </text>
                    </g>
                );
            })}
        </svg>
    );
}
