// The glue that Emscripten writes beside runsim.wasm (wasm/bindings.cpp holds the other end).

/** One world in the module's memory. Sizes and pointers are bytes; instants are microseconds, exact in a double. */
export interface RawEngine {
    input(size: number): number;
    create(size: number): number;
    /** The two halves of `create`. */
    prepare(size: number): number;
    begin_prepared(): number;
    memory_used(): number;
    load(size: number): number;
    play(size: number): number;
    handle(size: number): number;
    head(): number;
    head_size(): number;
    body(): number;
    body_size(): number;
    advance_to(us: number, mostEvents: number, mostTransitions: number): number;
    limit_reached(): number;
    step(): number;
    transitions_end(): number;
    server_fault(): number;
    server_late(): number;
    start(): number;
    scheduler_interval(): number;
    now(): number;
    next_tick(): number;
    next_event(): number;
    save(): void;
    hash(): void;
    notes(): void;
    fork(): RawEngine;
    journal(): void;
    at(us: number): RawEngine | null;
    rewind(us: number): number;
    compare(other: RawEngine): void;
    delete(): void;
}

export interface RawModule {
    Engine: new () => RawEngine;
}

export interface RawModuleOptions {
    instantiateWasm(
        imports: WebAssembly.Imports,
        ready: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object;
    print(line: string): void;
    printErr(line: string): void;
}

export default function createModule(options: RawModuleOptions): Promise<RawModule>;
