/** A number that its source wrote as a float: `1.0` stays one, where JavaScript would make it `1`. */
export class Float {
    constructor(readonly value: number) {}

    toString(): string {
        if (!Number.isFinite(this.value)) return 'null'; // JSON has no word for it; Python's writer says null too
        const text = String(this.value);
        return /[.e]/.test(text) ? text : `${text}.0`;
    }
}

/** How deep a project's files may nest. */
export const mostLevels = 500;

const toAscii = (json: string): string =>
    json.replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const quote = (text: string): string => toAscii(JSON.stringify(text));

/**
 * JSON text as the server writes it (http-api.md 3.1): `", "` and `": "`, pure ASCII. Takes bigint and {@link Float},
 * too.
 */
export function jsonText(value: unknown): string {
    switch (typeof value) {
        case 'string':
            return quote(value);
        case 'bigint':
        case 'boolean':
            return String(value);
        case 'number':
            return Number.isFinite(value) ? String(value) : 'null';
        case 'object': {
            if (value === null) return 'null';
            if (value instanceof Float) return value.toString();
            if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
            const fields = Object.entries(value).filter(([, field]) => field !== undefined);
            return `{${fields.map(([key, field]) => `${quote(key)}: ${jsonText(field)}`).join(', ')}}`;
        }
        default:
            return 'null';
    }
}

/** The same JSON without blanks, in ASCII: one text for values that are equal but for how they were laid out. */
export const plainJson = (json: string): string =>
    toAscii(json.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, (_, text: string | undefined) => text ?? ''));

/** Whether lists and objects of a JSON text stand in one another more than {@link mostLevels} deep. */
export function isTooDeep(json: string): boolean {
    let level = 0;
    for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
        if (token === '[' || token === '{') level += 1;
        else if (token === ']' || token === '}') level -= 1;
        if (level > mostLevels) return true;
    }
    return false;
}
