// Writes the OpenAPI document and its types into the package.
// node scripts/bundle-openapi.mjs FOLDER DIST
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from './openapi/compile.mjs';
import { declarations } from './openapi/types.mjs';

const [folder, dist] = process.argv.slice(2).map((path) => resolve(path));
const document = compile(folder);
const text = JSON.stringify(document);
const types = await declarations(document);
const write = (name, content) => writeFileSync(join(dist, name), content);
write('openapi.json', `${text}\n`);
write('openapi-document.js', `export const openapiText = ${JSON.stringify(text)};\n`);
write('openapi.d.ts', types.openapi);
write('api-types.d.ts', types.names);
write('api-types.js', 'export {};\n');
