import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSimulator, type Simulator } from 'runsim';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasNoOrder, sortRows } from '../conformance/normalise.ts';
import { listening, recordingOf, replaying } from './recorded-server.ts';

const cli = fileURLToPath(new URL('../../wasm/package/dist/cli.js', import.meta.url));

let folder: string;
/** Where the project is written: its name makes the path of the simulated project that of the recorded one. */
let out: string;
let child: ChildProcess | undefined;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runsim-import-'));
    out = join(folder, 'shop');
});
afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
});

interface Ended {
    code: number | null;
    out: string;
    err: string;
}

function importing(args: string[], env: Record<string, string> = {}): Promise<Ended> {
    const { RUNSIM_PASSWORD: _, ...own } = process.env;
    const started = spawn(process.execPath, [cli, 'import', ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...own, ...env },
    });
    child = started;
    const said = { out: '', err: '' };
    started.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    started.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
    return new Promise((resolve) => started.on('close', (code) => resolve({ code, ...said })));
}

async function imported(url: string, args: string[] = []): Promise<{ sim: Simulator; err: string }> {
    const ended = await importing(['--url', url, '--out', out, ...args]);
    expect(ended).toMatchObject({ code: 0, out: `runsim wrote ${out}; play it with: runsim serve --project ${out}\n` });
    return { sim: await createSimulator({ project: out }), err: ended.err };
}

const textOf = (sim: Simulator, target: string): string =>
    new TextDecoder().decode(sim.handle({ method: 'GET', target }).body);

/**
 * Without what no import can know (docs/import.md): where and when the server's files were written, and the order that a
 * database chooses.
 */
const comparable = (target: string, text: string): string =>
    (hasNoOrder(`GET ${target}`) ? sortRows(text) : text)
        .replace(/"description": "each:\d, each:\d, each:\d"/, '"description": "each:0, each:1, each:2"')
        .replace(/("start_time": "[^"+]*)\+00:00(", "status": "inactive", "variables": \{[^}]*\}\}\])/, '$1$2')
        .replace(/"variables_dir": "[^"]*"/g, '"variables_dir": "..."')
        .replace(/("extensions": \{\}|"widgets": \[\]|\]), "updated_at": "[^"]*"\}/g, '$1, "updated_at": "..."}');

const filesIn = (at: string): string[] =>
    readdirSync(at, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));

describe.each(['sqlite', 'postgres'])('the history of a recorded server on %s', (dialect) => {
    const recording = recordingOf(dialect);

    test('comes back byte for byte', async () => {
        const { sim } = await imported(await replaying(recording), ['--variables', '--code']);
        expect(sim.notes).toEqual([]);
        expect(recording.compared.length).toBeGreaterThan(50);
        for (const target of recording.compared)
            expect(`${target} ${comparable(target, textOf(sim, target))}`).toBe(
                `${target} ${comparable(target, recording.answers[target]!)}`,
            );
        expect(Date.parse(sim.now)).toBe(Date.parse(recording.date));
        sim.dispose();
    });

    test('has no values of variables and no code unless they are asked for', async () => {
        const { sim } = await imported(await replaying(recording));
        const texts = filesIn(out).map((file) => readFileSync(file, 'utf8'));
        for (const secret of ['hunter2', 'from the caller', 'def run']) {
            expect(Object.values(recording.answers).some((answer) => answer.includes(secret))).toBe(true);
            expect(texts.filter((text) => text.includes(secret))).toEqual([]);
        }
        const [run] = JSON.parse(textOf(sim, '/api/pipeline_runs?_limit=1')).pipeline_runs;
        const [real] = JSON.parse(recording.answers['/api/pipeline_runs']!).pipeline_runs;
        expect(Object.keys(run.variables)).toEqual(Object.keys(real.variables));
        expect(run.variables.execution_partition).toBe(real.variables.execution_partition);
        expect({ ...run, variables: null, event_variables: null }).toEqual({
            ...real,
            variables: null,
            event_variables: null,
        });
        sim.dispose();
    });
});

