import { readFile } from 'node:fs/promises';
import type { Journal, JournalCall, Transition, TransitionList } from './api-types.js';
import { badArgument, CommandError, messageOf, RunsimError } from './base/errors.js';
import { createOn, type SimulatorOptions } from './create.js';
import { node } from './host/node-platform.js';
import type { Simulator } from './simulator.js';

/** What `runsim replay` is asked for. */
export interface ReplayOptions {
    /** An instant, as on the command line. Default: where the journal ends. */
    until?: string | bigint;
    print?: string;
}

/** The text of a journal's file. */
async function readJournal(path: string): Promise<string> {
    try {
        return await readFile(path, 'utf8');
    } catch (thrown) {
        throw new CommandError(`${path} could not be read: ${messageOf(thrown)}`);
    }
}

/** The world of a journal's file, which its mistakes name. */
export async function createFromFile(path: string, options: SimulatorOptions = {}): Promise<Simulator> {
    const journal = await readJournal(path);
    try {
        return await createOn(node, { ...options, journal });
    } catch (thrown) {
        if (!(thrown instanceof RunsimError) || thrown.code !== 'bad_journal') throw thrown;
        throw new CommandError(`${path}: ${thrown.message}`);
    }
}

const printers: Readonly<Record<string, (sim: Simulator) => string[]>> = {
    summary,
    transitions: (sim) => transitionsOf(sim).map(transitionLine),
    calls: (sim) => sim.journal().calls.map(callLine),
    runs: (sim) => runsOf(sim).map(runLine),
};

/** Plays a journal, and prints what became of it. */
export async function replay(path: string, { until, print = 'summary' }: ReplayOptions): Promise<void> {
    const printer = Object.hasOwn(printers, print) ? printers[print] : undefined;
    if (printer === undefined) throw badArgument('print', print, `one of ${Object.keys(printers).join(', ')}`);
    const whole = await createFromFile(path);
    const sim = until === undefined ? whole : whole.at(until);
    for (const line of printer(sim)) console.log(line);
}

function ask<T>(sim: Simulator, target: string): T {
    const { body } = sim.handle({ method: 'GET', target });
    return JSON.parse(new TextDecoder().decode(body)) as T;
}

/** All that the record still has. Says on stderr if that is not all that happened. */
function transitionsOf(sim: Simulator): Transition[] {
    const all: Transition[] = [];
    const { metadata }: TransitionList = ask(sim, '/__sim/transitions?_limit=1');
    if (metadata.begin > 0)
        console.error(`runsim: only the newest ${metadata.end - metadata.begin} of ${metadata.end} changes are kept`);
    for (let from: number | null = 0; from !== null; ) {
        const page: TransitionList = ask(sim, `/__sim/transitions?_limit=1000&from=${from}`);
        all.push(...page.transitions);
        from = page.metadata.next;
    }
    return all;
}

function transitionLine({ at, subject, id, pipeline_uuid, block_uuid, from, to, why }: Transition): string {
    const names = [pipeline_uuid, block_uuid].filter((name) => name !== null).join('/');
    return `${at}  ${subject} ${id} ${names}  ${from ?? '-'} -> ${to ?? '-'}  (${why})`;
}

const mostOfBody = 200; // characters that are shown

function callLine({ at, method, target, body = '', body_base64 }: JournalCall): string {
    const text = body_base64 === undefined ? body : `(binary) ${body_base64}`;
    const shown = text.length > mostOfBody ? `${text.slice(0, mostOfBody)}…` : text;
    return [at, '', method, target, shown.replace(/[\0-\x1f\x7f]/g, ' ')].join(' ').trimEnd();
}

/** The newest change of each run, by the run's number. (Calls of the API may need a sign-in, the record does not.) */
function runsOf(sim: Simulator): Transition[] {
    const newest = new Map<number, Transition>();
    for (const transition of transitionsOf(sim))
        if (transition.subject === 'run' && transition.pipeline_uuid !== null) newest.set(transition.id, transition);
    return [...newest.values()].sort((a, b) => a.id - b.id);
}

const runLine = ({ id, pipeline_uuid, to, at, why }: Transition): string =>
    `run ${id} ${pipeline_uuid}  ${to} since ${at}  (${why})`;

function summary(sim: Simulator): string[] {
    const journal: Journal = sim.journal();
    const counts = new Map<string, number>();
    for (const { to } of runsOf(sim)) counts.set(String(to), (counts.get(String(to)) ?? 0) + 1);
    const statuses = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([status, count]) => `${count} ${status}`);
    return [
        `begins  ${journal.begin.snapshot === undefined ? `${sim.clock.start}, with a project` : 'with a snapshot'}`,
        `calls   ${journal.calls.length}`,
        `ends    ${sim.now}`,
        `runs    ${statuses.join(', ') || 'none'}`,
        `hash    ${sim.hash()}`,
    ];
}
