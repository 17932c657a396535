import type { Axis } from '../axis';
import type { BlockRun, BlockStory } from '../model';

// What a row of bars needs besides its own.
export interface Stage {
    axis: Axis;
    until: number;
    story: (row: BlockRun) => BlockStory | undefined;
    // What the block raises in an attempt that fails.
    raised: (uuid: string) => string | undefined;
}
