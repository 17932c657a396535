import { realpathSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { argumentError, messageOf } from '../base/errors.js';

export interface PageFile {
    headers: Readonly<Record<string, string>>;
    body: Uint8Array;
}

const contentTypes: Readonly<Record<string, string>> = {
    '.css': 'text/css; charset=utf-8',
    '.html': 'text/html; charset=utf-8',
    '.ico': 'image/x-icon',
    '.js': 'text/javascript; charset=utf-8',
    '.json': 'application/json; charset=utf-8',
    '.map': 'application/json; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.txt': 'text/plain; charset=utf-8',
    '.wasm': 'application/wasm',
    '.webmanifest': 'application/manifest+json',
    '.woff2': 'font/woff2',
};

/** Everything from this server, nothing inline; WebAssembly may be compiled. */
export const contentSecurityPolicy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
].join('; ');

/** The files of a static page below one folder, read anew each time. */
export class PageFiles {
    readonly #root: string;

    /** Throws `bad_argument` unless the folder holds an index.html. */
    constructor(folder: string) {
        try {
            this.#root = realpathSync(folder);
            realpathSync(join(this.#root, 'index.html'));
        } catch (thrown) {
            throw argumentError('page', `${folder} is not a built page: it has no index.html`, thrown);
        }
    }

    /**
     * The file that a request target names, or undefined. `/` is index.html. Nothing outside the folder is found,
     * through links neither.
     */
    async find(target: string): Promise<PageFile | undefined> {
        const path = pathOf(target);
        if (path === undefined) return undefined;
        try {
            const file = await realpath(join(this.#root, path));
            if (!file.startsWith(this.#root + sep) || !(await stat(file)).isFile()) return undefined;
            const body = await readFile(file);
            return { headers: headersOf(file), body: extname(file) === '.html' ? asServed(body) : body };
        } catch (thrown) {
            const { code } = thrown as NodeJS.ErrnoException;
            if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
            throw new Error(`page file ${path}: ${messageOf(thrown)}`, { cause: thrown });
        }
    }
}

/** The path below the folder; undefined when it would lead astray. */
function pathOf(target: string): string | undefined {
    const [raw = ''] = target.split(/[?#]/, 1);
    if (!raw.startsWith('/')) return undefined;
    let path: string;
    try {
        path = decodeURIComponent(raw);
    } catch {
        return undefined;
    }
    if (/[\\\0]/.test(path) || path.split('/').some((part) => part.startsWith('.'))) return undefined;
    return path.endsWith('/') ? `${path}index.html` : path;
}

/** Tells the page that the server it came from has a world, too (web/index.html). */
const asServed = (html: Buffer): Buffer =>
    Buffer.from(html.toString().replace(/(<meta name="runsim-server" content=)"none"/, '$1"here"'));

function headersOf(file: string): Record<string, string> {
    return {
        'Content-Type': contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream',
        'Cache-Control': 'no-cache', // the Etag makes a second look cheap
        'Content-Security-Policy': contentSecurityPolicy,
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
    };
}
