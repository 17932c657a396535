import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** What a real server answered, by target (recorded/README.md). */
export interface Recording {
    /** The server's clock at the end. */
    date: string;
    /** The targets whose answers an imported world must give, too. */
    compared: string[];
    answers: Record<string, string>;
}

export const recordingOf = (dialect: string): Recording =>
    JSON.parse(readFileSync(new URL(`recorded/${dialect}.json`, import.meta.url), 'utf8')) as Recording;

const servers: Server[] = [];
afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Serves until the end of the test. Returns the address. */
export async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that gives the recorded answers, and refuses everything else. `change` may replace the text of an answer. */
export function replaying(
    { date, answers }: Recording,
    change: (target: string, text: string) => string = (_, text) => text,
): Promise<string> {
    return listening(({ method, url = '' }, response) => {
        const text = method === 'GET' ? answers[url] : undefined;
        response.writeHead(text === undefined ? 500 : 200, { 'Content-Type': 'application/json', Date: date });
        response.end(text === undefined ? `{"unexpected": "${method} ${url}"}` : change(url, text));
    });
}
