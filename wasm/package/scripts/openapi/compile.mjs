// Makes the OpenAPI document of the YAML files in wasm/package/openapi. Their shorthand, and nothing else, is described here.
//
// A file has some of these sections:
//   kind        which errors its operations can end in: generic, own (the hand-written handlers) or sim
//   tags        as in OpenAPI
//   parameters  query parameters by the name under which operations list them; `name` where it is another on the wire
//   path        parameters of paths, by name; they come with every path that has them
//   values      schemas of single values
//   answers     schemas of what the server sends: closed objects whose properties are all there, unless `optional`
//   bodies      schemas of what clients send: open objects, nothing is required
//   paths       operations, with `query` (names of parameters), `body` (a name) and `answer` (a name, several, or one for each format)
//
// In schemas `is` says what a value is, in the spelling of TypeScript: `string`, `ModelDate?` (or null), `BlockRun[]`, `A | B`, `(A | B)[]`;
// `says` is its description; `extends` takes over the properties of another answer.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const primitives = new Set(['string', 'integer', 'number', 'boolean', 'null']);
const methods = ['get', 'post', 'put', 'delete'];
const keywords = new Set([
    'type',
    'enum',
    'const',
    'pattern',
    'examples',
    'default',
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'minItems',
    'maxItems',
    'maxLength',
    'required',
    'propertyNames',
    'additionalProperties',
    'description',
    '$ref',
    'x-typescript',
]);
const schemaRef = (name) => ({ $ref: `#/components/schemas/${name}` });

/** The schema that an `is` stands for. */
function schemaOf(is) {
    const group = /^\((.*)\)\[\]$/.exec(is);
    if (group) return { type: 'array', items: schemaOf(group[1]) };
    const parts = is.split(' | ');
    if (parts.length > 1) return { anyOf: parts.map(schemaOf) };
    if (is.endsWith('?')) {
        const schema = schemaOf(is.slice(0, -1));
        if (typeof schema.type === 'string' && schema.items === undefined) return { type: [schema.type, 'null'] };
        return { anyOf: [schema, { type: 'null' }] };
    }
    if (is.endsWith('[]')) return { type: 'array', items: schemaOf(is.slice(0, -2)) };
    return primitives.has(is) ? { type: is } : schemaRef(is);
}

function refuseUnknown(object, known, what) {
    const strange = Object.keys(object).filter((key) => !known.has(key));
    if (strange.length > 0) throw new Error(`${what} has a key that none has: ${strange.join(', ')}`);
}

/** Writes a schema of the source out. Answers are closed. */
function expand(source, closed, answers) {
    const { is, says, optional, extends: base, properties, items, anyOf, additionalProperties, ...rest } = source;
    // A comma in a text without quotes ends it, and begins another key.
    refuseUnknown(rest, keywords, 'a schema');
    const schema = {};
    if (is !== undefined) Object.assign(schema, schemaOf(is));
    if (says !== undefined) schema.description = says.trim();
    Object.assign(schema, rest);
    if (items !== undefined) schema.items = expand(items, closed, answers);
    if (anyOf !== undefined) schema.anyOf = anyOf.map((part) => expand(part, closed, answers));
    if (typeof additionalProperties === 'object')
        schema.additionalProperties = expand(additionalProperties, closed, answers);
    if (properties === undefined) return schema;

    const all = { ...inherited(base, answers), ...properties };
    schema.type ??= 'object';
    schema.properties = Object.fromEntries(
        Object.entries(all).map(([key, value]) => [key, expand(value, closed, answers)]),
    );
    if (closed) {
        schema.required = Object.keys(all).filter((key) => !all[key].optional);
        schema.additionalProperties = false;
    }
    return schema;
}

function inherited(base, answers) {
    if (base === undefined) return {};
    const source = answers[base];
    if (source === undefined) throw new Error(`extends: there is no answer ${base}`);
    return { ...inherited(source.extends, answers), ...source.properties };
}

function merge(target, section, file) {
    for (const [key, value] of Object.entries(section ?? {})) {
        if (key in target) throw new Error(`${file}: ${key} is there already`);
        target[key] = value;
    }
}

const json = (schema) => ({ 'application/json': { schema } });
const jsonAnswer = (description, schema) => ({ description, content: json(schema) });

const refusedText = {
    type: 'string',
    description: 'Empty, or a text although the type is JSON: "Error: Invalid path (path traversal detected)".',
};
const sharedErrors = {
    generic: {
        400: jsonAnswer(
            'The path is not UTF-8; or the path or a value could lead out of a folder; or `_http_error_codes` was given.',
            { anyOf: [schemaRef('ApiErrorEnvelope'), refusedText] },
        ),
        401: jsonAnswer(
            'Authentication is on, and the API key or the token is wrong. `status` in the body is still 200.',
            schemaRef('ApiErrorEnvelope'),
        ),
        403: jsonAnswer('Only with `_http_error_codes`: the action is not allowed.', schemaRef('ApiErrorEnvelope')),
        404: jsonAnswer('Only with `_http_error_codes`: there is no such record.', schemaRef('ApiErrorEnvelope')),
        405: {
            description:
                'A part of the path has a character that is not a letter, a digit or one of `_-.%`. There is no body.',
        },
        413: jsonAnswer('The request is too large.', schemaRef('ApiErrorEnvelope')),
    },
    own: {
        400: jsonAnswer('The path is not UTF-8. There is no body.', refusedText),
        401: jsonAnswer(
            'Authentication is on, the key or token is wrong, and the path has a character that is not a letter, a digit or an underscore.',
            schemaRef('ApiErrorEnvelope'),
        ),
        405: {
            description:
                'A part of the path has a character that is not a letter, a digit or an underscore. There is no body.',
        },
        413: jsonAnswer('The request is too large.', schemaRef('ApiErrorEnvelope')),
    },
    sim: {
        400: jsonAnswer('The request is invalid. The message says what would be right.', schemaRef('ApiErrorEnvelope')),
        404: jsonAnswer('There is no such path or record.', schemaRef('ApiErrorEnvelope')),
        405: jsonAnswer('The path does not support the method.', schemaRef('ApiErrorEnvelope')),
        413: jsonAnswer('The request is too large.', schemaRef('ApiErrorEnvelope')),
    },
};

