import dagre from '@dagrejs/dagre';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { kStatuses, type BlockRun, type Pipeline } from '../model';

const kHeight = 34;
const width = (name: string) => Math.max(84, 42 + name.length * 6.9);

// Where each block and arrow stands: from left to right where that fits the room, else from the top down. It depends on nothing
// that changes during a run, so nothing moves while one goes on.
function layOut(pipeline: Pipeline, room: number) {
    const wide = place(pipeline, 'LR');
    return wide.size.width! <= room ? wide : place(pipeline, 'TB');
}

function place(pipeline: Pipeline, rankdir: 'LR' | 'TB') {
    const graph = new dagre.graphlib.Graph();
    graph.setGraph({ rankdir, nodesep: 14, edgesep: 12, ranksep: rankdir === 'LR' ? 30 : 22, marginx: 3, marginy: 3 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const block of pipeline.blocks) graph.setNode(block.uuid, { width: width(block.uuid), height: kHeight });
    for (const block of pipeline.blocks) for (const from of block.upstream_blocks) graph.setEdge(from, block.uuid);
    dagre.layout(graph);
    return {
        rankdir,
        size: graph.graph(),
        nodes: pipeline.blocks.map((block) => ({ block, ...graph.node(block.uuid) })),
        edges: graph.edges().map((edge) => ({ ...edge, points: graph.edge(edge).points as { x: number; y: number }[] })),
    };
}

// Through the points that the layout gives, so that an arrow goes around the blocks in its way.
function curve({ points }: { points: { x: number; y: number }[] }, down: boolean): string {
    let path = `M${points[0]!.x},${points[0]!.y}`;
    for (let i = 1; i < points.length; i++) {
        const [from, to] = [points[i - 1]!, points[i]!];
        const x = (from.x + to.x) / 2;
        const y = (from.y + to.y) / 2;
        path += down ? ` C${from.x},${y} ${to.x},${y} ${to.x},${to.y}` : ` C${x},${from.y} ${x},${to.y} ${to.x},${to.y}`;
    }
    return path;
}

export function Graph({ pipeline, blockRuns }: { pipeline: Pipeline; blockRuns: BlockRun[] }) {
    const frame = useRef<HTMLDivElement>(null);
    const [room, setRoom] = useState(600);
    useLayoutEffect(() => {
        const watch = new ResizeObserver(([entry]) => setRoom(Math.floor(entry!.contentRect.width)));
        watch.observe(frame.current!);
        return () => watch.disconnect();
    }, []);
    const drawing = useMemo(() => layOut(pipeline, room), [pipeline, room]);
    const status = (uuid: string) => blockRuns.find((b) => b.block_uuid === uuid)?.status ?? 'none';
    const words = pipeline.blocks.map((b) => `${b.uuid} ${status(b.uuid)}`).join(', ');
    return (
        <div class="graph scroll" ref={frame}>
            <svg
                viewBox={`0 0 ${drawing.size.width} ${drawing.size.height}`}
                width={drawing.size.width}
                height={drawing.size.height}
                role="img"
                aria-label={`Blocks of ${pipeline.uuid}: ${words}`}
            >
                {drawing.edges.map((edge) => (
                    <path key={`${edge.v} ${edge.w}`} class={`edge from-${status(edge.v)}`} d={curve(edge, drawing.rankdir === 'TB')} />
                ))}
                {drawing.nodes.map(({ block, x, y, width: w }) => {
                    const s = status(block.uuid);
                    return (
                        <g key={block.uuid} class={`node is-${s}`} transform={`translate(${x - w / 2},${y - kHeight / 2})`} data-status={s}>
                            <title>{`${block.uuid}: ${block.type}, ${s.replace('_', ' ')}`}</title>
                            <rect width={w} height={kHeight} rx="9" />
                            <text class="mark" x="16" y={kHeight / 2}>
                                {kStatuses[s]?.mark ?? '·'}
                            </text>
                            <text x="30" y={kHeight / 2}>
                                {block.uuid}
                            </text>
                        </g>
                    );
                })}
            </svg>
        </div>
    );
}
