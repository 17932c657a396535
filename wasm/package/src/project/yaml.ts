import {
    Composer,
    type CST,
    Document,
    type DocumentOptions,
    isAlias,
    isCollection,
    LineCounter,
    type Node,
    Parser,
    type ScalarTag,
    type SchemaOptions,
    visit,
} from 'yaml';
import { messageOf } from '../base/errors.js';
import { Float, jsonText, mostLevels } from '../base/json-text.js';
import { isDate, isoDate } from './yaml-date.js';

/** Either the JSON text of the value, or what is wrong and where. */
export type YamlResult = { json: string } | { mistakes: string[] };

const digits = (text: string): string => text.replaceAll('_', '');
const isNegative = (text: string): boolean => text.startsWith('-');
const unsigned = (text: string): string => text.replace(/^[-+]/, '');
const signed = (text: string, magnitude: bigint): bigint => (isNegative(text) ? -magnitude : magnitude);

/** `1:30` is ninety: YAML 1.1 counts in sixties. */
const sexagesimal = (text: string): number =>
    unsigned(digits(text))
        .split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0) * (isNegative(text) ? -1 : 1);

function resolveInt(text: string): bigint {
    const plain = unsigned(digits(text));
    if (text.includes(':')) return BigInt(sexagesimal(text));
    if (/^0[0-7]+$/.test(plain)) return signed(text, BigInt(`0o${plain.slice(1)}`));
    return signed(text, BigInt(plain));
}

function resolveFloat(text: string): Float {
    if (/inf$/i.test(text)) return new Float(isNegative(text) ? -Infinity : Infinity);
    if (/nan$/i.test(text)) return new Float(NaN);
    return new Float(text.includes(':') ? sexagesimal(text) : Number(digits(text)));
}

/** What a tag's values are when they are written, and how. */
type Written = Pick<ScalarTag, 'identify' | 'stringify'>;

const scalar = (name: string, test: RegExp, resolve: (text: string) => unknown, written: Written): ScalarTag => ({
    tag: `tag:yaml.org,2002:${name}`,
    default: true,
    test,
    resolve,
    ...written,
});

/** How dates come out: as the texts that they are, or as `{"$date": "2026-01-01"}`, which no text is taken for. */
export type Dates = 'texts' | 'marked';

const dateTag = (dates: Dates): ScalarTag => ({
    tag: 'tag:yaml.org,2002:timestamp',
    default: true,
    test: isDate,
    resolve: (text, onError) => {
        const iso = isoDate(text);
        if (iso === undefined) onError(`there is no date ${text}`);
        return dates === 'marked' ? { $date: iso } : text;
    },
    identify: (value) => typeof value === 'object' && value !== null && '$date' in value,
    stringify: ({ value }) => (value as { $date: string }).$date,
});

const plainly = ({ value }: { value: unknown }): string => String(value);
/** PyYAML reads no float without a point. */
const asFloat = ({ value }: { value: unknown }): string => String(value).replace(/^(-?\d+)e/, '$1.0e');

// What PyYAML's safe_load makes of a plain scalar; Mage reads its files with it. It differs from YAML 1.1 as the
// library has it: y and n are texts, an exponent needs a point and a sign.
const pyyamlTags: ScalarTag[] = [
    scalar('null', /^(?:~|null|Null|NULL|)$/, () => null, {
        identify: (value) => value === null,
        stringify: () => 'null',
    }),
    scalar(
        'bool',
        /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
        (text) => /^(?:yes|true|on)$/i.test(text),
        { identify: (value) => typeof value === 'boolean', stringify: plainly },
    ),
    scalar(
        'int',
        /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
        resolveInt,
        { identify: (value) => typeof value === 'bigint' || Number.isInteger(value), stringify: plainly },
    ),
    scalar(
        'float',
        new RegExp(
            [
                /^[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?$/,
                /^\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?$/,
                /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
                /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/,
            ]
                .map(({ source }) => source)
                .join('|'),
        ),
        resolveFloat,
        { identify: (value) => value instanceof Float || typeof value === 'number', stringify: asFloat },
    ),
];

const pyyaml = (dates: Dates) =>
    ({ version: '1.1', schema: 'failsafe', customTags: [...pyyamlTags, dateTag(dates)] }) satisfies DocumentOptions &
        SchemaOptions;

/** Whether a document nests deeper than the library's own recursion bears: beyond, it can take all of node with it. */
function isTooDeep(document: CST.Token): boolean {
    const open: Array<[token: CST.Token | null | undefined, level: number]> = [[document, 0]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const [token, level] = next;
        if (level > mostLevels) return true;
        if (!token) continue;
        if ('items' in token) {
            for (const item of token.items) open.push([item.key, level + 1], [item.value, level + 1]);
        } else if (token.type === 'document') {
            open.push([token.value, level + 1]);
        }
    }
    return false;
}

/** Reads one YAML document as Mage does, and writes it as JSON. Integers keep all digits, floats stay floats. */
export function readYaml(text: string, dates: Dates = 'texts'): YamlResult {
    const lines = new LineCounter();
    const placed = (at: number, message: string): string => {
        const { line, col } = lines.linePos(at);
        return `line ${line}, column ${col}: ${message}`;
    };
    const tokens = [...new Parser(lines.addNewLine).parse(text)];
    const tooDeep = tokens.find(isTooDeep);
    if (tooDeep) return { mistakes: [placed(tooDeep.offset, `nested deeper than ${mostLevels} levels`)] };
    const composer = new Composer({
        ...pyyaml(dates),
        merge: true,
        uniqueKeys: false, // the last one wins, as in PyYAML
        logLevel: 'error',
    });
    const [document, second] = [...composer.compose(tokens, true, text.length)];
    if (document === undefined) return { json: 'null' };
    if (second !== undefined) return { mistakes: [placed(second.range[0], 'a second document begins here')] };
    const problems = [...document.errors, ...document.warnings];
    if (problems.length > 0) return { mistakes: problems.map(({ pos, message }) => placed(pos[0], message)) };
    let complexKey: number | undefined;
    visit(document, {
        Pair(_, { key }) {
            const node = isAlias(key) ? key.resolve(document) : key;
            if (!isCollection(node)) return undefined;
            complexKey = (key as Node).range?.[0] ?? 0;
            return visit.BREAK;
        },
    });
    if (complexKey !== undefined)
        return { mistakes: [placed(complexKey, 'a list or a mapping is a key, which PyYAML does not read')] };
    try {
        return { json: jsonText(document.toJS()) };
    } catch (thrown) {
        // An alias without its anchor, or too many; a list that contains itself.
        return { mistakes: [thrown instanceof RangeError ? 'a value contains itself' : messageOf(thrown)] };
    }
}

/** A value of JSON as a YAML file, which {@link readYaml} reads back. Takes bigint and {@link Float}, too. */
export const writeYaml = (value: unknown): string =>
    new Document(value, { ...pyyaml('texts'), aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
