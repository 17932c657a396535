import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError, messageOf } from '../base/errors.js';
import { Client, innerToken, stockApiKey } from './client.js';
import { checkFolder, writeFolder } from './folder.js';
import { readServer } from './read-server.js';

/** The options of `runsim import`, as they were given. */
export interface ImportOptions {
    url?: string | undefined;
    out?: string | undefined;
    runs?: string | undefined;
    'api-key'?: string | undefined;
    token?: string | undefined;
    email?: string | undefined;
    variables?: boolean | undefined;
    code?: boolean | undefined;
}

const defaultRuns = 1000;
const mostRuns = 100_000;

function addressOf(url: string | undefined): string {
    if (url === undefined) throw new CommandError('import needs --url, the address of a running Mage server');
    const address = URL.canParse(url) ? new URL(url) : undefined;
    if (address?.protocol !== 'http:' && address?.protocol !== 'https:')
        throw new CommandError(`--url: ${JSON.stringify(url)} is not an address such as http://localhost:6789`);
    return `${address.origin}${address.pathname}`.replace(/\/+$/, '');
}

function countOf(runs: string | undefined): number {
    const count = runs === undefined ? defaultRuns : Number(runs);
    if (Number.isInteger(count) && count >= 1 && count <= mostRuns && runs?.trim() !== '') return count;
    throw new CommandError(`--runs: ${JSON.stringify(runs)} is not a whole number from 1 to ${mostRuns}`);
}

/** From the environment, or typed at the terminal without being shown. */
function passwordOf(email: string): Promise<string> {
    const given = process.env.RUNSIM_PASSWORD;
    if (given !== undefined) return Promise.resolve(given);
    if (!process.stdin.isTTY)
        throw new CommandError('--email needs a password: set RUNSIM_PASSWORD, or type it at a terminal');
    process.stderr.write(`password of ${email}: `);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
    return new Promise<string>((resolve, reject) => {
        lines.once('line', resolve);
        lines.once('close', () => reject(new CommandError('no password was given')));
        lines.once('SIGINT', () => lines.close());
    }).finally(() => {
        lines.close();
        process.stderr.write('\n');
    });
}

/** Reads a running Mage server, and writes a project that plays its history. Progress and notes go to stderr. */
export async function importServer(options: ImportOptions): Promise<void> {
    const url = addressOf(options.url);
    const { out, email, token } = options;
    if (out === undefined) throw new CommandError('import needs --out, the folder to write');
    if (email !== undefined && token !== undefined) throw new CommandError('give --email or --token, not both');
    const runs = countOf(options.runs);
    checkFolder(out);
    const signsIn = email !== undefined || token !== undefined;
    const apiKey = options['api-key'] ?? (signsIn ? stockApiKey : undefined);
    const stranger = new Client(url, { apiKey, token: token === undefined ? undefined : innerToken(token) });
    const client = email === undefined ? stranger : await stranger.signIn(email, await passwordOf(email));
    const say = (text: string): void => console.error(`runsim: ${text}`);
    try {
        const wishes = { runs, values: options.variables ?? false, code: options.code ?? false };
        const files = await readServer(client, signsIn, wishes, {
            progress: say,
            note: (text) => say(`note: ${text}`),
        });
        writeFolder(out, files);
    } finally {
        if (email !== undefined)
            await client.signOut().catch((thrown) => say(`the session stays: ${messageOf(thrown)}`));
    }
    console.log(`runsim wrote ${out}; play it with: runsim serve --project ${out}`);
}
