// The tables that `make bench` prints.

const shown = (value) => {
    if (value === null) return '';
    return value >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
};
const ratio = (value) => (value < 0.01 ? '<0.01x' : `${value.toFixed(2)}x`);

/** Lines of a table, its first columns to the left, the others to the right. */
export function columns(table, left) {
    const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
    return table.map((row) =>
        row
            .map((cell, i) => (i < left ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
            .join('  ')
            .trimEnd(),
    );
}

const groupBy = (rows, key) => {
    const groups = new Map();
    for (const row of rows) {
        const of = key(row);
        if (!groups.has(of)) groups.set(of, []);
        groups.get(of).push(row);
    }
    return [...groups.values()];
};
const cellOf = ({ name, runs, offset }) => [name, runs, offset].join('|');

/** A comparison: ours in microseconds, then each other's and, in brackets, what part of that ours is. */
function comparison(cells, [own, ...others]) {
    const table = [['', 'runs', 'offset', own, ...others]];
    for (const rows of cells) {
        const value = (where) => rows.find((row) => row.where === where)?.value ?? null;
        const against = (other) => (other === null ? '-' : `${shown(other)} (${ratio(value(own) / other)})`);
        const [{ name, runs, offset }] = rows;
        table.push([
            name,
            shown(runs),
            shown(offset),
            shown(value(own)),
            ...others.map((where) => against(value(where))),
        ]);
    }
    return columns(table, 1);
}

const list = (rows) =>
    columns(
        rows.map(({ name, where, runs, offset, value, unit }) => [
            name,
            where,
            shown(runs),
            shown(offset),
            shown(value),
            unit,
        ]),
        2,
    );

/** All rows, engine by engine, as lines. Who is compared with whom: who has the same cells. */
export function tables(rows) {
    const lines = [];
    for (const ofEngine of groupBy(rows, ({ engine }) => engine)) {
        lines.push('', `== ${ofEngine[0].engine}`);
        const notes = ofEngine.filter(({ note }) => note);
        const cells = groupBy(
            ofEngine.filter(({ note }) => !note),
            cellOf,
        );
        const compared = cells.filter((cell) => cell.length > 1);
        for (const alike of groupBy(compared, ([row]) => row.where)) {
            const names = [...new Set(alike.flat().map(({ where }) => where))];
            lines.push(
                '',
                `Microseconds, and in brackets what part of them ${names[0]} takes:`,
                ...comparison(alike, names),
            );
        }
        const alone = cells.filter((cell) => cell.length === 1).flat();
        if (alone.length > 0) lines.push('', ...list(alone));
        for (const { name, where, runs, note } of notes) lines.push('', `${where}, ${name}, ${runs} runs: ${note}`);
    }
    return lines;
}
