// Requests to a world, and its answers.
import type { ErrorEnvelope } from 'runsim/api';
import type { World } from './world';

export interface Answer {
    status: number;
    text: string;
    // Undefined if the text is not JSON.
    json: unknown;
}

// An answer that is an error. The real server reports errors with HTTP 200: the code is that of the body.
export class Refusal extends Error {
    constructor(
        readonly code: number,
        message: string,
    ) {
        super(message);
    }
}

let questions = new AbortController();

// The same world, of which nothing more is asked after `askNoMore`.
export const asked = (world: World): World => {
    const { signal } = questions;
    return { ...world, fetch: (target, init) => world.fetch(target, { ...init, signal }) };
};

// Gives up what is being asked: in another world the same questions are mistakes, which the browser would report.
export function askNoMore(): void {
    questions.abort();
    questions = new AbortController();
}

export async function send(world: World, method: string, target: string, body?: string): Promise<Answer> {
    const init = body === undefined ? { method } : { method, body, headers: { 'Content-Type': 'application/json' } };
    const response = await world.fetch(target, init);
    const text = await response.text();
    try {
        return { status: response.status, text, json: JSON.parse(text) };
    } catch {
        return { status: response.status, text, json: undefined };
    }
}

export const errorOf = (json: unknown): ErrorEnvelope['error'] | undefined =>
    typeof json === 'object' && json !== null && 'error' in json ? (json as ErrorEnvelope).error : undefined;

// What an error says. Of an internal error the exception says it all.
export const errorWords = (error: ErrorEnvelope['error']): string =>
    'exception' in error ? error.exception : error.message;

// The JSON of an answer that is no error.
async function answered<T>(world: World, method: string, target: string, body?: string): Promise<T> {
    const { status, text, json } = await send(world, method, target, body);
    if (json === undefined)
        throw new Refusal(status, `${method} ${target}: the server answered ${status} ${text.slice(0, 200)}`);
    const error = errorOf(json);
    if (error) throw new Refusal(error.code, `${method} ${target}: ${errorWords(error)}`);
    return json as T;
}

export const get = <T>(world: World, target: string): Promise<T> => answered(world, 'GET', target);
export const post = <T>(world: World, target: string, body: unknown): Promise<T> =>
    answered(world, 'POST', target, JSON.stringify(body));

// Null if there is no such row.
export const getIfThere = <T>(world: World, target: string): Promise<T | null> =>
    get<T>(world, target).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 404) return null;
        throw error;
    });

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
