import { corsHeaders, jsonResponse } from '../base/message.js';
import type { Handler } from './route.js';

// GET and PUT /__sim/snapshot: the world as bytes, and back.

export const getSnapshot: Handler = ({ sim }) => ({
    status: 200,
    headers: { 'Content-Type': 'application/octet-stream', ...corsHeaders },
    body: sim.snapshot(),
});

export const putSnapshot: Handler = ({ sim }, _, body) => {
    sim.restore(body);
    return jsonResponse(200, { clock: sim.clock });
};
