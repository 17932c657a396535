import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSimulator, type ProjectFiles, RunsimError, type Simulator } from 'runsim';
import { afterEach, describe, expect, test } from 'vitest';
import { get } from './world.ts';

const pipeline = (uuid = 'p'): string => `
uuid: ${uuid}
name: ${uuid}
type: python
blocks:
- {uuid: b, name: b, type: data_loader, language: python, upstream_blocks: [], downstream_blocks: []}
`;

const variablesOf = async (yaml: string): Promise<unknown> => {
    const files = {
        'metadata.yaml': 'project_uuid: x\n',
        'pipelines/p/metadata.yaml': pipeline(),
        'pipelines/p/triggers.yaml': `
triggers:
- name: t
  schedule_type: api
  schedule_interval: null
  start_time: null
  status: active
  variables:
${yaml.replace(/^/gm, '    ')}`,
    };
    const sim = await createSimulator({ project: { files } });
    const answer = sim.handle({ method: 'GET', target: '/api/pipeline_schedules/1' });
    return /"variables": (\{.*?\})[,}]/.exec(new TextDecoder().decode(answer.body))?.[1];
};

describe('YAML is read as PyYAML reads it', () => {
    // What yaml.safe_load, then json.dumps, make of it.
    const cases: Array<[string, string]> = [
        ['a: yes', '{"a": true}'],
        ['a: off', '{"a": false}'],
        ['a: y', '{"a": "y"}'],
        ['a: n', '{"a": "n"}'],
        ['a: True', '{"a": true}'],
        ['a: "yes"', '{"a": "yes"}'],
        ['a: ~', '{"a": null}'],
        ['a:', '{"a": null}'],
        ['a: 010', '{"a": 8}'],
        ['a: 0o10', '{"a": "0o10"}'],
        ['a: 0x1F', '{"a": 31}'],
        ['a: 0b101', '{"a": 5}'],
        ['a: 1_000', '{"a": 1000}'],
        ['a: -7', '{"a": -7}'],
        ['a: 1:30', '{"a": 90}'],
        ['a: 123456789012345678', '{"a": 123456789012345678}'],
        ['a: 1.0', '{"a": 1.0}'],
        ['a: .5', '{"a": 0.5}'],
        ['a: 1e3', '{"a": "1e3"}'],
        ['a: 1.0e+3', '{"a": 1000.0}'],
        ['a: "2026-01-01"', '{"a": "2026-01-01"}'],
        ['a: 2026-1-1', '{"a": "2026-1-1"}'],
        ['a: 1\na: 2', '{"a": 2}'],
        ['a: [1, "é", b]', '{"a": [1, "\\u00e9", "b"]}'],
        ['a: |\n  x\n  y', '{"a": "x\\ny\\n"}'],
        ['1: one', '{"1": "one"}'],
    ];
    test.each(cases)('%j', async (yaml, json) => {
        expect(await variablesOf(yaml)).toBe(json);
    });

    test('anchors and merges are followed', async () => {
        expect(await variablesOf('a: &a [1, no]\nb: *a\n<<: {a: 2, c: 3}')).toBe(
            '{"a": [1, false], "b": [1, false], "c": 3}',
        );
    });
});

