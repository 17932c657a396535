// Writes the demo project into the package, as the project document that the core reads.
// node scripts/bundle-demo.mjs FOLDER DIST
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, dist] = process.argv.slice(2).map((path) => resolve(path));
const { readProjectFolder } = await import(pathToFileURL(join(dist, 'project/folder.js')).href);
const project = await readProjectFolder(folder);
writeFileSync(join(dist, 'demo-project.js'), `export const demoProject = ${JSON.stringify(project)};\n`);
