// What both entries export.
export type { Dialect, SimulatorOptions } from './create.js';
export type { Advance } from './engine.js';
export { RunsimError, type RunsimErrorCode } from './errors.js';
export type { Duration, Instant } from './instant.js';
export type { RawRequest, RawResponse } from './message.js';
export type { WasmSource } from './module.js';
export type { ProjectFiles, ProjectJson, ProjectObject } from './project-files.js';
export type { ClockState, Simulator } from './simulator.js';