describe('a mistake in runsim.json names its place', () => {
    const mistakesOf = async (files: Record<string, string>): Promise<string> => {
        const creating = createSimulator({ project: { files } as ProjectFiles });
        await expect(creating).rejects.toBeInstanceOf(RunsimError);
        await expect(creating).rejects.toMatchObject({ code: 'bad_project' });
        return creating.then(
            () => '',
            (error: Error) => error.message,
        );
    };
    const sound = { 'metadata.yaml': 'project_uuid: x\n', 'pipelines/p/metadata.yaml': pipeline() };

    test.each([
        ['', 'line 1, column 1: the text ends too early'],
        ['{"seed": 01}', 'line 1, column 10: "01" does not belong here'],
        ['{"seed": 1', 'line 1, column 11: the text ends too early'],
        ["{'seed': 1}", `line 1, column 2: "'seed'" does not belong here`],
        ['{"a": [1, 2}\n', 'line 1, column 12: "}" does not belong here'],
        ['{}\n{}', 'line 2, column 1: "{" does not belong here'],
        ['{"seed": 1,\n "start": 0,\n "seed": 2}', 'line 3: the key "seed" occurs twice'],
        ['{"blocks": {"*": {}, "\\u002a": {}}}', 'line 1: the key "*" occurs twice'],
    ])('runsim.json %j', async (json, complaint) => {
        expect(await mistakesOf({ ...sound, 'runsim.json': json })).toBe(`runsim.json: ${complaint}`);
    });

    test('what the core finds wrong, several at once', async () => {
        const runsim = { blocks: { 'p/nobody': { duration: '1s' }, 'p/b': { duration: 'soon' } }, sed: 1 };
        const message = await mistakesOf({ ...sound, 'runsim.json': JSON.stringify(runsim) });
        expect(message.split('\n').every((line) => line.startsWith('runsim.json: '))).toBe(true);
        expect(message).toMatch(/nobody/);
        expect(message).toMatch(/soon/);
        expect(message).toMatch(/sed/);
    });
});

describe("a fault in Mage's own files costs no more than in Mage", () => {
    const sound = { 'metadata.yaml': 'project_uuid: x\n', 'pipelines/p/metadata.yaml': pipeline() };
    const load = (files: Record<string, string>): Promise<Simulator> => createSimulator({ project: { files } });
    const pipelinesOf = (sim: Simulator): string[] =>
        get(sim, '/api/pipelines').pipelines.map(({ uuid, type }: { uuid: string; type: string }) => `${uuid} ${type}`);

    test('[R1] there is no metadata.yaml', async () => {
        const sim = await load({ 'pipelines/p/metadata.yaml': pipeline() });
        expect(pipelinesOf(sim)).toEqual(['p python']);
        expect(sim.notes).toEqual([]);
    });

    test('[R1] there is neither metadata.yaml nor a pipelines folder: that is no project', async () => {
        await expect(load({ 'readme.md': '' })).rejects.toMatchObject({ code: 'bad_project' });
    });

    test('[R2] [R3] files that are no YAML, each noted with its place', async () => {
        const sim = await load({
            ...sound,
            'metadata.yaml': 'a: [1,\nb: 2\n',
            'pipelines/q/metadata.yaml': 'a: b: c\n',
            'pipelines/p/triggers.yaml': 'a: *nobody\n',
            'pipelines/r/metadata.yaml': 'a: !!python/object:os.system x\n',
        });
        expect(pipelinesOf(sim)).toEqual(['p python']);
        expect(sim.notes).toEqual([
            expect.stringMatching(/^metadata\.yaml: line 2, column 1: .*as if the file were empty$/),
            expect.stringMatching(
                /^pipelines\/p\/triggers\.yaml: .*nobody.*; as in Mage, the pipeline has no triggers$/,
            ),
            expect.stringMatching(/^pipelines\/q\/metadata\.yaml: line 1, column 4: /),
            expect.stringMatching(/^pipelines\/q\/metadata\.yaml: Mage cannot load pipeline "q"/),
            expect.stringMatching(/^pipelines\/r\/metadata\.yaml: line 1, /),
            expect.stringMatching(/^pipelines\/r\/metadata\.yaml: Mage cannot load pipeline "r"/),
        ]);
    });

    test('[R10] a date in variables is a date, in quotes it is a text', async () => {
        const triggers = (date: string): string =>
            `triggers:\n- {name: t, schedule_type: api, schedule_interval: , start_time: , variables: {day: ${date}}}\n`;
        const dated = await load({ ...sound, 'pipelines/p/triggers.yaml': triggers('2026-01-01') });
        expect(get(dated, '/api/pipeline_schedules').pipeline_schedules).toEqual([]);
        const quoted = await load({ ...sound, 'pipelines/p/triggers.yaml': triggers("'2026-01-01'") });
        expect(get(quoted, '/api/pipeline_schedules').pipeline_schedules[0].variables).toEqual({ day: '2026-01-01' });
    });

    test('a date of a trigger in a project of JavaScript values', async () => {
        const trigger = { name: 't', schedule_type: 'time', schedule_interval: '@daily' };
        const dates = ['2026-01-01', '2026-01-01 00:00:00', new Date('2026-01-01T00:00:00Z')];
        const triggers = dates.map((date, index) => ({ ...trigger, name: `t${index}`, start_time: date }));
        const metadata = { uuid: 'p', blocks: [] };
        const project = { pipelines: [{ uuid: 'p', metadata, triggers: { triggers } }] };
        const sim = await createSimulator({ project, dialect: 'sqlite' });
        const schedules = get(sim, '/api/pipeline_schedules').pipeline_schedules;
        expect(schedules.map((one: { start_time: string }) => one.start_time)).toEqual(
            dates.map(() => '2026-01-01 00:00:00'),
        );
    });
});

