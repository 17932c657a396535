import { argumentError, badArgument, checkKeys, RunsimError } from '../base/errors.js';
import { isTooDeep, jsonText, mostLevels, plainJson } from '../base/json-text.js';
import { describeDuplicateKey, describeJsonMistake } from './json-mistake.js';
import type { YamlResult } from './yaml.js';
import { markedDate } from './yaml-date.js';

/** A project whose every file is at hand as text: a folder without a disk. */
export interface ProjectFiles {
    /** What the folder would be called (default `"project"`): the server calls its path `/home/src/<name>`. */
    name?: string;
    /**
     * Texts by their path in the project, `/` between folders: `metadata.yaml`, `pipelines/<uuid>/metadata.yaml`,
     * `pipelines/<uuid>/triggers.yaml`, `global_data_products.yaml`, `runsim.json`, the code of blocks
     * (`data_loaders/<uuid>.py` and so on), which the API shows and nothing runs, and templates
     * (`custom_templates/blocks/<name>/metadata.yaml` and the code beside it,
     * `custom_templates/pipelines/<name>/metadata.yaml`). `settings.yaml` and the files of the server's environment
     * (`.env`, `Dockerfile`, `docker-compose.yml`) are looked at for what is not simulated. Other files are not read.
     */
    files: Readonly<Record<string, string>>;
}

/** A folder below custom_templates/pipelines. */
export interface PipelineTemplateJson {
    /** Its path below that folder. */
    uuid: string;
    /** Its metadata.yaml. */
    metadata: object;
}

/** A folder below custom_templates/blocks. */
export interface BlockTemplateJson extends PipelineTemplateJson {
    /** The code of the block. */
    content?: string;
}

/** A project as JSON: what its YAML files say, as JavaScript values. */
export interface ProjectJson {
    /** What the folder would be called (default `"project"`). */
    name?: string;
    /** metadata.yaml. */
    metadata?: object;
    pipelines: ReadonlyArray<{
        uuid: string;
        /** pipelines/<uuid>/metadata.yaml. */
        metadata: object;
        /** pipelines/<uuid>/triggers.yaml. */
        triggers?: object;
        /** The code of blocks, by their uuid: the API shows it, and nothing runs it. */
        content?: Readonly<Record<string, string>>;
        /** Blocks whose file is not there, by their uuid, with its path: their runs fail, as in Mage. */
        missing?: Readonly<Record<string, string>>;
    }>;
    /** global_data_products.yaml. */
    global_data_products?: object;
    /** The folders of custom_templates/, in the order in which Mage lists them. */
    custom_templates?: {
        blocks?: readonly BlockTemplateJson[];
        pipelines?: readonly PipelineTemplateJson[];
    };
    /** runsim.json: how blocks behave and how the world begins. */
    runsim?: object;
}

export type ProjectObject = ProjectFiles | ProjectJson;

/**
 * A project that could be read: the JSON text for the core, still without options, and what the host must know of it.
 */
export interface LoadedProject {
    document: string;
    /** runsim.json decides at which instant the world begins. */
    namesStart: boolean;
}

/** Where the code of blocks lies, by their type. */
const codeFolders: Readonly<Record<string, string>> = {
    callback: 'callbacks',
    chart: 'charts',
    conditional: 'conditionals',
    custom: 'custom',
    data_exporter: 'data_exporters',
    data_loader: 'data_loaders',
    dbt: 'dbts',
    markdown: 'markdowns',
    scratchpad: 'scratchpads',
    sensor: 'sensors',
    transformer: 'transformers',
};
const codeEndings: Readonly<Record<string, string>> = {
    python: 'py',
    sql: 'sql',
    r: 'r',
    yaml: 'yaml',
    markdown: 'md',
};

/** @internal The folders that hold the code of blocks. */
export const foldersOfCode: readonly string[] = Object.values(codeFolders);

const endings = Object.values(codeEndings).join('|');
const codeFile = new RegExp(`^(?:${foldersOfCode.join('|')})/.+\\.(?:${endings})$`);
/** A file of a template: the kind, and the template's path below the folder of that kind. Mage passes over some folders. */
const templateFile = new RegExp(
    `^custom_templates/(blocks|pipelines)/(?!(?:.*/)?(?:\\.[^/]*|__pycache__|env|venv)/)(.+)/[^/]*\\.(?:${endings})$`,
);