const onSuccess = {
    generic: 'The answer, or an error: errors of the API also have status 200.',
    own: 'The answer, or an error: this handler turns every failure into an internal error with status 200.',
    sim: 'The answer.',
};

/** The schemas that an operation's 200 may have; errors of the API come with 200, too. */
function answerSchemas(answer, kind) {
    const names = typeof answer === 'string' ? [answer] : [...new Set(Object.values(answer))]; // an array's values, too
    const errors = { generic: ['ErrorEnvelope'], own: ['InternalErrorEnvelope'], sim: [] }[kind];
    const all = [...names.filter((name) => name !== 'ErrorEnvelope'), ...errors];
    return all.length === 1 ? schemaRef(all[0]) : { anyOf: all.map(schemaRef) };
}

function expandOperation(source, kind, pathParameters, queryNames) {
    const { query = [], body, answer, says, responses, ...rest } = source;
    refuseUnknown(rest, new Set(['operationId', 'tags', 'summary', 'security', 'requestBody']), source.operationId);
    const parameter = (name) => {
        if (!queryNames.has(name)) throw new Error(`${source.operationId}: there is no parameter ${name}`);
        return { $ref: `#/components/parameters/${name}` };
    };
    const meta = kind === 'generic' ? ['HttpErrorCodes', 'ApiKey'] : [];
    const security = rest.security ?? (kind === 'generic' ? undefined : []); // no key and no token is asked for
    const operation = {
        ...rest,
        ...(security ? { security } : {}),
        ...(says === undefined ? {} : { description: says.trim() }),
    };
    const parameters = [...pathParameters, ...[...query, ...meta].map(parameter)];
    if (parameters.length > 0) operation.parameters = parameters;
    if (body !== undefined) operation.requestBody = { content: json(schemaRef(body)) };
    if (typeof answer === 'object' && !Array.isArray(answer)) operation['x-formats'] = answer;
    const success = () => ({ 200: jsonAnswer(onSuccess[kind], answerSchemas(answer, kind)) });
    operation.responses = { ...sharedErrors[kind], ...(responses ?? success()) };
    return operation;
}

const preflight = (path, parameters) => ({
    operationId: `preflight${path.replace(/\W+/g, '_')}`,
    tags: ['preflight'],
    summary: 'CORS preflight',
    security: [],
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: { 204: { description: 'No body; the three Access-Control headers.' } },
});

const collected = ['parameters', 'path', 'values', 'answers', 'bodies'];

/** What stands in the sources: their sections, each merged over all files, the tags by name, and each file's paths. */
function collect(folder) {
    const sections = Object.fromEntries(collected.map((name) => [name, {}]));
    const tags = new Map();
    const sources = readdirSync(folder)
        .filter((file) => file.endsWith('.yaml') && file !== 'openapi.yaml')
        .sort()
        .map((file) => [file, parse(readFileSync(join(folder, file), 'utf8'), { merge: true })]);
    for (const [file, source] of sources) {
        for (const name of collected) merge(sections[name], source[name], file);
        for (const tag of source.tags ?? []) tags.set(tag.name, tag);
    }
    return { ...sections, tags, sources };
}

function expandSchemas({ values, answers, bodies }) {
    const schemas = {};
    for (const [section, closed] of [
        [values, false],
        [answers, true],
        [bodies, false],
    ]) {
        const expanded = Object.entries(section).map(([name, source]) => [name, expand(source, closed, answers)]);
        merge(schemas, Object.fromEntries(expanded), 'components');
    }
    return schemas;
}

const expandParameter = (name, { says, schema, ...rest }, where, answers) => ({
    name,
    in: where,
    ...(where === 'path' ? { required: true } : {}),
    description: says.trim(),
    schema: expand({ ...schema, ...rest }, false, answers),
});

const expandParameters = ({ parameters, answers }) =>
    Object.fromEntries(
        Object.entries(parameters).map(([key, { name = key, ...rest }]) => [
            key,
            expandParameter(name, rest, 'query', answers),
        ]),
    );

function expandPaths({ sources, path, parameters, answers }) {
    const queryNames = new Set(Object.keys(parameters));
    const paths = {};
    for (const [file, source] of sources) {
        for (const [template, item] of Object.entries(source.paths ?? {})) {
            const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
            const pathParameters = names.map((name) => {
                if (!(name in path)) throw new Error(`${file}: ${template}: there is no parameter ${name}`);
                return expandParameter(name, path[name], 'path', answers);
            });
            const kind = item.kind ?? source.kind;
            const operations = {};
            for (const method of methods) {
                if (method in item)
                    operations[method] = expandOperation(item[method], kind, pathParameters, queryNames);
            }
            operations.options = preflight(template, pathParameters);
            merge(paths, { [template]: operations }, file);
        }
    }
    return paths;
}

/** The document, as a value. */
export function compile(folder) {
    const frame = parse(readFileSync(join(folder, 'openapi.yaml'), 'utf8'));
    const source = collect(folder);
    return {
        ...frame,
        tags: frame.tags.map((name) => source.tags.get(name) ?? { name }),
        paths: expandPaths(source),
        components: {
            schemas: expandSchemas(source),
            parameters: expandParameters(source),
            securitySchemes: frame.components?.securitySchemes ?? {},
        },
    };
}
