// Runs the test suites one after another, all of them even when one fails, and sums what they report of themselves.
// node tests/support/run_suites.mjs [SUITE...]
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { at, isThen, moments } from './moments.mjs';

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

function countCtest(output) {
    const [, failed, all] = /(\d+) tests failed out of (\d+)/.exec(output) ?? [0, 0, 0];
    return { passed: all - failed, failed: Number(failed) };
}

// On CI vitest colours its report even when it goes to a file.
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1' };

// Waits until the text is out: what a child writes next would else come before it.
const say = (text) => new Promise((done) => process.stdout.write(text, done));

// Runs a command to its end. Its output comes with the result, or goes straight to ours when `shown`.
function run(command, shown, more) {
    return new Promise((done) => {
        const stdio = ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'];
        const child = spawn(command[0], command.slice(1), { cwd: top, stdio, env: { ...env, ...more } });
        let output = '';
        for (const stream of [child.stdout, child.stderr])
            stream?.setEncoding('utf8').on('data', (text) => (output += text));
        child.on('error', (error) => done({ ok: false, output: `${error.message}\n` }));
        child.on('close', (status) => done({ ok: status === 0, output: output.replace(/\x1b\[[\d;]*m/g, '') }));
    });
}

const captured = (command, count) => async () => {
    const program = command.find((word) => word.startsWith('build/'));
    if (program && !existsSync(top + program))
        await say(`There is no ${program}: see what configuring and building said.\n`);
    const { ok, output } = await run(command, false);
    if (!ok) await say(output);
    return { ok, ...count(output) };
};

// CMake leaves these tests out where Catch2 is a compiled library and its sources are not to be had.
const inWasm = (command, count) => async () => {
    const built = `${top}build/wasm/build.ninja`;
    if (existsSync(built) && !readFileSync(built, 'utf8').includes('runsim_tests')) return { leftOut: true };
    return captured(command, count)();
};

// The tests that the arguments choose, now or at another moment.
async function vitest(name, chosen, moment) {
    const report = `${reports}/${name}.json`;
    rmSync(report, { force: true });
    const command = [node, 'node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', ...chosen];
    command.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
    const then = moment ? at(moment, command) : { command };
    const { ok } = await run(then.command, true, then.env);
    try {
        const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
        return { ok, passed: numPassedTests, failed: numFailedTests };
    } catch {
        return { ok: false, passed: 0, failed: 0 };
    }
}

const project = (name) => () => vitest(name, ['--project', name]);

// `make test-times` runs all tests at all of the moments.
async function testTimes() {
    const files = ['tests/wasm/cli.test.ts', 'tests/wasm/serve.test.ts', 'tests/web/page.test.ts'];
    const sum = { ok: true, passed: 0, failed: 0 };
    for (const moment of moments.slice(-2)) {
        await say(`   ${moment.instant}, TZ=${moment.place.TZ}\n`);
        if (!isThen(moment)) {
            await say(`   faketime does not move the clock of ${node}\n`);
            return { ok: false, passed: 0, failed: 1 };
        }
        const { ok, passed, failed } = await vitest('times', [...files, '-t', 'runsim serve|on the wire'], moment);
        sum.ok &&= ok;
        sum.passed += passed;
        sum.failed += failed;
    }
    return sum;
}

const suites = {
    layers: {
        title: 'rules of layers, citations and style',
        run: captured(
            [
                node,
                '--test',
                '--test-reporter=tap',
                'tests/support/check_layers.mjs',
                'tests/support/check_package_rooms.mjs',
                'tests/support/check_citations.mjs',
                'tests/support/check_style.mjs',
            ],
            countTap,
        ),
    },
    dev: { title: 'native tests (dev, sanitizers)', run: captured(['build/dev/tests/runsim_tests'], countCatch) },
    release: { title: 'native tests (release)', run: captured(['build/release/tests/runsim_tests'], countCatch) },
    wasm: { title: 'the same tests in wasm', run: inWasm([node, 'build/wasm/tests/runsim_tests.js'], countCatch) },
    consumer: {
        title: 'the core in another CMake project',
        run: captured(['ctest', '--preset', 'dev', '-R', 'consumer'], countCtest),
    },
    node: {
        title: "what ships, in short, under the system's node",
        run: captured(['node', '--test', '--test-reporter=tap', 'tests/support/smoke.test.mjs'], countTap),
    },
    bench: {
        title: 'what the benchmarks compare',
        run: captured([node, '--test', '--test-reporter=tap', 'tests/bench/rivals.test.mjs'], countTap),
    },
    package: { title: 'package tests', run: project('package') },
    conformance: { title: 'conformance with recorded servers', run: project('conformance') },
    openapi: { title: 'the OpenAPI document, its types, and the answers it allows', run: project('openapi') },
    browser: { title: 'browser tests', run: project('browser') },
    times: { title: 'what reads the wall clock, at other moments and in other time zones', run: testTimes },
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
    await say(`== ${suites[name].title}\n`);
    const start = Date.now();
    const { ok, passed, failed, leftOut } = await suites[name].run();
    if (leftOut) {
        await say('   left out: they need Catch2 v2, or the sources of v3 (make test CATCH2_DIR=FOLDER)\n');
        continue;
    }
    // A suite that dies, or that ran no test, has failed even if it counted no failure.
    const bad = !ok || failed > 0 || passed === 0;
    sum.passed += passed;
    sum.failed += bad ? Math.max(failed, 1) : 0;
    if (bad) broken.push(name);
    const verdict = bad ? (passed + failed === 0 ? 'ran no test to its end' : 'FAILED') : 'ok';
    await say(`   ${passed} passed, ${failed} failed: ${verdict} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`);
}
if (broken.length > 0) await say(`== failed: ${broken.join(', ')}\n`);
await say(`${sum.passed} passed, ${sum.failed} failed\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
