import fc from 'fast-check';
import type { RawRequest } from 'runsim';
import { document, type Operation, operationNamed } from './answers.ts';

// Requests made from the OpenAPI document: such as it describes, and such as no client should send.

/** Values that mean something in the world of world.ts, by the name of a parameter or key. */
const known: Record<string, readonly string[]> = {
    pipeline_uuid: ['chain', 'diamond', 'broken', 'fanout', 'flaky', 'gated', 'gone'],
    pipeline_uuids: ['chain', 'chain,broken'],
    block_uuid: ['first', 'second', 'explode', 'make_items', 'nobody'],
    from_block_uuid: ['first', 'second', 'make_items', 'nobody'],
    token: ['0123456789abcdef0123456789abcdef', 'wrong'],
    run_token: ['0123456789abcdef0123456789abcdef', 'wrong'],
    schedule_interval: ['@daily', '@once', '*/5 * * * *', '0 0 31 2 *', ''],
    start_time: ['2026-01-01', '2026-01-01 00:00:05', 'Jan 3 2026 5pm'],
    start_datetime: ['2026-01-01', '2026-01-02'],
    end_datetime: ['2026-01-03', '2025-12-31'],
    execution_date: ['2026-01-01', '2026-01-01T00:00:00', '2026-01-01T00:00:00.5+02:00'],
    start_timestamp: ['1767225600', '0'],
    end_timestamp: ['1767225700', '99999999999999999'],
    order_by: ['created_at', 'name', 'id desc', 'block_uuid desc', 'nope'],
    'order_by[]': ['created_at desc', 'status,id desc', 'nope', 'pipeline_tags', 'metrics'],
    'status[]': ['failed', 'failed,running', 'FAILED', 'nonsense'],
    status: ['failed', 'last_run_failed', 'cancelled', 'active', 'nonsense'],
    'tag[]': ['a', 'b'],
    'pipeline_tag[]': ['nightly', 'nobody'],
    'type[]': ['python', 'python,streaming'],
    pipeline_type: ['python', 'streaming'],
    _format: [
        'list',
        'detail',
        'update',
        'with_basic_details',
        'with_runtime_average',
        'integration_source/detail',
        'with_activity_details',
        'x',
    ],
    tags: ['a', 'b', 'c'],
    client_page: ['pipeline_schedule:create', 'pipeline:list', 'nowhere'],
    stats_type: ['pipeline_run_count', 'pipeline_run_time', 'block_run_count', 'block_run_time', 'x'],
    clone_pipeline_uuid: ['chain', 'gone'],
    name: ['chain', 'New One', 'x'],
    search: ['ch', 'X'],
    '_order_by[]': ['name', '-status', 'triggers', 'nope'],
};

/** How many records of a kind there are, by the name of a parameter or key; some ids are of none. */
const records: Record<string, number> = {
    pipeline_schedule_id: 5,
    pipeline_schedule_ids: 5,
    event_matcher_id: 1,
    backfill_id: 2,
};
const idFor = (name: string): fc.Arbitrary<number> => {
    const any = fc.integer({ min: 1, max: 14 });
    const count = records[name];
    return count === undefined
        ? any
        : fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: count }) }, { weight: 1, arbitrary: any });
};

const texts = [
    '',
    '0',
    '1',
    '2',
    '-1',
    '01',
    '+1',
    ' 1',
    '1.5',
    '1e0',
    'abc',
    'true',
    'false',
    'null',
    '2147483648',
    '99999999999999999999',
    '9223372036854775807',
    ',',
    'a,,b',
    'é',
    '\u{1f600}',
    '\0',
    'a\nb',
    '../x',
    '..\\x',
    "' or 1=1",
    '[]',
    '{}',
    'x'.repeat(300),
    '٣',
];
const hostileText = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', maxLength: 12 }));
/** Pieces of a target that no client writes. */
const rawPieces = ['%FF', '%', '%2', '%00', '%2e%2e%2f', 'a%0Ab', '&&', '=', '?'];

type Schema = {
    $ref?: string;
    type?: string | string[];
    enum?: unknown[];
    const?: unknown;
    anyOf?: Schema[];
    items?: Schema;
    properties?: Record<string, Schema>;
    examples?: unknown[];
    additionalProperties?: boolean | Schema;
    minimum?: number;
    maximum?: number;
};

