// Runs the suites at many moments: node tests/support/test_times.mjs [SUITE...]
import { spawnSync } from 'node:child_process';
import { at, isThen, moments } from './moments.mjs';

const wanted = process.argv.slice(2);
const withClock = ['package', 'conformance', 'openapi', 'browser'];
const withoutClock = ['layers', 'dev', 'release', 'wasm']; // once will do

if (!isThen(moments[0])) {
    console.error(`faketime does not move the clock of ${process.execPath}`);
    process.exit(1);
}
const failed = [];
for (const [i, moment] of moments.entries()) {
    const suites = wanted.length > 0 ? wanted : i === 0 ? [...withoutClock, ...withClock] : withClock;
    for (const suite of suites) {
        const name = `${suite} at ${moment.instant}, TZ=${moment.place.TZ}, LC_ALL=${moment.place.LC_ALL}`;
        console.log(`\n==== ${name}`);
        const { command, env } = at(moment, [process.execPath, 'tests/support/run_suites.mjs', suite]);
        const { status } = spawnSync(command[0], command.slice(1), { stdio: 'inherit', env });
        if (status !== 0) failed.push(name);
    }
}
console.log(failed.length > 0 ? `\n==== failed:\n${failed.join('\n')}` : '\n==== all of them passed');
process.exitCode = failed.length > 0 ? 1 : 0;
