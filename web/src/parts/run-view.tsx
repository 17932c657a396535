import type { PipelineRunDetail, WhyPipelineRun } from 'runsim/api';
import { repeatsOf } from '../run';
import { pipeline, run, story } from '../signals';
import { kStatuses } from '../statuses';
import { shortDate } from '../time';
import { Bars } from './bars';
import { Graph } from './graph';
import { Sentence } from './sentence';
import { Legend, Status } from './status';
import { Why } from './why';

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
    const told = story.value;
    return (
        <section class="run panel" aria-label={`Run ${r.id}`}>
            <div class="heading">
                <div>
                    <h2>
                        Run {r.id} <Status of={r.status} />
                    </h2>
                    <p class="sub">
                        {r.pipeline_uuid} · execution date {shortDate(r.execution_date)}
                        {told?.cause_why && (
                            <>
                                {' · '}
                                <Sentence text={told.cause_why} part />
                            </>
                        )}
                    </p>
                </div>
            </div>
            <Why run={r} story={told} />
            <p class="visually-hidden" aria-live="polite">
                Run {r.id} is {r.status}
            </p>
            {pipeline.value && <Graph pipeline={pipeline.value} blockRuns={r.block_runs} />}
            <Bars run={r} story={told} />
            <Legend only={statusesOf(r)} lanes={lanesOf(told)} />
            <Variables run={r} />
        </section>
    );
}

// Those that are there, in the order of a life.
const statusesOf = (r: PipelineRunDetail) =>
    Object.keys(kStatuses).filter((status) => r.block_runs.some((b) => b.status === status));

function lanesOf(told: WhyPipelineRun | null) {
    const blocks = told?.block_runs ?? [];
    const attempts = blocks.flatMap((block) => block.attempts);
    return [
        { kind: 'queued' as const, words: 'in the queue', there: blocks.some((block) => block.queued_at_us !== null) },
        {
            kind: 'is-failed' as const,
            words: 'failed attempt',
            there: attempts.some((attempt) => attempt.outcome === 'failed'),
        },
        { kind: 'sleep' as const, words: 'sleep before the next', there: told !== null && repeatsOf(told) > 0 },
    ].filter(({ there }) => there);
}

function Variables({ run: r }: { run: PipelineRunDetail }) {
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
