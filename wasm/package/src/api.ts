// What both entries export.

export type { Comparison, Journal, JournalPart } from './api-types.js';
export { RunsimError, type RunsimErrorCode } from './base/errors.js';
export type { Duration, Instant } from './base/instant.js';
export type { RawRequest, RawResponse } from './base/message.js';
export { compare } from './compare.js';
export type { Dialect, MageRelease, SimulatorOptions } from './create.js';
export type { ClockState } from './host/clock.js';
export type { Advance } from './host/engine.js';
export type { WasmSource } from './host/module.js';
export type {
    BlockTemplateJson,
    PipelineTemplateJson,
    ProjectFiles,
    ProjectJson,
    ProjectObject,
} from './project/files.js';
export type { Simulator } from './simulator.js';
export type { TransitionsOptions } from './watch/iterator.js';
export type { Transition, TransitionCause, TransitionSubject } from './watch/transition.js';
export type { WhySubject } from './watch/why.js';
