import { LineCounter, parseDocument, type ScalarTag } from 'yaml';
import { Float } from './json-text.js';

/** Either the value, or what is wrong and where. */
export type YamlResult = { value: unknown } | { mistakes: string[] };

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

const scalar = (name: string, test: RegExp, resolve: (text: string) => unknown): ScalarTag => ({
    tag: `tag:yaml.org,2002:${name}`,
    default: true,
    test,
    resolve,
});

// What PyYAML's safe_load makes of a plain scalar; Mage reads its files with it. It differs from YAML 1.1 as the library has it: y and n
// are texts, an exponent needs a point and a sign. Dates stay texts on purpose.
const pyyamlTags: ScalarTag[] = [
    scalar('null', /^(?:~|null|Null|NULL|)$/, () => null),
    scalar('bool', /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/, (text) =>
        /^(?:yes|true|on)$/i.test(text),
    ),
    scalar(
        'int',
        /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
        resolveInt,
    ),
    scalar(
        'float',
        /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
        resolveFloat,
    ),
    scalar('timestamp', /^(?!)$/, (text) => text), // a date that is tagged as one
];

/** Reads one YAML document as Mage does. Integers come as bigint, floats as {@link Float}. */
export function readYaml(text: string): YamlResult {
    const lines = new LineCounter();
    const document = parseDocument(text, {
        version: '1.1',
        schema: 'failsafe',
        customTags: pyyamlTags,
        merge: true,
        uniqueKeys: false, // the last one wins, as in PyYAML
        prettyErrors: false,
        lineCounter: lines,
    });
    const mistakes = [...document.errors, ...document.warnings].map((problem) => {
        const { line, col } = lines.linePos(problem.pos[0]);
        return `line ${line}, column ${col}: ${problem.message}`;
    });
    if (mistakes.length > 0) return { mistakes };
    try {
        return { value: document.toJS() };
    } catch (thrown) {
        return { mistakes: [thrown instanceof Error ? thrown.message : String(thrown)] }; // an alias without anchor, or too many
    }
}
