// Where a text stops being JSON: JSON.parse says so in some engines, and then only sometimes.

import { describe } from '../base/errors.js';

const blank = /[ \t\n\r]*/y;
const quoted = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.source;
const word = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.+-])/.source;
const token = new RegExp(`([{}[\\],:])|(${quoted}|${word})`, 'y');

type State = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'next' | 'end';

/**
 * The state after a token, or undefined when the token must not stand there. `open` holds the lists and objects around.
 */
function after(state: State, sign: string | undefined, isText: boolean, open: string[]): State | undefined {
    const follow = (): State => (open.length > 0 ? 'next' : 'end');
    if (state === 'colon') return sign === ':' ? 'value' : undefined;
    if (state === 'next' && sign === ',') return open.at(-1) === '{' ? 'key' : 'value';
    if (sign === '}' || sign === ']') {
        const closes = state === 'next' || state === (sign === '}' ? 'first key' : 'first value');
        return closes && open.pop() === (sign === '}' ? '{' : '[') ? follow() : undefined;
    }
    if (state === 'key' || state === 'first key') return isText ? 'colon' : undefined;
    if (state !== 'value' && state !== 'first value') return undefined;
    if (sign === undefined) return follow();
    if (sign !== '{' && sign !== '[') return undefined;
    open.push(sign);
    return sign === '{' ? 'first key' : 'first value';
}

/** What is wrong with the first key that an object of a JSON text has twice; JSON.parse would keep one without a word. */
export function describeDuplicateKey(text: string): string | undefined {
    const around: Array<Set<string> | undefined> = []; // the keys of each object around, undefined for a list
    for (const match of text.matchAll(new RegExp(`[{}[\\]]|(${quoted})(\\s*:)?`, 'g'))) {
        const [piece, name, colon] = match;
        if (piece === '{') around.push(new Set());
        else if (piece === '[') around.push(undefined);
        else if (piece === '}' || piece === ']') around.pop();
        if (name === undefined || colon === undefined) continue;
        const key = JSON.parse(name) as string;
        const keys = around.at(-1);
        if (keys?.has(key)) {
            const line = text.slice(0, match.index).split('\n').length;
            return `line ${line}: the key ${describe(key)} occurs twice`;
        }
        keys?.add(key);
    }
    return undefined;
}

/** `line 3, column 7: ...` for a text that JSON.parse refuses. */
export function describeJsonMistake(text: string): string {
    const open: string[] = [];
    let state: State | undefined = 'value';
    let at = 0;
    for (;;) {
        blank.lastIndex = at;
        blank.test(text);
        at = blank.lastIndex;
        token.lastIndex = at;
        const match = token.exec(text);
        state = match ? after(state, match[1], match[2]?.startsWith('"') ?? false, open) : undefined;
        if (state === undefined || at >= text.length) break;
        at = token.lastIndex;
    }
    const lines = text.slice(0, at).split('\n');
    const found = /^(?:\S[^\s,:[\]{}]{0,20}|$)/.exec(text.slice(at))?.[0];
    const complaint = at >= text.length ? 'the text ends too early' : `${JSON.stringify(found)} does not belong here`;
    return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}: ${complaint}`;
}
