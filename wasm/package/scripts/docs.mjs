// Writes docs/runsim-json.md from the schema of runsim.json, or prints it with --print.
// node wasm/package/scripts/docs.mjs [--print]
import { readFileSync, writeFileSync } from 'node:fs';
import { typeWords } from './type-words.mjs';

const schemaFile = new URL('../schema/runsim.schema.json', import.meta.url);
const docsFile = new URL('../../../docs/runsim-json.md', import.meta.url);

/** JSON on one line, with a space after commas and colons. */
function json(value) {
    if (Array.isArray(value)) return `[${value.map(json).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return `{${Object.entries(value)
        .map(([key, item]) => `${JSON.stringify(key)}: ${json(item)}`)
        .join(', ')}}`;
}

/** A paragraph in lines of at most 100 columns. */
const paragraph = (text) => text.replace(/(.{1,100})(?: |$)/g, '$1\n').trimEnd();

const code = (value) => `\`${json(value).replaceAll('|', '\\|')}\``;

/** What a value may be, in a few words. */
function kindOf(schema, defs) {
    const link = ({ $ref }) => {
        const { title } = defs[$ref.split('/').at(-1)];
        return `[${title.toLowerCase()}](#${anchor(title)})`;
    };
    if (schema.$ref !== undefined) return link(schema);
    if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
    if (schema.items?.$ref !== undefined) return `list of ${link(schema.items)}`;
    if (schema.additionalProperties?.$ref !== undefined)
        return `object; each value: ${link(schema.additionalProperties)}`;
    if (schema.anyOf !== undefined) return 'see the examples';
    return typeWords(schema);
}

const anchor = (title) => title.toLowerCase().replaceAll('.', '').replaceAll(' ', '-');

function limitsOf(schema) {
    if (schema.minimum !== undefined) return ` (${schema.minimum} to ${schema.maximum})`;
    return '';
}

const exampleValues = ({ examples }) =>
    `${examples.length > 1 ? 'Examples' : 'Example'}: ${examples.map(code).join(', ')}.`;

function table(properties, defs) {
    const rows = ['| key | value | meaning |', '| --- | --- | --- |'];
    for (const [key, schema] of Object.entries(properties)) {
        let words = schema.description ?? defs[schema.$ref.split('/').at(-1)].description;
        if (schema.default !== undefined) words += ` Default: ${code(schema.default)}.`;
        if (schema.examples !== undefined) words += ` ${exampleValues(schema)}`;
        rows.push(`| \`${key}\` | ${kindOf(schema, defs)}${limitsOf(schema)} | ${words.replaceAll('|', '\\|')} |`);
    }
    return rows.join('\n');
}

function examples(schema) {
    return (schema.examples ?? []).map((example) => `\`\`\`json\n${pretty(example)}\n\`\`\``).join('\n\n');
}

/** Indented JSON; whatever fits on one line is on one line. */
function pretty(value, indent = '') {
    const line = json(value);
    if (line.length + indent.length <= 100 || typeof value !== 'object' || value === null) return line;
    const deeper = `${indent}  `;
    if (Array.isArray(value)) return `[\n${value.map((item) => deeper + pretty(item, deeper)).join(',\n')}\n${indent}]`;
    const members = Object.entries(value).map(
        ([key, item]) => `${deeper}${JSON.stringify(key)}: ${pretty(item, deeper)}`,
    );
    return `{\n${members.join(',\n')}\n${indent}}`;
}

const rowNames = ['event_matcher_row', 'schedule_row', 'backfill_row', 'run_row', 'block_run_row'];

export function documentation(schema) {
    const defs = schema.$defs;
    const parts = [
        `# ${schema.title}`,
        '<!-- Made from wasm/package/schema/runsim.schema.json by `npm run docs`. -->',
        paragraph(schema.description),
        examples(schema),
        table(schema.properties, defs),
    ];
    for (const definition of [
        'block',
        'pipeline_call',
        'rule',
        'schedule',
        'rows',
        ...rowNames,
        'history',
        'call',
        'faults',
        'fault',
        'user',
    ].map((name) => defs[name])) {
        parts.push(
            `## ${definition.title}`,
            paragraph(definition.description),
            table(definition.properties, defs),
            examples(definition),
        );
        if (definition.properties.settings?.properties !== undefined) {
            parts.push('The keys of `settings`:', table(definition.properties.settings.properties, defs));
        }
    }
    for (const definition of [defs.duration, defs.moment, defs.past, defs.chance]) {
        parts.push(`## ${definition.title}`, paragraph(`${definition.description} ${exampleValues(definition)}`));
    }
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const text = documentation(JSON.parse(readFileSync(schemaFile, 'utf8')));
if (process.argv[2] === '--print') process.stdout.write(text);
else writeFileSync(docsFile, text);
