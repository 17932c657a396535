// What a front-end team writes when it needs the API: a sorted array and JSON.stringify. The benchmarks measure it beside the core, bytes to
// bytes as well. It is written for speed, not to be slow: dates are texts already, and `warm` keeps the text of every run.
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const kBlocks = ['load', 'left', 'right', 'export'];
const date = (ms) => `${new Date(ms).toISOString().replace('T', ' ').slice(0, -1)}000+00:00`;

export class Mock {
    runs = []; // newest first
    texts = new Map();
    nextRun = 1;
    nextBlockRun = 1;

    constructor(count) {
        const start = Date.UTC(2026, 0, 1);
        for (let i = 0; i < count; i++) this.#add(start + i * 60_000, 'completed', null);
        this.runs.reverse();
    }

    #add(ms, status, eventVariables) {
        const when = date(ms);
        const done = status === 'completed' ? when : null;
        const id = this.nextRun++;
        const blockRuns = kBlocks.map((block) => ({
            id: this.nextBlockRun++,
            created_at: when,
            updated_at: when,
            pipeline_run_id: id,
            block_uuid: block,
            status,
            started_at: done,
            completed_at: done,
            metrics: done ? {} : null,
        }));
        const run = {
            backfill_id: null,
            completed_at: done,
            created_at: when,
            event_variables: eventVariables,
            execution_date: when,
            executor_type: 'local_python',
            id,
            metrics: null,
            passed_sla: false,
            pipeline_schedule_id: 1,
            pipeline_uuid: 'diamond',
            started_at: done,
            status,
            updated_at: when,
            variables: { execution_partition: `1/${id}` },
            block_runs: blockRuns,
            block_runs_count: 4,
            completed_block_runs_count: done ? 4 : 0,
            pipeline_schedule_name: 'bench',
            pipeline_schedule_token: '0123456789abcdef0123456789abcdef',
            pipeline_schedule_type: 'time',
            pipeline_tags: null,
            pipeline_type: null,
            repo_path: '/home/src/bench',
        };
        this.runs.push(run);
        return run;
    }

    page(target, warm) {
        const query = new URLSearchParams(target.slice(target.indexOf('?') + 1));
        const limit = Number(query.get('_limit') ?? 40);
        const offset = Number(query.get('_offset') ?? 0);
        const rows = this.runs.slice(offset, offset + limit);
        const metadata = { count: this.runs.length, next: offset + limit < this.runs.length };
        if (!warm) return encoder.encode(JSON.stringify({ pipeline_runs: rows, metadata }));
        const texts = rows.map((run) => {
            let text = this.texts.get(run.id);
            if (!text) {
                text = JSON.stringify(run);
                this.texts.set(run.id, text);
            }
            return text;
        });
        return encoder.encode(`{"pipeline_runs": [${texts.join(', ')}], "metadata": ${JSON.stringify(metadata)}}`);
    }

    trigger(body) {
        const run = this.#add(Date.UTC(2027, 0, 1), 'initial', JSON.parse(decoder.decode(body)));
        this.runs.unshift(this.runs.pop());
        const { block_runs: _, ...shown } = run;
        return encoder.encode(JSON.stringify({ pipeline_run: shown }));
    }
}
