// Formats every source file, or with --check only says which are not formatted and what the linter finds.
// scripts/node scripts/format.mjs [--check]
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const cpp = globSync('{core,wasm,tests}/**/*.{cpp,hpp}', { cwd, exclude: ['**/node_modules'] });
const commands = [
    [process.execPath, 'node_modules/.bin/clang-format', ...(check ? ['--dry-run', '-Werror'] : ['-i']), ...cpp],
    ['node_modules/.bin/biome', 'check', '--error-on-warnings', ...(check ? [] : ['--write']), '.'],
];
const failed = commands.filter(([name, ...args]) => spawnSync(name, args, { cwd, stdio: 'inherit' }).status !== 0);
if (failed.length > 0 && check) console.error('Not as `make format` would leave it.');
process.exitCode = failed.length > 0 ? 1 : 0;