describe('[R7] metadata.yaml is a Jinja template', () => {
    const shownOf = async (metadata: string): Promise<[unknown, string[]]> => {
        const files = { 'metadata.yaml': metadata, 'pipelines/p/metadata.yaml': pipeline() };
        const sim = await createSimulator({ project: { files } });
        return [get(sim, '/api/projects').projects[0].project_uuid, sim.notes];
    };
    // What Jinja2 makes of it, without environment variables.
    test.each([
        ["{{ env_var('N', 'five') }}", 'five'],
        ['{# a comment #}plain', 'plain'],
        ["{% if env_var('N', 'x') == 'x' %}then{% else %}else{% endif %}", 'then'],
        ["{% set n = 'set' %}{{ n }}", 'set'],
        ["{{ env_var('N', 'low') | upper }}", 'LOW'],
        ["x{{ env_var('N', True) }}", 'xTrue'],
        ["x{{ env_var('N', 1.0) }}", 'x1.0'],
        ["x{{ env_var('N', '5') | int }}", 'x5'],
        ["{{ 'a' if env_var('N', '') else 'b' }}", 'b'],
        ["{{ env_var('N', '') or 'other' }}", 'other'],
        ["{{ 'a' ~ 1 }}", 'a1'],
        ["{{ nothing | default('d') }}", 'd'],
        ["'{% raw %}{{ x }}{% endraw %}'", '{{ x }}'],
        ['  {%- if true %} cut {%- endif %}', 'cut'],
    ])('%s', async (text, uuid) => {
        expect(await shownOf(`project_uuid: ${text}\n`)).toEqual([uuid, []]);
    });

    test('a variable without a default is None, with a note', async () => {
        expect(await shownOf("project_uuid: {{ env_var('N') }}\n")).toEqual([
            'None',
            ['metadata.yaml: env_var("N") is None: a simulated server has no environment variables'],
        ]);
    });

    test.each(['{{ bad', '{% for a in b %}{% endfor %}', '{{ unheard_of() }}', '{% if true %}'])(
        'a template that cannot be rendered: %s',
        async (text) => {
            const [uuid, notes] = await shownOf(`project_uuid: x ${text}\n`);
            expect(uuid).toBe('');
            expect(notes).toEqual([expect.stringMatching(/^metadata\.yaml: as a Jinja template: /)]);
        },
    );

    test("a pipeline's file is none", async () => {
        const files = { 'pipelines/p/metadata.yaml': `${pipeline()}description: "{{ env_var('N', 5) }}"\n` };
        const sim = await createSimulator({ project: { files } });
        expect(get(sim, '/api/pipelines/p').pipeline.description).toBe("{{ env_var('N', 5) }}");
    });
});

