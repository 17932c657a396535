import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createSimulator, RunsimError, type SimulatorOptions } from 'runsim';
import { describe, expect, test } from 'vitest';
import { smallProject } from './small-project.ts';
import { get, textOf } from './world.ts';

const lab = new URL('../conformance/projects/lab', import.meta.url);
const wasm = new URL('../../wasm/package/dist/runsim.wasm', import.meta.url);
const pipelinesOf = async (project: NonNullable<SimulatorOptions['project']>): Promise<string[]> => {
    const sim = await createSimulator({ project });
    return get(sim, '/__sim/project').project.pipelines.map((pipeline: { uuid: string }) => pipeline.uuid);
};
const labPipelines = ['broken', 'chain', 'diamond', 'fanout', 'flaky', 'gated', 'limited', 'slow', 'tolerant'];

describe('where a project comes from', () => {
    test('without a project the demo that ships answers the documented list', async () => {
        const sim = await createSimulator();
        const { pipeline_runs: runs, metadata } = get(sim, '/api/pipeline_schedules/1/pipeline_runs');
        expect(metadata).toEqual({ count: 22, next: false });
        expect(runs).toHaveLength(22);
        expect(runs[0]).toMatchObject({ pipeline_schedule_name: 'late forest', pipeline_uuid: 'example_pipeline' });
    });

    test('a folder is given as a path, a file URL or its text', async () => {
        for (const project of [fileURLToPath(lab), lab, lab.href])
            expect(await pipelinesOf(project)).toEqual(labPipelines);
    });

    test('an object of values makes the same world as the same files', async () => {
        const files = {
            'metadata.yaml': '{}',
            'pipelines/pair/metadata.yaml': JSON.stringify(smallProject.pipelines![0]!.metadata),
            'runsim.json': JSON.stringify(smallProject.runsim),
            'transformers/notes.txt': 'no file of the simulation: not read',
        };
        const [fromValues, fromFiles] = [
            await createSimulator({ project: smallProject }),
            await createSimulator({ project: { name: 'small', files } }),
        ];
        expect(fromFiles.hash()).toBe(fromValues.hash());
    });

    test('the name of a folder is the end of the repo path', async () => {
        const path = async (project: SimulatorOptions['project']): Promise<string> =>
            get(await createSimulator({ project: project! }), '/__sim/project').project.repo_path;
        expect(await path(lab)).toBe('/home/src/lab');
        expect(await path(smallProject)).toBe('/home/src/small');
    });
});

describe('how a simulator is born', () => {
    test('paused at 2026-01-01 00:00:00, with the first tick at that instant', async () => {
        const sim = await createSimulator({ project: smallProject });
        expect(sim.paused).toBe(true);
        expect(sim.now).toBe('2026-01-01T00:00:00.000000+00:00');
        expect(sim.clock).toMatchObject({
            start: sim.now,
            scheduler_interval_us: 10_000_000,
            next_tick: sim.now,
            message: null,
        });
    });

    test('a speed makes it run', async () => {
        const sim = await createSimulator({ project: smallProject, speed: 3 });
        expect(sim.paused).toBe(false);
        expect(sim.speed).toBe(3);
        sim.dispose();
    });

    test('seed, instant and dialect overrule what runsim.json says', async () => {
        const runsim = { ...smallProject.runsim, seed: 1, start: '2026-02-02 00:00:00', dialect: 'sqlite' };
        const project = { ...smallProject, runsim };
        expect((await createSimulator({ project })).now).toBe('2026-02-02T00:00:00.000000+00:00');
        const overruled = await createSimulator({
            project,
            seed: 9,
            now: '2027-03-04 05:06:07.000008',
            dialect: 'postgres',
        });
        expect(overruled.now).toBe('2027-03-04T05:06:07.000008+00:00');
        const asked = await createSimulator({ project: smallProject, seed: 9, now: '2027-03-04 05:06:07.000008' });
        const [made, same] = [overruled, asked].map((sim) => {
            const body = '{"pipeline_schedule": {"name": "x"}}';
            return textOf(sim.handle({ method: 'POST', target: '/api/pipelines/pair/pipeline_schedules', body }));
        });
        expect(made).toContain('"created_at": "2027-03-04 05:06:07.000009+00:00"');
        expect(made).toBe(same); // its token comes from the seed
    });

    test('the release is that of the option, else that of runsim.json, else 0.9.79', async () => {
        const played = async (options: SimulatorOptions): Promise<string> => {
            const sim = await createSimulator(options);
            return get(sim, '/__sim/project').project.mage;
        };
        const project = { ...smallProject, runsim: { ...smallProject.runsim, mage: '0.9.80' } };
        expect(await played({ project: smallProject })).toBe('0.9.79');
        expect(await played({ project: smallProject, mage: '0.9.80' })).toBe('0.9.80');
        expect(await played({ project })).toBe('0.9.80');
        expect(await played({ project, mage: '0.9.79' })).toBe('0.9.79');
    });

    test('a snapshot brings its release', async () => {
        const old = await createSimulator({ project: smallProject });
        old.restore((await createSimulator({ project: smallProject, mage: '0.9.80' })).snapshot());
        expect(get(old, '/__sim/project').project.mage).toBe('0.9.80');
    });

    test('the dialect shows in the dates', async () => {
        const date = async (dialect: 'postgres' | 'sqlite'): Promise<string> => {
            const sim = await createSimulator({ project: smallProject, dialect });
            return get(sim, '/api/pipeline_schedules/1').pipeline_schedule.created_at;
        };
        expect(await date('postgres')).toMatch(/^2026-01-01 00:00:00(\.\d{6})?\+00:00$/);
        expect(await date('sqlite')).toMatch(/^2026-01-01 00:00:00(\.\d{6})?$/);
    });

    test('equal options make equal worlds, another seed another one', async () => {
        const hash = async (seed: number): Promise<string> => {
            const sim = await createSimulator({ seed });
            sim.advance('1h');
            return sim.hash();
        };
        expect(await hash(5)).toBe(await hash(5));
        expect(await hash(6)).not.toBe(await hash(5));
    });
});

