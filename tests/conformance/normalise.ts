// What differs between two recordings of one server is replaced by its form, so that the form is compared and not the
// moment.

const projectFolder = /\/home\/src\/(?:lab|kinds)/g;

/**
 * A moment of a recording lies in these years. Dates that a scenario writes lie outside, and are compared to the digit.
 */
const isMoment = (year: string): boolean => Number(year) >= 2025 && Number(year) < 2999;

type Rule = [pattern: RegExp, form: (...groups: string[]) => string];

const rules: Rule[] = [
    [
        // an execution partition: schedule / date in figures
        /\b(\d+)\/(\d{4})\d{4}T\d{6}(_\d{6})?/g,
        (all, schedule, year, micros) => (isMoment(year!) ? `${schedule}/<partition${micros ? ' us' : ''}>` : all!),
    ],
    [
        /\b(\d{4})-\d\d-\d\d([ T])\d\d:\d\d:\d\d(\.\d{6})?([+-]\d\d:\d\d|Z)?/g,
        (all, year, separator, micros, zone) => {
            if (!isMoment(year!)) return all!;
            const parts = [separator === 'T' ? 'T' : 'space', micros ? 'us' : 's', ...(zone ? [zone] : [])];
            return `<date ${parts.join(' ')}>`;
        },
    ],
    [/\b[0-9a-f]{32}\b/g, () => '<hex32>'],
    [/\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g, () => '<jwt>'],
    [/("(?:server|scheduler)_process_id": )\d+/g, (_, key) => `${key}<id>`],
    [/("latest_version": )"[^"]*"/g, (_, key) => `${key}"<version>"`],
    [/("variables_dir": )"[^"]*"/g, (_, key) => `${key}"<variables>"`],
    [/("runtime_average": )\d+(?:\.\d+)?/g, (_, key) => `${key}<seconds>`],
    // Why a block failed stands in the last line of its traceback; the frames before are the server's own.
    [/"errors": \[" {2}File (?:[^"\\]|\\.)*"(?:, "(?:[^"\\]|\\.)*")*\]/g, () => '"errors": <frames>'],
    [
        /"message": "(Traceback (?:[^"\\]|\\.)*)"/g,
        (_, trace) =>
            `"message": "<traceback> ${trace!
                .split('\\n')
                .filter((line) => line !== '')
                .at(-1)}"`,
    ],
];

/**
 * Of the internal-error envelope only the exception and the parameters of the URL are compared; undefined for any other
 * body.
 */
function internalError(text: string): string | undefined {
    let body: { error?: { code?: number; exception?: string }; url_parameters?: unknown };
    try {
        body = JSON.parse(text);
    } catch {
        return undefined;
    }
    const exception = body?.error?.exception;
    if (body?.error?.code !== 500 || exception === undefined) return undefined;
    // A database driver goes on with the statement after its first line.
    const said = /^\([\w.]+\) /.test(exception) ? exception.split('\n', 1)[0] : exception;
    return `ERR500 ${JSON.stringify(said)} url_parameters ${JSON.stringify(body.url_parameters)}`
        .replace(/\b[0-9a-f]{32}\b/g, '<hex32>')
        .replace(/repo_path [^ "']+/g, 'repo_path <path>');
}

export function normalise(text: string): string {
    const formed = internalError(text) ?? rules.reduce((sofar, [pattern, form]) => sofar.replace(pattern, form), text);
    return formed.replace(/("repo_path(?:_root)?": )"[^"]*"/g, '$1"<project>"').replace(projectFolder, '<project>');
}

/** Lists that the real server reads without an ORDER BY: they come as its database pleases, and are compared by id. */
export function hasNoOrder(call: string): boolean {
    const [method, path, query] = call.split(/[ ?]/);
    if (method !== 'GET') return false;
    if (/\/pipeline_runs\/[^/]+\/block_runs$/.test(path!)) return query === undefined;
    return path!.endsWith('/pipeline_schedules') && !query?.includes('order_by');
}

/** The same text with the rows of its first list in order of their ids. */
export function sortRows(text: string): string {
    const begin = text.indexOf('[') + 1;
    let end = begin;
    let depth = 0;
    let start = begin;
    const rows: string[] = [];
    for (const { 0: piece, index } of text.slice(begin).matchAll(/"(?:\\.|[^"\\])*"|[[\]{}]/g)) {
        if (piece.startsWith('"')) continue;
        const at = begin + index;
        if (piece === '{' || piece === '[') {
            if (depth++ === 0) start = at;
        } else if (depth-- === 0) {
            break;
        } else if (depth === 0) {
            end = at + 1;
            rows.push(text.slice(start, end));
        }
    }
    const id = (row: string): number => (JSON.parse(row) as { id: number }).id;
    return text.slice(0, begin) + rows.sort((a, b) => id(a) - id(b)).join(', ') + text.slice(end);
}
