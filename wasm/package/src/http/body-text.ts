import { messageOf, RunsimError, type RunsimErrorCode } from '../base/errors.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text of a request's body. Throws an error of that code, which names the body, if it is no UTF-8. */
export function bodyText(body: Uint8Array, code: RunsimErrorCode, name: string): string {
    try {
        return decoder.decode(body);
    } catch (thrown) {
        throw new RunsimError(code, `${name}: ${messageOf(thrown)}`);
    }
}
