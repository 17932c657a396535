// sqlite-wasm: tables and an index in memory. SQL writes the JSON of a cold page from the rows; `page` reads a text kept with each run.
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { Births, readTarget, triggerAnswer } from '../workload.mjs';

const encoder = new TextEncoder();

// How SQL shows columns: what is JSON already, as it is. Ids have a type, or else no index of them serves a join.
const asJson = new Set(['event_variables', 'metrics', 'passed_sla', 'variables', 'pipeline_tags']);
const shown = (table, columns) =>
    columns.map((name) => `'${name}', ${asJson.has(name) ? `json(${table}.${name})` : `${table}.${name}`}`).join(', ');
const typed = (name) => (name === 'id' ? 'id INTEGER PRIMARY KEY' : name.endsWith('_id') ? `${name} INTEGER` : name);
const stored = (row, columns) => columns.map((name) => (asJson.has(name) ? JSON.stringify(row[name]) : row[name]));
const insertInto = (db, table, columns) =>
    db.prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`);

export async function makeSqlite(runs) {
    const sqlite3 = await sqlite3InitModule();
    const db = new sqlite3.oo1.DB(':memory:');
    const births = new Births(runs.length);
    const runColumns = Object.keys(runs[0]).filter((name) => name !== 'block_runs');
    const blockColumns = Object.keys(runs[0].block_runs[0]);
    db.exec(`
        CREATE TABLE run (${runColumns.map(typed).join()}, text);
        CREATE TABLE block_run (${blockColumns.map(typed).join()});
        CREATE INDEX run_schedule ON run (pipeline_schedule_id, id);
        CREATE INDEX block_run_run ON block_run (pipeline_run_id, id)`);
    const insertRun = insertInto(db, 'run', [...runColumns, 'text']);
    const insertBlockRun = insertInto(db, 'block_run', blockColumns);
    const counts = new Map();
    const insert = (run) => {
        insertRun.bind([...stored(run, runColumns), JSON.stringify(run)]).stepReset();
        for (const blockRun of run.block_runs) insertBlockRun.bind(stored(blockRun, blockColumns)).stepReset();
        counts.set(run.pipeline_schedule_id, (counts.get(run.pipeline_schedule_id) ?? 0) + 1);
    };
    db.transaction(() => {
        for (const run of runs) insert(run);
    });

    const ofPage = 'WHERE pipeline_schedule_id = ? ORDER BY id DESC LIMIT ? OFFSET ?';
    const kept = db.prepare(`SELECT text FROM run ${ofPage}`);
    const fresh = db.prepare(`
        SELECT json_object(${shown('run', runColumns)}, 'block_runs', json((
            SELECT json_group_array(json_object(${shown('b', blockColumns)}))
            FROM (SELECT * FROM block_run WHERE pipeline_run_id = run.id ORDER BY id) b)))
        FROM run ${ofPage}`);
    const answer = (statement, target) => {
        const { schedule, limit, offset } = readTarget(target);
        const count = counts.get(schedule) ?? 0;
        statement.bind([schedule, limit, offset]);
        let rows = '';
        while (statement.step()) rows += (rows === '' ? '' : ',') + statement.getString(0);
        statement.reset();
        return encoder.encode(
            `{"pipeline_runs":[${rows}],"metadata":{"count":${count},"next":${offset + limit < count}}}`,
        );
    };
    return {
        name: 'sqlite-wasm',
        cold: (target) => answer(fresh, target),
        page: (target) => answer(kept, target),
        trigger(_target, body) {
            const run = births.triggered(body);
            insert(run);
            return encoder.encode(JSON.stringify(triggerAnswer(run)));
        },
        close() {
            for (const statement of [insertRun, insertBlockRun, kept, fresh]) statement.finalize();
            db.close();
        },
    };
}
