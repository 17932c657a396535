import type { PipelineRunListItem, WhyPipelineRun } from 'runsim/api';
import { follow, selectRun, setLimit, turnPage } from '../commands';
import { endOf, repeatsOf } from '../run';
import { following, kPageSize, limit, offset, page, runId, stories } from '../signals';
import { kMakers } from '../statuses';
import { nowUs } from '../ticking';
import { shortDate, span, toMicroseconds } from '../time';
import { Status } from './status';

export function RunTable() {
    const { runs } = page.value;
    const padding = offset.value > 0 ? Math.max(0, Math.min(limit.value, kPageSize) - runs.length) : 0;
    return (
        <section class="runs panel" aria-label="Runs">
            <Heading />
            <div class="scroll">
                <table>
                    <Columns />
                    <tbody>
                        {runs.map((row) => (
                            <RunRow key={row.id} run={row} story={stories.value.get(row.id)} />
                        ))}
                        {runs.length === 0 && (
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
            <Pager />
        </section>
    );
}

function Heading() {
    return (
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
                count {page.value.count} · next {String(page.value.next)}
            </p>
        </div>
    );
}

function Columns() {
    return (
        <>
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
        </>
    );
}

function Pager() {
    const { runs, count } = page.value;
    const last = Math.min(offset.value + runs.length, count);
    return (
        <div class="pager">
            <button onClick={() => turnPage(-1)} disabled={offset.value === 0} title="Previous page ([)">
                ← Newer
            </button>
            <span>{count === 0 ? 'none' : `${offset.value + 1}–${Math.max(last, offset.value + 1)} of ${count}`}</span>
            <button onClick={() => turnPage(1)} disabled={offset.value + limit.value >= count} title="Next page (])">
                Older →
            </button>
            <label>
                limit{' '}
                <select
                    value={String(limit.value)}
                    onChange={(event) => {
                        event.currentTarget.blur();
                        setLimit(Number(event.currentTarget.value));
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
    );
}

// On a narrower screen the run is above its table: the visitor is brought to it.
function choose(id: number): void {
    selectRun(id);
    if (!matchMedia('(max-width: 1240px)').matches) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    document.querySelector('section.run')?.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
}

// A click on the button bubbles to the row.
function RunRow({ run, story }: { run: PipelineRunListItem; story: WhyPipelineRun | undefined }) {
    const chosen = run.id === runId.value;
    const repeats = story ? repeatsOf(story) : 0;
    const maker = story?.cause && (kMakers[story.cause] ?? story.cause);
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
            <td class="maker roomy-only" title={story?.cause_why ?? undefined}>
                {maker}
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

function took(run: PipelineRunListItem): string {
    if (!run.started_at) return '–';
    return span((endOf(run) ?? nowUs.value) - toMicroseconds(run.started_at));
}
