// Runs the test suites one after another, all of them even when one fails, and sums what they report of themselves.
// node tests/support/run_suites.mjs [SUITE...]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));
const reports = `${top}build/reports`;
const node = process.execPath;

// Both majors of Catch2 close with "All tests passed (3 assertions in 2 test cases)" or "test cases: 2 | 1 passed | 1 failed".
function countCatch(output) {
    const all = /All tests passed \(.* in (\d+) test cases?\)/.exec(output);
    if (all) return { passed: Number(all[1]), failed: 0 };
    const totals = /^test cases:.*$/m.exec(output)?.[0] ?? '';
    const count = (word) => Number(new RegExp(`(\\d+) ${word}(?! as)`).exec(totals)?.[1] ?? 0);
    return { passed: count('passed'), failed: count('failed') };
}

function countTap(output) {
    const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
    return { passed: count('pass'), failed: count('fail') + count('cancelled') };
}

const captured = (command, count) => () => {
    const run = spawnSync(command[0], command.slice(1), { cwd: top, encoding: 'utf8', maxBuffer: 1 << 28 });
    const output = `${run.stdout ?? ''}${run.stderr ?? ''}${run.error ? `${run.error.message}\n` : ''}`.replace(/\x1b\[[\d;]*m/g, '');
    if (run.status !== 0) process.stdout.write(output);
    return { ok: run.status === 0, ...count(output) };
};

const vitest = (project) => () => {
    const report = `${reports}/${project}.json`;
    rmSync(report, { force: true });
    const command = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', '--project', project];
    const run = spawnSync(node, [...command, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
        cwd: top,
        stdio: ['ignore', 'inherit', 'inherit'],
    });
    try {
        const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
        return { ok: run.status === 0, passed: numPassedTests, failed: numFailedTests };
    } catch {
        return { ok: false, passed: 0, failed: 0 };
    }
};

const suites = {
    layers: {
        title: 'layer and style rules',
        run: captured([node, '--test', '--test-reporter=tap', 'tests/support/check_layers.mjs'], countTap),
    },
    dev: { title: 'native tests (dev, sanitizers)', run: captured(['build/dev/tests/runsim_tests'], countCatch) },
    release: { title: 'native tests (release)', run: captured(['build/release/tests/runsim_tests'], countCatch) },
    wasm: { title: 'the same tests in wasm', run: captured([node, 'build/wasm/tests/runsim_tests.js'], countCatch) },
    package: { title: 'package tests', run: vitest('package') },
    conformance: { title: 'conformance with recorded servers', run: vitest('conformance') },
    browser: { title: 'browser tests', run: vitest('browser') },
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(suites);
for (const name of wanted) {
    if (!(name in suites)) {
        console.error(`unknown suite '${name}' (known: ${Object.keys(suites).join(', ')})`);
        process.exit(2);
    }
}

mkdirSync(reports, { recursive: true });
const sum = { passed: 0, failed: 0 };
const broken = [];
for (const name of wanted) {
    console.log(`== ${suites[name].title}`);
    const start = Date.now();
    const { ok, passed, failed } = suites[name].run();
    // A suite that dies, or that ran no test, has failed even if it counted no failure.
    const bad = !ok || failed > 0 || passed === 0;
    sum.passed += passed;
    sum.failed += bad ? Math.max(failed, 1) : 0;
    if (bad) broken.push(name);
    const verdict = bad ? (passed + failed === 0 ? 'ran no test to its end' : 'FAILED') : 'ok';
    console.log(`   ${passed} passed, ${failed} failed: ${verdict} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}
if (broken.length > 0) console.log(`== failed: ${broken.join(', ')}`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(broken.length > 0 ? 1 : 0);
