import { type Signal, useComputed, useSignal } from '@preact/signals';
import type { PipelineScheduleListItem } from 'runsim/api';
import { type Answer, errorOf, errorWords, send } from '../ask';
import { follow } from '../commands';
import { schedule, world } from '../signals';
import { CopyButton } from './copy-button';

const kFirstBody = '{\n  "env": "dev",\n  "test": 1\n}';

// An API trigger takes its token in the path; every other trigger gets a run made under it.
function target(s: PipelineScheduleListItem): string {
    const runs = `/api/pipeline_schedules/${s.id}/pipeline_runs`;
    return s.schedule_type === 'api' ? `${runs}/${s.token}` : runs;
}

function curl(url: string, body: string): string {
    const quoted = body.replaceAll("'", `'\\''`);
    return `curl --request POST \\\n--url '${url}' \\\n--header 'Content-Type: application/json' \\\n--data '${quoted}'`;
}

// One form a trigger and world: the answer of another would only mislead.
export function TriggerForm() {
    const s = schedule.value;
    if (!s) return <section class="trigger-form panel empty">No trigger is chosen.</section>;
    return <Form key={`${world.value?.place} ${s.id}`} schedule={s} />;
}

interface Shown {
    ok: boolean;
    text: string;
}

function Form({ schedule: s }: { schedule: PipelineScheduleListItem }) {
    const byApi = s.schedule_type === 'api';
    const body = useSignal(kFirstBody);
    const answer = useSignal<Shown | null>(null);
    const sending = useSignal(false);
    const open = useSignal(byApi);
    const sent = byApi ? body.value : '{"pipeline_run": {}}';

    const trigger = async () => {
        sending.value = true;
        answer.value = await send(world.value!, 'POST', target(s), sent).then(readable, (error: unknown) => ({
            ok: false,
            text: String(error),
        }));
        open.value ||= !answer.value.ok;
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
                    onClick={() => void trigger()}
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
                {byApi && <Body text={body} />}
                <Exchange line={curl(world.value!.origin + target(s), sent)} answer={answer.value} />
            </details>
        </section>
    );
}

function Body({ text }: { text: Signal<string> }) {
    const mistake = useComputed(() => {
        try {
            if (text.value.trim()) JSON.parse(text.value);
            return null;
        } catch (error) {
            return (error as Error).message;
        }
    });
    return (
        <label class="body">
            <span>Body, as JSON: each member becomes an event variable of the run</span>
            <textarea
                rows={4}
                spellcheck={false}
                value={text.value}
                aria-invalid={mistake.value !== null}
                onInput={(event) => (text.value = event.currentTarget.value)}
            />
            {mistake.value && (
                <span class="mistake">
                    Not JSON yet: {mistake.value}. It can be sent all the same, to see what the server says.
                </span>
            )}
        </label>
    );
}

function Exchange({ line, answer }: { line: string; answer: Shown | null }) {
    return (
        <>
            <div class="code">
                <pre>{line}</pre>
                <CopyButton text={line} what="curl line" />
            </div>
            {world.value!.portless && <p class="sub">({world.value!.portless})</p>}
            {answer && (
                <div class={answer.ok ? 'code answer' : 'code answer refused'} role="status">
                    <pre>{answer.text}</pre>
                </div>
            )}
        </>
    );
}

// The real server reports its errors with HTTP 200: the first line says both.
function readable({ status, text, json }: Answer): Shown {
    const error = errorOf(json);
    if (error) return { ok: false, text: `HTTP ${status}, error ${error.code} in the body:\n${errorWords(error)}` };
    return {
        ok: json !== undefined,
        text: `HTTP ${status}\n${json === undefined ? text : JSON.stringify(json, null, 2)}`,
    };
}
