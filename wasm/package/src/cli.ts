#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { badArgument, CommandError, describe, messageOf, RunsimError } from './base/errors.js';
import { createOn, type Dialect, type MageRelease, type SimulatorOptions } from './create.js';
import { node } from './host/node-platform.js';
import type { ImportOptions } from './import/command.js';
import { createFromFile, replay } from './replay.js';
import { serve } from './serve.js';
import type { Simulator } from './simulator.js';

const help = `runsim: a pipeline-run server for the Mage run API, in memory, on a virtual clock

usage: runsim serve [options]
       runsim replay FILE [options]
       runsim import --url URL --out DIR [options]
       runsim --help | --version

options of serve:
  --project DIR     the Mage project to simulate         (default: a demo project)
  --port N          where to listen; 0 takes a free port (default: 6789)
  --host ADDRESS    0.0.0.0 accepts other machines       (default: 127.0.0.1)
  --dialect NAME    postgres or sqlite: how dates read   (default: the project's, or postgres)
  --mage RELEASE    the release of Mage: 0.9.79, 0.9.80  (default: the project's, or 0.9.79)
  --auth            callers must sign in; the first owner
                    is admin@admin.com / admin           (default: the project's, or off)
  --speed N         virtual seconds for each real second;
                    0 pauses the clock                   (default: 1)
  --start INSTANT   where the clock begins, such as
                    "2026-01-01 00:00:00"                (default: the project's, or now)
  --seed N          where randomness starts              (default: the project's, or 1)
  --page DIR        a built page to serve beside the API (default: none)
  --journal FILE    the world of a journal, its clock paused
                    unless there is a --speed            (default: none)

options of replay, which plays a journal (GET /__sim/journal) and prints it:
  --until INSTANT   stop there                           (default: at its end)
  --print WHAT      summary, transitions, calls or runs  (default: summary)

options of import, which writes the project and the history of a running Mage
server as a project for serve, and changes nothing on the server:
  --url URL         the address of the server, such as http://localhost:6789
  --out DIR         the folder to write; it must be new or empty
  --runs N          how many runs, the newest first      (default: 1000)
  --email EMAIL     sign in; RUNSIM_PASSWORD is the password,
                    or it is asked for
  --token TOKEN     sign in with the token of a session
  --api-key KEY     the API key                          (default: Mage's own)
  --variables       take the values of variables along: they can hold secrets
  --code            take the code of blocks along

While it runs: GET and POST /__sim/clock show and move the clock, for example
  curl -d '{"clock": {"action": "advance", "by": "10m"}}' http://127.0.0.1:6789/__sim/clock
`;

const commonOptions = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
} as const;

const serveOptions = {
    project: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    dialect: { type: 'string' },
    mage: { type: 'string' },
    auth: { type: 'boolean' },
    speed: { type: 'string' },
    start: { type: 'string' },
    seed: { type: 'string' },
    page: { type: 'string' },
    journal: { type: 'string' },
    ...commonOptions,
} as const;

const replayOptions = {
    until: { type: 'string' },
    print: { type: 'string' },
    ...commonOptions,
} as const;

const importOptions = {
    url: { type: 'string' },
    out: { type: 'string' },
    runs: { type: 'string' },
    email: { type: 'string' },
    token: { type: 'string' },
    'api-key': { type: 'string' },
    variables: { type: 'boolean' },
    code: { type: 'boolean' },
    ...commonOptions,
} as const;

function number(option: string, text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    const value = text.trim() === '' ? NaN : Number(text);
    if (!Number.isFinite(value)) throw badArgument(option, text, 'a number');
    return value;
}

/** Digits are microseconds, anything else is a date. */
const instant = (text: string | undefined): string | bigint | undefined =>
    text !== undefined && /^\d{5,}$/.test(text) ? BigInt(text) : text;

const wallClock = (): number => Math.trunc((performance.timeOrigin + performance.now()) * 1000);

function parse<const Options extends ParseArgsOptionsConfig>(args: string[], options: Options) {
    try {
        return parseArgs({ args, options, allowPositionals: true, strict: true });
    } catch (thrown) {
        const [first = ''] = messageOf(thrown).split('. ');
        throw new CommandError(`${first}; runsim --help shows the options`);
    }
}

/** Options by the argument of the package that they are, where that has another name. */
const optionOf: Readonly<Record<string, string>> = { now: 'start', instant: 'until' };

