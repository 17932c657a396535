import { argumentError } from '../base/errors.js';
import type { Instant } from '../base/instant.js';
import { errorResponse } from '../base/message.js';
import type { Handler } from './route.js';

// GET /__sim/at/<instant>/<path>: what the server would have answered to GET <path> then.

const form = /^\/__sim\/at\/([^/?]+)(\/(?:api|__sim)(?:[/?].*)?)$/;

export const isOfPast = (path: string): boolean => path.startsWith('/__sim/at/');

/** The instant in a path: ISO text, or digits for microseconds. */
function instantOf(text: string): Instant {
    let decoded: string;
    try {
        decoded = decodeURIComponent(text);
    } catch (thrown) {
        throw argumentError('instant', `${JSON.stringify(text)} is not percent-encoded text`, thrown);
    }
    return /^\d{5,}$/.test(decoded) ? Number(decoded) : decoded;
}

export const answerPast: Handler = ({ answerAt }, request) => {
    const [, instant, target] = form.exec(request.target) ?? [];
    if (instant === undefined || target === undefined) {
        const example = '/__sim/at/2026-01-01T00:10:00/api/pipeline_runs';
        return errorResponse(
            404,
            `${request.target}: an instant and a path of /api or /__sim are needed, as in ${example}`,
        );
    }
    if (/^\/__sim\/(?:at\/|(?:events|openapi\.json)(?:\?|$))/.test(target))
        return errorResponse(404, `${target}: there is no such path in the past`);
    return answerAt(instantOf(instant), { ...request, target });
};
