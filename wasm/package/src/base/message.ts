import { badArgument, checkKeys } from './errors.js';
import { jsonText } from './json-text.js';

/** A request as it stands on the wire: the target still percent-encoded, header names as sent. */
export interface RawRequest {
    /** `GET`, `POST`, ... as sent; the server knows them in capitals only. */
    method: string;
    /** Path and query: `/api/pipeline_runs?_limit=20`. */
    target: string;
    headers?: Readonly<Record<string, string>> | Iterable<readonly [string, string]>;
    /** Bytes, or text that is sent as UTF-8. */
    body?: Uint8Array | string;
}

/** An answer, without what belongs to a wire (`Date`, `Etag`, `Content-Length`, `Server`). */
export interface RawResponse {
    status: number;
    /** In the server's order, under its spelling. */
    headers: Readonly<Record<string, string>>;
    body: Uint8Array;
}

/** The largest body that is read, in bytes (http_message.hpp, kMaxBody). */
export const maxBody = 16 * 1024 * 1024;
/** The largest request head that is read, in bytes (http_message.hpp, kMaxHead). */
export const maxHead = 64 * 1024;

/** What every answer of the API carries (http-api.md 1.3). */
export const corsHeaders = {
    'Access-Control-Allow-Headers': '*',
    'Access-Control-Allow-Methods': 'DELETE, GET, PATCH, POST, PUT, OPTIONS',
    'Access-Control-Allow-Origin': '*',
} as const;

const encoder = new TextEncoder();
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** An answer of the adapter's own, in the API's form. */
export const jsonResponse = (status: number, value: unknown): RawResponse => jsonTextResponse(status, jsonText(value));

/** The same for a value that is JSON text already. */
export function jsonTextResponse(status: number, text: string): RawResponse {
    const headers = { 'Content-Type': 'application/json', ...corsHeaders };
    return { status, headers, body: encoder.encode(text) };
}

/** The API's error envelope (http-api.md 3.3), with the HTTP status that it names. */
export function errorResponse(code: number, message: string): RawResponse {
    return jsonResponse(code, { error: { code, message, type: 'record_invalid' }, status: code });
}

/** Checks a request from outside, and gives its body as bytes. */
export function checkRequest(request: RawRequest): Uint8Array {
    checkKeys('request', request, ['method', 'target', 'headers', 'body']);
    const { method, target, body } = request;
    if (typeof method !== 'string' || !token.test(method))
        throw badArgument('method', method, 'an HTTP method, such as "GET"');
    if (typeof target !== 'string' || target === '' || /[\r\n\0]/.test(target)) {
        throw badArgument('target', target, 'a path and query, such as "/api/pipeline_runs?_limit=20"');
    }
    for (const [name, value] of headerPairs(request.headers)) {
        if (typeof name !== 'string' || !token.test(name)) throw badArgument('headers', name, 'a header name');
        if (typeof value !== 'string' || /[^\t\x20-\x7e\x80-\xff]/.test(value)) {
            throw badArgument(`headers.${name}`, value, 'a header value: text of one line, characters up to U+00FF');
        }
    }
    if (body === undefined) return new Uint8Array(0);
    if (typeof body === 'string') return encoder.encode(body);
    if (!(body instanceof Uint8Array)) throw badArgument('body', body, 'a Uint8Array or a text');
    return body;
}

function headerPairs(headers: RawRequest['headers']): Iterable<readonly [string, string]> {
    if (headers === undefined) return [];
    if (typeof headers !== 'object' || headers === null)
        throw badArgument('headers', headers, 'an object or pairs of texts');
    return Symbol.iterator in headers ? (headers as Iterable<readonly [string, string]>) : Object.entries(headers);
}

/**
 * The head in the form in which it crosses into the module (http_message.hpp). Header values are Latin-1, the target
 * UTF-8.
 */
export function requestHead(request: RawRequest): Uint8Array {
    let headers = '';
    for (const [name, value] of headerPairs(request.headers)) headers += `${name}: ${value}\n`;
    const first = `${request.method} ${request.target}\n`;
    if (/^[\x00-\x7f]*$/.test(headers)) return encoder.encode(`${first}${headers}\n`);
    const start = encoder.encode(first);
    const bytes = new Uint8Array(start.length + headers.length + 1);
    bytes.set(start);
    for (let i = 0; i < headers.length; i++) bytes[start.length + i] = headers.charCodeAt(i);
    bytes[bytes.length - 1] = 0x0a;
    return bytes;
}

const parsedHeads = new Map<string, Readonly<Record<string, string>>>(); // but for names of files, the core writes a handful of heads

/** The headers of an answer's head: a status line of the number alone, then `Name: value` lines. */
export function parseHead(head: string): Readonly<Record<string, string>> {
    let headers = parsedHeads.get(head);
    if (headers === undefined) {
        const fields: Record<string, string> = {};
        for (const line of head.split('\n').slice(1)) {
            const colon = line.indexOf(': ');
            if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2);
        }
        headers = Object.freeze(fields);
        if (parsedHeads.size < 64 && !('Content-Disposition' in fields)) parsedHeads.set(head, headers);
    }
    return headers;
}

/** The answer to a body that is not read: the core's own (http_message.cpp), which it needs not be copied in for. */
export function bodyTooLarge(): RawResponse {
    return errorResponse(413, `request: the body is longer than ${maxBody} bytes`);
}

/** A header's value by its name in lower case; undefined if the request has no such header. */
export function headerOf({ headers }: RawRequest, wanted: string): string | undefined {
    for (const [name, value] of headerPairs(headers)) if (name.toLowerCase() === wanted) return value;
    return undefined;
}
