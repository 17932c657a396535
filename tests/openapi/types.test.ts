import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { document } from './answers.ts';

const { ModuleKind, ModuleResolutionKind, ScriptTarget } = ts;

test.each([
    ['bundler', ModuleKind.ESNext, ModuleResolutionKind.Bundler],
    ['node16', ModuleKind.Node16, ModuleResolutionKind.Node16],
    ['nodenext', ModuleKind.NodeNext, ModuleResolutionKind.NodeNext],
] as const)('the types of runsim/api compile with moduleResolution %s', (_, module, moduleResolution) => {
    const program = ts.createProgram([fileURLToPath(new URL('api-types.test-d.ts', import.meta.url))], {
        module,
        moduleResolution,
        target: ScriptTarget.ES2022,
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        types: [],
        strict: true,
        noEmit: true,
        exactOptionalPropertyTypes: true,
        skipDefaultLibCheck: true,
    });
    const found = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
        const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
        return `${file?.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(found).toEqual([]);
});

test('every schema has a type of its name', () => {
    const file = createRequire(import.meta.url)
        .resolve('runsim/api')
        .replace(/\.js$/, '.d.ts');
    const names = [...ts.sys.readFile(file)!.matchAll(/^export type (\w+) = components/gm)].map((match) => match[1]);
    expect(names).toEqual(Object.keys(document.components.schemas));
});

test('runsim/api can be imported where types are not erased by their kind', async () => {
    expect(Object.keys(await import('runsim/api'))).toEqual([]);
});
