// Sizes of files as they are sent.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const packers = {
    raw: (content) => content,
    gzip: (content) => gzipSync(content, { level: 9 }),
    brotli: (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
};

export const filesBelow = (folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`);

/** A row for each way to send the files together. */
export const sizeRows = (name, files) =>
    Object.entries(packers).map(([how, pack]) => ({
        name: `${name}, ${how}`,
        where: 'files',
        value: files.reduce((sum, file) => sum + pack(readFileSync(file)).length, 0) / 1000,
        unit: 'kB',
    }));

/** A row for each file, by brotli. Bundlers put a hash into a name: it is left out. */
export const fileRows = (name, files) =>
    files.map((file) => ({
        name: `${name}: ${basename(file).replace(/-[\w-]{8}(?=\.\w+$)/, '')}, brotli`,
        where: 'files',
        value: packers.brotli(readFileSync(file)).length / 1000,
        unit: 'kB',
    }));
