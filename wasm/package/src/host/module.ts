import { badArgument, messageOf, RunsimError } from '../base/errors.js';
import type { LoadedProject } from '../project/files.js';
import createModule, { type RawEngine } from '../runsim.mjs';

/**
 * Where runsim.wasm comes from, when not from beside the package: its bytes, a compiled module, or an address (in node
 * also a path).
 */
export type WasmSource = BufferSource | WebAssembly.Module | URL | string;

/** What differs between node and browsers. */
export interface Platform {
    /** The bytes at an address (in node also a path); rejects with a message fit to be read. */
    readBytes(address: URL | string): Promise<BufferSource>;
    /** The project document of a folder; rejects in browsers. */
    readProjectFolder(folder: URL | string): Promise<LoadedProject>;
}

/**
 * One WebAssembly instance: one memory, in which a simulator and its forks live together. Once a call into it has
 * failed it is dead, since nobody knows what state its memory is in.
 */
export class Instance {
    readonly #memory: WebAssembly.Memory;
    readonly #engineClass: new () => RawEngine;
    readonly #lastWords: string[];
    #death: string | undefined;

    constructor(memory: WebAssembly.Memory, engineClass: new () => RawEngine, lastWords: string[]) {
        this.#memory = memory;
        this.#engineClass = engineClass;
        this.#lastWords = lastWords;
    }

    newEngine(): RawEngine {
        return this.call(() => new this.#engineClass());
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

async function compile(bytes: BufferSource, from: string): Promise<WebAssembly.Module> {
    const head = ArrayBuffer.isView(bytes)
        ? new Uint8Array(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength))
        : new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
    if (String.fromCharCode(...head) !== '\0asm') {
        throw new RunsimError('no_module', `${from} is not WebAssembly: it does not begin with "\\0asm"`);
    }
    try {
        return await WebAssembly.compile(bytes);
    } catch (thrown) {
        const hint = /unsafe-eval|Content Security Policy/i.test(messageOf(thrown))
            ? " (the page's Content-Security-Policy needs script-src 'wasm-unsafe-eval')"
            : '';
        throw new RunsimError('no_module', `${from} could not be compiled: ${messageOf(thrown)}${hint}`, {
            cause: thrown,
        });
    }
}

async function compileFrom(address: URL | string, platform: Platform): Promise<WebAssembly.Module> {
    let bytes: BufferSource;
    try {
        bytes = await platform.readBytes(address);
    } catch (thrown) {
        throw new RunsimError('no_module', `${address} could not be read: ${messageOf(thrown)}`, { cause: thrown });
    }
    return compile(bytes, String(address));
}

const isBufferSource = (value: unknown): value is BufferSource =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value);

let shipped: Promise<WebAssembly.Module> | undefined; // compiled once; instances are many

function compileShipped(address: URL, platform: Platform): Promise<WebAssembly.Module> {
    shipped ??= compileFrom(address, platform).catch((thrown: unknown) => {
        shipped = undefined; // a later call may have better luck with the network
        throw thrown;
    });
    return shipped;
}

async function compiled(source: unknown, shippedAt: URL, platform: Platform): Promise<WebAssembly.Module> {
    if (source === undefined) return compileShipped(shippedAt, platform);
    if (source instanceof WebAssembly.Module) return source;
    if (isBufferSource(source)) return compile(source, 'wasm');
    if (typeof source === 'string' || source instanceof URL) return compileFrom(source, platform);
    throw badArgument('wasm', source, 'bytes, a WebAssembly.Module, a URL or an address');
}

/** A new instance with a memory of its own: of `source`, or of the module that ships if that is undefined. */
export async function instantiate(source: unknown, shippedAt: URL, platform: Platform): Promise<Instance> {
    const module = await compiled(source, shippedAt, platform);
    const lastWords: string[] = [];
    const listen = (line: string): void => {
        lastWords.push(line);
    };
    let memory: WebAssembly.Memory | undefined;
    try {
        const raw = await new Promise<{ Engine: new () => RawEngine }>((resolve, reject) => {
            createModule({
                print: listen,
                printErr: listen,
                // The glue's own loading asks for an address, which it has no way to read in node.
                instantiateWasm(imports, ready) {
                    WebAssembly.instantiate(module, imports)
                        .then((instance) => {
                            const exported = Object.values(instance.exports);
                            memory = exported.find((value) => value instanceof WebAssembly.Memory);
                            ready(instance, module);
                        })
                        .catch(reject);
                    return {};
                },
            }).then(resolve, reject);
        });
        if (memory === undefined || typeof raw.Engine !== 'function') throw new Error('it exports no Engine');
        return new Instance(memory, raw.Engine, lastWords);
    } catch (thrown) {
        const message = `runsim.wasm does not fit this version of the package: ${messageOf(thrown)}`;
        throw new RunsimError('no_module', message, { cause: thrown });
    }
}