describe('a folder', () => {
    const folders: string[] = [];
    afterEach(() => {
        for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
    });
    const folderWith = (files: Record<string, string | Uint8Array>): string => {
        const folder = mkdtempSync(join(tmpdir(), 'runsim-project-'));
        folders.push(folder);
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), text);
        }
        return folder;
    };
    const refusal = (project: string): Promise<string> =>
        createSimulator({ project }).then(
            () => 'taken',
            (error: RunsimError) => `${error.code} ${error.message}`,
        );

    test('is read with its pipelines in order of their names, and nothing else of it', async () => {
        const folder = folderWith({
            'metadata.yaml': 'project_uuid: x\n',
            'pipelines/zeta/metadata.yaml': pipeline('zeta'),
            'pipelines/alpha/metadata.yaml': pipeline('alpha'),
            'pipelines/__init__.py': '',
            'pipelines/__pycache__/x.pyc': new Uint8Array([255]),
            'transformers/broken.yaml': 'a: [',
        });
        const { project } = get(await createSimulator({ project: folder }), '/__sim/project');
        expect(project.pipelines.map((one: { uuid: string }) => one.uuid)).toEqual(['alpha', 'zeta']);
        expect(folder.endsWith(project.name)).toBe(true);
    });

    test('shows the code of blocks in folders of their own, of charts, and of renamed blocks (real-projects.md A3)', async () => {
        const folder = folderWith({
            'metadata.yaml': 'project_uuid: x\n',
            'pipelines/p/metadata.yaml': `
uuid: p
type: python
blocks:
- {uuid: dir/deeper/a, type: custom}
- {uuid: b, type: data_loader, configuration: {file_path: data_loaders/team/other.py}}
- {uuid: c, type: transformer, language: sql}
widgets:
- {uuid: bars, type: chart}
`,
            'custom/dir/deeper/a.py': 'a = 1',
            'custom/dir/__pycache__/a.py': 'no',
            'data_loaders/team/other.py': 'b = 1',
            'data_loaders/b.py': 'no',
            'transformers/c.sql': 'select 1',
            'charts/bars.py': 'x = 1',
        });
        const { pipeline } = get(await createSimulator({ project: folder }), '/api/pipelines/p');
        const codeOf = (blocks: Array<{ uuid: string; content: string }>) =>
            blocks.map((b) => `${b.uuid}: ${b.content}`);
        expect(codeOf(pipeline.blocks)).toEqual(['dir/deeper/a: a = 1', 'b: b = 1', 'c: select 1']);
        expect(codeOf(pipeline.widgets)).toEqual(['bars: x = 1']);
    });

    test('that is not there', async () => {
        expect(await refusal('/no/such/folder')).toBe('bad_project project /no/such/folder: there is no such folder');
    });

    test('that is a file', async () => {
        const file = join(folderWith({ 'a.txt': '' }), 'a.txt');
        expect(await refusal(file)).toBe(`bad_project project ${file}: this is a file, not a folder`);
    });

    test('that is no project', async () => {
        const folder = folderWith({ 'readme.md': '' });
        expect(await refusal(folder)).toBe(
            `bad_project project ${folder}: no Mage project, there is neither a pipelines folder nor a metadata.yaml in it`,
        );
    });

    test('with a pipelines folder in which there is nothing', async () => {
        const folder = folderWith({ 'pipelines/__init__.py': '' });
        expect(get(await createSimulator({ project: folder }), '/api/pipelines').pipelines).toEqual([]);
    });

    test('with files that are no text', async () => {
        const bytes = new Uint8Array([0x61, 0x3a, 0xff]);
        const folder = folderWith({
            'metadata.yaml': bytes,
            'pipelines/p/metadata.yaml': pipeline(),
            'pipelines/q/metadata.yaml': bytes,
        });
        const sim = await createSimulator({ project: folder });
        expect(get(sim, '/api/pipelines').pipelines.length).toBe(1);
        expect(sim.notes[0]).toBe('metadata.yaml: not UTF-8 text; here it is as if the file were empty');
        expect(sim.notes[1]).toBe('pipelines/q/metadata.yaml: not UTF-8 text');
        writeFileSync(join(folder, 'runsim.json'), bytes);
        expect(await refusal(folder)).toBe('bad_project runsim.json: not UTF-8 text');
    });
});