const resolve = (schema: Schema): Schema => {
    if (schema.$ref === undefined) return schema;
    const [, , , name] = schema.$ref.split('/');
    return document.components.schemas[name!] as Schema;
};

const anyJson = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(null, true, -1, 0.5, 1e300, 2 ** 31, 2 ** 53, '', 'x', [], {}, [[]], [1], { a: 1 }),
    hostileText,
);

/** A value that a schema allows; `name` is the key or parameter that it is for. */
function valueFor(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const {
        type,
        enum: members,
        const: only,
        anyOf,
        items,
        properties,
        examples,
        additionalProperties,
    } = resolve(schema);
    if (only !== undefined) return fc.constant(only);
    if (members) return fc.constantFrom(...members);
    if (anyOf) return fc.oneof(...anyOf.map((part) => valueFor(part, name)));
    const types = [type ?? []].flat();
    if (properties) {
        const model = Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, valueFor(part, key)]));
        const some = fc.record(model, { requiredKeys: [] });
        const good = (examples ?? []) as object[];
        const own = fc.oneof(
            { weight: 1, arbitrary: some },
            { weight: Object.keys(model).length < 5 ? 3 : 0, arbitrary: fc.record(model) },
            { weight: good.length > 0 ? 4 : 0, arbitrary: fc.constantFrom(...good, {}) },
        );
        if (typeof additionalProperties !== 'object') return own;
        return fc
            .tuple(fc.dictionary(fc.constantFrom('env', 'a', 'é'), anyJson, { maxKeys: 2 }), own)
            .map(([more, mine]) => ({ ...more, ...mine }));
    }
    const choices: fc.Arbitrary<unknown>[] = types.map((one) => {
        switch (one) {
            case 'integer':
                return fc.oneof(
                    { weight: 3, arbitrary: idFor(name) },
                    { weight: 1, arbitrary: fc.integer({ min: 0, max: 100 }) },
                );
            case 'number':
                return fc.double({ min: 0.1, max: 100, noNaN: true });
            case 'boolean':
                return fc.boolean();
            case 'null':
                return fc.constant(null);
            case 'array':
                return fc.array(valueFor(items ?? {}, name), { maxLength: 3 });
            case 'object':
                return fc.dictionary(fc.constantFrom('a', 'b', 'execution_partition'), anyJson, { maxKeys: 2 });
            default:
                return fc.constantFrom(
                    ...(known[name] ?? examples?.filter((one) => typeof one === 'string') ?? []),
                    'x',
                    'some text',
                );
        }
    });
    if (choices.length > 0) return fc.oneof(...choices);
    return fc.oneof(fc.dictionary(fc.constantFrom('a', 'b'), anyJson, { maxKeys: 2 }), anyJson);
}

/** Puts any JSON, or one more key, somewhere into a value. */
const spoil = (value: unknown, [pick, how, junk]: [number, number, unknown]): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || how === 0) return junk;
    const keys = Object.keys(value);
    if (how === 1 || keys.length === 0)
        return { ...value, [['id', 'foo', 'status', 'pipeline', 'created_at', 'metrics'][pick % 6]!]: junk };
    const key = keys[pick % keys.length]!;
    return { ...value, [key]: spoil((value as Record<string, unknown>)[key], [pick >> 3, how - 1, junk]) };
};