/** @internal The files beside metadata.yaml that ask for what is not simulated. */
export const hints: readonly string[] = [
    'settings.yaml',
    '.env',
    'Dockerfile',
    'docker-compose.yml',
    'docker-compose.yaml',
];

/** A file that concerns the simulation; others need not be read. */
export const isProjectFile = (path: string): boolean =>
    /^(?:metadata\.yaml|global_data_products\.yaml|runsim\.json|pipelines\/[^/]+\/(?:metadata|triggers)\.yaml)$/.test(
        path,
    ) ||
    hints.includes(path) ||
    codeFile.test(path) ||
    templateFile.test(path);

interface BlockEntry {
    uuid?: unknown;
    type?: unknown;
    language?: unknown;
    replicated_block?: unknown;
    configuration?: { file_path?: unknown } | null;
}

const listOf = (metadata: string, list: string): Array<BlockEntry | null> => {
    const entries = (JSON.parse(metadata) as Record<string, unknown> | null)?.[list];
    return Array.isArray(entries) ? (entries as Array<BlockEntry | null>) : [];
};

/** Where the code of a block lies in its project. Undefined: such blocks have none. */
export function codePath({ uuid, type, language }: BlockEntry): string | undefined {
    if (typeof uuid !== 'string' || typeof type !== 'string') return undefined;
    const folder = codeFolders[type];
    const ending = codeEndings[typeof language === 'string' ? language : 'python'];
    return folder && ending ? `${folder}/${uuid}.${ending}` : undefined;
}

/** Where the code of a block lies, also where its entry names a file itself: after a rename Mage writes it there. */
function pathOfCode(block: BlockEntry): string | undefined {
    const named = block.configuration?.file_path;
    const own = codePath(block);
    return own !== undefined && typeof named === 'string' && named !== '' ? named : own;
}

/** The blocks of a pipeline that have no file, by uuid, with its path, as JSON text; undefined: there is none. */
async function missingOf(metadata: string, isThere: (path: string) => Promise<boolean>): Promise<string | undefined> {
    const missing: Record<string, string> = {};
    for (const list of ['blocks', 'callbacks', 'conditionals']) {
        for (const block of listOf(metadata, list)) {
            if (block === null || block.replicated_block || block.type === 'dbt') continue;
            const path = pathOfCode(block);
            if (path === undefined || path.startsWith('/') || (await isThere(path))) continue;
            missing[block.uuid as string] = path;
        }
    }
    return Object.keys(missing).length > 0 ? jsonText(missing) : undefined;
}

/** The code of a pipeline's blocks, by their uuid, as JSON text; undefined: there is none. */
function codeOf(metadata: string, files: Readonly<Record<string, string>>): string | undefined {
    const code: Record<string, string> = {};
    for (const list of ['blocks', 'callbacks', 'conditionals', 'widgets']) {
        for (const block of listOf(metadata, list)) {
            const path = pathOfCode(block ?? {});
            if (block === null || path === undefined) continue;
            const text = files[path];
            if (text !== undefined) code[String(block.uuid)] = text;
        }
    }
    return Object.keys(code).length > 0 ? jsonText(code) : undefined;
}

/** What is given over what the project says; instants in microseconds. */
export interface ProjectOptions {
    mage?: string;
    seed?: number;
    start?: number;
    dialect?: string;
    auth?: boolean;
}

/** The project document with its options (the contract with core/sim). */
export function documentWith(project: LoadedProject, options: ProjectOptions): string {
    return `${project.document.slice(0, -1)},"options":${plainJson(jsonText(options))}}`;
}

interface PipelineParts {
    uuid: string;
    metadata: string | undefined;
    triggers: string | undefined;
    content: string | undefined;
    missing: string | undefined;
    /** What is wrong with a file that is no YAML, by its name. */
    unreadable?: { metadata?: string; triggers?: string };
}

interface ProjectParts {
    name: string;
    metadata: string;
    pipelines: PipelineParts[];
    global_data_products: string | undefined;
    custom_templates: string | undefined;
    runsim: string | undefined;
    namesStart: boolean;
    notes?: string[];
}

/** An object of values that are JSON text already; those that are undefined are left out. */
function jsonObject(fields: Record<string, string | undefined>): string {
    const present = Object.entries(fields).filter(([, text]) => text !== undefined);
    return `{${present.map(([key, text]) => `"${key}":${text}`).join(',')}}`;
}

