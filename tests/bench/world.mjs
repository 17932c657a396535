// The WebAssembly module as its callers have it: bytes copied in, answered, copied out.
import load from '../../build/wasm/runsim.mjs';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const kMeanTheSame = 64;

const requestBytes = (method, target, body) => encoder.encode(`${method} ${target}\n\n${body}`);
export const pageRequest = (target) => requestBytes('GET', target, '');
export const triggerRequest = (target, body) => requestBytes('POST', target, decoder.decode(body));

export class Module {
    #raw;

    /** `wasm`: the bytes of runsim.wasm. */
    static async load(wasm) {
        const module = new Module();
        const compiled = await WebAssembly.compile(wasm);
        module.#raw = await load({
            instantiateWasm(imports, ready) {
                WebAssembly.instantiate(compiled, imports).then((instance) => ready(instance, compiled));
                return {};
            },
        });
        return module;
    }

    /** The world of a project document. */
    world(project) {
        const engine = new this.#raw.Engine();
        const document = encoder.encode(JSON.stringify(project));
        this.#put(engine, document);
        if (!engine.create(document.length)) throw new Error(decoder.decode(this.#body(engine)));
        return engine;
    }

    /** The world of a snapshot. */
    loaded(snapshot) {
        const engine = new this.#raw.Engine();
        this.#put(engine, snapshot);
        if (!engine.load(snapshot.length)) throw new Error(decoder.decode(this.#body(engine)));
        return engine;
    }

    snapshot(engine) {
        engine.save();
        return this.#body(engine);
    }

    /** Answers the bytes of a request. */
    handle(engine, request) {
        this.#put(engine, request);
        engine.handle(request.length);
        return this.#body(engine);
    }

    /**
     * Answers requests in turn, over and over. The world keeps a few answers until it changes: of so many requests that mean the same, it has to
     * make each answer anew.
     */
    answerer(engine, target) {
        const requests = Array.from({ length: kMeanTheSame }, (_, i) => pageRequest(`${target}&again=${i}`));
        let next = 0;
        return () => this.handle(engine, requests[next++ % kMeanTheSame]);
    }

    /** A world as a contender (contenders.mjs). It has no `cold`: it keeps its texts, and a fork has none. */
    contender(engine) {
        return {
            name: 'wasm',
            page: (target) => this.handle(engine, pageRequest(target)),
            trigger: (target, body) => this.handle(engine, triggerRequest(target, body)),
        };
    }

    /**
     * What the module has in use, in bytes: all of its memory less the blocks of 64 KiB that it can give before it grows. What is free in
     * smaller pieces counts as used.
     */
    usedBytes() {
        const kBlock = 64 * 1024;
        const total = this.#raw.HEAPU8.length;
        const blocks = [];
        while (this.#raw.HEAPU8.length === total) {
            blocks.push(new this.#raw.Engine());
            blocks.at(-1).input(kBlock);
        }
        for (const block of blocks) block.delete();
        return total - (blocks.length - 1) * kBlock;
    }

    #put(engine, bytes) {
        const at = engine.input(bytes.length);
        this.#raw.HEAPU8.set(bytes, at);
    }

    #body(engine) {
        const at = engine.body();
        return this.#raw.HEAPU8.slice(at, at + engine.body_size());
    }
}
