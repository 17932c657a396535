import { corsHeaders, errorResponse, type RawResponse } from './message.js';

// GET /__sim/openapi.json: the document is in a module of its own, which is loaded when somebody asks for it.

const path = '/__sim/openapi.json';

export const isOpenapiTarget = (target: string): boolean => target.split('?', 1)[0] === path;

/** `handle` answers at once, and so cannot load it. */
export const openapiNotLoaded = (): RawResponse =>
    errorResponse(404, `${path}: sim.handle() cannot load it; ask with sim.fetch(), or import 'runsim/openapi.json'`);

export async function answerOpenapi(method: string): Promise<RawResponse> {
    if (method === 'OPTIONS') return { status: 204, headers: corsHeaders, body: new Uint8Array(0) };
    if (method !== 'GET' && method !== 'HEAD') return errorResponse(405, `${method} ${path}: only GET is possible`);
    const { openapiText } = await import('./openapi-document.js');
    const headers = { 'Content-Type': 'application/json', ...corsHeaders };
    return { status: 200, headers, body: new TextEncoder().encode(openapiText) };
}
