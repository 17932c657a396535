import { badArgument, messageOf, RunsimError } from '../base/errors.js';
import type { LoadedProject } from '../project/files.js';
import createModule, { type RawEngine } from '../runsim.mjs';

/**
 * Where runsim.wasm comes from, when not from beside the package: its bytes, a compiled module, or an address (in node
 * also a path).
 */
export type WasmSource = BufferSource | WebAssembly.Module | URL | string;

/** What ships beside the package's entries. */
export interface Shipped {
    module: URL;
    /** What the module lacks, if it is only the first part (wasm/split.mjs). */
    rest?: URL;
    /** The memory of an engine whose only world is that of the demo project, prepared (scripts/demo-memory.mjs). */
    demo?: URL;
}

/** What differs between node and browsers. */
export interface Platform {
    shipped: Shipped;
    /** What is at an address (in node also a path); rejects with a message fit to be read. */
    read(address: URL | string): Promise<BufferSource | Response>;
    /** The project document of a folder; rejects in browsers. */
    readProjectFolder(folder: URL | string): Promise<LoadedProject>;
}

/**
 * The world that was made last from a document. A module is deterministic and has no state but its memory: where the
 * same world was made before, a copy of the memory is that world, in a fraction of the time.
 */
interface Births {
    newest?: { document: string; memory: Uint8Array };
}
const births = new WeakMap<WebAssembly.Module, Births>();

function birthsOf(module: WebAssembly.Module): Births {
    const known = births.get(module) ?? {};
    births.set(module, known);
    return known;
}

/**
 * One WebAssembly instance: one memory, in which a simulator and its forks live together. Once a call into it has
 * failed it is dead, since nobody knows what state its memory is in.
 */
export class Instance {
    readonly #memory: WebAssembly.Memory;
    readonly #engineClass: new () => RawEngine;
    readonly #lastWords: string[];
    readonly #births: Births;
    readonly #bornSize: number;
    #engines = 0;
    #loadRest: (() => Promise<unknown>) | undefined;
    #loadDemo: (() => Promise<unknown>) | undefined;
    #death: string | undefined;

    constructor(parts: {
        module: WebAssembly.Module;
        memory: WebAssembly.Memory;
        engineClass: new () => RawEngine;
        lastWords: string[];
        loadRest: (() => Promise<unknown>) | undefined;
        loadDemo: (() => Promise<unknown>) | undefined;
    }) {
        this.#births = birthsOf(parts.module);
        this.#memory = parts.memory;
        this.#bornSize = parts.memory.buffer.byteLength;
        this.#engineClass = parts.engineClass;
        this.#lastWords = parts.lastWords;
        this.#loadRest = parts.loadRest;
        this.#loadDemo = parts.loadDemo;
    }

    /** Whether there is nothing left to load. */
    get isWhole(): boolean {
        return this.#loadRest === undefined;
    }

    /** Loads the rest of the module, which answers unusual requests (see `isUsual`). Rejects with `no_module`. */
    async loadRest(): Promise<void> {
        await this.#loadRest?.();
        this.#loadRest = undefined;
    }

