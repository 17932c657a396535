import { Float } from '../base/json-text.js';

const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const mark = '\u0000';

const numberOf = (text: string): Float | bigint => (/^-?\d+$/.test(text) ? BigInt(text) : new Float(Number(text)));

/**
 * As JSON.parse, but a number that JavaScript would write otherwise is a {@link Float} or a bigint: `1.0` stays a float,
 * and a long integer keeps its digits. Keys that begin with U+0000 are not kept.
 */
export function parseExactly(json: string): unknown {
    const marked = json.replace(token, (text) => {
        if (text.startsWith('"')) return text.replace(/^"\\u0000/, '"\\u0000\\u0000');
        return String(Number(text)) === text ? text : `"\\u0000${text}"`;
    });
    return JSON.parse(marked, (_, value: unknown) => {
        if (typeof value !== 'string' || !value.startsWith(mark)) return value;
        const rest = value.slice(mark.length);
        return rest.startsWith(mark) ? rest : numberOf(rest);
    });
}
