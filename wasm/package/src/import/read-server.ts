import { CommandError } from '../base/errors.js';
import { instantText, toMicroseconds } from '../base/instant.js';
import { jsonText } from '../base/json-text.js';
import { isRelease, type MageRelease, releases } from '../project/releases.js';
import { writeYaml } from '../project/yaml.js';
import { type Client, type Item, itemsOf } from './client.js';
import { durationsOf } from './durations.js';
import { readPipelines, type Taken } from './pipelines.js';
import { type Rows, rowsOf } from './rows.js';

export interface Wishes extends Taken {
    /** How many runs, the newest first. */
    runs: number;
}

export interface Watcher {
    progress(text: string): void;
    /** What could not be taken along, and why. */
    note(text: string): void;
}

/** Throws unless the server is a Mage server that this caller may read. */
async function checkServer(client: Client, isSignedIn: boolean): Promise<Item> {
    const [status] = itemsOf((await client.get('/api/statuses')).statuses);
    if (status?.repo_path === undefined) throw new CommandError(`${client.url} is not a Mage server`);
    if (status.require_user_authentication === true && !isSignedIn)
        throw new CommandError(`${client.url} wants callers to sign in: give --email or --token`);
    return status;
}

/** The release of the server. Undefined: it is not known, or runsim does not play it; a note says so. */
async function releaseOf(client: Client, note: Watcher['note']): Promise<MageRelease | undefined> {
    const [project] = itemsOf((await client.get('/api/projects')).projects);
    const version = project?.version;
    if (isRelease(version)) return version;
    const words = typeof version === 'string' ? `Mage ${version}, which` : 'a release of Mage that';
    note(`the server is ${words} runsim does not play: the project is played as ${releases[0]}`);
    return undefined;
}

/** The latest of the dates at which something happened to the rows. */
function newestDate(rows: Rows): number | undefined {
    const moments = ['created_at', 'updated_at', 'started_at', 'completed_at', 'last_enabled_at'];
    let newest: number | undefined;
    for (const row of Object.values(rows).flat())
        for (const name of moments) {
            if (typeof row[name] !== 'string') continue;
            const us = toMicroseconds(row[name], name);
            if (newest === undefined || us > newest) newest = us;
        }
    return newest;
}

/** PostgreSQL's dates know their zone, SQLite's do not (http-api.md 5.1). Undefined: there is no date to see. */
function dialectOf(rows: Rows): string | undefined {
    const date = Object.values(rows)
        .flat()
        .map(({ created_at }) => created_at)
        .find((text) => typeof text === 'string');
    return date === undefined ? undefined : /[+-]\d\d:\d\d$/.test(date) ? 'postgres' : 'sqlite';
}

/** JSON with a row on each line. */
function layOut(runsim: Record<string, unknown>, rows: Rows): string {
    const tables = Object.entries(rows)
        .filter(([, table]) => table.length > 0)
        .map(([name, table]) => `    "${name}": [\n${table.map((row) => `      ${jsonText(row)}`).join(',\n')}\n    ]`);
    const fields = Object.entries(runsim)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `  "${name}": ${jsonText(value)}`);
    return `{\n${[...fields, `  "rows": {\n${tables.join(',\n')}\n  }`].join(',\n')}\n}\n`;
}

/** Reads a server's project and history, and returns the files of a project that plays them: texts by their path. */
export async function readServer(
    client: Client,
    isSignedIn: boolean,
    wishes: Wishes,
    { progress, note }: Watcher,
): Promise<Record<string, string>> {
    const status = await checkServer(client, isSignedIn);
    const mage = await releaseOf(client, note);
    const counting = (what: string) => (read: number, all: number) => progress(`${what}: ${read} of ${all}`);
    // Runs first: their triggers are there when the triggers are read, unless they were deleted in between.
    const runs = await client.list(
        '/api/pipeline_runs?order_by[]=id%20desc',
        'pipeline_runs',
        wishes.runs,
        counting('runs'),
    );
    const newest = runs.sort((a, b) => Number(b.id) - Number(a.id)).slice(0, wishes.runs);
    const all = Number.MAX_SAFE_INTEGER;
    const schedules = await client.list('/api/pipeline_schedules', 'pipeline_schedules', all, counting('triggers'));
    const backfills = await client.list('/api/backfills', 'backfills', all, counting('backfills'));
    const eventMatchers = itemsOf((await client.get('/api/event_matchers')).event_matchers);
    const { files, blocks } = await readPipelines(client, wishes, counting('pipelines'), note);

    const rows = rowsOf(
        { repoPath: status.repo_path, schedules, backfills, eventMatchers, runs: newest },
        wishes.values,
        note,
    );
    const serverDate = client.date === undefined ? undefined : Date.parse(client.date) * 1000;
    const start = Math.max(newestDate(rows) ?? 0, serverDate || 0);
    const runsim = {
        mage,
        start: start > 0 ? instantText(start) : undefined,
        dialect: dialectOf(rows),
        blocks: durationsOf(rows.runs, rows.block_runs, blocks),
    };
    const { project_type = 'standalone', project_uuid } = status;
    return {
        'metadata.yaml': writeYaml({ project_type, ...(project_uuid ? { project_uuid } : {}) }),
        ...files,
        'runsim.json': layOut(runsim, rows),
    };
}
