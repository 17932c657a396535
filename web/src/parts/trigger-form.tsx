import { useComputed, useSignal } from '@preact/signals';
import type { Schedule } from '../model';
import { refresh, runId, offset, schedule, world } from '../state';
import { CopyButton } from './copy-button';

const kFirstBody = '{\n  "env": "dev",\n  "test": 1\n}';

// An API trigger takes its token in the path; every other trigger gets a run made under it.
export function target(s: Schedule): string {
    const runs = `/api/pipeline_schedules/${s.id}/pipeline_runs`;
    return s.schedule_type === 'api' ? `${runs}/${s.token}` : runs;
}

export function curl(url: string, body: string): string {
    const quoted = body.replaceAll("'", `'\\''`);
    return `curl --request POST \\\n--url '${url}' \\\n--header 'Content-Type: application/json' \\\n--data '${quoted}'`;
}

export function TriggerForm() {
    const body = useSignal(kFirstBody);
    const answer = useSignal<{ ok: boolean; text: string } | null>(null);
    const sending = useSignal(false);
    const mistake = useComputed(() => {
        try {
            if (body.value.trim()) JSON.parse(body.value);
            return null;
        } catch (error) {
            return (error as Error).message;
        }
    });
    const s = schedule.value;
    if (!s) return <section class="trigger-form panel empty">No trigger is chosen.</section>;
    const byApi = s.schedule_type === 'api';
    const sent = byApi ? body.value : '{"pipeline_run": {}}';

    const send = async () => {
        sending.value = true;
        try {
            const got = await world.value!.send('POST', target(s), sent);
            const made = got.json?.pipeline_run;
            answer.value = { ok: Boolean(made), text: readable(got.json, got.text) };
            if (made) {
                offset.value = 0;
                runId.value = made.id;
            }
        } catch (error) {
            answer.value = { ok: false, text: String(error) };
        }
        sending.value = false;
        await refresh();
    };

    return (
        <section class="trigger-form panel" aria-label={`Trigger ${s.name}`}>
            <div class="heading">
                <div>
                    <h2>{s.name}</h2>
                    <p class="sub">
                        {s.pipeline_uuid} · trigger {s.id} · {s.status}
                    </p>
                </div>
                <button class="primary" onClick={() => void send()} disabled={sending.value} title="Send the request (t)">
                    {byApi ? 'Trigger pipeline' : 'Run once'}
                </button>
            </div>
            {s.token && (
                <p class="token">
                    <span>token</span> <code>{s.token}</code> <CopyButton text={s.token} what="token" />
                </p>
            )}
            <details open={byApi} key={s.id}>
                <summary>Request and answer</summary>
                {byApi && (
                    <label class="body">
                        <span>Body, as JSON: each member becomes an event variable of the run</span>
                        <textarea
                            rows={4}
                            spellcheck={false}
                            value={body.value}
                            aria-invalid={mistake.value !== null}
                            onInput={(event) => (body.value = event.currentTarget.value)}
                        />
                        {mistake.value && <span class="mistake">Not JSON yet: {mistake.value}. It can be sent all the same, to see what the server says.</span>}
                    </label>
                )}
                <div class="code">
                    <pre>{curl(world.value!.origin + target(s), sent)}</pre>
                    <CopyButton text={curl(world.value!.origin + target(s), sent)} what="curl line" />
                </div>
                {answer.value && (
                    <div class={answer.value.ok ? 'code answer' : 'code answer refused'} role="status">
                        <pre>{answer.value.text}</pre>
                    </div>
                )}
            </details>
        </section>
    );
}

// Of an internal error the exception says it all: the stack below it would only push it out of sight.
function readable(json: any, text: string): string {
    if (json?.error?.exception) return `error ${json.error.code}: ${json.error.exception}`;
    return json === undefined ? text : JSON.stringify(json, null, 2);
}
