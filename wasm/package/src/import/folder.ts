import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError, messageOf } from '../base/errors.js';

/** Throws {@link CommandError} unless a project can be written to `folder`: it must be new, or empty. */
export function checkFolder(folder: string): void {
    let names: string[];
    try {
        names = readdirSync(folder);
    } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw new CommandError(`--out ${folder}: ${messageOf(thrown)}`);
    }
    if (names.length > 0) throw new CommandError(`--out ${folder}: the folder is not empty`);
}

/** Writes files under a folder, all of them or none. */
export function writeFolder(folder: string, files: Readonly<Record<string, string>>): void {
    const target = resolve(folder);
    let made: string | undefined;
    try {
        mkdirSync(dirname(target), { recursive: true });
        made = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(made, path)), { recursive: true });
            writeFileSync(join(made, path), text);
        }
        checkFolder(folder); // much time may have passed
        rmdirIfThere(target);
        renameSync(made, target);
    } catch (thrown) {
        if (made !== undefined) rmSync(made, { recursive: true, force: true });
        if (thrown instanceof CommandError) throw thrown;
        throw new CommandError(`--out ${folder}: ${messageOf(thrown)}`);
    }
}

function rmdirIfThere(folder: string): void {
    try {
        rmdirSync(folder);
    } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    }
}
