import { argumentError, badArgument, checkKeys, RunsimError } from '../base/errors.js';
import { isTooDeep, jsonText, mostLevels, plainJson } from '../base/json-text.js';
import { describeDuplicateKey, describeJsonMistake } from './json-mistake.js';

/** A project whose every file is at hand as text: a folder without a disk. */
export interface ProjectFiles {
    /** What the folder would be called (default `"project"`): the server calls its path `/home/src/<name>`. */
    name?: string;
    /**
     * Texts by their path in the project, `/` between folders: `metadata.yaml`, `pipelines/<uuid>/metadata.yaml`,
     * `pipelines/<uuid>/triggers.yaml`, `runsim.json`, and the code of blocks (`data_loaders/<uuid>.py` and so on),
     * which the API shows and nothing runs. Other files are not read.
     */
    files: Readonly<Record<string, string>>;
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
    }>;
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

const codeFile = new RegExp(`^(?:${foldersOfCode.join('|')})/.+\\.(?:${Object.values(codeEndings).join('|')})$`);

/** A file that concerns the simulation; others need not be read. */
export const isProjectFile = (path: string): boolean =>
    /^(?:metadata\.yaml|runsim\.json|pipelines\/[^/]+\/(?:metadata|triggers)\.yaml)$/.test(path) || codeFile.test(path);

interface BlockEntry {
    uuid?: unknown;
    type?: unknown;
    language?: unknown;
}

/** Where the code of a block lies in its project. Undefined: such blocks have none. */
export function codePath({ uuid, type, language }: BlockEntry): string | undefined {
    if (typeof uuid !== 'string' || typeof type !== 'string') return undefined;
    const folder = codeFolders[type];
    const ending = codeEndings[typeof language === 'string' ? language : 'python'];
    return folder && ending ? `${folder}/${uuid}.${ending}` : undefined;
}

/** The code of a pipeline's blocks, by their uuid, as JSON text; undefined: there is none. */
function codeOf(metadata: string, files: Readonly<Record<string, string>>): string | undefined {
    const lists = JSON.parse(metadata) as Record<string, unknown> | null;
    const code: Record<string, string> = {};
    for (const list of ['blocks', 'callbacks', 'conditionals']) {
        const entries = lists?.[list];
        for (const block of Array.isArray(entries) ? (entries as Array<BlockEntry | null>) : []) {
            const path = codePath(block ?? {});
            const text = path === undefined ? undefined : files[path];
            if (text !== undefined) code[String(block!.uuid)] = text;
        }
    }
    return Object.keys(code).length > 0 ? jsonText(code) : undefined;
}

/** What is given over what the project says; instants in microseconds. */
export interface ProjectOptions {
    seed?: number;
    start?: number;
    dialect?: string;
    auth?: boolean;
}

/** The project document with its options (the contract with core/sim). */
export function documentWith(project: LoadedProject, options: ProjectOptions): string {
    return `${project.document.slice(0, -1)},"options":${plainJson(jsonText(options))}}`;
}

interface ProjectParts {
    name: string;
    metadata: string;
    pipelines: Array<{ uuid: string; metadata: string; triggers: string | undefined; content: string | undefined }>;
    runsim: string | undefined;
    namesStart: boolean;
}

/** An object of values that are JSON text already; those that are undefined are left out. */
function jsonObject(fields: Record<string, string | undefined>): string {
    const present = Object.entries(fields).filter(([, text]) => text !== undefined);
    return `{${present.map(([key, text]) => `"${key}":${text}`).join(',')}}`;
}

function assemble({ name, metadata, pipelines, runsim, namesStart }: ProjectParts): LoadedProject {
    const inOrder = [...pipelines].sort((a, b) => (a.uuid < b.uuid ? -1 : a.uuid > b.uuid ? 1 : 0));
    const texts = inOrder.map(({ uuid, metadata: text, triggers, content }) =>
        jsonObject({ uuid: jsonText(uuid), metadata: text, triggers, content }),
    );
    const document = jsonObject({ name: jsonText(name), metadata, pipelines: `[${texts.join(',')}]`, runsim });
    return { document: plainJson(document), namesStart };
}

const hasStart = (runsim: unknown): boolean => {
    const { start, rows } = (runsim ?? {}) as { start?: unknown; rows?: unknown };
    return start !== undefined || rows !== undefined; // a world of rows begins at the newest of their dates
};

/** Reads the texts of a project; throws `bad_project` with every file that is no YAML or JSON. */
export async function projectFromFiles({ name = 'project', files }: ProjectFiles): Promise<LoadedProject> {
    const { readYaml } = await import('./yaml.js'); // the reader is large: who brings a project as JSON does without
    const mistakes: string[] = [];
    const yaml = (path: string): string | undefined => {
        const text = files[path];
        if (text === undefined) return undefined;
        const result = readYaml(text);
        if ('json' in result) return result.json;
        mistakes.push(...result.mistakes.map((mistake) => `${path}: ${mistake}`));
        return 'null';
    };
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
    const metadata = yaml('metadata.yaml');
    if (metadata === undefined) mistakes.push('metadata.yaml: there is no such file, and every Mage project has one');
    const pipelines = Object.keys(files).flatMap((path) => {
        const uuid = /^pipelines\/([^/]+)\/metadata\.yaml$/.exec(path)?.[1];
        if (uuid === undefined) return [];
        const text = yaml(path) ?? 'null';
        const content = mistakes.length === 0 ? codeOf(text, files) : undefined;
        return [{ uuid, metadata: text, triggers: yaml(`pipelines/${uuid}/triggers.yaml`), content }];
    });
    const runsim = json('runsim.json');
    if (mistakes.length > 0) throw new RunsimError('bad_project', mistakes.join('\n'));
    return assemble({
        name,
        metadata: metadata ?? 'null',
        pipelines,
        runsim: runsim?.text,
        namesStart: hasStart(runsim?.value),
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

function projectFromJson(project: ProjectJson): LoadedProject {
    const { name = 'project', metadata = {}, pipelines, runsim } = project;
    checkKeys('project', project, ['name', 'metadata', 'pipelines', 'runsim']);
    if (pipelines === undefined) {
        throw argumentError('project', 'an object with neither pipelines nor files is no project');
    }
    if (!Array.isArray(pipelines)) throw badArgument('project.pipelines', pipelines, 'an array');
    return assemble({
        name,
        metadata: toJson('project.metadata', metadata),
        pipelines: (pipelines as NonNullable<ProjectJson['pipelines']>).map((pipeline, index) => {
            const place = `project.pipelines[${index}]`;
            checkKeys(place, pipeline, ['uuid', 'metadata', 'triggers', 'content']);
            if (typeof pipeline.uuid !== 'string') throw badArgument(`${place}.uuid`, pipeline.uuid, 'a text');
            const { triggers, content } = pipeline;
            return {
                uuid: pipeline.uuid,
                metadata: toJson(`${place}.metadata`, pipeline.metadata),
                triggers: triggers === undefined ? undefined : toJson(`${place}.triggers`, triggers),
                content: content === undefined ? undefined : toJson(`${place}.content`, content),
            };
        }),
        runsim: runsim === undefined ? undefined : toJson('project.runsim', runsim),
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
