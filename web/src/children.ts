// Dynamic blocks: the rows "block:0", "block:1" ... are children of the row "block".
import { type BlockRun, kBlockAtWork } from './model';

export interface Group {
    uuid: string;
    // The row of the block itself; of a dynamic child it is the one that made the children.
    row: BlockRun;
    children: BlockRun[];
}

export function parentOf(uuid: string): string {
    return uuid.replace(/(:\d+)+$/, '');
}

// One group a block, in the order of the rows. A child whose block has no row stands alone.
export function grouped(rows: BlockRun[]): Group[] {
    const own = new Map(rows.map((row) => [row.block_uuid, { uuid: row.block_uuid, row, children: [] as BlockRun[] }]));
    const children = new Set<string>();
    for (const row of rows) {
        const parent = parentOf(row.block_uuid);
        if (parent === row.block_uuid || !own.has(parent)) continue;
        own.get(parent)!.children.push(row);
        children.add(row.block_uuid);
    }
    for (const group of own.values()) group.children.sort((a, b) => indexOf(a) - indexOf(b));
    return [...own.values()].filter((group) => !children.has(group.uuid));
}

const indexOf = (row: BlockRun) => Number(row.block_uuid.slice(row.block_uuid.lastIndexOf(':') + 1));

// A group of more children is folded until somebody opens it.
export const startsOpen = (group: Group): boolean => group.children.length <= 6;

export const doneOf = (group: Group): number => group.children.filter((row) => row.status === 'completed').length;

// The row that makes the children is completed at once: what people ask is how far the children are. The worst of them
// speaks for all, else the one that is farthest along.
export function groupStatus({ row, children }: Group): string {
    if (children.length === 0) return row.status;
    const all = [row, ...children].map((each) => each.status);
    for (const status of ['failed', 'cancelled', 'upstream_failed', 'condition_failed', 'running', 'queued'])
        if (all.includes(status)) return status;
    if (all.every((status) => status === 'completed')) return 'completed';
    return children.some((each) => !kBlockAtWork.includes(each.status)) ? 'running' : 'initial';
}
