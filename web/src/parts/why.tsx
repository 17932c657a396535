import type { BlockRun, PipelineRunDetail, WhyBlockRun, WhyPipelineRun } from 'runsim/api';
import { parentOf, uuidOf } from '../children';
import { segmentsOf } from '../segments';
import { blockUuid, pipeline } from '../signals';
import { isAtWork } from '../statuses';
import { nowUs } from '../ticking';
import { clockText } from '../time';
import { Sentence } from './sentence';
import { Status } from './status';

// "Why is this here?" of the run, and of the block that the visitor chose: the core's own words.
export function Why({ run, story }: { run: PipelineRunDetail; story: WhyPipelineRun | null }) {
    const chosen = run.block_runs.find((row) => row.block_uuid === blockUuid.value);
    return (
        <section class="why" aria-label="Why is this here?">
            <h3>Why is this here?</h3>
            <p data-testid="why-run">
                <b>Run {run.id}</b> {story ? <Sentence text={story.why} /> : `is ${run.status}.`}
            </p>
            {chosen ? (
                <WhyBlock row={chosen} story={story?.block_runs.find((block) => block.id === chosen.id)} />
            ) : (
                run.block_runs.length > 0 && (
                    <p class="sub">Choose a block, in the graph or by its name below, to ask the same of it.</p>
                )
            )}
        </section>
    );
}

function WhyBlock({ row, story }: { row: BlockRun; story: WhyBlockRun | undefined }) {
    const raised = pipeline.value?.blocks.find((block) => block.uuid === parentOf(uuidOf(row)))?.model.error;
    const told = segmentsOf(row, story, isAtWork(row) ? nowUs.value : 0, raised);
    return (
        <div class="why-block">
            <p data-testid="why-block">
                <b>{row.block_uuid}</b> {story ? <Sentence text={story.why} /> : `is ${row.status}.`}
            </p>
            {told.length > 0 && (
                <ol class="told">
                    {told.map((segment, i) => (
                        <li key={i}>
                            <time>{clockText(segment.from).time}</time>
                            {segment.kind === 'attempt' && <Status of={segment.status} bare />} {segment.words}
                        </li>
                    ))}
                </ol>
            )}
            <button class="close" onClick={() => (blockUuid.value = null)} aria-label={`No more of ${row.block_uuid}`}>
                ×
            </button>
        </div>
    );
}
