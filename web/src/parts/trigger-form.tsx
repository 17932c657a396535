import { useComputed, useSignal } from '@preact/signals';
import type { Schedule } from '../model';
import { follow, schedule, world } from '../state';
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

// One form a trigger and world: the answer of another would only mislead.
export function TriggerForm() {
    const s = schedule.value;
    if (!s) return <section class="trigger-form panel empty">No trigger is chosen.</section>;
    return <Form key={`${world.value?.place} ${s.id}`} schedule={s} />;
}

function Form({ schedule: s }: { schedule: Schedule }) {
    const body = useSignal(kFirstBody);
    const answer = useSignal<{ ok: boolean; text: string } | null>(null);
    const sending = useSignal(false);
    const open = useSignal(s.schedule_type === 'api');
    const mistake = useComputed(() => {
        try {
            if (body.value.trim()) JSON.parse(body.value);
            return null;
        } catch (error) {
            return (error as Error).message;
        }
    });
    const byApi = s.schedule_type === 'api';
    const sent = byApi ? body.value : '{"pipeline_run": {}}';

    const send = async () => {
        sending.value = true;
        try {
            const got = await world.value!.send('POST', target(s), sent);
            const ok = Boolean(got.json?.pipeline_run);
            answer.value = { ok, text: readable(got.status, got.json, got.text) };
            open.value ||= !ok;
        } catch (error) {
            answer.value = { ok: false, text: String(error) };
        }
        sending.value = false;
        follow();
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
                <button
                    class="primary"
                    onClick={() => void send()}
                    disabled={sending.value}
                    title="Send the request (t)"
                >
                    {byApi ? 'Trigger pipeline' : 'Run once'}
                </button>
            </div>
            {s.token && (
                <p class="token">
                    <span>token</span> <code>{s.token}</code> <CopyButton text={s.token} what="token" />
                </p>
            )}
            <details open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
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
                        {mistake.value && (
                            <span class="mistake">
                                Not JSON yet: {mistake.value}. It can be sent all the same, to see what the server says.
                            </span>
                        )}
                    </label>
                )}
                <div class="code">
                    <pre>{curl(world.value!.origin + target(s), sent)}</pre>
                    <CopyButton text={curl(world.value!.origin + target(s), sent)} what="curl line" />
                </div>
                {world.value!.portless && <p class="sub">({world.value!.portless})</p>}
                {answer.value && (
                    <div class={answer.value.ok ? 'code answer' : 'code answer refused'} role="status">
                        <pre>{answer.value.text}</pre>
                    </div>
                )}
            </details>
        </section>
    );
}

// The real server reports its errors with HTTP 200: the first line says both. Of an internal error the exception says it all.
function readable(status: number, json: any, text: string): string {
    const error = json?.error;
    if (error) return `HTTP ${status}, error ${error.code} in the body:\n${error.exception ?? error.message}`;
    return `HTTP ${status}\n${json === undefined ? text : JSON.stringify(json, null, 2)}`;
}