describe('what is read', () => {
    const recording = recordingOf('sqlite');
    const runsOf = (text: string): any => JSON.parse(text);
    const isRuns = (target: string): boolean => target.startsWith('/api/pipeline_runs?order_by');

    test('only the newest runs, if so many are asked for', async () => {
        const [first, second] = runsOf(
            recording.answers['/api/pipeline_runs?order_by[]=id%20desc&_limit=100&_offset=0']!,
        ).pipeline_runs;
        const url = await listening(({ url: target = '' }, response) => {
            const asked = target.replace('_limit=2&', '_limit=100&');
            response.end(recording.answers[asked] ?? recording.answers[target]);
        });
        const { sim } = await imported(url, ['--runs', '2']);
        const { pipeline_runs } = JSON.parse(textOf(sim, '/api/pipeline_runs?order_by[]=id%20desc'));
        expect(pipeline_runs.map(({ id }: { id: number }) => id)).toEqual([first.id, second.id]);
        sim.dispose();
    });

    test.each<[string, string | undefined, string]>([
        ['"0.9.79"', '0.9.79', ''],
        ['"0.9.80"', '0.9.80', ''],
        [
            '"0.9.81"',
            undefined,
            'the server is Mage 0.9.81, which runsim does not play: the project is played as 0.9.79',
        ],
        [
            'null',
            undefined,
            'the server is a release of Mage that runsim does not play: the project is played as 0.9.79',
        ],
    ])('the release %s', async (version, mage, note) => {
        const url = await replaying(recording, (target, text) =>
            target === '/api/projects' ? text.replace('"version": "0.9.79"', `"version": ${version}`) : text,
        );
        const { sim, err } = await imported(url);
        expect(JSON.parse(readFileSync(join(out, 'runsim.json'), 'utf8')).mage).toBe(mage);
        expect(JSON.parse(textOf(sim, '/api/projects')).projects[0].version).toBe(mage ?? '0.9.79');
        expect(err.includes('note: ')).toBe(note !== '');
        expect(err).toContain(note);
        sim.dispose();
    });

    test('durations of blocks from what was seen, and a world that goes on', async () => {
        const { sim } = await imported(await replaying(recording));
        const { blocks, rows } = JSON.parse(readFileSync(join(out, 'runsim.json'), 'utf8'));
        expect(Object.keys(blocks)).toContain('fanout/each'); // of each:0 and so on
        expect(Object.keys(blocks)).not.toContain('broken/explode'); // which never completed
        const highest = Math.max(...rows.runs.map(({ id }: { id: number }) => id));
        const { id, token } = rows.schedules.find(({ name }: { name: string }) => name === 'api diamond');
        const call = `/api/pipeline_schedules/${id}/pipeline_runs/${token}`;
        const made = JSON.parse(new TextDecoder().decode(sim.handle({ method: 'POST', target: call }).body));
        expect(made.pipeline_run).toMatchObject({ id: highest + 1, status: 'initial' });
        sim.advance('10m');
        expect(JSON.parse(textOf(sim, `/api/pipeline_runs/${highest + 1}`)).pipeline_run.status).toBe('completed');
        sim.dispose();
    });

    test('every run once, however the pages shift while runs come and go', async () => {
        const [sample] = runsOf(recording.answers['/api/pipeline_runs']!).pipeline_runs;
        let ids = Array.from({ length: 250 }, (_, index) => 350 - index); // newest first
        let asked = 0;
        const url = await replaying({
            ...recording,
            answers: new Proxy(recording.answers, {
                get: (answers, target: string) => {
                    if (!isRuns(target)) return answers[target];
                    const offset = Number(/_offset=(\d+)/.exec(target)![1]);
                    asked += 1;
                    if (asked === 2) ids = [352, 351, ...ids]; // two are born
                    if (asked === 3) ids = ids.filter((id) => id < 300 || id > 330); // many go
                    const page = ids.slice(offset, offset + 100);
                    return JSON.stringify({
                        pipeline_runs: page.map((id) => ({ ...sample, id, block_runs: [] })),
                        metadata: { count: ids.length, next: offset + 100 < ids.length },
                    });
                },
            }),
        });
        const { sim } = await imported(url);
        const { rows } = JSON.parse(readFileSync(join(out, 'runsim.json'), 'utf8'));
        const read = rows.runs.map(({ id }: { id: number }) => id);
        expect(read).toEqual(Array.from({ length: 250 }, (_, index) => 101 + index)); // those that came later are not there
        sim.dispose();
    });

    test('not what has a status that runsim does not know, or a trigger that is gone: a note says so', async () => {
        const url = await replaying(recording, (target, text) => {
            if (!isRuns(target)) return text;
            const list = runsOf(text);
            list.pipeline_runs[0].status = 'paused';
            list.pipeline_runs[1].pipeline_schedule_id = 999;
            list.pipeline_runs[2].block_runs[0].status = 'asleep';
            return JSON.stringify(list);
        });
        const { sim, err } = await imported(url);
        const [a, b, c] = runsOf(
            recording.answers['/api/pipeline_runs?order_by[]=id%20desc&_limit=100&_offset=0']!,
        ).pipeline_runs;
        expect(err).toContain(`note: run ${a.id} is left out: its status "paused" is not known here\n`);
        expect(err).toContain(`note: run ${b.id} is left out: its trigger 999 was deleted meanwhile\n`);
        expect(err).toContain(
            `note: block run ${c.block_runs[0].id} of run ${c.id} is left out: its status "asleep" is not known here\n`,
        );
        expect(JSON.parse(textOf(sim, '/api/pipeline_runs')).pipeline_runs).toHaveLength(
            JSON.parse(recording.answers['/api/pipeline_runs']!).pipeline_runs.length - 2,
        );
        sim.dispose();
    });
});