function assemble({ name, metadata, pipelines, namesStart, notes = [], ...others }: ProjectParts): LoadedProject {
    const inOrder = [...pipelines].sort((a, b) => (a.uuid < b.uuid ? -1 : a.uuid > b.uuid ? 1 : 0));
    const texts = inOrder.map(({ uuid, unreadable, ...rest }) =>
        jsonObject({
            uuid: jsonText(uuid),
            ...rest,
            unreadable: unreadable && Object.keys(unreadable).length > 0 ? jsonText(unreadable) : undefined,
        }),
    );
    const document = jsonObject({
        name: jsonText(name),
        metadata,
        pipelines: `[${texts.join(',')}]`,
        ...others,
        notes: notes.length > 0 ? jsonText(notes) : undefined,
    });
    return { document: plainJson(document), namesStart };
}

const hasStart = (runsim: unknown): boolean => {
    const { start, rows } = (runsim ?? {}) as { start?: unknown; rows?: unknown };
    return start !== undefined || rows !== undefined; // a world of rows begins at the newest of their dates
};

/** global_data_products.yaml as JSON text; a JSON string with what is wrong with it, which is not the project's end. */
function dataProducts(readYaml: (text: string) => YamlResult, text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    const result = readYaml(text);
    return 'json' in result ? result.json : jsonText(result.mistakes.join('; '));
}

/** Folder by folder, and in a folder its files and folders by name: as Mage walks through them. */
function compareSteps(a: readonly string[], b: readonly string[]): number {
    const at = a.findIndex((step, index) => step !== b[index]);
    return at < 0 ? a.length - b.length : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}

/** Where the code of a block's template lies: `file` with the ending of its language. */
function codeOfTemplate(metadata: string, file: string): string | undefined {
    const content = JSON.parse(metadata) as {
        language?: unknown;
        custom_block_template?: { language?: unknown };
    } | null;
    const { language } = content?.custom_block_template ?? content ?? {};
    const ending = typeof language === 'string' ? codeEndings[language] : undefined;
    return ending && `${file}.${ending}`;
}

/** The templates among the files as JSON text, in Mage's order: that of the first file of each. Undefined: there is none. */
function templatesOf(
    readYaml: (text: string) => YamlResult,
    files: Readonly<Record<string, string>>,
    unreadable: Readonly<Record<string, string>>,
): string | undefined {
    const templates: Record<string, Map<string, string>> = { blocks: new Map(), pipelines: new Map() };
    const paths = Object.keys({ ...files, ...unreadable }).filter((path) => templateFile.test(path));
    const inOrder = paths.map((path) => path.split('/')).sort(compareSteps);
    for (const path of inOrder.map((steps) => steps.join('/'))) {
        const [, kind = '', uuid = ''] = templateFile.exec(path) ?? [];
        const folder = `custom_templates/${kind}/${uuid}`;
        const file = `${folder}/metadata.yaml`;
        const text = files[file];
        if (templates[kind]?.has(uuid) !== false || (text === undefined && unreadable[file] === undefined)) continue;
        const result: YamlResult = text === undefined ? { mistakes: [unreadable[file] ?? ''] } : readYaml(text);
        const entry: Record<string, string | undefined> = { uuid: jsonText(uuid) };
        if ('json' in result) {
            entry.metadata = result.json;
            const path = kind === 'blocks' ? codeOfTemplate(result.json, `${folder}/${uuid}`) : undefined;
            const code = path === undefined ? undefined : files[path];
            entry.content = code === undefined ? undefined : jsonText(code);
        } else {
            entry.unreadable = jsonText(result.mistakes.join('; '));
        }
        templates[kind].set(uuid, jsonObject(entry));
    }
    const lists = Object.entries(templates).map(([kind, found]) => [
        kind,
        found.size > 0 ? `[${[...found.values()].join(',')}]` : undefined,
    ]);
    const text = jsonObject(Object.fromEntries(lists));
    return text === '{}' ? undefined : text;
}

