// The first simulator of a page: `window.taken` becomes a promise of milliseconds, the loading of the package included.
async function run() {
    const start = performance.now();
    const { createSimulator } = await import('runsim');
    await createSimulator();
    return performance.now() - start;
}
window.taken = run();
