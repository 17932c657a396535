import { corsHeaders, errorResponse, type RawResponse } from '../base/message.js';
import type { Handler } from './route.js';

// GET /__sim/openapi.json: the document is in a module of its own, which is loaded when somebody asks for it.

const notLoaded =
    "/__sim/openapi.json: sim.handle() cannot load it; ask with sim.fetch(), or import 'runsim/openapi.json'";

async function load(): Promise<RawResponse> {
    const { openapiText } = await import('../openapi-document.js');
    const headers = { 'Content-Type': 'application/json', ...corsHeaders };
    return { status: 200, headers, body: new TextEncoder().encode(openapiText) };
}

export const getOpenapi: Handler = () => ({ atOnce: errorResponse(404, notLoaded), start: load });
