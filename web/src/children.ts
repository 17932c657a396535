// Dynamic blocks: the rows "block:0", "block:1" ... are children of the row "block".
import type { BlockRun } from 'runsim/api';
import { isAtWork } from './statuses';

export interface Group {
    uuid: string;
    // The row of the block itself; of a dynamic child it is the one that made the children.
    row: BlockRun;
    children: BlockRun[];
}

export function parentOf(uuid: string): string {
    return uuid.replace(/(:\d+)+$/, '');
}

// Only a client can make a row without a block.
export const uuidOf = (row: BlockRun): string => row.block_uuid ?? '';

// One group a block, in the order of the rows. A child whose block has no row is a group of its own.
export function grouped(rows: BlockRun[]): Group[] {
    const own = new Map(rows.map((row) => [uuidOf(row), { uuid: uuidOf(row), row, children: [] as BlockRun[] }]));
    const children = new Set<string>();
    for (const row of rows) {
        const uuid = uuidOf(row);
        const parent = parentOf(uuid);
        if (parent === uuid || !own.has(parent)) continue;
        own.get(parent)!.children.push(row);
        children.add(uuid);
    }
    for (const group of own.values()) group.children.sort((a, b) => indexOf(a) - indexOf(b));
    return [...own.values()].filter((group) => !children.has(group.uuid));
}

const indexOf = (row: BlockRun) => Number(uuidOf(row).slice(uuidOf(row).lastIndexOf(':') + 1));

// A group of more children is folded until somebody opens it.
export const startsOpen = (group: Group): boolean => group.children.length <= 6;

export const doneOf = (group: Group): number => group.children.filter((row) => row.status === 'completed').length;

// The row that makes the children is completed at once: what people ask is how far the children are. The worst of them
// speaks for all, else the one that is farthest along.
export function groupStatus({ row, children }: Group): string {
    if (children.length === 0) return row.status;
    const all = [row, ...children].map((each) => each.status);
    for (const status of ['failed', 'cancelled', 'upstream_failed', 'condition_failed', 'running', 'queued'] as const)
        if (all.includes(status)) return status;
    if (all.every((status) => status === 'completed')) return 'completed';
    return children.some((each) => !isAtWork(each)) ? 'running' : 'initial';
}
