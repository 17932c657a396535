// The part of Jinja that metadata.yaml of a project is written in: Mage renders the file before it reads it as YAML.
// The libraries for it on npm write null and true as JavaScript has them and cut line ends where Jinja2 keeps them;
// what people write here is little: env_var with a default, comments, now and then an `if`.

import { Float, jsonText } from '../base/json-text.js';

/** What a template is, and what the simulated server cannot give it. */
export interface Rendered {
    text: string;
    notes: string[];
}

/** A template that Jinja2 does not take, or that needs more of it than there is here. */
export class TemplateMistake extends Error {}

type Value = null | undefined | boolean | bigint | string | Float | Value[];
type Names = Map<string, Value>;

const secrets = ['mage_secret_var', 'aws_secret_var', 'azure_secret_var'];

/** Python's str(value). Undefined is Jinja's own, which prints nothing. */
function str(value: Value): string {
    if (value === undefined) return '';
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (Array.isArray(value))
        return `[${value.map((item) => (typeof item === 'string' ? `'${item}'` : str(item))).join(', ')}]`;
    return String(value);
}

const isTrue = (value: Value): boolean =>
    Array.isArray(value)
        ? value.length > 0
        : value instanceof Float
          ? value.value !== 0
          : typeof value === 'bigint'
            ? value !== 0n
            : Boolean(value);

const same = (a: Value, b: Value): boolean => jsonText(a ?? null) === jsonText(b ?? null);

function toInt(value: Value, fallback: Value = 0n): Value {
    if (typeof value === 'bigint') return value;
    if (typeof value === 'boolean') return value ? 1n : 0n;
    if (value instanceof Float) return BigInt(Math.trunc(value.value));
    if (typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value)) return BigInt(value.trim().replace(/^\+/, ''));
    return fallback;
}

function toFloat(value: Value): Value {
    const number =
        typeof value === 'string' && value.trim() !== '' ? Number(value) : Number(toInt(value, null) ?? Number.NaN);
    return new Float(value instanceof Float ? value.value : Number.isNaN(number) ? 0 : number);
}

const filters: Readonly<Record<string, (value: Value, args: Value[]) => Value>> = {
    default: (value, [fallback = '', evenFalse]) =>
        value === undefined || (isTrue(evenFalse) && !isTrue(value)) ? fallback : value,
    int: (value, [fallback]) => toInt(value, fallback),
    float: (value) => toFloat(value),
    string: (value) => str(value),
    lower: (value) => str(value).toLowerCase(),
    upper: (value) => str(value).toUpperCase(),
    trim: (value) => str(value).trim(),
    replace: (value, [from, to]) => str(value).replaceAll(str(from), str(to)),
};

const token =
    /\s*(?:(-?\d+\.\d+|-?\d+)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(==|!=|<=|>=|[-+~|()[\],.<>=]))/y;

/** Evaluates one expression. */
class Expression {
    private readonly tokens: Array<{ number?: string; text?: string; name?: string; sign?: string }> = [];
    private at = 0;

    constructor(
        source: string,
        private readonly names: Names,
        private readonly notes: Set<string>,
    ) {
        token.lastIndex = 0;
        for (let end = 0; source.slice(end).trim() !== ''; end = token.lastIndex) {
            const match = token.exec(source);
            if (!match) throw new TemplateMistake(`"${source.trim()}" is not an expression that can be read here`);
            const [, number, text, name, sign] = match;
            this.tokens.push({ number, text, name, sign } as (typeof this.tokens)[number]);
        }
    }

    whole(): Value {
        const value = this.choice();
        if (this.at < this.tokens.length) this.fail();
        return value;
    }

    private fail(): never {
        const { number, text, name, sign } = this.tokens[this.at] ?? {};
        throw new TemplateMistake(
            `${number ?? text ?? name ?? sign ?? 'the end of the expression'} does not belong here`,
        );
    }

    private takes(word: string): boolean {
        const next = this.tokens[this.at];
        if (next === undefined || (next.sign !== word && next.name !== word)) return false;
        this.at += 1;
        return true;
    }

    private choice(): Value {
        const value = this.either();
        if (!this.takes('if')) return value;
        const condition = this.either();
        const other = this.takes('else') ? this.choice() : undefined;
        return isTrue(condition) ? value : other;
    }

    private either(): Value {
        let value = this.both();
        while (this.takes('or')) {
            const other = this.both();
            value = isTrue(value) ? value : other;
        }
        return value;
    }

    private both(): Value {
        let value = this.negation();
        while (this.takes('and')) {
            const other = this.negation();
            value = isTrue(value) ? other : value;
        }
        return value;
    }

    private negation(): Value {
        return this.takes('not') ? !isTrue(this.negation()) : this.comparison();
    }

    private comparison(): Value {
        const value = this.joined();
        if (this.takes('==')) return same(value, this.joined());
        if (this.takes('!=')) return !same(value, this.joined());
        if (this.takes('is')) {
            const negated = this.takes('not');
            for (const [word, holds] of [
                ['defined', value !== undefined],
                ['none', value === null],
            ] as const)
                if (this.takes(word)) return holds !== negated;
            this.fail();
        }
        return value;
    }

