import type { Transition } from 'runsim/api';
import { kShownTransitions } from '../news';
import { newest, paused, runId, stepped } from '../signals';
import { clockText } from '../time';
import { Sentence } from './sentence';
import { Status } from './status';

// The newest transitions of the whole world, the last one on top. What a step did is read out, in the order of time; a running
// clock would never let anybody finish a sentence.
export function Log() {
    const { rows } = newest.value;
    const from = stepped.value?.from ?? Infinity;
    return (
        <section class="log panel" aria-label="What happened">
            <div class="heading">
                <h2>What happened</h2>
                <p class="sub">{stepped.value?.words ?? 'the newest changes, of all runs'}</p>
            </div>
            <p class="visually-hidden" aria-live="polite">
                {paused.value
                    ? [stepped.value?.words, ...rows.filter((t) => t.number >= from).map(words)]
                          .filter(Boolean)
                          .join('. ')
                    : ''}
            </p>
            <ol style={{ '--rows': kShownTransitions }}>
                {rows
                    .slice(-kShownTransitions)
                    .reverse()
                    .map((t) => (
                        <li
                            key={t.number}
                            class={`${t.pipeline_run_id === runId.value ? 'of-run' : ''}${t.number >= from ? ' new' : ''}`}
                            title={words(t)}
                        >
                            <time>
                                {clockText(t.at_us).time}
                                <span>.{clockText(t.at_us).millis[0]}</span>
                            </time>
                            <span class="what">
                                <b>{subject(t)}</b>
                                {t.to && <Status of={t.to} />}
                            </span>
                            <span class="because">
                                {t.block_uuid && t.pipeline_run_id !== runId.value ? `run ${t.pipeline_run_id} · ` : ''}
                                <Sentence text={t.why} />
                            </span>
                        </li>
                    ))}
                {rows.length === 0 && <li class="none">Nothing yet.</li>}
            </ol>
        </section>
    );
}

function subject(t: Transition): string {
    if (t.subject === 'block_run') return t.block_uuid ?? `block run ${t.id}`;
    if (t.subject === 'schedule') return `trigger ${t.id}`;
    if (t.subject === 'generic_job') return `job ${t.id}`;
    return `${t.subject} ${t.id}`;
}

function words(t: Transition): string {
    const of = t.block_uuid && t.pipeline_run_id ? ` of run ${t.pipeline_run_id}` : '';
    const change = t.from === t.to ? '' : t.from ? ` from ${t.from} to ${t.to}` : ` ${t.to}`;
    return `${clockText(t.at_us).time}: ${subject(t)}${of}${change.replaceAll('_', ' ')}: ${t.why}`;
}
