// Writes the glue into the package without what only people read: everyone downloads it.
// node scripts/minify-glue.mjs GLUE.mjs DIST
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { minifySync } from 'vite';

const [glue, dist] = process.argv.slice(2);
const { code, errors } = minifySync(basename(glue), readFileSync(glue, 'utf8'), { module: true });
if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
writeFileSync(join(dist, basename(glue)), code);
