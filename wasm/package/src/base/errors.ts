/**
 * What kind of mistake a {@link RunsimError} reports:
 * - `bad_argument`: an argument is not what the call takes; the message names it, its value and what would be right
 * - `bad_project`: the project has mistakes; the message lists them, a line each, with file, pipeline, block and field
 * - `bad_snapshot`: the bytes given to `restore` are no snapshot of this version
 * - `bad_journal`: what was given as a journal is none, or cannot be played; the message lists its mistakes, a line each
 * - `disposed`: the simulator was used after `dispose()`
 * - `no_module`: runsim.wasm could not be fetched, compiled or started
 * - `dead`: the WebAssembly instance stopped on a bug or for want of memory, and all simulators in it with it
 * - `no_server`: the server could not listen (port in use, no such address, ...)
 * - `no_answer`: the project plans that its server is silent at this moment
 */
export type RunsimErrorCode =
    | 'bad_argument'
    | 'bad_project'
    | 'bad_snapshot'
    | 'bad_journal'
    | 'disposed'
    | 'no_module'
    | 'dead'
    | 'no_server'
    | 'no_answer';

/** Every error that runsim itself raises. The world is as it was before the call. */
export class RunsimError extends Error {
    readonly code: RunsimErrorCode;
    /**
     * The argument that the error is about, where it is about one as a whole. The message of a `bad_argument` begins
     * with it: `port: "http" is not a number`.
     */
    readonly argument: string | undefined;

    constructor(code: RunsimErrorCode, message: string, options: { cause?: unknown; argument?: string } = {}) {
        super(message, options);
        this.name = 'RunsimError';
        this.code = code;
        this.argument = options.argument;
    }
}

/** What a command tells the person at the terminal, who can mend it: printed alone, exit code 2. */
export class CommandError extends Error {}

/** A value as an error message shows it: short, and never a failure itself. */
export function describe(value: unknown): string {
    if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return 'a function';
    if (typeof value === 'symbol') return 'a symbol';
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
    if (Array.isArray(value)) return `an array of ${value.length}`;
    if (value instanceof Date) return 'a Date';
    if (value instanceof Error) return value.message;
    const name: unknown = (value as object).constructor?.name;
    return typeof name === 'string' && name !== 'Object' ? `a value of class ${name}` : 'an object';
}

/** The error for an argument: `name: what is wrong with it`. */
export function argumentError(name: string, fault: string, cause?: unknown): RunsimError {
    const options = cause === undefined ? { argument: name } : { argument: name, cause };
    return new RunsimError('bad_argument', `${name}: ${fault}`, options);
}

/** The error for an argument: `name: value is not what it should be`. */
export function badArgument(name: string, value: unknown, expected: string): RunsimError {
    return argumentError(name, `${describe(value)} is not ${expected}`);
}

/** The text of anything thrown. */
export function messageOf(thrown: unknown): string {
    return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Refuses options that nobody reads: a misspelt one would else be silently ignored. */
export function checkKeys(name: string, value: unknown, known: readonly string[]): Record<string, unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw badArgument(name, value, 'an object');
    for (const key of Object.keys(value)) {
        if (!known.includes(key)) {
            throw argumentError(name, `unknown key ${describe(key)} (known: ${known.join(', ')})`);
        }
    }
    return value as Record<string, unknown>;
}
