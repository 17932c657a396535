import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentError, describe, messageOf, RunsimError } from '../base/errors.js';
import { foldersOfCode, hints, isProject, isProjectFile, type LoadedProject, projectOfFolder } from './files.js';

const codeOf = (thrown: unknown): string | undefined => (thrown as NodeJS.ErrnoException | undefined)?.code;

const why = (thrown: unknown): string =>
    ({
        ENOENT: 'there is no such folder',
        ENOTDIR: 'this is a file, not a folder',
        EACCES: 'no permission to read it',
    })[codeOf(thrown) ?? ''] ?? messageOf(thrown);

/** The names in a folder, in order; none where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
    try {
        return (await readdir(folder)).sort();
    } catch (thrown) {
        if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return [];
        throw thrown;
    }
}

async function isFolder(path: string): Promise<boolean> {
    try {
        return (await stat(path)).isDirectory();
    } catch {
        return false;
    }
}

/** The files below a folder of the project that concern the simulation, in order: a block may lie in a folder of its own. */
async function filesBelow(project: string, at: string, levels = 10): Promise<string[]> {
    const found: string[] = [];
    for (const name of await namesIn(join(project, at))) {
        const path = `${at}/${name}`;
        if (isProjectFile(path)) found.push(path);
        else if (levels > 0 && !name.includes('.') && name !== '__pycache__')
            found.push(...(await filesBelow(project, path, levels - 1)));
    }
    return found;
}

/** A Mage project folder as a project document. Throws `bad_project`, with every mistake in its own line. */
export async function readProjectFolder(from: URL | string): Promise<LoadedProject> {
    const scheme = /^([a-z][a-z+.-]+):/i.exec(String(from))?.[1];
    if (scheme !== undefined && scheme !== 'file') {
        const path = describe(String(from));
        throw argumentError(
            'project',
            `${path} is not a folder of this machine; fetch the files, and pass their texts as { files }`,
        );
    }
    const folder = resolve(from instanceof URL || /^file:/.test(from) ? fileURLToPath(from) : from);
    try {
        if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
        await readdir(folder);
    } catch (thrown) {
        throw new RunsimError('bad_project', `project ${folder}: ${why(thrown)}`, {
            cause: thrown,
            argument: 'project',
        });
    }
    const pipelines = (await namesIn(join(folder, 'pipelines'))).map((uuid) => `pipelines/${uuid}`);
    const candidates = [
        'metadata.yaml',
        'global_data_products.yaml',
        'runsim.json',
        ...hints,
        ...pipelines.flatMap((at) => [`${at}/metadata.yaml`, `${at}/triggers.yaml`]),
    ];
    for (const at of [...foldersOfCode, 'custom_templates']) candidates.push(...(await filesBelow(folder, at)));
    const files: Record<string, string> = {};
    const unreadable: Record<string, string> = {};
    for (const path of candidates.filter(isProjectFile)) {
        try {
            files[path] = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(join(folder, path)));
        } catch (thrown) {
            if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR' || codeOf(thrown) === 'EISDIR') continue;
            unreadable[path] = thrown instanceof TypeError ? 'not UTF-8 text' : messageOf(thrown);
        }
    }
    if (unreadable['runsim.json'] !== undefined)
        throw new RunsimError('bad_project', `runsim.json: ${unreadable['runsim.json']}`);
    if (pipelines.length === 0 && !isProject(files) && !(await isFolder(join(folder, 'pipelines')))) {
        throw new RunsimError(
            'bad_project',
            `project ${folder}: no Mage project, there is neither a pipelines folder nor a metadata.yaml in it`,
            { argument: 'project' },
        );
    }
    // A folder without any code holds a project for the simulation alone.
    const hasCode = Object.keys(files).some((path) => foldersOfCode.some((at) => path.startsWith(`${at}/`)));
    const isThere = (path: string): Promise<boolean> =>
        stat(join(folder, path)).then(
            (found) => found.isFile(),
            () => false,
        );
    return projectOfFolder({ name: basename(folder), files, unreadable, ...(hasCode ? { isThere } : {}) });
}
