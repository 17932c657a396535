import type { BlockRun } from 'runsim/api';
import { type Axis, isOn, percent } from '../axis';
import { uuidOf } from '../children';
import { limitOf } from '../deadlines';
import { endedAt, type Segment, segmentsOf, tookOf } from '../segments';
import { blockUuid } from '../signals';
import { isAtWork, kStatuses, statusWords } from '../statuses';
import { clockText, span } from '../time';
import type { Stage } from './stage';
import { Status } from './status';

const toggleBlock = (uuid: string) => (blockUuid.value = blockUuid.value === uuid ? null : uuid);

// A block run: its name (a button that asks why it is there), its lane, and how long it took or how it ended.
export function BarRow({
    row,
    parent,
    stage,
    child = false,
}: {
    row: BlockRun;
    parent: string;
    stage: Stage;
    child?: boolean;
}) {
    const story = stage.story(row);
    const segments = segmentsOf(row, story, stage.until, stage.raised(parent));
    const unbegun = segments.some((segment) => segment.kind === 'attempt') ? null : endedAt(row);
    const limit = limitOf(row, story);
    return (
        <div
            class={`bar-row${child ? ' child' : ''}${blockUuid.value === row.block_uuid ? ' chosen' : ''}`}
            data-block={row.block_uuid}
        >
            <BlockName uuid={uuidOf(row)} status={row.status} />
            <div class="lane">
                {segments.map((segment, i) => (
                    <Bar key={i} segment={segment} axis={stage.axis} />
                ))}
                {limit !== null && isOn(stage.axis, limit) && (
                    <i
                        class="limit"
                        style={{ left: `${percent(stage.axis, limit)}%` }}
                        title={`times out at ${clockText(limit).time}`}
                    >
                        {row.status !== 'completed' && (
                            <span class={percent(stage.axis, limit) > 60 ? 'to-the-left' : ''}>
                                timeout {clockText(limit).time}
                            </span>
                        )}
                    </i>
                )}
                {unbegun !== null && (
                    <span
                        class={`never is-${row.status}`}
                        style={{ left: `${percent(stage.axis, unbegun)}%` }}
                        aria-hidden="true"
                    >
                        {kStatuses[row.status]?.mark}
                    </span>
                )}
            </div>
            <Took row={row} until={stage.until} />
        </div>
    );
}

export function BlockName({ uuid, status }: { uuid: string; status: string }) {
    return (
        <button
            class="name"
            title={`${uuid}: why is it here?`}
            aria-pressed={blockUuid.value === uuid}
            onClick={() => toggleBlock(uuid)}
        >
            <Status of={status} bare />
            <span>{uuid}</span>
        </button>
    );
}

// A failed attempt can be focused: its error is shown then, as on hover.
export function Bar({ segment, axis, thin = false }: { segment: Segment; axis: Axis; thin?: boolean }) {
    const { kind, status, words } = segment;
    const from = percent(axis, segment.from);
    const style = { left: `${from}%`, width: `${Math.max(0, percent(axis, segment.to) - from)}%` };
    const side = from > 50 ? ' tip-left' : '';
    if (kind !== 'attempt') return <i class={`bar ${kind}`} style={style} title={words} />;
    if (status !== 'failed' || thin)
        return <i class={`bar is-${status}${thin ? ' thin' : ''}`} style={style} title={words} />;
    return <button class={`bar is-failed tip${side}`} style={style} data-tip={words} aria-label={words} />;
}

// The duration; of what ended otherwise than well its word as well.
function Took({ row, until }: { row: BlockRun; until: number }) {
    const took = tookOf(row, until);
    const told = isAtWork(row) || row.status === 'completed';
    return (
        <span class="took">
            {!told && <em class={`is-${row.status}`}>{statusWords(row.status)}</em>} {took === null ? '' : span(took)}
        </span>
    );
}
