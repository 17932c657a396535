import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Journal } from 'runsim';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const cli = path('../../wasm/package/dist/cli.js');
const lab = path('../conformance/projects/lab');

interface Ended {
    code: number | null;
    out: string;
    err: string;
}

const children: ChildProcess[] = [];
afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(args: string[]): { child: ChildProcess; said: { out: string; err: string }; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
    const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
    return { child, said, ended };
}

const run = (args: string[]): Promise<Ended> => start(args).ended;

/** Starts a server on a free port, and waits until it says where it is. */
async function serving(
    args: string[],
): Promise<{ url: string; child: ChildProcess; ended: Promise<Ended>; said: { out: string } }> {
    const started = start(['serve', '--port', '0', ...args]);
    return new Promise((resolve, reject) => {
        started.child.stdout!.on('data', () => {
            const url = /http:\/\/\S+/.exec(started.said.out)?.[0];
            if (url && started.said.out.includes('clock')) resolve({ ...started, url });
        });
        void started.ended.then(({ code, err }) => reject(new Error(`ended with ${code}: ${err}`)));
    });
}

const json = async (url: string, init?: RequestInit): Promise<any> => (await fetch(url, init)).json();

describe('runsim serve', () => {
    test('answers the documented lines on the demo project, and ends cleanly when told', async () => {
        for (const signal of ['SIGTERM', 'SIGINT'] as const) {
            const { url, child, ended, said } = await serving([]);
            expect(said.out).toContain(`runsim serves the demo project on ${url}`);
            const list = await json(
                `${url}/api/pipeline_schedules/1/pipeline_runs?api_key=zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2`,
            );
            expect(list.metadata).toEqual({ count: 22, next: false });
            const trigger = `${url}/api/pipeline_schedules/71/pipeline_runs/4506463a01944ef492f70005996dac1a`;
            const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
            const { pipeline_run: posted } = await json(trigger, {
                method: 'POST',
                headers,
                body: '{\n"env": "dev",\n"test": 1\n}',
            });
            expect(posted).toMatchObject({ status: 'initial', event_variables: { env: 'dev', test: 1 } });
            child.kill(signal);
            expect(await ended).toMatchObject({ code: 0, err: '' });
        }
    });

    test('begins at the wall clock and runs, unless told otherwise', async () => {
        const before = Date.now() * 1000;
        const { url } = await serving(['--project', lab]);
        const { clock } = await json(`${url}/__sim/clock`);
        expect(clock.start_us).toBeGreaterThanOrEqual(before);
        expect(clock.start_us).toBeLessThan(Date.now() * 1000 + 1_000_000);
        expect(clock).toMatchObject({ paused: false, speed: 1 });
    });

    test('takes start, speed, seed, dialect, release and project', async () => {
        const options = [
            '--start',
            '2026-05-06 07:08:09.000001',
            '--speed',
            '0',
            '--seed',
            '7',
            '--dialect',
            'sqlite',
            '--mage',
            '0.9.80',
            '--project',
            lab,
        ];
        const { url, said } = await serving(options);
        expect(said.out).toContain('2026-05-06T07:08:09.000001+00:00, paused');
        expect((await json(`${url}/__sim/clock`)).clock).toMatchObject({
            now: '2026-05-06T07:08:09.000001+00:00',
            paused: true,
        });
        expect(said.out).toContain('  mage   0.9.80\n');
        expect((await json(`${url}/__sim/project`)).project).toMatchObject({ name: 'lab', mage: '0.9.80' });
        const schedule = await json(`${url}/api/pipelines/chain/pipeline_schedules`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: '{"pipeline_schedule": {"name": "x"}}',
        });
        expect(schedule.pipeline_schedule.created_at).toBe('2026-05-06 07:08:09');
    });

    test('speed is virtual seconds a real second', async () => {
        const { url } = await serving(['--project', lab, '--speed', '250.5']);
        expect((await json(`${url}/__sim/clock`)).clock).toMatchObject({ paused: false, speed: 250.5 });
    });

    test('serves the page that it is given', async () => {
        const page = mkdtempSync(join(tmpdir(), 'runsim-cli-page-'));
        writeFileSync(join(page, 'index.html'), '<h1>hello</h1>');
        const { url, said } = await serving(['--project', lab, '--page', page]);
        expect(said.out).toContain(`page   ${url}/`);
        expect(await (await fetch(`${url}/`)).text()).toBe('<h1>hello</h1>');
        rmSync(page, { recursive: true });
    });

    test('starts from wherever it is called, through a link as npm makes it', async () => {
        const { ended } = start(['--version']);
        const { version } = JSON.parse(readFileSync(path('../../wasm/package/package.json'), 'utf8'));
        expect(await ended).toEqual({ code: 0, out: `${version}\n`, err: '' });
    });
});

