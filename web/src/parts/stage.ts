import type { BlockRun, WhyBlockRun } from 'runsim/api';
import type { Axis } from '../axis';

// What a row of bars needs besides its own.
export interface Stage {
    axis: Axis;
    until: number;
    story: (row: BlockRun) => WhyBlockRun | undefined;
    // What the block raises in an attempt that fails.
    raised: (uuid: string) => string | undefined;
}
