import type { ClockState } from './clock-state.js';
import { RunsimError } from './errors.js';
import { corsHeaders, errorResponse, jsonResponse, type RawResponse } from './message.js';

// GET and PUT /__sim/snapshot: the world as bytes, and back.

/** What has a world: a simulator. */
export interface WorldOwner {
    readonly clock: ClockState;
    snapshot(): Uint8Array;
    restore(snapshot: Uint8Array): void;
}

export const isSnapshotTarget = (target: string): boolean => /^\/__sim\/snapshot(?:$|\?)/.test(target);

export function answerSnapshot(sim: WorldOwner, method: string, body: Uint8Array): RawResponse {
    switch (method) {
        case 'GET':
        case 'HEAD':
            return {
                status: 200,
                headers: { 'Content-Type': 'application/octet-stream', ...corsHeaders },
                body: sim.snapshot(),
            };
        case 'PUT':
            try {
                sim.restore(body);
            } catch (thrown) {
                if (thrown instanceof RunsimError && thrown.code === 'bad_snapshot')
                    return errorResponse(400, thrown.message);
                throw thrown;
            }
            return jsonResponse(200, { clock: sim.clock });
        case 'OPTIONS':
            return { status: 204, headers: corsHeaders, body: new Uint8Array(0) };
        default:
            return errorResponse(405, `${method} /__sim/snapshot: only GET and PUT are possible`);
    }
}
