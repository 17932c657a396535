// Chromium of the system, and a plain file server: what a visitor's machine and a static host are to the page.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

export const kPageFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));

export async function launch(args: string[] = []): Promise<Browser> {
    const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
    const executablePath = process.env.CHROMIUM ?? known.find((path) => existsSync(path));
    if (!executablePath) throw new Error(`no Chromium found (looked at ${known.join(', ')}); set CHROMIUM to its path`);
    return chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', ...args],
    });
}

// What a careful host would send with the page.
export const kStrictPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

const kTypes: Record<string, string> = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.mjs': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
    '.wasm': 'application/wasm',
};

// Serves the built page, or another folder, below `base` ("/any/where/"), but not the files that `missing` names.
export async function serveFolder(
    base: string,
    missing = /^$/,
    folder = kPageFolder,
    headers: Record<string, string> = { 'Content-Security-Policy': kStrictPolicy },
): Promise<{ url: string; server: Server }> {
    const server = createServer((request, response) => {
        const path = new URL(request.url!, 'http://x').pathname;
        const name = path.startsWith(base) ? normalize(path.slice(base.length) || 'index.html') : '..';
        const file = join(folder, name);
        if (name.startsWith('..') || missing.test(name) || !existsSync(file) || !statSync(file).isFile()) {
            response.writeHead(404).end('not found');
            return;
        }
        response.writeHead(200, {
            'Content-Type': kTypes[extname(name)] ?? 'application/octet-stream',
            ...headers,
        });
        response.end(readFileSync(file));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`, server };
}

// Everything that the browser complains about while the page is open.
export function complaints(page: Page): string[] {
    const said: string[] = [];
    page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(String(error)));
    return said;
}