describe('help', () => {
    test('--help, and no argument at all, show every option', async () => {
        for (const args of [['--help'], ['serve', '--help'], []]) {
            const { code, out, err } = await run(args);
            expect([code, err]).toEqual([0, '']);
            for (const option of ['project', 'port', 'host', 'dialect', 'mage', 'speed', 'start', 'seed', 'page'])
                expect(out).toContain(`--${option}`);
            expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
        }
    });
});

describe('a mistake ends with code 2 and one message', () => {
    let folder: string;
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'runsim-cli-'));
        writeFileSync(join(folder, 'metadata.yaml'), 'a: [1,\nb: 2\n');
        writeFileSync(join(folder, 'runsim.json'), '{"seed": }');
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    test.each<[string, string[], RegExp]>([
        [
            'an unknown option',
            ['serve', '--prot', '1'],
            /^runsim: Unknown option '--prot'; runsim --help shows the options\n$/,
        ],
        [
            'an option without its value',
            ['serve', '--port'],
            /^runsim: Option '--port <value>' argument missing; runsim --help shows the options\n$/,
        ],
        [
            'an unknown command',
            ['server'],
            /^runsim: unknown command "server"; there are three: serve, replay and import\n$/,
        ],
        ['no command', ['--port', '1'], /^runsim: no command; see runsim --help\n$/],
        [
            'too many words',
            ['serve', 'projects/demo'],
            /^runsim: serve takes options only, and "projects\/demo" is not an option\n$/,
        ],
        ['a port of words', ['serve', '--port', 'http'], /^runsim: --port: "http" is not a number\n$/],
        [
            'a port too high',
            ['serve', '--port', '65536'],
            /^runsim: --port: 65536 is not a port: 0 to 65535, 0 takes a free one\n$/,
        ],
        ['a speed of words', ['serve', '--speed', 'fast'], /^runsim: --speed: "fast" is not a number\n$/],
        [
            'a speed backwards',
            ['serve', '--speed=-1'],
            /^runsim: --speed: -1 is not a number of virtual seconds a real second/,
        ],
        [
            'a start of words',
            ['serve', '--start', 'noon'],
            /^runsim: --start: "noon" is not an instant: ISO text such as/,
        ],
        ['half a seed', ['serve', '--seed', '1.5'], /^runsim: --seed: 1\.5 is not a whole number, 0 or more\n$/],
        [
            'a release nobody knows',
            ['serve', '--mage', '0.9.81'],
            /^runsim: --mage: "0.9.81" is not a release that runsim knows: 0.9.79, 0.9.80\n$/,
        ],
        [
            'a dialect nobody speaks',
            ['serve', '--dialect', 'mysql'],
            /^runsim: --dialect: "mysql" is not "postgres" or "sqlite"\n$/,
        ],
        [
            'a folder that is not there',
            ['serve', '--project', '/no/such'],
            /^runsim: project \/no\/such: there is no such folder\n$/,
        ],
        [
            'a page that is not there',
            ['serve', '--port', '0', '--page', '/no/page'],
            /^runsim: --page: \/no\/page is not a built page/,
        ],
        [
            'a host that is not here',
            ['serve', '--port', '0', '--host', '192.0.2.1'],
            /^runsim: host 192\.0\.2\.1 is not an address of this machine/,
        ],
    ])('%s', async (_, args, message) => {
        const { code, out, err } = await run(args);
        expect(err).toMatch(message);
        expect([code, out]).toEqual([2, '']);
    });

    test('a broken runsim.json', async () => {
        const { code, out, err } = await run(['serve', '--project', folder]);
        expect([code, out]).toEqual([2, '']);
        expect(err).toBe(
            'runsim: the project has mistakes:\n  runsim.json: line 1, column 10: "}" does not belong here\n',
        );
    });

    test('a port in use', async () => {
        const squatter = createServer().listen(0, '127.0.0.1');
        await new Promise((resolve) => squatter.once('listening', resolve));
        const { port } = squatter.address() as AddressInfo;
        const { code, err } = await run(['serve', '--project', lab, '--port', String(port)]);
        expect(code).toBe(2);
        expect(err).toBe(
            `runsim: port ${port} of 127.0.0.1 is in use; stop the program that uses it, or choose another port (0 takes a free one)\n`,
        );
        squatter.close();
    });
});