/** What these files ask for that is not simulated. */
function notesOfHints(files: Readonly<Record<string, string>>): string[] {
    const notes: string[] = [];
    if (files['settings.yaml'] !== undefined) {
        notes.push(
            'settings.yaml: projects within a project (project platform) are not simulated: only the pipelines of this folder itself are here',
        );
    }
    for (const path of hints) {
        if (/^[^#\n]*\bDYNAMIC_BLOCKS_VERSION['"]?\s*[=:\s]\s*['"]?[2-9]/m.test(files[path] ?? '')) {
            notes.push(
                `${path}: DYNAMIC_BLOCKS_VERSION: version 2 of dynamic blocks is not simulated: they work as in version 1`,
            );
        }
    }
    return notes;
}

/** metadata.yaml of a project, which Mage renders as a Jinja template before it reads it as YAML. */
async function readMetadata(text: string | undefined, notes: string[]): Promise<string> {
    const note = (complaint: string): void => void notes.push(`metadata.yaml: ${complaint}`);
    if (text === undefined) return 'null';
    const { readYaml } = await import('./yaml.js');
    let yaml = text;
    if (/\{[{%#]/.test(text)) {
        const { renderTemplate, TemplateMistake } = await import('./jinja.js');
        try {
            const rendered = renderTemplate(text);
            yaml = rendered.text;
            rendered.notes.forEach(note);
        } catch (thrown) {
            if (!(thrown instanceof TemplateMistake)) throw thrown;
            note(`as a Jinja template: ${thrown.message}; here it is as if the file were empty`);
            return 'null';
        }
    }
    const result = readYaml(yaml);
    if ('json' in result) return result.json;
    for (const mistake of result.mistakes)
        note(`${mistake}; a real Mage does not start with it, here it is as if the file were empty`);
    return 'null';
}

/** @internal Whether these files, which hold none of a pipeline, make a project all the same. */
export const isProject = (files: Readonly<Record<string, string>>): boolean =>
    files['metadata.yaml'] !== undefined || files['settings.yaml'] !== undefined;

/** Reads the texts of a project. Throws `bad_project` where there is none, or runsim.json is no JSON. */
export async function projectFromFiles({ name = 'project', files }: ProjectFiles): Promise<LoadedProject> {
    if (!isProject(files) && !Object.keys(files).some((path) => path.startsWith('pipelines/')))
        throw new RunsimError('bad_project', 'pipelines: there is no such folder, and no metadata.yaml either');
    return projectOfFolder({ name, files, unreadable: {} });
}

interface FolderOfFiles {
    name: string;
    files: Readonly<Record<string, string>>;
    /** Files of which there is no text, by their path, and why. */
    unreadable: Readonly<Record<string, string>>;
    /** Whether the project has a file, where that can be asked. */
    isThere?: (path: string) => Promise<boolean>;
}

/** @internal The same where files are known to be there that are no texts. Files that are no YAML are for the core to judge. */
export async function projectOfFolder({ name, files, unreadable, isThere }: FolderOfFiles): Promise<LoadedProject> {
    const { readYaml } = await import('./yaml.js'); // the reader is large: who brings a project as JSON does without
    const mistakes: string[] = [];
    const notes = notesOfHints(files);
    if (unreadable['metadata.yaml'] !== undefined)
        notes.push(`metadata.yaml: ${unreadable['metadata.yaml']}; here it is as if the file were empty`);
    const json = (path: string): { text: string; value: unknown } | undefined => {
        const text = files[path]?.replace(/^\ufeff/, '');
        if (text === undefined) return undefined;
        try {
            const value: unknown = JSON.parse(text);
            const fault = isTooDeep(text) ? `nested deeper than ${mostLevels} levels` : describeDuplicateKey(text);
            if (fault === undefined) return { text, value };
            mistakes.push(`${path}: ${fault}`);
        } catch {
            mistakes.push(`${path}: ${describeJsonMistake(text)}`);
        }
        return undefined;
    };
    const pipelines: PipelineParts[] = [];
    for (const path of Object.keys({ ...files, ...unreadable })) {
        const uuid = /^pipelines\/([^/]+)\/metadata\.yaml$/.exec(path)?.[1];
        if (uuid === undefined) continue;
        const faults: NonNullable<PipelineParts['unreadable']> = {};
        const read = (file: 'metadata' | 'triggers', dates: 'texts' | 'marked'): string | undefined => {
            const path = `pipelines/${uuid}/${file}.yaml`;
            const text = files[path];
            if (unreadable[path] !== undefined) faults[file] = unreadable[path];
            const result = text === undefined ? undefined : readYaml(text, dates);
            if (result === undefined) return undefined;
            if ('json' in result) return result.json;
            faults[file] = result.mistakes.join('; ');
            return undefined;
        };
        const metadata = read('metadata', 'texts');
        const triggers = read('triggers', 'marked');
        const content = metadata && codeOf(metadata, files);
        const missing = metadata && isThere ? await missingOf(metadata, isThere) : undefined;
        pipelines.push({ uuid, metadata, triggers, content, missing, unreadable: faults });
    }
    const runsim = json('runsim.json');
    if (mistakes.length > 0) throw new RunsimError('bad_project', mistakes.join('\n'));
    return assemble({
        name,
        metadata: await readMetadata(files['metadata.yaml'], notes),
        pipelines,
        global_data_products: dataProducts(readYaml, files['global_data_products.yaml']),
        custom_templates: templatesOf(readYaml, files, unreadable),
        runsim: runsim?.text,
        namesStart: hasStart(runsim?.value),
        notes,
    });
}

/** JSON text of a value from outside; a value that JSON cannot hold is the caller's mistake. */
function toJson(name: string, value: unknown): string {
    let text: string | undefined;
    try {
        text = JSON.stringify(value);
    } catch {
        // a circle, or a bigint
    }
    if (text === undefined) throw badArgument(name, value, 'a value that JSON can hold');
    return text;
}

const optionalJson = (name: string, value: unknown): string | undefined =>
    value === undefined ? undefined : toJson(name, value);

/** The dates of triggers are marked as those of a YAML file are. */
function withDates(triggers: unknown): unknown {
    const list: unknown = (triggers as { triggers?: unknown } | null)?.triggers;
    if (!Array.isArray(list)) return triggers;
    const marked = (trigger: unknown): unknown => {
        if (typeof trigger !== 'object' || trigger === null) return trigger;
        const dates = ['start_time', 'last_enabled_at'].filter((key) => key in trigger);
        return { ...trigger, ...Object.fromEntries(dates.map((key) => [key, markedDate(dateText(trigger, key))])) };
    };
    return { ...(triggers as object), triggers: list.map(marked) };
}

function dateText(trigger: object, key: string): unknown {
    const value = (trigger as Record<string, unknown>)[key];
    return value instanceof Date ? value.toISOString() : value;
}

function projectFromJson(project: ProjectJson): LoadedProject {
    const { name = 'project', metadata = {}, pipelines, global_data_products, custom_templates, runsim } = project;
    checkKeys('project', project, [
        'name',
        'metadata',
        'pipelines',
        'global_data_products',
        'custom_templates',
        'runsim',
    ]);
    if (pipelines === undefined) {
        throw argumentError('project', 'an object with neither pipelines nor files is no project');
    }
    if (!Array.isArray(pipelines)) throw badArgument('project.pipelines', pipelines, 'an array');
    return assemble({
        name,
        metadata: toJson('project.metadata', metadata),
        pipelines: (pipelines as NonNullable<ProjectJson['pipelines']>).map((pipeline, index) => {
            const place = `project.pipelines[${index}]`;
            checkKeys(place, pipeline, ['uuid', 'metadata', 'triggers', 'content', 'missing']);
            if (typeof pipeline.uuid !== 'string') throw badArgument(`${place}.uuid`, pipeline.uuid, 'a text');
            const { triggers, content, missing } = pipeline;
            return {
                uuid: pipeline.uuid,
                metadata: toJson(`${place}.metadata`, pipeline.metadata),
                triggers: triggers === undefined ? undefined : toJson(`${place}.triggers`, withDates(triggers)),
                content: optionalJson(`${place}.content`, content),
                missing: optionalJson(`${place}.missing`, missing),
            };
        }),
        global_data_products: optionalJson('project.global_data_products', global_data_products),
        custom_templates: optionalJson('project.custom_templates', custom_templates),
        runsim: optionalJson('project.runsim', runsim),
        namesStart: hasStart(runsim),
    });
}

/** A project given as an object, in either form. */
export async function projectFromObject(project: unknown): Promise<LoadedProject> {
    if (typeof project !== 'object' || project === null) {
        throw badArgument('project', project, 'a project: an object with metadata and pipelines, or with files');
    }
    const { name } = project as ProjectObject;
    if (name !== undefined && (typeof name !== 'string' || !/^[^/\\\0]+$/.test(name))) {
        throw badArgument('project.name', name, 'the name of a folder');
    }
    if (!('files' in project)) return projectFromJson(project as ProjectJson);
    checkKeys('project', project, ['name', 'files']);
    const { files } = project as unknown as ProjectFiles;
    if (typeof files !== 'object' || files === null)
        throw badArgument('project.files', files, 'an object of texts by path');
    for (const [path, text] of Object.entries(files)) {
        if (typeof text !== 'string') throw badArgument(`project.files[${JSON.stringify(path)}]`, text, 'a text');
    }
    return projectFromFiles(project as unknown as ProjectFiles);
}