describe('where the module comes from', () => {
    test('bytes, a compiled module, a URL and a path', async () => {
        const bytes = readFileSync(wasm);
        const sources = [
            bytes,
            bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
            new WebAssembly.Module(bytes),
            wasm,
            fileURLToPath(wasm),
        ];
        for (const source of sources) {
            const sim = await createSimulator({ project: smallProject, wasm: source });
            expect(sim.now).toBe('2026-01-01T00:00:00.000000+00:00');
        }
    });

    test.each([
        [
            'a file that is not there',
            { wasm: '/no/such.wasm' },
            /\/no\/such\.wasm could not be read: there is no such file/,
        ],
        ['bytes that are no WebAssembly', { wasm: new TextEncoder().encode('<!doctype html>') }, /is not WebAssembly/],
        ['half a module', { wasm: readFileSync(wasm).subarray(0, 1000) }, /could not be compiled/],
        [
            'a module of something else',
            { wasm: new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]) },
            /does not fit this version/,
        ],
    ])('%s is an error that says so', async (_, options, message) => {
        const creating = createSimulator({ project: smallProject, ...options });
        await expect(creating).rejects.toThrow(message);
        await expect(creating).rejects.toMatchObject({ name: 'RunsimError', code: 'no_module' });
    });
});

describe('options that are wrong', () => {
    const wrong: Array<[string, object, RegExp]> = [
        ['a misspelt key', { sped: 1 }, /unknown key "sped" \(known: project, seed/],
        ['a seed below 0', { seed: -1 }, /^seed: -1 is not a whole number/],
        ['half a seed', { seed: 0.5 }, /^seed: 0.5 is not a whole number/],
        ['a seed as text', { seed: '1' }, /^seed: "1" is not/],
        ['a Date', { now: new Date(0) }, /^now: a Date keeps milliseconds only/],
        ['words for an instant', { now: 'tomorrow' }, /^now: "tomorrow" is not an instant: ISO text such as/],
        ['a day that is none', { now: '2026-02-30 00:00:00' }, /^now: "2026-02-30 00:00:00" is not an instant/],
        ['nanoseconds', { now: '2026-01-01T00:00:00.0000001Z' }, /^now: .* is not an instant/],
        ['half a microsecond', { now: 0.5 }, /^now: 0.5 is not an instant/],
        ['an instant before the clock', { now: '1969-12-31 23:59:59' }, /outside the clock's range/],
        ['an instant after the clock', { now: '2250-01-01 00:00:01' }, /outside the clock's range/],
        ['a dialect nobody speaks', { dialect: 'mysql' }, /^dialect: "mysql" is not "postgres" or "sqlite"/],
        [
            'a release nobody knows',
            { mage: '0.9.81' },
            /^mage: "0.9.81" is not a release that runsim knows: 0.9.79, 0.9.80/,
        ],
        ['a speed of nothing', { speed: 0 }, /^speed: 0 is not a number of virtual seconds/],
        ['a speed backwards', { speed: -1 }, /^speed: -1 is not/],
        ['a speed that is no number', { speed: NaN }, /^speed: NaN is not/],
        ['a speed without end', { speed: Infinity }, /^speed: Infinity is not/],
        ['a project that is a number', { project: 7 }, /^project: 7 is not a project/],
        ['a project with options', { project: { options: {} } }, /^project: unknown key "options"/],
        ['an empty project', { project: {} }, /^project: an object with neither pipelines nor files is no project/],
        ['a project without pipelines', { project: { runsim: {} } }, /^project: an object with neither pipelines/],
        [
            'a project on another machine',
            { project: new URL('https://example.org/lab') },
            /^project: "https:\/\/example.org\/lab" is not a folder of this machine; fetch the files/,
        ],
        [
            'the same as text',
            { project: 'http://example.org/lab' },
            /^project: "http:\/\/example.org\/lab" is not a folder/,
        ],
        [
            'a file that is no text',
            { project: { files: { 'metadata.yaml': 1 } } },
            /^project.files\["metadata.yaml"\]: 1 is not a text/,
        ],
        ['a name with a slash', { project: { name: 'a/b' } }, /^project.name: "a\/b" is not the name of a folder/],
        ['a module that is a number', { wasm: 7 }, /^wasm: 7 is not bytes/],
    ];
    test.each(wrong)('%s', async (_, options, message) => {
        const creating = createSimulator({ project: smallProject, ...options } as SimulatorOptions);
        await expect(creating).rejects.toThrow(message);
        await expect(creating).rejects.toBeInstanceOf(RunsimError);
        await expect(creating).rejects.toMatchObject({ code: 'bad_argument' });
    });

    test('options that are no object', async () => {
        await expect(createSimulator('demo' as unknown as SimulatorOptions)).rejects.toThrow(
            'options: "demo" is not an object',
        );
    });
});

describe('authentication', () => {
    test('is off unless asked for, by the options or by runsim.json', async () => {
        const off = await createSimulator({ project: smallProject });
        expect(get(off, '/api/pipeline_runs').metadata).toEqual({ count: 0, next: false });
        const on = await createSimulator({ project: smallProject, auth: true });
        expect(get(on, '/api/pipeline_runs').error.message).toBe('Invalid API key.');
        const asked = { ...smallProject, runsim: { ...smallProject.runsim, auth: true } };
        expect(get(await createSimulator({ project: asked }), '/api/pipeline_runs').error.code).toBe(401);
        const overruled = await createSimulator({ project: asked, auth: false });
        expect(get(overruled, '/api/pipeline_runs').error).toBeUndefined();
    });

    test('an owner signs in, and a cookie of the token opens the rest', async () => {
        const sim = await createSimulator({ project: smallProject, auth: true });
        const key = { 'X-API-KEY': 'zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2' };
        const signIn = await sim.fetch('/api/sessions', {
            method: 'POST',
            headers: { ...key, 'Content-Type': 'application/json' },
            body: JSON.stringify({ session: { email: 'admin@admin.com', password: 'admin' } }),
        });
        const { session } = (await signIn.json()) as { session: { token: string } };
        const payload = JSON.parse(atob(session.token.split('.')[1]!)) as { token: string };
        const runs = await sim.fetch('/api/pipeline_runs', { headers: { ...key, 'OAUTH-TOKEN': payload.token } });
        expect(await runs.json()).toEqual({ pipeline_runs: [], metadata: { count: 0, next: false } });
    });

    test('auth is true or false', async () => {
        const asked = createSimulator({ project: smallProject, auth: 'yes' as unknown as boolean });
        await expect(asked).rejects.toThrow('auth');
    });
});

test('the code of blocks is shown, wherever it comes from', async () => {
    const contents = async (project: NonNullable<SimulatorOptions['project']>, pipeline: string): Promise<string[]> => {
        const sim = await createSimulator({ project });
        const shown = get(sim, `/api/pipelines/${pipeline}`).pipeline;
        return shown.blocks.map((block: { content: string }) => block.content);
    };
    expect((await contents(lab, 'chain')).every((code) => code.includes('def run('))).toBe(true);
    const content = { first: 'return 1' };
    const [pair] = smallProject.pipelines!;
    expect(await contents({ ...smallProject, pipelines: [{ ...pair!, content }] }, 'pair')).toEqual(['return 1', '']);
    const files = {
        'metadata.yaml': '{}',
        'pipelines/pair/metadata.yaml': JSON.stringify(pair!.metadata),
        'transformers/second.py': 'return 2',
    };
    expect(await contents({ files }, 'pair')).toEqual(['', 'return 2']);
});
