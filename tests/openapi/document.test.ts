import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { createSimulator } from 'runsim';
import { serve } from 'runsim/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { document, mistakesOf, type Operation, validatorAt } from './answers.ts';

const operations = Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item).map(([method, operation]): [string, string, Operation] => [method, template, operation]),
);

/** Every part of the document, with where it stands. */
function* parts(value: unknown, at = ''): Generator<[string, any]> {
    if (typeof value !== 'object' || value === null) return;
    yield [at, value];
    for (const [key, inner] of Object.entries(value)) yield* parts(inner, `${at}/${key}`);
}

function resolve(pointer: string): unknown {
    return pointer
        .replace(/^#\//, '')
        .split('/')
        .reduce<any>((value, key) => value?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

describe('the document', () => {
    test('is an OpenAPI 3.1 document, without a fault that its linter knows', async () => {
        for (const rules of ['spec', 'minimal'] as const) {
            const config = await createConfig({ extends: [rules] });
            const found = await lintFromString({ source: JSON.stringify(document), config });
            expect(
                found.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`),
            ).toEqual([]);
        }
    });

    test('refers only to what is there', () => {
        const lost = [...parts(document)].filter(
            ([, part]) => typeof part.$ref === 'string' && resolve(part.$ref) === undefined,
        );
        expect(lost.map(([at]) => at)).toEqual([]);
    });

    test('uses everything that it defines', () => {
        const used = new Set([...parts(document)].map(([, part]) => part.$ref));
        for (const [, , { 'x-formats': formats = {} }] of operations)
            for (const name of Object.values(formats)) used.add(`#/components/schemas/${name}`);
        const defined = ['schemas', 'parameters'].flatMap((kind) =>
            Object.keys((document.components as any)[kind]).map((name) => `#/components/${kind}/${name}`),
        );
        expect(defined.filter((pointer) => !used.has(pointer))).toEqual([]);
    });

    test('has a name of its own, a tag and a summary for every operation', () => {
        const ids = operations.map(([, , operation]) => operation.operationId);
        expect(new Set(ids).size).toBe(ids.length);
        const tags = (document as any).tags.map((tag: { name: string }) => tag.name);
        for (const [method, template, operation] of operations) {
            expect((operation as any).summary, `${method} ${template}`).toMatch(/\w/);
            expect(tags, `${method} ${template}`).toContain(operation.tags[0]);
        }
    });

    test('describes every field and parameter', () => {
        const bare: string[] = [];
        const says = (schema: any): boolean =>
            typeof schema.description === 'string' || (schema.$ref !== undefined && says(resolve(schema.$ref)));
        for (const [at, part] of parts(document.components.schemas)) {
            if (typeof part.properties !== 'object' || at.endsWith('/properties')) continue;
            for (const [key, schema] of Object.entries(part.properties)) if (!says(schema)) bare.push(`${at}/${key}`);
        }
        for (const [at, part] of parts(document)) if (typeof part.in === 'string' && !says(part)) bare.push(at);
        expect(bare).toEqual([]);
    });

    test('says of every field that can be null when it is', () => {
        const silent: string[] = [];
        const isNullable = (schema: any): boolean =>
            (Array.isArray(schema.type) && schema.type.includes('null')) ||
            (schema.anyOf ?? []).some((part: any) => part.type === 'null');
        for (const [at, part] of parts(document.components.schemas)) {
            if (part.additionalProperties !== false || at.endsWith('/properties')) continue;
            for (const [key, schema] of Object.entries<any>(part.properties ?? {}))
                if (isNullable(schema) && !/null|nothing|always|until|all of it/i.test(schema.description))
                    silent.push(`${at}/${key}`);
        }
        expect(silent).toEqual([]);
    });

    test('has examples that fit', () => {
        const wrong: string[] = [];
        let count = 0;
        for (const [name, schema] of Object.entries(document.components.schemas)) {
            for (const example of schema.examples ?? []) {
                count++;
                if (!validatorAt(`#/components/schemas/${name}`)(example))
                    wrong.push(`${name}: ${JSON.stringify(example)}`);
            }
        }
        expect(wrong).toEqual([]);
        expect(count).toBeGreaterThan(20);
    });

    test('closes every object that the server sends', () => {
        const open: string[] = [];
        const walk = (schema: any, at: string, known: Set<string>): void => {
            if (schema.$ref) {
                if (known.has(schema.$ref)) return;
                known.add(schema.$ref);
                walk(resolve(schema.$ref), schema.$ref, known);
            }
            if (schema.properties && schema.additionalProperties !== false) open.push(at);
            for (const [key, inner] of Object.entries(schema.properties ?? {})) walk(inner, `${at}/${key}`, known);
            for (const inner of [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])])
                walk(inner, at, known);
        };
        const known = new Set<string>();
        for (const [, template, { responses }] of operations)
            for (const { content } of Object.values(responses))
                walk(content?.['application/json']?.schema ?? {}, template, known);
        expect(open).toEqual([]);
    });
});

test('docs/api.md has the tables of the document: else run `npm run docs`', () => {
    const [script, page] = ['wasm/package/scripts/openapi/docs.mjs', 'docs/api.md'].map((path) =>
        fileURLToPath(new URL(`../../${path}`, import.meta.url)),
    );
    expect(readFileSync(page!, 'utf8')).toBe(
        execFileSync(process.execPath, [script!, '--print'], { encoding: 'utf8' }),
    );
});

describe('an answer', () => {
    const request = { method: 'GET', target: '/api/schedulers' };
    const answer = (body: unknown, status = 200) => ({
        status,
        headers: { 'Content-Type': 'application/json' },
        body: new TextEncoder().encode(JSON.stringify(body)),
    });
    const good = { schedulers: [{ status: 'running' }], metadata: {} };

    test('that fits is no mistake', () => expect(mistakesOf(request, answer(good))).toEqual([]));
    test.each<[string, unknown, number]>([
        ['a key too many', { ...good, more: 1 }, 200],
        ['a key too many deep inside', { ...good, schedulers: [{ status: 'running', more: 1 }] }, 200],
        ['a key too few', { schedulers: [] }, 200],
        ['another value', { ...good, schedulers: [{ status: 'asleep' }] }, 200],
        ['a status that is not described', good, 418],
        ['an error that is none', { error: { code: 404, message: 'x', type: 'lost' }, status: 200 }, 200],
        [
            'an internal error with a key too few',
            { error: { code: 500, errors: [], exception: 'x' }, url_parameters: {} },
            200,
        ],
    ])('with %s is a mistake', (_, body, status) => expect(mistakesOf(request, answer(body, status))).not.toEqual([]));
    test('of a method that is not described is one', () =>
        expect(mistakesOf({ method: 'PUT', target: '/api/schedulers' }, answer(good))).not.toEqual([]));
    test('of the wrong format is one', () =>
        expect(
            mistakesOf(
                { method: 'GET', target: '/api/statuses?_format=with_activity_details' },
                answer({ statuses: [], metadata: null }),
            ),
        ).not.toEqual([]));
});

describe('/__sim/openapi.json', () => {
    let sim: Awaited<ReturnType<typeof createSimulator>>;
    beforeAll(async () => {
        sim = await createSimulator();
    });
    afterAll(() => sim.dispose());

    test('is answered by fetch', async () => {
        const response = await sim.fetch('/__sim/openapi.json?_=1');
        expect(response.status).toBe(200);
        expect(response.headers.get('Content-Type')).toBe('application/json');
        expect(await response.json()).toEqual(document);
    });

    test('is answered on a real port', async () => {
        const server = await serve(sim, { port: 0 });
        try {
            const response = await fetch(`${server.url}/__sim/openapi.json`);
            expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
            expect(await response.json()).toEqual(document);
        } finally {
            await server.close();
        }
    });

    test('knows GET only, and says so', async () => {
        const refused = await sim.fetch('/__sim/openapi.json', { method: 'PUT' });
        expect([refused.status, (await refused.json()).error.message]).toEqual([
            405,
            'PUT /__sim/openapi.json: only GET is possible',
        ]);
        expect((await sim.fetch('/__sim/openapi.json', { method: 'OPTIONS' })).status).toBe(204);
    });

    test('is not there for handle, which says where it is', () => {
        const { status, body } = sim.handle({ method: 'GET', target: '/__sim/openapi.json' });
        expect([status, new TextDecoder().decode(body)]).toEqual([404, expect.stringContaining('sim.fetch()')]);
    });

    test('costs nothing until it is asked for: only one module names it, and imports it late', () => {
        const text = readFileSync(new URL('../../wasm/package/dist/http/openapi-route.js', import.meta.url), 'utf8');
        expect(text).toContain("await import('../openapi-document.js')");
        expect(text).not.toMatch(/from '\.\.\/openapi-document\.js'/);
    });

    test('is refused by a simulator that was disposed of', async () => {
        const gone = await createSimulator();
        gone.dispose();
        await expect(gone.fetch('/__sim/openapi.json')).rejects.toThrow(/disposed/);
    });
});

test('/__sim/events streams what the document describes', async () => {
    const sim = await createSimulator();
    const stop = new AbortController();
    const response = await sim.fetch('/__sim/events?from=0', { signal: stop.signal });
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const schemas: Record<string, string> = {
        transition: 'Transition',
        clock: 'ClockAnswer',
        edit: 'EditEvent',
        reset: 'ResetEvent',
    };
    const seen = new Set<string>();
    const acts = [
        () => void sim.advance('1m'),
        () => void sim.handle({ method: 'DELETE', target: '/api/pipeline_runs/1' }),
        () => sim.reset(),
    ];
    for (let reads = 0; seen.size < 4 && reads < 20; reads++) {
        for (const event of (await reader.read()).value!.split('\n\n').filter(Boolean)) {
            const name = /^event: (.*)$/m.exec(event)![1]!;
            const fits = validatorAt(`#/components/schemas/${schemas[name]}`);
            expect(fits(JSON.parse(/^data: (.*)$/m.exec(event)![1]!)), JSON.stringify(fits.errors)).toBe(true);
            seen.add(name);
        }
        acts.shift()?.();
    }
    expect([...seen].sort()).toEqual(['clock', 'edit', 'reset', 'transition']);
    stop.abort();
    sim.dispose();
});

test('every path answers OPTIONS with 204, and HEAD and PATCH with 405', async () => {
    const sim = await createSimulator();
    for (const template of Object.keys(document.paths).filter((path) => path.startsWith('/api'))) {
        const target = template.replace(/\{\w+\}/g, '1');
        for (const [method, status] of [
            ['OPTIONS', 204],
            ['HEAD', 405],
            ['PATCH', 405],
        ] as const) {
            const response = sim.handle({ method, target });
            expect([method, target, response.status, response.body.length]).toEqual([method, target, status, 0]);
        }
    }
    sim.dispose();
});
