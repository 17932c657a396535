// What the measurements should show, and whether these do. Most are ratios of rows of one run, so that they mean the same on every machine.
import { kPast } from './journal.mjs';
import { kLists } from './lists.mjs';

/** [mark, aim, value, limit] of each aim, by the rows of one engine, and by those of a browser, of native code and of files. */
export function aims(rows, engine) {
    const kBrowser = 'create, first of a page, from the cache';
    const mayBe = (row) => row.engine === engine || ['files', 'native'].includes(row.where) || row.name === kBrowser;
    const find = (name, where, runs, offset) =>
        rows.find(
            (row) =>
                row.name === name &&
                row.where === where &&
                mayBe(row) &&
                (runs === undefined || row.runs === runs) &&
                (offset === undefined || row.offset === offset),
        )?.value ?? NaN;
    const kFew = 1_000;
    const kMany = 100_000;
    const cells = [
        [kFew, 0],
        [kFew, kFew - 20],
        [kMany, 0],
        [kMany, kMany - 20],
    ];
    const worst = (values) => Math.max(...values);
    // The worst of ours by another's, over all cells of a row.
    const ratio = (name, own, other, of = cells) =>
        worst(of.map(([runs, offset]) => find(name, own, runs, offset) / find(name, other, runs, offset)));
    const most = (name, where, of = cells) => worst(of.map(([runs, offset]) => find(name, where, runs, offset)));
    const many = cells.slice(2);
    // How much slower the pages are at any offset of many runs than at the newest of few.
    const spread = (name) => most(name, 'wasm', many) / find(name, 'wasm', kFew, 0);
    const both = [[kFew], [kMany]];

    const list = [];
    const aim = (what, value, unit, limit, atLeast = false) => list.push({ what, value, unit, limit, atLeast });
    for (const mock of ['mock', 'plain mock']) {
        aim(`page cold, of the ${mock}'s`, ratio('page of 20, cold', 'wasm', mock), 'x', 0.65);
        aim(`page warm, of the ${mock}'s`, ratio('page of 20, warm', 'wasm', mock), 'x', 1);
        aim(`page warm, of the ${mock}'s at 100000 runs`, ratio('page of 20, warm', 'wasm', mock, many), 'x', 0.5);
        aim(`trigger, of the ${mock}'s`, ratio('trigger', 'wasm', mock, both), 'x', 0.5);
        aim(
            `page fetched, of MSW's over the ${mock}`,
            ratio('page, fetched', 'sim.fetch', `msw over ${mock}`),
            'x',
            0.5,
        );
    }
    aim('page cold', most('page of 20, cold', 'wasm'), 'us', 15);
    aim('page warm', most('page of 20, warm', 'wasm'), 'us', 5);
    aim('trigger', most('trigger', 'wasm', both), 'us', 2.6);
    aim('page cold, any offset of 100000 runs, of the newest of 1000', spread('page of 20, cold'), 'x', 1.3);
    aim('page warm, any offset of 100000 runs, of the newest of 1000', spread('page of 20, warm'), 'x', 1.3);
    for (const name of Object.keys(kLists)) {
        const pages = rows.filter((row) => row.name === name && mayBe(row)).map(({ value }) => value);
        aim(name, pages.length > 0 ? worst(pages) : NaN, 'us', 100);
    }
    aim('status changes', find('status changes', 'wasm'), 'M/s', 6, true);
    aim('status changes, native', find('status changes', 'native'), 'M/s', 8, true);
    aim('180 days of the demo project', find('180 days', 'runsim'), 's', 0.15);
    aim('memory of a run of four blocks', find('memory of a run', 'wasm'), 'B', 330);
    aim('engine and glue, brotli', find('engine + glue, brotli', 'files'), 'kB', 200);
    aim('first load of the page, brotli', find('first load, brotli', 'files'), 'kB', 260);
    for (const [name, limit] of Object.entries(kPast))
        aim(
            `the past of ${name}`,
            worst([find(`at, in ${name}`, 'runsim'), find(`fork and rewind, in ${name}`, 'runsim')]),
            'ms',
            limit,
        );
    aim('createSimulator(), not the first', find('create', 'runsim'), 'ms', 3);
    aim('createSimulator(), first of a page, in Chromium from its cache', find(kBrowser, 'runsim'), 'ms', 60);
    aim('start of runsim serve', find('start of runsim serve', 'runsim'), 'ms', 250);
    return list.map(({ what, value, unit, limit, atLeast }) => {
        const isMet = atLeast ? value >= limit : value <= limit;
        const mark = Number.isNaN(value) ? '?' : isMet ? 'met' : '-';
        return [mark, what, `${Number(value.toPrecision(3))} ${unit}`, `${atLeast ? '>=' : '<='} ${limit} ${unit}`];
    });
}
