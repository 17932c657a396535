import { defineConfig } from 'vite';

export default defineConfig({
    base: './', // the page is served from any folder of any host
    build: {
        target: 'es2022',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0, // a strict content security policy allows no data: addresses
    },
    worker: { format: 'es' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