describe('journals', () => {
    const recorded = path('../support/recorded_journal.json');
    const { hash, until, calls } = JSON.parse(readFileSync(recorded, 'utf8')) as Journal;

    test('runsim replay prints what became of a journal', async () => {
        const { code, out } = await run(['replay', recorded]);
        expect(code).toBe(0);
        expect(out).toMatch(
            new RegExp(
                `^begins .*, with a project\\ncalls   ${calls.length}\\nends    .*\\nruns    .*\\nhash    ${hash}\\n$`,
            ),
        );
        expect(out).toContain(`ends    ${until}`);
    });

    test('and its calls, transitions and runs, up to an instant', async () => {
        const early = '2026-01-01 00:05:00';
        const printed = async (what: string): Promise<string[]> =>
            (await run(['replay', recorded, '--until', early, '--print', what])).out.trim().split('\n');
        const before = calls.filter(({ at }) => String(at) < '2026-01-01T00:05:00.000001');
        expect(before.length).toBeGreaterThan(0);
        expect(before.length).toBeLessThan(calls.length);
        const shown = await printed('calls');
        expect(shown.map((line) => line.split(' ').slice(0, 4))).toEqual(
            before.map(({ at, method, target }) => [at, '', method, target]),
        );
        const transitions = await printed('transitions');
        expect(transitions[0]).toMatch(/^2025-.* -> active {2}\(.*\)$/);
        expect(transitions.every((line) => line < '2026-01-01T00:05:01')).toBe(true);
        expect((await printed('runs'))[0]).toMatch(/^run \d+ (?:diamond|fanout) {2}\w+ since 20.* {2}\(.*\)$/);
    });

    test('runsim serve plays a journal, and its clock stands where it stood', async () => {
        const { url, said } = await serving(['--journal', recorded]);
        expect(said.out).toContain(`runsim serves ${recorded} on ${url}`);
        const { clock } = await json(`${url}/__sim/clock`);
        expect([clock.now, clock.paused]).toEqual([until, true]);
        expect((await json(`${url}/__sim/journal`)).hash).toBe(hash);
    });

    test.each([
        ['without a file', ['replay'], /^runsim: replay needs the file of a journal; see runsim --help\n$/],
        ['with two files', ['replay', 'a', 'b'], /^runsim: replay plays one file, and "b" is another\n$/],
        ['of a file that is not there', ['replay', '/no/such'], /^runsim: \/no\/such could not be read: ENOENT/],
        ['of what is no journal', ['replay', cli], /^runsim: \/.*cli\.js: journal: line 1, column 1: /],
        [
            'that prints what nobody knows',
            ['replay', recorded, '--print', 'x'],
            /^runsim: --print: "x" is not one of summary, /,
        ],
        [
            'up to the future',
            ['replay', recorded, '--until', '2030-01-01'],
            /^runsim: --until: 2030-.* has not come yet; it is /,
        ],
        [
            'to serve, with a seed',
            ['serve', '--journal', recorded, '--seed', '1'],
            /^runsim: --journal: cannot be combined with seed/,
        ],
    ])('%s', async (_, args, message) => {
        const { code, out, err } = await run(args);
        expect(err).toMatch(message);
        expect([code, out]).toEqual([2, '']);
    });
});