/** The message of an error about an argument of the package names the option here: `port: ...` is `--port: ...`. */
function asOption({ code, argument, message }: RunsimError): string {
    if (code !== 'bad_argument' || argument === undefined) return message;
    const option = optionOf[argument] ?? argument;
    if (!(option in serveOptions) && !(option in replayOptions)) return message;
    return `--${option}${message.slice(argument.length)}`;
}

function announce(sim: Simulator, url: string, project: string | undefined, page: string | undefined): void {
    const { now, paused, speed } = sim.clock;
    const { body } = sim.handle({ method: 'GET', target: '/__sim/project' });
    const { project: shown } = JSON.parse(new TextDecoder().decode(body)) as { project: { mage: string } };
    const lines = [
        `runsim serves ${project ?? 'the demo project'} on ${url}`,
        `  mage   ${shown.mage}`,
        `  clock  ${now}, ${paused ? 'paused' : `running at speed ${speed}`}`,
        ...(page === undefined ? [] : [`  page   ${url}/`]),
        ...sim.notes.map((note) => `  note   ${note}`),
    ];
    console.log(lines.join('\n'));
    let said: string | null = null;
    sim.onClock(({ message }) => {
        if (message !== null && message !== said) console.error(`runsim: ${message}`);
        said = message;
    });
}

function version(): string {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
}

type ServeValues = ReturnType<typeof parse<typeof serveOptions>>['values'];
type ReplayValues = ReturnType<typeof parse<typeof replayOptions>>['values'];

async function main(args: string[]): Promise<void> {
    const { values, positionals } = parseCommand(args);
    if (values.version) return console.log(version());
    if (values.help || args.length === 0) return console.log(help.trimEnd());
    const [command, ...extra] = positionals;
    if (command === undefined) throw new CommandError('no command; see runsim --help');
    if (!['serve', 'replay', 'import'].includes(command))
        throw new CommandError(`unknown command ${describe(command)}; there are three: serve, replay and import`);
    if (command === 'replay') return replayFile(extra, values as ReplayValues);
    if (extra[0] !== undefined)
        throw new CommandError(`${command} takes options only, and ${describe(extra[0])} is not an option`);
    if (command === 'import') return (await import('./import/command.js')).importServer(values as ImportOptions);
    return serveProject(values as ServeValues);
}

function parseCommand(args: string[]) {
    if (args[0] === 'import') return parse(args, importOptions);
    return args[0] === 'replay' ? parse(args, replayOptions) : parse(args, serveOptions);
}

async function replayFile([file, ...extra]: string[], { until, print }: ReplayValues): Promise<void> {
    if (file === undefined) throw new CommandError('replay needs the file of a journal; see runsim --help');
    if (extra[0] !== undefined) throw new CommandError(`replay plays one file, and ${describe(extra[0])} is another`);
    const end = instant(until);
    return replay(file, { ...(end === undefined ? {} : { until: end }), ...(print === undefined ? {} : { print }) });
}

async function serveProject(values: ServeValues): Promise<void> {
    const speed = number('speed', values.speed) ?? (values.journal === undefined ? 1 : 0);
    const options: SimulatorOptions = {};
    if (values.project !== undefined) options.project = values.project;
    const seed = number('seed', values.seed);
    if (seed !== undefined) options.seed = seed;
    const start = instant(values.start);
    if (start !== undefined) options.now = start;
    if (values.dialect !== undefined) options.dialect = values.dialect as Dialect;
    if (values.mage !== undefined) options.mage = values.mage as MageRelease;
    if (values.auth !== undefined) options.auth = values.auth;
    if (speed !== 0) options.speed = speed;
    const port = number('port', values.port);

    const sim =
        values.journal === undefined
            ? await createOn(node, options, wallClock())
            : await createFromFile(values.journal, options);
    const { host, page } = values;
    const server = await serve(sim, {
        ...(port === undefined ? {} : { port }),
        ...(host === undefined ? {} : { host }),
        ...(page === undefined ? {} : { page }),
    });
    announce(sim, server.url, values.journal ?? values.project, page);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
            void server.close().then(() => {
                sim.dispose();
                process.exit(0);
            });
        });
    }
}

main(process.argv.slice(2)).catch((thrown: unknown) => {
    if (thrown instanceof CommandError) console.error(`runsim: ${thrown.message}`);
    else if (!(thrown instanceof RunsimError)) console.error(thrown);
    else if (thrown.code === 'bad_project' && thrown.argument === undefined) {
        console.error(`runsim: the project has mistakes:\n${thrown.message.replace(/^/gm, '  ')}`);
    } else console.error(`runsim: ${asOption(thrown)}`);
    process.exit(thrown instanceof CommandError || thrown instanceof RunsimError ? 2 : 1);
});
