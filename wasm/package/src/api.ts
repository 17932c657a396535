// What both entries export.
export type { ClockState } from './clock-state.js';
export type { Dialect, SimulatorOptions } from './create.js';
export type { Advance } from './engine.js';
export { RunsimError, type RunsimErrorCode } from './errors.js';
export type { Duration, Instant } from './instant.js';
export type { RawRequest, RawResponse } from './message.js';
export type { WasmSource } from './module.js';
export type { ProjectFiles, ProjectJson, ProjectObject } from './project-files.js';
export type { Simulator } from './simulator.js';
export type { Transition, TransitionCause, TransitionSubject } from './transition.js';
export type { TransitionsOptions } from './transition-iterator.js';
export type { WhySubject } from './why.js';