    private joined(): Value {
        let value = this.filtered();
        while (this.takes('~')) value = str(value) + str(this.filtered());
        return value;
    }

    private filtered(): Value {
        let value = this.operand();
        while (this.takes('|')) {
            const name = this.tokens[this.at++]?.name ?? '';
            const filter = filters[name === 'd' ? 'default' : name];
            if (!filter) throw new TemplateMistake(`the filter ${name} cannot be simulated`);
            value = filter(value, this.takes('(') ? this.list(')') : []);
        }
        return value;
    }

    private list(end: string): Value[] {
        const values: Value[] = [];
        while (!this.takes(end)) {
            // An argument by its name: only the order counts here.
            if (this.tokens[this.at]?.name !== undefined && this.tokens[this.at + 1]?.sign === '=') this.at += 2;
            values.push(this.choice());
            if (!this.takes(',') && this.tokens[this.at]?.sign !== end) this.fail();
        }
        return values;
    }

    private operand(): Value {
        if (this.takes('(')) {
            const value = this.choice();
            if (!this.takes(')')) this.fail();
            return value;
        }
        if (this.takes('[')) return this.list(']');
        const next = this.tokens[this.at];
        if (next === undefined || next.sign !== undefined) this.fail();
        this.at += 1;
        if (next.number !== undefined)
            return next.number.includes('.') ? new Float(Number(next.number)) : BigInt(next.number);
        if (next.text !== undefined) return next.text.slice(1, -1).replace(/\\(.)/g, '$1');
        const name = next.name ?? '';
        if (/^true$/i.test(name)) return true;
        if (/^false$/i.test(name)) return false;
        if (/^none$/i.test(name)) return null;
        return this.takes('(') ? this.call(name, this.list(')')) : this.names.get(name);
    }

    private call(name: string, [key, fallback = null]: Value[]): Value {
        if (name === 'env_var') {
            if (fallback === null)
                this.notes.add(
                    `env_var(${jsonText(str(key))}) is None: a simulated server has no environment variables`,
                );
            return fallback;
        }
        if (!secrets.includes(name)) throw new TemplateMistake(`${name}() cannot be simulated`);
        this.notes.add(`${name}(${jsonText(str(key))}) is None: a simulated server has no secrets`);
        return null;
    }
}

/** Renders a text as Jinja2 does with its default settings. Throws a {@link TemplateMistake}. */
export function renderTemplate(source: string): Rendered {
    const names: Names = new Map();
    const notes = new Set<string>();
    const evaluate = (expression: string): Value => new Expression(expression, names, notes).whole();
    // The branches around: whether this one is shown, whether one of its `if` was, and whether the `if` itself is.
    const around: Array<{ shown: boolean; done: boolean; outer: boolean }> = [];
    const isShown = (): boolean => around.at(-1)?.shown ?? true;
    let text = '';
    const show = (piece: string): void => {
        if (isShown()) text += piece;
    };
    const pieces =
        /\{%-?\s*raw\s*-?%\}([\s\S]*?)\{%-?\s*endraw\s*-?%\}|\{#-?([\s\S]*?)-?#\}|\{\{-?([\s\S]*?)-?\}\}|\{%-?([\s\S]*?)-?%\}/g;
    let end = 0;
    let cutsNext = false;
    for (const match of source.matchAll(pieces)) {
        let before = source.slice(end, match.index);
        if (cutsNext) before = before.trimStart();
        if (match[0][2] === '-') before = before.trimEnd();
        show(before);
        cutsNext = match[0].at(-3) === '-';
        end = match.index + match[0].length;
        const [, raw, , expression, statement] = match;
        if (raw !== undefined) show(raw);
        else if (expression !== undefined && isShown()) show(str(evaluate(expression)));
        else if (statement !== undefined) perform(statement.trim());
    }
    const rest = source.slice(end);
    const open = /\{\{|\{%|\{#/.exec(rest);
    if (open) throw new TemplateMistake(`${open[0]} is not closed`);
    if (around.length > 0) throw new TemplateMistake('an if has no endif');
    text += cutsNext ? rest.trimStart() : rest;
    // One line end at the end of a template is not its own.
    return { text: text.replace(/\r?\n$/, ''), notes: [...notes] };

    function perform(statement: string): void {
        const [, word = '', argument = ''] = /^(\w+)\s*([\s\S]*)$/.exec(statement) ?? [];
        const inner = around.at(-1);
        if (word === 'if') {
            const outer = isShown();
            const shown = outer && isTrue(evaluate(argument));
            around.push({ shown, done: shown, outer });
        } else if ((word === 'elif' || word === 'else') && inner) {
            inner.shown = inner.outer && !inner.done && (word === 'else' || isTrue(evaluate(argument)));
            inner.done ||= inner.shown;
        } else if (word === 'endif' && inner) {
            around.pop();
        } else if (word === 'set' && /^\w+\s*=/.test(argument)) {
            const [, name = '', value = ''] = /^(\w+)\s*=([\s\S]*)$/.exec(argument) ?? [];
            if (isShown()) names.set(name, evaluate(value));
        } else {
            throw new TemplateMistake(`{% ${statement} %} cannot be simulated`);
        }
    }
}
