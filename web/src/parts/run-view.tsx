import type { BlockRun, Run } from '../model';
import { clock, pipeline, run } from '../state';
import { clockText, shortDate, span, toMicroseconds } from '../time';
import { Bars } from './bars';
import { Graph } from './graph';
import { Legend, Status } from './status';

export function RunView() {
    const r = run.value;
    if (!r) {
        return (
            <section class="run panel" aria-label="Run">
                {pipeline.value && (
                    <>
                        <div class="heading">
                            <div>
                                <h2>{pipeline.value.uuid}</h2>
                                <p class="sub">{pipeline.value.description}</p>
                            </div>
                        </div>
                        <p class="why">No run yet: trigger the pipeline, or let time pass.</p>
                        <Graph pipeline={pipeline.value} blockRuns={[]} />
                    </>
                )}
            </section>
        );
    }
    const statuses = ['initial', 'queued', 'running', 'completed', 'failed', 'cancelled'];
    const more = r.block_runs.map((b) => b.status).filter((s) => !statuses.includes(s));
    return (
        <section class="run panel" aria-label={`Run ${r.id}`}>
            <div class="heading">
                <div>
                    <h2>
                        Run {r.id} <Status of={r.status} />
                    </h2>
                    <p class="sub">
                        {r.pipeline_uuid} · execution date {shortDate(r.execution_date)}
                    </p>
                </div>
            </div>
            <p class="why">{why(r)}</p>
            <p class="visually-hidden" aria-live="polite">
                Run {r.id} is {r.status}
            </p>
            {pipeline.value && <Graph pipeline={pipeline.value} blockRuns={r.block_runs} />}
            <Bars run={r} />
            <Legend only={[...statuses, ...new Set(more)]} />
            <Variables run={r} />
        </section>
    );
}

// Why the run is where it is, from what the API says of it.
function why(r: Run): string {
    const now = clock.value;
    if (!now) return '';
    const tick = `the next tick, at ${clockText(now.next_tick_us).time} (in ${span(now.next_tick_us - now.now_us)})`;
    if (r.status === 'initial') return `Waits to be started by ${tick}.`;
    if (r.status === 'running') {
        const names = (status: string) => r.block_runs.filter((b) => b.status === status).map((b) => b.block_uuid);
        const failed = names('failed');
        if (failed.length) return `${list(failed)} failed: ${tick} will end the run.`;
        const active = names('running');
        if (active.length) return `${list(active)} at work.${waiting(r)}`;
        const queued = names('queued');
        if (queued.length) return `${list(queued)} queued: a worker begins in a moment.`;
        return r.block_runs.every((b) => b.status === 'completed')
            ? `All blocks are completed: ${tick} will complete the run.`
            : `Between two levels: ${tick} queues what is ready.`;
    }
    const took = r.started_at ? ` It ran for ${span(end(r) - toMicroseconds(r.started_at))}.` : '';
    if (r.status === 'completed') return `All blocks ended well, and a tick completed the run.${took}`;
    const failed = r.block_runs.filter((b) => b.status === 'failed');
    if (r.status === 'failed') return `${failed.length ? `${list(failed.map((b) => b.block_uuid))} failed${error(failed)}.` : 'The run failed.'}${took}`;
    return `The run was cancelled.${took}`;
}

// What waits for the blocks at work, by the pipeline's graph.
function waiting(r: Run): string {
    const status = new Map(r.block_runs.map((b) => [b.block_uuid, b.status]));
    const next = pipeline.value?.blocks.find((b) => status.get(b.uuid) === 'initial' && b.upstream_blocks.some((u) => status.get(u) === 'running'));
    if (!next) return '';
    const for_ = next.upstream_blocks.filter((u) => status.get(u) !== 'completed');
    return ` ${next.uuid} waits for ${list(for_)}, and then for a tick.`;
}

const end = (r: Run) => toMicroseconds(r.completed_at ?? r.updated_at);
const list = (names: string[]) => names.join(', ');
const error = (failed: BlockRun[]) => {
    const text = failed[0]?.metrics?.error?.error;
    return typeof text === 'string' ? ` with “${text}”` : '';
};

function Variables({ run: r }: { run: Run }) {
    const parts = [
        ['event_variables', r.event_variables],
        ['variables', r.variables],
    ].filter(([, value]) => value && Object.keys(value).length > 0);
    if (parts.length === 0) return null;
    return (
        <details class="variables" open>
            <summary>Variables</summary>
            {parts.map(([name, value]) => (
                <div key={name} class="code">
                    <pre>
                        {name}: {JSON.stringify(value, null, 2)}
                    </pre>
                </div>
            ))}
        </details>
    );
}
