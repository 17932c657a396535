import { kFinished, type Run } from '../model';
import { clock, follow, following, hasNext, kPageSize, limit, offset, refresh, runCount, runId, runs, selectRun, turnPage } from '../state';
import { shortDate, span, toMicroseconds } from '../time';
import { Status } from './status';

export function RunTable() {
    const last = Math.min(offset.value + runs.value.length, runCount.value);
    const padding = offset.value > 0 ? Math.max(0, Math.min(limit.value, kPageSize) - runs.value.length) : 0;
    return (
        <section class="runs panel" aria-label="Runs">
            <div class="heading">
                <h2>Runs</h2>
                <button class="follow" aria-pressed={following.value} onClick={follow} title="Show the newest run in progress, else the newest">
                    {following.value ? 'following the newest' : 'follow the newest'}
                </button>
                <p class="sub" data-testid="count" title="metadata of the answer">
                    count {runCount.value} · next {String(hasNext.value)}
                </p>
            </div>
            <div class="scroll">
                <table>
                    <thead>
                        <tr>
                            <th class="number">id</th>
                            <th>status</th>
                            <th>execution date</th>
                            <th class="number wide-only">blocks</th>
                            <th class="number">took</th>
                        </tr>
                    </thead>
                    <tbody>
                        {runs.value.map((row) => (
                            <RunRow key={row.id} run={row} />
                        ))}
                        {runs.value.length === 0 && (
                            <tr class="none">
                                <td colSpan={5}>No run yet. Trigger the pipeline, or let time pass.</td>
                            </tr>
                        )}
                        {/* rows of nothing keep the page from jumping when the last page is short */}
                        {Array.from({ length: padding }, (_, i) => (
                            <tr key={`pad-${i}`} class="pad" aria-hidden="true">
                                <td colSpan={5}>&nbsp;</td>
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
                    {runCount.value === 0 ? 'none' : `${offset.value + 1}–${Math.max(last, offset.value + 1)} of ${runCount.value}`}
                </span>
                <button onClick={() => turnPage(1)} disabled={offset.value + limit.value >= runCount.value} title="Next page (])">
                    Older →
                </button>
                <label>
                    limit{' '}
                    <select
                        value={String(limit.value)}
                        onChange={(event) => {
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

function RunRow({ run }: { run: Run }) {
    const chosen = run.id === runId.value;
    return (
        <tr class={chosen ? 'chosen' : ''} onClick={() => selectRun(run.id)}>
            <td class="number">
                <button class="row-link" aria-pressed={chosen} onClick={() => selectRun(run.id)} aria-label={`Run ${run.id}`}>
                    {run.id}
                </button>
            </td>
            <td>
                <Status of={run.status} />
            </td>
            <td class="date">{shortDate(run.execution_date)}</td>
            <td class="number wide-only">
                {run.completed_block_runs_count}/{run.block_runs_count}
            </td>
            <td class="number">{took(run)}</td>
        </tr>
    );
}

// From start to end; a failed run has no end of its own (lifecycle of the real server): its last change stands for it.
function took(run: Run): string {
    if (!run.started_at) return '–';
    const end = kFinished.includes(run.status) ? toMicroseconds(run.completed_at ?? run.updated_at) : (clock.value?.now_us ?? 0);
    return span(end - toMicroseconds(run.started_at));
}
