import { createRequire } from 'node:module';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RawRequest, RawResponse } from 'runsim';

// Whether an answer is one that the OpenAPI document allows.

export interface Operation {
    operationId: string;
    tags: string[];
    parameters?: Array<{ $ref?: string; name?: string; in?: string; schema?: any }>;
    requestBody?: { content: { 'application/json'?: { schema: { $ref: string } } } };
    responses: Record<string, { content?: Record<string, { schema: any }> }>;
    'x-formats'?: Record<string, string>;
}

interface Document {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, any>; parameters: Record<string, any> };
}

export const document = createRequire(import.meta.url)('runsim/openapi.json') as Document;

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
ajv.addSchema(document, 'openapi');
const validators = new Map<string, ValidateFunction>();

/** A validator of a part of the document, `#/components/schemas/PipelineRun`. */
export function validatorAt(pointer: string): ValidateFunction {
    let validator = validators.get(pointer);
    if (!validator) {
        validator = ajv.compile({ $ref: `openapi${pointer}` });
        validators.set(pointer, validator);
    }
    return validator;
}

const literals = (template: string): number => template.split('/').filter((part) => !part.startsWith('{')).length;

const templates = Object.keys(document.paths)
    .sort((a, b) => literals(b) - literals(a))
    .map((template) => ({
        template,
        form: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
    }));

/** The path of the document that a request is for. */
export function templateOf(target: string): string | undefined {
    const path = target.split('?', 1)[0]!;
    return templates.find(({ form }) => form.test(path))?.template;
}

const defaults: Record<string, string> = { POST: 'create', PUT: 'update', DELETE: 'delete' };

function formatOf(request: RawRequest, formats: Record<string, string>): string {
    const given = new URLSearchParams(request.target.split('?', 2)[1] ?? '').get('_format');
    const action =
        defaults[request.method] ??
        ('detail' in formats && !('list' in formats && isList(request)) ? 'detail' : 'list');
    const format = given ?? action;
    return (Object.hasOwn(formats, format) ? formats[format] : formats['*'])!;
}

const isList = (request: RawRequest): boolean => !/\}$/.test(templateOf(request.target) ?? '');

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

function explain(validator: ValidateFunction, what: string): string[] {
    const errors = validator.errors ?? [];
    return errors
        .slice(0, 5)
        .map(({ instancePath, message, params }) => `${what}: ${instancePath} ${message} ${JSON.stringify(params)}`);
}

function checkJson(operation: Operation, template: string, request: RawRequest, status: number, body: any): string[] {
    const formats = operation['x-formats'];
    const method = request.method.toLowerCase();
    const pointer =
        status === 200 && typeof body === 'object' && body !== null && 'error' in body && template.startsWith('/api')
            ? `#/components/schemas/${isInternal(body) ? 'InternalErrorEnvelope' : 'ApiErrorEnvelope'}`
            : status === 200 && formats
              ? `#/components/schemas/${formatOf(request, formats)}`
              : `#/paths/${escaped(template)}/${method}/responses/${status}/content/${escaped('application/json')}/schema`;
    const validator = validatorAt(encodeURI(pointer).replaceAll('%23', '#'));
    return validator(body) ? [] : explain(validator, pointer);
}

const isInternal = (body: any): boolean => body?.error?.exception !== undefined;

/** What the document does not allow of an answer; undefined for a path that it does not have. */
export function mistakesOf(
    request: RawRequest,
    response: Pick<RawResponse, 'status' | 'body' | 'headers'>,
): string[] | undefined {
    const template = templateOf(request.target);
    if (template === undefined) return undefined;
    const text = new TextDecoder().decode(response.body);
    const operation = document.paths[template]![request.method.toLowerCase()];
    if (!operation) {
        const refused = template.startsWith('/api') ? response.status === 405 && text === '' : response.status === 405;
        return refused || response.status === 400
            ? []
            : [`${template} answers ${request.method} with ${response.status}`];
    }
    const described = operation.responses[response.status];
    if (!described) return [`${operation.operationId} answers with ${response.status}: ${text.slice(0, 200)}`];
    if (described.content === undefined)
        return text === '' ? [] : [`${operation.operationId}: a body: ${text.slice(0, 200)}`];
    const type = response.headers['Content-Type']?.split(';', 1)[0] ?? '';
    if (!(type in described.content)) return [`${operation.operationId}: ${response.headers['Content-Type']}`];
    if (response.status === 400 && template.startsWith('/api') && (text === '' || text.startsWith('Error: Invalid ')))
        return [];
    if (type === 'application/octet-stream' || type === 'text/csv') return [];
    if (type !== 'application/json')
        return text === '' ? [] : [`${operation.operationId}: a body: ${text.slice(0, 200)}`];
    let body: unknown;
    try {
        body = JSON.parse(text);
    } catch {
        return [`${operation.operationId}: no JSON: ${text.slice(0, 200)}`];
    }
    return checkJson(operation, template, request, response.status, body);
}

/** An operation by its id, with the method and path that it has. */
export function operationNamed(id: string): { method: string; template: string; operation: Operation } {
    for (const [template, item] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(item)) {
            if (operation.operationId === id) return { method: method.toUpperCase(), template, operation };
        }
    }
    throw new Error(`the document has no operation ${id}`);
}
