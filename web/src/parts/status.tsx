import { kStatuses, statusWords } from '../statuses';

// A status as a mark, a colour and its word: never by colour alone.
export function Status({ of, bare = false }: { of: string; bare?: boolean }) {
    const known = kStatuses[of];
    return (
        <span class={`status is-${of}`} title={known ? `${of}: ${known.words}` : of}>
            <span class="mark" aria-hidden="true">
                {known?.mark ?? '·'}
            </span>
            {bare ? <span class="visually-hidden">{of}</span> : statusWords(of)}
        </span>
    );
}

// Of what is there: statuses, and what lanes show besides.
export function Legend({
    only,
    lanes,
}: {
    only: string[];
    lanes: { kind: 'queued' | 'sleep' | 'is-failed'; words: string }[];
}) {
    if (only.length === 0) return null;
    return (
        <ul class="legend" aria-label="Legend">
            {only.map((status) => (
                <li key={status}>
                    <Status of={status} />
                </li>
            ))}
            {lanes.map(({ kind, words }) => (
                <li key={kind} class="swatch">
                    <span aria-hidden="true">
                        <i class={`bar ${kind}`} />
                    </span>
                    {words}
                </li>
            ))}
        </ul>
    );
}
