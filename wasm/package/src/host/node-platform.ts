import { readFile } from 'node:fs/promises';
import { messageOf } from '../base/errors.js';
import { readProjectFolder } from '../project/folder.js';
import type { Platform } from './module.js';

async function read(address: URL | string): Promise<BufferSource> {
    const text = String(address);
    if (/^https?:/i.test(text)) {
        const response = await fetch(text);
        if (!response.ok) throw new Error(`the server answered ${response.status}`);
        return response.arrayBuffer();
    }
    try {
        return new Uint8Array(await readFile(/^file:/i.test(text) ? new URL(text) : text));
    } catch (thrown) {
        const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
        throw new Error(missing ? 'there is no such file' : messageOf(thrown), { cause: thrown });
    }
}

/** Its disk is near: the module is whole. */
const shipped = { module: new URL('../runsim.wasm', import.meta.url) };

export const node: Platform = { shipped, read, readProjectFolder };
