import type { RawRequest, Simulator } from 'runsim';
import { hasNoOrder, normalise, sortRows } from './normalise.ts';

/** A step of a scenario (see README.md). */
export interface Step {
    call: string;
    json?: unknown;
    text?: string;
    headers?: Record<string, string>;
    keep?: Record<string, string>;
    until?: { at: string; in: unknown[] };
    pause?: number;
    silent?: boolean;
}

export interface Scenario {
    title: string;
    only?: string;
    /** A folder of projects/; without it lab. */
    project?: string;
    /** With authentication on. */
    auth?: boolean;
    steps: Step[];
}

export interface Answer {
    call: string;
    status: number;
    type: string | null;
    body: string;
}

/** An `until` that never came true. */
export class WaitedInVain extends Error {}

// The recordings asked again every quarter of a second, for two minutes at most; here those are virtual.
const pollUs = 250_000;
const patienceUs = 120_000_000;

function valueAt(value: unknown, path: string): unknown {
    return path
        .split('.')
        .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);
}

/** Puts kept values in for `{name}`, wherever a text has it. */
function fill<T>(value: T, kept: Map<string, unknown>): T {
    if (typeof value === 'string') {
        return value.replace(/\{(\w+)\}/g, (all, name: string) => (kept.has(name) ? String(kept.get(name)) : all)) as T;
    }
    if (Array.isArray(value)) return value.map((item) => fill(item, kept)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, kept)])) as T;
}

function requestOf(step: Step, kept: Map<string, unknown>): RawRequest {
    const call = fill(step.call, kept);
    const space = call.indexOf(' ');
    const headers = { ...fill(step.headers ?? {}, kept) };
    let body: string | undefined;
    if ('json' in step) {
        body = JSON.stringify(fill(step.json, kept));
        headers['Content-Type'] ??= 'application/json';
    } else if (step.text !== undefined) {
        body = fill(step.text, kept);
    }
    return {
        method: call.slice(0, space),
        target: call.slice(space + 1),
        headers,
        ...(body === undefined ? {} : { body }),
    };
}

function send(
    sim: Simulator,
    request: RawRequest,
): { status: number; type: string | null; text: string; json: unknown } {
    const { status, headers, body } = sim.handle(request);
    const text = new TextDecoder().decode(body);
    let json: unknown;
    try {
        json = JSON.parse(text);
    } catch {
        // compared as text
    }
    return { status, type: headers['Content-Type'] ?? null, text, json };
}

function comparable(call: string, text: string, json: unknown): string {
    const list = Object.values(json ?? {})[0];
    return normalise(hasNoOrder(call) && Array.isArray(list) ? sortRows(text) : text);
}

/** Plays a scenario on a paused simulator, whose time passes only where the scenario waits. */
export function play(sim: Simulator, scenario: Scenario): Answer[] {
    const kept = new Map<string, unknown>();
    const answers: Answer[] = [];
    for (const step of scenario.steps) {
        const { call, until, keep = {} } = step;
        const request = requestOf(step, kept);
        let answer = send(sim, request);
        if (until) {
            const deadline = sim.nowMicroseconds + patienceUs;
            while (!until.in.includes(valueAt(answer.json, until.at))) {
                if (sim.nowMicroseconds > deadline) {
                    throw new WaitedInVain(
                        `${call}: ${until.at} is ${JSON.stringify(valueAt(answer.json, until.at))} after two minutes`,
                    );
                }
                sim.advance(pollUs);
                answer = send(sim, request);
            }
        }
        for (const [name, path] of Object.entries(keep)) kept.set(name, valueAt(answer.json, path));
        if (step.pause) sim.advance(step.pause * 1_000_000);
        if (step.silent) continue;
        answers.push({
            call,
            status: answer.status,
            type: answer.type,
            body: comparable(call, answer.text, answer.json),
        });
    }
    return answers;
}
