import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

// The package is tested as it ships: node loads the built files itself.
const server = { deps: { external: [/\/wasm\/package\/dist\//] } };

export default defineConfig({
    root,
    test: {
        projects: [
            { root, test: { name: 'package', include: ['tests/wasm/**/*.test.ts'], server, testTimeout: 30_000 } },
            {
                root,
                test: { name: 'conformance', include: ['tests/conformance/**/*.test.ts'], server, testTimeout: 60_000 },
            },
            { root, test: { name: 'openapi', include: ['tests/openapi/**/*.test.ts'], server, testTimeout: 60_000 } },
            {
                root,
                test: {
                    name: 'browser',
                    include: ['tests/web/**/*.test.ts'],
                    server,
                    testTimeout: 60_000,
                    hookTimeout: 60_000,
                    // A page on a busy machine may take longer than the one second that vitest waits.
                    expect: { poll: { timeout: 10_000 } },
                    // One Chromium at a time: two would wait for each other on two cores.
                    maxWorkers: 1,
                },
            },
        ],
    },
});