const spoiled = (good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.tuple(good, fc.nat(1000), fc.nat(4), anyJson).map(([value, pick, how, junk]) => spoil(value, [pick, how, junk]));

const brokenBodies = [
    '',
    '{',
    'null',
    '[]',
    '0',
    '""',
    '"x"',
    '{"a": NaN}',
    '[Infinity]',
    '123456789012345678901234567890',
    '{"pipeline_run": null}',
    '{"pipeline_run": []}',
    '{"pipeline_run": "x"}',
    '{"pipeline_schedule": 1}',
    '{"backfill": null}',
    '\ufeff{}',
    '{"a": "\\ud800"}',
    '['.repeat(2000),
    '{"pipeline_run": {"variables": {"n": NaN}}}',
    '{"pipeline_run": {"id": 123456789012345678901234567890}}',
    'a=1&pipeline_run=2',
    '{"a": 1, "a": 2}',
];
const contentTypes = [
    'application/json',
    '',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
];

function bodyFor(operation: Operation): fc.Arbitrary<{ body?: string; type: string }> {
    const name = operation.requestBody?.content['application/json']?.schema.$ref.split('/').at(-1);
    const good = name === undefined ? fc.constant(undefined) : valueFor(document.components.schemas[name], name);
    const text = (value: unknown): string => JSON.stringify(value) ?? '';
    const usual = (arbitrary: fc.Arbitrary<unknown>) =>
        arbitrary.map((value) => ({ body: text(value), type: 'application/json' }));
    return fc.oneof(
        { weight: 8, arbitrary: usual(good) },
        { weight: 4, arbitrary: usual(spoiled(good)) },
        {
            weight: 1,
            arbitrary: fc.record({ body: fc.constantFrom(...brokenBodies), type: fc.constantFrom(...contentTypes) }),
        },
        { weight: 1, arbitrary: fc.constant({ type: '' }) },
    );
}

function pathFor(template: string, operation: Operation): fc.Arbitrary<string> {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    const piece = (name: string): fc.Arbitrary<string> => {
        const schema = operation.parameters!.find((parameter) => parameter.in === 'path' && parameter.name === name)!
            .schema as Schema;
        const good = schema.$ref?.endsWith('/Id')
            ? idFor(name).map(String)
            : fc.constantFrom(...(known[name] ?? ['x']));
        return fc.oneof(
            { weight: 20, arbitrary: good },
            { weight: 1, arbitrary: hostileText.filter((text) => text !== '').map(encodeURIComponent) },
            { weight: 1, arbitrary: fc.constantFrom('%FF', '%00', '1%20', '%201', '0x1') },
        );
    };
    return fc
        .tuple(...names.map(piece))
        .map((values) => names.reduce((path, name, i) => path.replace(`{${name}}`, values[i]!), template));
}

function queryFor(operation: Operation): fc.Arbitrary<string> {
    const parameters = (operation.parameters ?? [])
        .map((parameter) =>
            parameter.$ref ? document.components.parameters[parameter.$ref.split('/').at(-1)!] : parameter,
        )
        .filter((parameter) => parameter.in === 'query');
    const one = parameters.map(({ name, schema }) =>
        fc
            .oneof(
                {
                    weight: 4,
                    arbitrary: valueFor(schema, name).map((value) => (typeof value === 'object' ? '' : String(value))),
                },
                { weight: 1, arbitrary: hostileText },
            )
            .map((value) => `${name}=${encodeURIComponent(value)}`),
    );
    const strange = fc.oneof(
        fc
            .tuple(fc.constantFrom('foo', '_meta', '', 'é'), hostileText)
            .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
        fc.constantFrom(...rawPieces.filter((piece) => piece !== '?')),
    );
    const pieces =
        one.length === 0
            ? strange
            : fc.oneof({ weight: 9, arbitrary: fc.oneof(...one) }, { weight: 1, arbitrary: strange });
    return fc.oneof(
        { weight: 1, arbitrary: fc.constant('') },
        { weight: 3, arbitrary: fc.array(pieces, { maxLength: 4 }).map((all) => all.join('&')) },
    );
}

const bearer = { Authorization: 'Bearer 0123456789abcdef0123456789abcdef' };

/** A request of an operation, by somebody who shows one of these headers. */
export function requestOf(
    id: string,
    shown: readonly Record<string, string>[] = [{}, {}, bearer, { Authorization: 'Basic x' }],
): fc.Arbitrary<RawRequest> {
    const { method, template, operation } = operationNamed(id);
    const headers = fc.constantFrom(...shown);
    const body = method === 'GET' ? fc.constant({ type: '' }) : bodyFor(operation);
    return fc
        .tuple(pathFor(template, operation), queryFor(operation), headers, body)
        .map(([path, query, own, { type, ...rest }]) => ({
            method,
            target: query === '' ? path : `${path}?${query}`,
            headers: type === '' ? own : { ...own, 'Content-Type': type },
            ...rest,
        }));
}
