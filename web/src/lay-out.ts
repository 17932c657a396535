// Where blocks and arrows of a pipeline are drawn. A chunk of its own: the page can be used before it is there.
import dagre from '@dagrejs/dagre';
import type { SimulatedBlock, SimulatedPipeline } from 'runsim/api';

type SizeOf = (block: SimulatedBlock) => { width: number; height: number };

// Where each block and arrow stands: from left to right where that fits the room, else from the top down. It depends on nothing
// that changes during a run, so nothing moves while one goes on.
export function layOut(pipeline: SimulatedPipeline, room: number, sizeOf: SizeOf) {
    const wide = place(pipeline, sizeOf, 'LR');
    return wide.size.width! <= room ? wide : place(pipeline, sizeOf, 'TB');
}

function place(pipeline: SimulatedPipeline, sizeOf: SizeOf, rankdir: 'LR' | 'TB') {
    const graph = new dagre.graphlib.Graph();
    graph.setGraph({ rankdir, nodesep: 14, edgesep: 12, ranksep: rankdir === 'LR' ? 30 : 22, marginx: 3, marginy: 3 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const block of pipeline.blocks) graph.setNode(block.uuid, sizeOf(block));
    for (const block of pipeline.blocks) for (const from of block.upstream_blocks) graph.setEdge(from, block.uuid);
    dagre.layout(graph);
    return {
        rankdir,
        size: graph.graph(),
        nodes: pipeline.blocks.map((block) => ({ block, ...graph.node(block.uuid) })),
        edges: graph
            .edges()
            .map((edge) => ({ ...edge, points: graph.edge(edge).points as { x: number; y: number }[] })),
    };
}
