// Fills the tables of docs/api.md from the OpenAPI document, or prints the page with --print.
// node wasm/package/scripts/openapi/docs.mjs [--print]
// A table is between <!-- table: KIND NAME... --> and <!-- end -->.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { typeWords } from '../type-words.mjs';
import { compile } from './compile.mjs';

const page = new URL('../../../../docs/api.md', import.meta.url);
const document = compile(fileURLToPath(new URL('../../openapi', import.meta.url)));
const { schemas, parameters } = document.components;

const cell = (text) => text.trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head, rows) =>
    [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
const nameOf = (ref) => ref.split('/').at(-1);

/** A type in a few words. */
function typeOf(schema) {
    if (schema.$ref !== undefined) return `\`${nameOf(schema.$ref)}\``;
    if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
    if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
    if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
    if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
    return typeWords(schema);
}

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
        .filter(([method]) => method !== 'options')
        .map(([method, operation]) => ({ call: `\`${method.toUpperCase()} ${path}\``, ...operation })),
);

function answerOf({ responses, ...operation }) {
    const formats = operation['x-formats'];
    const usual = { get: ['list', 'detail'], post: ['create'], put: ['update'], delete: ['delete'] };
    if (formats) {
        const method = operation.call.slice(1).split(' ')[0].toLowerCase();
        const isList = method === 'get' && !operation.call.endsWith('}`') && 'list' in formats;
        const names = method === 'get' ? [isList ? 'list' : 'detail'] : usual[method];
        return `\`${names.map((name) => formats[name]).find(Boolean) ?? formats['*']}\``;
    }
    const content = responses[200].content;
    if ('text/csv' in content) return 'a file';
    if ('text/event-stream' in content) return 'a stream';
    if ('application/octet-stream' in content) return 'bytes';
    const schema = content['application/json'].schema;
    const parts = (schema.anyOf ?? [schema]).map((part) => nameOf(part.$ref));
    const own = parts.filter((name) => !/ErrorEnvelope$/.test(name));
    return own.length > 0 ? own.map((name) => `\`${name}\``).join(', ') : 'always an error';
}

const kinds = {
    operations: (...tags) =>
        table(
            ['call', 'what it does', 'answer'],
            operations.filter((one) => tags.includes(one.tags[0])).map((one) => [one.call, one.summary, answerOf(one)]),
        ),
    fields: (name) =>
        table(
            ['field', 'value', 'meaning'],
            Object.entries(schemas[name].properties).map(([key, schema]) => [
                `\`${key}\``,
                typeOf(schema),
                schema.description ?? schemas[nameOf(schema.$ref)].description,
            ]),
        ),
    more: (name, base) => {
        const [all, known] = [name, base].map((one) => schemas[one].properties);
        const rows = Object.entries(all).filter(([key]) => !(key in known));
        return table(
            ['field', 'value', 'meaning'],
            rows.map(([key, schema]) => [`\`${key}\``, typeOf(schema), schema.description]),
        );
    },
    parameters: (id) => {
        const { parameters: own } = operations.find((one) => one.operationId === id);
        const named = own
            .map((one) => (one.$ref ? parameters[nameOf(one.$ref)] : one))
            .filter((one) => one.in === 'query');
        return table(
            ['parameter', 'meaning'],
            named.map(({ name, description, schema }) => [
                `\`${name}\``,
                schema.default === undefined ? description : `${description.trim()} Default: ${schema.default}.`,
            ]),
        );
    },
    formats: (id) => {
        const formats = operations.find((one) => one.operationId === id)['x-formats'];
        return table(
            ['`_format`', 'answer'],
            Object.entries(formats).map(([format, name]) => [
                format === '*' ? 'any other' : `\`${format}\``,
                `\`${name}\`: ${schemas[name].description}`,
            ]),
        );
    },
    values: (...names) =>
        table(
            ['value', 'meaning'],
            names.map((name) => {
                const { enum: members, examples, description } = schemas[name];
                const shown = (members ?? examples ?? []).map((value) => `\`${value}\``).join(', ');
                return [`\`${name}\``, `${description.trim()}${shown === '' ? '' : ` (${shown})`}`];
            }),
        ),
};

const text = readFileSync(page, 'utf8').replace(
    /(<!-- table: (\w+) ([\w ]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin, kind, names, end) => `${begin}\n${kinds[kind](...names.split(' '))}\n\n${end}`,
);
if (process.argv[2] === '--print') process.stdout.write(text);
else writeFileSync(page, text);
