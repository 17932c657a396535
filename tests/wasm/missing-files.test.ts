import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSimulator } from 'runsim';
import { afterEach, describe, expect, test } from 'vitest';
import { get } from './world.ts';

const block = (uuid: string, members = ''): string =>
    `- {uuid: ${uuid}, name: ${uuid}, type: custom, language: python, upstream_blocks: [], downstream_blocks: []${members}}`;

const files = {
    'metadata.yaml': 'project_uuid: x\n',
    'pipelines/p/metadata.yaml': [
        'uuid: p',
        'type: python',
        'blocks:',
        block('there'),
        block('gone'),
        block('copy', ', replicated_block: gone'),
        block('fine', ', replicated_block: there'),
        block('sub/there'),
        block('sub/gone'),
        block('elsewhere', ', configuration: {file_path: custom/there.py}'),
        block('nowhere', ', configuration: {file_source: {path: custom/there.py}}'),
        block('named', ', configuration: {file_path: custom/nope.py}'),
        block('query').replace('python', 'sql'),
        block('product').replace('type: custom', 'type: global_data_product'),
        block('text').replace('type: custom', 'type: markdown'),
        'conditionals:',
        block('gate').replace('type: custom', 'type: conditional'),
        'widgets:',
        block('chart').replace('type: custom', 'type: chart'),
    ].join('\n'),
};
const code = { 'custom/there.py': 'x = 1\n', 'custom/sub/there.py': 'x = 2\n' };

const folders: string[] = [];
afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const folderOf = (content: Record<string, string>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'runsim-missing-'));
    folders.push(folder);
    for (const [path, text] of Object.entries(content)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
    }
    return folder;
};

const missingIn = async (project: string | object): Promise<string[]> => {
    const sim = await createSimulator({ project: project as string });
    const { notes } = get(sim, '/__sim/project').project as { notes: string[] };
    return notes.flatMap(
        (note) => /block "(.*)": there is no file (.*): its runs fail/.exec(note)?.slice(1, 3).join(' ') ?? [],
    );
};

describe('[L8] a block whose file is not there', () => {
    test('is found in a folder that holds the code of any block', async () => {
        expect(await missingIn(folderOf({ ...files, ...code }))).toEqual([
            'gone custom/gone.py',
            'copy custom/gone.py',
            'sub/gone custom/sub/gone.py',
            'nowhere custom/nowhere.py',
            'named custom/nope.py',
        ]);
    });
    test('is shown in the detail of its pipeline, whatever its language (real-projects.md A2)', async () => {
        const sim = await createSimulator({ project: folderOf({ ...files, ...code }) });
        const { pipeline } = get(sim, '/api/pipelines/p');
        const shown = [...pipeline.blocks, ...pipeline.conditionals, ...pipeline.widgets];
        expect(shown.flatMap(({ uuid, error }) => (error ? [uuid] : []))).toEqual([
            'gone',
            'sub/gone',
            'nowhere',
            'named',
            'query',
            'text',
            'gate',
        ]);
    });
    test('is not looked for in a folder without code, or where no folder is', async () => {
        expect(await missingIn(folderOf(files))).toEqual([]);
        expect(await missingIn({ files: { ...files, ...code } })).toEqual([]);
    });
    test('may be named by whoever brings a project as JSON', async () => {
        const metadata = { blocks: [{ uuid: 'a', type: 'custom', upstream_blocks: [], downstream_blocks: [] }] };
        expect(await missingIn({ pipelines: [{ uuid: 'p', metadata, missing: { a: 'custom/a.py' } }] })).toEqual([
            'a custom/a.py',
        ]);
    });
});

describe('[L6] global_data_products.yaml', () => {
    const pipeline = `
uuid: p
type: python
blocks:
- {uuid: need, name: need, type: global_data_product, upstream_blocks: [], downstream_blocks: [], configuration: {global_data_product: {uuid: prod}}}
`;
    const notesOf = async (products: string | undefined): Promise<string[]> => {
        const project = { files: { ...files, 'pipelines/p/metadata.yaml': pipeline } };
        if (products !== undefined) Object.assign(project.files, { 'global_data_products.yaml': products });
        const sim = await createSimulator({ project });
        return (get(sim, '/__sim/project').project as { notes: string[] }).notes;
    };
    test('is read', async () => {
        expect(await notesOf('prod: {object_type: pipeline, object_uuid: p}\n')).toEqual([]);
        expect(await notesOf(undefined)).toEqual([
            'pipelines/p/metadata.yaml: block "need": there is no global data product "prod": its runs fail, as in Mage',
        ]);
    });
    test('is not the end of the project if it is no YAML', async () => {
        expect((await notesOf('prod: [\n'))[0]).toMatch(/^global_data_products\.yaml: "line 2, column 1: /);
    });
});
