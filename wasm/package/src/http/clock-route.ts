import type { JournalPart } from '../api-types.js';
import { argumentError, badArgument, checkKeys, messageOf, RunsimError } from '../base/errors.js';
import { toLaterMicroseconds, toMicroseconds } from '../base/instant.js';
import { jsonResponse } from '../base/message.js';
import { checkSpeed } from '../host/clock.js';
import { bodyText } from './body-text.js';
import type { Handler, Host } from './route.js';

// GET and POST /__sim/clock: pause and speed are the host's, not the core's.

const actions = ['pause', 'resume', 'advance', 'step', 'run_until', 'rewind', 'reset'] as const;

export const getClock: Handler = ({ sim }) => jsonResponse(200, { clock: sim.clock });

export const commandClock: Handler = ({ sim }, _, body) => {
    const removed = command(sim, body);
    return jsonResponse(200, { clock: sim.clock, removed });
};

function parseBody(body: Uint8Array): unknown {
    const text = bodyText(body, 'bad_argument', 'the body is not JSON');
    try {
        return JSON.parse(text);
    } catch (thrown) {
        throw new RunsimError('bad_argument', `the body is not JSON: ${messageOf(thrown)}`);
    }
}

/** Checks all of a command before it does any of it. Returns what it removes from the journal. */
function command(sim: Host['sim'], body: Uint8Array): JournalPart | undefined {
    const document = checkKeys('the body', parseBody(body), ['clock']);
    const clock = checkKeys('clock', document.clock, ['action', 'speed', 'by', 'until']);
    const { action } = clock;
    if (action === undefined && clock.speed === undefined) {
        throw argumentError('clock.action', `missing (one of ${actions.join(', ')}; clock.speed alone will do)`);
    }
    if (action !== undefined && !(actions as readonly unknown[]).includes(action)) {
        throw badArgument('clock.action', action, `one of ${actions.join(', ')}`);
    }
    const speed = clock.speed === undefined ? undefined : checkSpeed(clock.speed, 'clock.speed');
    for (const [key, owners] of [
        ['by', ['advance']],
        ['until', ['run_until', 'rewind']],
    ] as const) {
        const isOwner = (owners as readonly unknown[]).includes(action);
        if ((clock[key] !== undefined) === isOwner) continue;
        const fault = isOwner
            ? `missing (the action is "${action}")`
            : `only the action "${owners.join('" or "')}" has it`;
        throw argumentError(`clock.${key}`, fault);
    }
    let until = 0;
    if (action === 'advance') until = toLaterMicroseconds(sim.nowMicroseconds, clock.by, 'clock.by');
    else if (action === 'run_until' || action === 'rewind') until = toMicroseconds(clock.until, 'clock.until');

    if (speed !== undefined && action !== 'reset') sim.speed = speed;
    if (action === 'pause') sim.pause();
    else if (action === 'resume') sim.resume();
    else if (action === 'step') sim.step();
    else if (action === 'advance' || action === 'run_until') sim.runUntil(until);
    else if (action === 'reset') sim.reset();
    else if (action === 'rewind') return sim.rewind(until);
    if (speed !== undefined && action === 'reset') sim.speed = speed;
    return undefined;
}
