import { kFinished, kMakers, type Run, type Story } from '../model';
import {
    clock,
    follow,
    following,
    hasNext,
    kPageSize,
    limit,
    offset,
    refresh,
    runCount,
    runId,
    runs,
    selectRun,
    stories,
    turnPage,
} from '../state';
import { repeatsOf } from '../story';
import { shortDate, span, toMicroseconds } from '../time';
import { Status } from './status';

export function RunTable() {
    const last = Math.min(offset.value + runs.value.length, runCount.value);
    const padding = offset.value > 0 ? Math.max(0, Math.min(limit.value, kPageSize) - runs.value.length) : 0;
    return (
        <section class="runs panel" aria-label="Runs">
            <div class="heading">
                <h2>Runs</h2>
                <button
                    class="follow"
                    aria-pressed={following.value}
                    onClick={follow}
                    title="Show the newest run in progress, else the newest; then each that is newer"
                >
                    {following.value ? 'following the newest' : 'follow the newest'}
                </button>
                <p class="sub" data-testid="count" title="metadata of the answer">
                    count {runCount.value} · next {String(hasNext.value)}
                </p>
            </div>
            <div class="scroll">
                <table>
                    <colgroup>
                        <col class="of-id" />
                        <col class="of-status" />
                        <col />
                        <col class="of-maker roomy-only" />
                        <col class="of-blocks wide-only" />
                        <col class="of-took" />
                    </colgroup>
                    <thead>
                        <tr>
                            <th class="number">id</th>
                            <th>status</th>
                            <th>execution date</th>
                            <th class="roomy-only">made by</th>
                            <th class="number wide-only">blocks</th>
                            <th class="number">took</th>
                        </tr>
                    </thead>
                    <tbody>
                        {runs.value.map((row) => (
                            <RunRow key={row.id} run={row} story={stories.value.get(row.id)} />
                        ))}
                        {runs.value.length === 0 && (
                            <tr class="none">
                                <td colSpan={6}>No run yet. Trigger the pipeline, or let time pass.</td>
                            </tr>
                        )}
                        {/* rows of nothing keep the page from jumping when the last page is short */}
                        {Array.from({ length: padding }, (_, i) => (
                            // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
                            <tr key={`pad-${i}`} class="pad" aria-hidden="true">
                                <td colSpan={6}>&nbsp;</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
            <div class="pager">
                <button onClick={() => turnPage(-1)} disabled={offset.value === 0} title="Previous page ([)">
                    ← Newer
                </button>
                <span>
                    {runCount.value === 0
                        ? 'none'
                        : `${offset.value + 1}–${Math.max(last, offset.value + 1)} of ${runCount.value}`}
                </span>
                <button
                    onClick={() => turnPage(1)}
                    disabled={offset.value + limit.value >= runCount.value}
                    title="Next page (])"
                >
                    Older →
                </button>
                <label>
                    limit{' '}
                    <select
                        value={String(limit.value)}
                        onChange={(event) => {
                            event.currentTarget.blur();
                            limit.value = Number(event.currentTarget.value);
                            offset.value = 0;
                            void refresh();
                        }}
                    >
                        {[5, 10, 20, 50].map((n) => (
                            <option key={n}>{n}</option>
                        ))}
                    </select>
                </label>
                <code class="query">
                    ?_limit={limit.value}&amp;_offset={offset.value}
                </code>
            </div>
        </section>
    );
}

// Where the run stands above its table (a narrower screen), the visitor is brought to it.
function choose(id: number): void {
    selectRun(id);
    if (!matchMedia('(max-width: 1240px)').matches) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    document.querySelector('section.run')?.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
}

// A click on the button bubbles to the row.
function RunRow({ run, story }: { run: Run; story: Story | undefined }) {
    const chosen = run.id === runId.value;
    const repeats = story ? repeatsOf(story) : 0;
    const maker = story?.cause ? kMakers[story.cause] : undefined;
    return (
        <tr class={chosen ? 'chosen' : ''} onClick={() => choose(run.id)}>
            <td class="number">
                <button class="row-link" aria-pressed={chosen} aria-label={`Run ${run.id}`}>
                    {run.id}
                </button>
            </td>
            <td>
                <Status of={run.status} />
                {run.passed_sla && (
                    <span class="late" title="It passed its SLA">
                        SLA<span class="visually-hidden"> passed</span>
                    </span>
                )}
            </td>
            <td class="date" title={run.execution_date ?? ''}>
                {shortDate(run.execution_date).replace(/^\d{4}-/, '')}
            </td>
            <td class="maker roomy-only" title={maker?.words}>
                {maker?.shown ?? story?.cause ?? ''}
            </td>
            <td
                class="number wide-only"
                title={repeats ? `${repeats} attempt${repeats > 1 ? 's' : ''} beyond the first ones` : undefined}
            >
                {repeats > 0 && (
                    <span class="repeats">
                        <span aria-hidden="true">↻</span>
                        {repeats}
                        <span class="visually-hidden"> repeated,</span>{' '}
                    </span>
                )}
                {run.completed_block_runs_count}/{run.block_runs_count}
            </td>
            <td class="number">{took(run)}</td>
        </tr>
    );
}

// From start to end; a failed run has no end of its own (lifecycle of the real server): its last change stands for it.
function took(run: Run): string {
    if (!run.started_at) return '–';
    const end = kFinished.includes(run.status)
        ? toMicroseconds(run.completed_at ?? run.updated_at)
        : (clock.value?.now_us ?? 0);
    return span(end - toMicroseconds(run.started_at));
}