    /** Prepares the demo project's world in the instance's only engine, which is new. Rejects with `no_module`. */
    async loadDemo(): Promise<void> {
        if (this.#engines !== 1) throw new Error('the demo project is for the first engine alone');
        await this.#loadDemo?.();
    }

    newEngine(): RawEngine {
        this.#engines++;
        return this.call(() => new this.#engineClass());
    }

    /**
     * Makes the world of a document in the instance's only engine, which is new, by copying the memory of an instance
     * that made the same one before. False if none did.
     */
    recall(document: string): boolean {
        const { newest } = this.#births;
        if (this.#engines !== 1 || newest?.document !== document) return false;
        this.view(0, newest.memory.length).set(newest.memory);
        return true;
    }

    /**
     * To be called when the instance's only engine has made the world of a document, and done nothing else. `used`: how
     * much of the memory has been used.
     */
    remember(document: string, used: number): void {
        if (this.#engines !== 1 || used > this.#bornSize) return; // a new one would have to grow first
        this.#births.newest = { document, memory: this.view(0, used).slice() };
    }

    /** Runs a call into the module. */
    call<T>(work: () => T): T {
        if (this.#death !== undefined) throw this.#dead();
        try {
            return work();
        } catch (thrown) {
            // An assertion says what was wrong, then the glue adds that it aborted.
            this.#death = this.#lastWords.filter((line) => !/^Aborted\(/.test(line)).at(-1) ?? messageOf(thrown);
            throw this.#dead(thrown);
        }
    }

    /** The bytes at a pointer, in place: good until the next call into the module, which may move the memory. */
    view(pointer: number, size: number): Uint8Array {
        return new Uint8Array(this.#memory.buffer, pointer, size);
    }

    #dead(cause?: unknown): RunsimError {
        const message = `the WebAssembly instance is dead and its world is lost (${this.#death}); make a new simulator`;
        return new RunsimError('dead', message, { cause });
    }
}

const isBufferSource = (value: unknown): value is BufferSource =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value);

function checkMagic(bytes: BufferSource, from: string): void {
    const head = ArrayBuffer.isView(bytes)
        ? new Uint8Array(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength))
        : new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
    if (String.fromCharCode(...head) !== '\0asm') {
        throw new RunsimError('no_module', `${from} is not WebAssembly: it does not begin with "\\0asm"`);
    }
}

// While it is fetched, if the server names its type: only then browsers keep the compiled code, too.
const streams = (response: Response): boolean =>
    /^application\/wasm\s*(?:;|$)/i.test(response.headers.get('Content-Type') ?? '');

async function compile(content: BufferSource | Response, from: string): Promise<WebAssembly.Module> {
    try {
        const isThere = isBufferSource(content);
        if (!isThere && streams(content)) return await WebAssembly.compileStreaming(content);
        const bytes = isThere ? content : await content.arrayBuffer();
        checkMagic(bytes, from);
        return await WebAssembly.compile(bytes);
    } catch (thrown) {
        if (thrown instanceof RunsimError) throw thrown;
        const hint = /unsafe-eval|Content Security Policy/i.test(messageOf(thrown))
            ? " (the page's Content-Security-Policy needs script-src 'wasm-unsafe-eval')"
            : '';
        throw new RunsimError('no_module', `${from} could not be compiled: ${messageOf(thrown)}${hint}`, {
            cause: thrown,
        });
    }
}

async function compileFrom(address: URL | string, platform: Platform): Promise<WebAssembly.Module> {
    let content: BufferSource | Response;
    try {
        content = await platform.read(address);
    } catch (thrown) {
        throw new RunsimError('no_module', `${address} could not be read: ${messageOf(thrown)}`, { cause: thrown });
    }
    return compile(content, String(address));
}

const shipped = new Map<string, Promise<WebAssembly.Module>>(); // compiled once; instances are many

function compileShipped(address: URL, platform: Platform): Promise<WebAssembly.Module> {
    const { href } = address;
    const known = shipped.get(href);
    if (known !== undefined) return known;
    const compiling = compileFrom(address, platform).catch((thrown: unknown) => {
        shipped.delete(href); // a later call may have better luck with the network
        throw thrown;
    });
    shipped.set(href, compiling);
    return compiling;
}

async function compiled(source: unknown, platform: Platform): Promise<WebAssembly.Module> {
    if (source === undefined) return compileShipped(platform.shipped.module, platform);
    if (source instanceof WebAssembly.Module) return source;
    if (isBufferSource(source)) return compile(source, 'wasm');
    if (typeof source === 'string' || source instanceof URL) return compileFrom(source, platform);
    throw badArgument('wasm', source, 'bytes, a WebAssembly.Module, a URL or an address');
}

/** How another part gets into an instance of the first one; undefined if there is none, or the instance is of it all. */
function partLoader(
    exports: WebAssembly.Exports,
    address: URL | undefined,
    platform: Platform,
): (() => Promise<unknown>) | undefined {
    if (!('$0' in exports)) return undefined; // what the parts share is called $0, $1, ...
    return async () => {
        if (address === undefined)
            throw new RunsimError('no_module', 'runsim-first.wasm is for browsers: pass runsim.wasm');
        const module = await compileShipped(address, platform);
        try {
            return await WebAssembly.instantiate(module, { first: exports });
        } catch (thrown) {
            const message = `${address} does not fit the first part: ${messageOf(thrown)}`;
            throw new RunsimError('no_module', message, { cause: thrown });
        }
    };
}

/** Begins to load a part, if there is one, beside the first. Who needs it hears of a failure when it is put in. */
export function prefetch(part: 'rest' | 'demo', platform: Platform): void {
    const address = platform.shipped[part];
    if (address !== undefined) compileShipped(address, platform).catch(() => undefined);
}

/** A new instance with a memory of its own: of `source`, or of the module that ships if that is undefined. */
export async function instantiate(source: unknown, platform: Platform): Promise<Instance> {
    const module = await compiled(source, platform);
    const lastWords: string[] = [];
    const listen = (line: string): void => {
        lastWords.push(line);
    };
    let exports: WebAssembly.Exports = {};
    try {
        const raw = await new Promise<{ Engine: new () => RawEngine }>((resolve, reject) => {
            createModule({
                print: listen,
                printErr: listen,
                // The glue's own loading asks for an address, which it has no way to read in node.
                instantiateWasm(imports, ready) {
                    WebAssembly.instantiate(module, imports)
                        .then((instance) => {
                            exports = instance.exports;
                            ready(instance, module);
                        })
                        .catch(reject);
                    return {};
                },
            }).then(resolve, reject);
        });
        const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
        if (memory === undefined || typeof raw.Engine !== 'function') throw new Error('it exports no Engine');
        return new Instance({
            module,
            memory,
            engineClass: raw.Engine,
            lastWords,
            loadRest: partLoader(exports, platform.shipped.rest, platform),
            loadDemo: platform.shipped.demo && partLoader(exports, platform.shipped.demo, platform),
        });
    } catch (thrown) {
        const message = `runsim.wasm does not fit this version of the package: ${messageOf(thrown)}`;
        throw new RunsimError('no_module', message, { cause: thrown });
    }
}
