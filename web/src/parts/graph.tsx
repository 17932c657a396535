import dagre from '@dagrejs/dagre';
import { useMemo } from 'preact/hooks';
import { kStatuses, type BlockRun, type Pipeline } from '../model';

const kHeight = 38;
const width = (name: string) => Math.max(96, 44 + name.length * 7.2);

// Where each block and arrow stands: it depends on the pipeline alone, so that nothing moves while a run goes on.
function layOut(pipeline: Pipeline) {
    const graph = new dagre.graphlib.Graph();
    graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 34, marginx: 4, marginy: 4 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const block of pipeline.blocks) graph.setNode(block.uuid, { width: width(block.uuid), height: kHeight });
    for (const block of pipeline.blocks) for (const from of block.upstream_blocks) graph.setEdge(from, block.uuid);
    dagre.layout(graph);
    return {
        size: graph.graph(),
        nodes: pipeline.blocks.map((block) => ({ block, ...graph.node(block.uuid) })),
        edges: graph.edges().map((edge) => ({ ...edge, points: graph.edge(edge).points as { x: number; y: number }[] })),
    };
}

const curve = (points: { x: number; y: number }[]) => {
    const [first, ...rest] = points;
    const last = rest[rest.length - 1]!;
    const middle = (first!.x + last.x) / 2;
    return `M${first!.x},${first!.y} C${middle},${first!.y} ${middle},${last.y} ${last.x},${last.y}`;
};

export function Graph({ pipeline, blockRuns }: { pipeline: Pipeline; blockRuns: BlockRun[] }) {
    const drawing = useMemo(() => layOut(pipeline), [pipeline]);
    const status = (uuid: string) => blockRuns.find((b) => b.block_uuid === uuid)?.status ?? 'none';
    const words = pipeline.blocks.map((b) => `${b.uuid} ${status(b.uuid)}`).join(', ');
    return (
        <div class="graph scroll">
            <svg
                viewBox={`0 0 ${drawing.size.width} ${drawing.size.height}`}
                width={drawing.size.width}
                height={drawing.size.height}
                role="img"
                aria-label={`Blocks of ${pipeline.uuid}: ${words}`}
            >
                {drawing.edges.map((edge) => (
                    <path key={`${edge.v} ${edge.w}`} class={`edge from-${status(edge.v)}`} d={curve(edge.points)} />
                ))}
                {drawing.nodes.map(({ block, x, y, width: w }) => {
                    const s = status(block.uuid);
                    return (
                        <g key={block.uuid} class={`node is-${s}`} transform={`translate(${x - w / 2},${y - kHeight / 2})`} data-status={s}>
                            <title>{`${block.uuid}: ${block.type}, ${s.replace('_', ' ')}`}</title>
                            <rect width={w} height={kHeight} rx="9" />
                            <text class="mark" x="15" y={kHeight / 2}>
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
