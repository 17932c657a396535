import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

// The package is tested as it ships: node loads the built files itself.
const server = { deps: { external: [/\/wasm\/package\/dist\//] } };

// How long a busy machine may take. No test is about speed: what waits here for long has failed.
const patience = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } };

const project = (name: string, folder: string, more = {}) => ({
    root,
    test: { name, include: [`tests/${folder}/**/*.test.ts`], server, ...patience, ...more },
});

export default defineConfig({
    root,
    test: {
        projects: [
            project('package', 'wasm'),
            project('conformance', 'conformance'),
            project('openapi', 'openapi'),
            // One Chromium at a time: two would wait for each other on two cores.
            project('browser', 'web', { maxWorkers: 1 }),
        ],
    },
});
