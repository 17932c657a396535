import { checkSpeed } from './clock.js';
import type { ClockState } from './clock-state.js';
import { checkKeys, describe, messageOf, RunsimError } from './errors.js';
import { toLaterMicroseconds, toMicroseconds } from './instant.js';
import { corsHeaders, errorResponse, jsonResponse, type RawResponse } from './message.js';

// GET and POST /__sim/clock: pause and speed are the host's, not the core's.

/** What has a clock: a simulator. */
export interface ClockOwner {
    readonly clock: ClockState;
    readonly nowMicroseconds: number;
    speed: number;
    pause(): void;
    resume(): void;
    step(): boolean;
    runUntil(goal: number): boolean;
    reset(): void;
}

const actions = ['pause', 'resume', 'advance', 'step', 'run_until', 'reset'] as const;
const decoder = new TextDecoder('utf-8', { fatal: true });

export const isClockTarget = (target: string): boolean => /^\/__sim\/clock(?:$|\?)/.test(target);

export function answerClock(sim: ClockOwner, method: string, body: Uint8Array): RawResponse {
    switch (method) {
        case 'GET':
            return jsonResponse(200, { clock: sim.clock });
        case 'POST':
            try {
                command(sim, body);
            } catch (thrown) {
                if (thrown instanceof RunsimError && thrown.code === 'bad_argument')
                    return errorResponse(400, thrown.message);
                throw thrown;
            }
            return jsonResponse(200, { clock: sim.clock });
        case 'OPTIONS':
            return { status: 204, headers: corsHeaders, body: new Uint8Array(0) };
        default:
            return errorResponse(405, `${method} /__sim/clock: only GET and POST are possible`);
    }
}

function parseBody(body: Uint8Array): unknown {
    try {
        return JSON.parse(decoder.decode(body));
    } catch (thrown) {
        throw new RunsimError('bad_argument', `the body is no JSON: ${messageOf(thrown)}`);
    }
}

/** Checks all of a command before it does any of it. */
function command(sim: ClockOwner, body: Uint8Array): void {
    const document = checkKeys('the body', parseBody(body), ['clock']);
    const clock = checkKeys('clock', document.clock, ['action', 'speed', 'by', 'until']);
    const { action } = clock;
    if (action === undefined && clock.speed === undefined) {
        throw new RunsimError(
            'bad_argument',
            `clock.action: missing (one of ${actions.join(', ')}; clock.speed alone will do)`,
        );
    }
    if (action !== undefined && !(actions as readonly unknown[]).includes(action)) {
        throw new RunsimError('bad_argument', `clock.action: ${describe(action)} is not one of ${actions.join(', ')}`);
    }
    const speed = clock.speed === undefined ? undefined : checkSpeed(clock.speed, 'clock.speed');
    for (const [key, owner] of [
        ['by', 'advance'],
        ['until', 'run_until'],
    ] as const) {
        if ((clock[key] !== undefined) !== (action === owner)) {
            const fault =
                clock[key] === undefined ? `missing (the action is "${owner}")` : `only the action "${owner}" has it`;
            throw new RunsimError('bad_argument', `clock.${key}: ${fault}`);
        }
    }
    let until = 0;
    if (action === 'advance') until = toLaterMicroseconds(sim.nowMicroseconds, clock.by, 'clock.by');
    else if (action === 'run_until') until = toMicroseconds(clock.until, 'clock.until');

    if (speed !== undefined && action !== 'reset') sim.speed = speed;
    if (action === 'pause') sim.pause();
    else if (action === 'resume') sim.resume();
    else if (action === 'step') sim.step();
    else if (action === 'advance' || action === 'run_until') sim.runUntil(until);
    else if (action === 'reset') sim.reset();
    if (speed !== undefined && action === 'reset') sim.speed = speed;
}