describe('sign-in', () => {
    const recording = recordingOf('sqlite');
    const inner = 'an-inner-token';
    const jwt = `e30.${Buffer.from(JSON.stringify({ expires: 1, token: inner })).toString('base64url')}.x`;
    const wantsSignIn = recording.answers['/api/statuses']!.replace(
        '"require_user_authentication": false',
        '"require_user_authentication": true',
    );

    /** A server that wants callers to sign in. `calls` are what is not a GET. */
    const guarded = (calls: string[]): Promise<string> =>
        listening(async (request, response) => {
            const { method, url = '', headers } = request;
            let body = '';
            for await (const chunk of request) body += chunk;
            if (method !== 'GET') calls.push(`${method} ${url} ${body}`);
            const refuse = (code: number, message: string): void => {
                response.end(JSON.stringify({ error: { code, message, type: 'x' }, status: 200 }));
            };
            if (url === '/api/statuses') return response.end(wantsSignIn);
            if (headers['x-api-key'] !== 'zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2')
                return refuse(401, 'Invalid API key.');
            if (method === 'POST' && url === '/api/sessions') {
                const { session } = JSON.parse(body);
                if (session.password !== 'right') return refuse(404, 'Email/username and/or password invalid.');
                return response.end(JSON.stringify({ session: { token: jwt } }));
            }
            if (headers['oauth-token'] !== inner) return refuse(401, 'Invalid OAuth token.');
            return response.end(recording.answers[url] ?? '{"session": {}}');
        });

    test('with a password of the environment, and out again', async () => {
        const calls: string[] = [];
        const url = await guarded(calls);
        const ended = await importing(['--url', url, '--out', out, '--email', 'ann@example.com'], {
            RUNSIM_PASSWORD: 'right',
        });
        expect(ended.code).toBe(0);
        expect(calls).toEqual([
            'POST /api/sessions {"session":{"email":"ann@example.com","password":"right"}}',
            'PUT /api/sessions/mine {"session":{}}',
        ]);
        expect(filesIn(out).some((file) => readFileSync(file, 'utf8').includes(inner))).toBe(false);
    });

    test.each([inner, jwt])('with the token %s', async (token) => {
        const calls: string[] = [];
        const url = await guarded(calls);
        expect(await importing(['--url', url, '--out', out, '--token', token])).toMatchObject({ code: 0 });
        expect(calls).toEqual([]);
    });

    test.each<[string, string[], Record<string, string>, RegExp]>([
        ['nothing', [], {}, /wants callers to sign in: give --email or --token\n$/],
        ['only a key', ['--api-key', 'x'], {}, /wants callers to sign in/],
        ['a wrong key', ['--token', inner, '--api-key', 'x'], {}, /refuses with 401: Invalid API key\.; sign in/],
        ['a wrong token', ['--token', 'x'], {}, /refuses with 401: Invalid OAuth token\.; sign in/],
        ['no password', ['--email', 'ann'], {}, /--email needs a password: set RUNSIM_PASSWORD/],
        [
            'a wrong password',
            ['--email', 'ann'],
            { RUNSIM_PASSWORD: 'x' },
            /404: Email\/username and\/or password invalid/,
        ],
        ['both ways at once', ['--email', 'ann', '--token', 'x'], {}, /give --email or --token, not both\n$/],
    ])('%s is refused', async (_, args, env, message) => {
        const url = await guarded([]);
        const { code, err } = await importing(['--url', url, '--out', out, ...args], env);
        expect(err).toMatch(message);
        expect(code).toBe(2);
        expect(readdirSync(folder)).toEqual([]);
    });
});

