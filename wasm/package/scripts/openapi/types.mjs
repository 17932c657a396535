// Makes TypeScript declarations of the OpenAPI document: openapi.d.ts, as openapi-typescript writes it, and api-types.d.ts, which
// gives every schema its own name.
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

/** Operations without the preflights, which nobody types. */
function withoutPreflights(document) {
    const paths = Object.entries(document.paths).map(([path, { options, ...operations }]) => [path, operations]);
    return { ...document, paths: Object.fromEntries(paths) };
}

/** A type as it stands in the document: comfortable where the schema, to be true, allows more than anybody wants. */
function typeOf(text) {
    const file = ts.createSourceFile('type.ts', `type T = ${text};`, ts.ScriptTarget.ES2022, true);
    const { type } = file.statements[0];
    const clean = ts.transform(type, [
        (context) => (root) => {
            const visit = (node) => {
                const visited = ts.visitEachChild(node, visit, context);
                // Without its place in a file the node can be printed in another.
                return ts.setTextRange(ts.isIdentifier(visited) ? ts.factory.createIdentifier(visited.text) : visited, {
                    pos: -1,
                    end: -1,
                });
            };
            return visit(root);
        },
    ]);
    return clean.transformed[0];
}

const comment = (text) =>
    text === undefined ? '' : `/** ${text.trim().replaceAll('*/', '* /').split('\n').join('\n * ')} */\n`;

/** The text of both files. */
export async function declarations(document) {
    const tree = await openapiTS(withoutPreflights(document), {
        silent: true,
        transform: (schema) => (schema['x-typescript'] === undefined ? undefined : typeOf(schema['x-typescript'])),
    });
    const head = '// Made from the OpenAPI document.\n';
    const names = Object.entries(document.components.schemas).map(
        ([name, schema]) => `${comment(schema.description)}export type ${name} = components['schemas']['${name}'];\n`,
    );
    return {
        openapi: `${head}\n${astToString(tree)}`,
        names: [
            `${head}import type { components, operations, paths } from './openapi.js';\n`,
            'export type { components, operations, paths };\n',
            `/** What an operation answers with status 200: \`AnswerOf<'listPipelineRuns'>\`. Errors come so, too. */
export type AnswerOf<Operation extends keyof operations> = operations[Operation] extends {
    responses: { 200: { content: { 'application/json': infer Answer } } };
}
    ? Answer
    : never;
`,
            `/** What stands in the query of an operation: \`QueryOf<'listPipelineRuns'>\`. */
export type QueryOf<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>;
`,
            ...names,
        ].join('\n'),
    };
}