describe('nothing is half done', () => {
    const recording = recordingOf('sqlite');

    test.each<[string, (url: string) => string[], RegExp]>([
        ['no address', () => ['--out', 'OUT'], /^runsim: import needs --url, /],
        ['no folder', (url) => ['--url', url], /^runsim: import needs --out, /],
        ['no address of a server', () => ['--url', 'mage', '--out', 'OUT'], /^runsim: --url: "mage" is not an address/],
        [
            'a number of runs that is none',
            (url) => ['--url', url, '--out', 'OUT', '--runs', '0'],
            /^runsim: --runs: "0" is not/,
        ],
        [
            'an argument that is no option',
            (url) => ['x', '--url', url],
            /^runsim: import takes options only, and "x" is not/,
        ],
        ['an option of serve', () => ['--port', '1'], /^runsim: Unknown option '--port'/],
        [
            'nobody there',
            () => ['--url', 'http://127.0.0.1:9', '--out', 'OUT'],
            /^runsim: GET http:\/\/127\.0\.0\.1:9\/api\/statuses: no answer \(/,
        ],
    ])('%s', async (_, args, message) => {
        const url = await replaying(recording);
        const { code, err } = await importing(args(url).map((arg) => (arg === 'OUT' ? out : arg)));
        expect(err).toMatch(message);
        expect(code).toBe(2);
        expect(readdirSync(folder)).toEqual([]);
    });

    test.each<[string, string, RegExp]>([
        ['not of a Mage server', '{"hello": "world"}', / is not a Mage server\n$/],
        ['a page', '<html>', /\/api\/statuses: the answer \(HTTP 200\) is not one of Mage's API\n$/],
    ])('an answer that is %s', async (_, body, message) => {
        const url = await listening((_request, response) => response.end(body));
        const { code, err } = await importing(['--url', url, '--out', out]);
        expect(err).toMatch(message);
        expect(code).toBe(2);
    });

    test('a server that sends callers elsewhere gets no second chance: it would see the token', async () => {
        let visits = 0;
        const elsewhere = await listening((_request, response) => {
            visits += 1;
            response.end('{}');
        });
        const url = await listening((_request, response) => response.writeHead(302, { Location: elsewhere }).end());
        const { code, err } = await importing(['--url', url, '--out', out, '--token', 'x']);
        expect(err).toContain(`the server sends callers to ${elsewhere}; give that server's address as --url\n`);
        expect([code, visits]).toEqual([2, 0]);
    });

    test('an error in the middle leaves no folder behind', async () => {
        const url = await replaying(recording, (target, text) =>
            target.startsWith('/api/backfills')
                ? '{"error": {"code": 500, "exception": "database is locked", "message": "Traceback"}, "url_parameters": {}}'
                : text,
        );
        const { code, err } = await importing(['--url', url, '--out', out]);
        expect(err).toMatch(
            /\/api\/backfills\?_limit=100&_offset=0: the server refuses with 500: database is locked\n$/,
        );
        expect(code).toBe(2);
        expect(readdirSync(folder)).toEqual([]);
    });

    test('an import that is interrupted leaves no folder behind', async () => {
        let reached = (): void => {};
        const inTheMiddle = new Promise<void>((resolve) => (reached = resolve));
        const url = await listening(({ url: target = '' }, response) => {
            if (target.startsWith('/api/backfills'))
                reached(); // and it is never answered
            else response.end(recording.answers[target]);
        });
        const ended = importing(['--url', url, '--out', out]);
        await inTheMiddle;
        child!.kill('SIGINT');
        expect((await ended).code).not.toBe(0);
        expect(readdirSync(folder)).toEqual([]);
    });

    test('a folder that is not empty stays as it is; an empty one is filled', async () => {
        const url = await replaying(recording);
        mkdirSync(out);
        writeFileSync(join(out, 'mine'), 'x');
        const { code, err } = await importing(['--url', url, '--out', out]);
        expect([code, err]).toEqual([2, `runsim: --out ${out}: the folder is not empty\n`]);
        expect(readdirSync(out)).toEqual(['mine']);
        rmSync(join(out, 'mine'));
        (await imported(url)).sim.dispose();
        expect(existsSync(join(out, 'runsim.json'))).toBe(true);
    });

    test('a pipeline that the server cannot show is left out, with a note', async () => {
        const url = await replaying(recording, (target, text) =>
            target.startsWith('/api/pipelines/diamond?')
                ? '{"error": {"code": 500, "exception": "bad file", "message": "x"}}'
                : text,
        );
        const { sim, err } = await imported(url);
        expect(err).toMatch(/note: pipeline diamond is left out: GET .*: the server refuses with 500: bad file\n/);
        expect(sim.notes).toEqual(['runsim.json: rows: there is no pipeline "diamond"; its runs stay as they are']);
        sim.dispose();
    });

    test.each(['../evil', 'a/../../evil', '..'])('a pipeline that is called %s cannot write outside', async (uuid) => {
        const url = await replaying(recording, (target, text) =>
            target === '/api/pipelines' ? JSON.stringify({ pipelines: [{ uuid }] }) : text,
        );
        const { code, err } = await importing(['--url', url, '--out', out]);
        expect(err).toContain(`pipeline ${uuid} has a name that is no folder's\n`);
        expect(code).toBe(2);
        expect(readdirSync(folder)).toEqual([]);
    });
});
