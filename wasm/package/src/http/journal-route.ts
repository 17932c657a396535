import { messageOf, RunsimError } from '../base/errors.js';
import { jsonResponse } from '../base/message.js';
import type { Handler } from './route.js';

// GET and PUT /__sim/journal: how the world came to be what it is, and the world of such a journal.
// POST /__sim/compare: where the world and that of a journal part.

const decoder = new TextDecoder('utf-8', { fatal: true });

function textOf(body: Uint8Array): string {
    try {
        return decoder.decode(body);
    } catch (thrown) {
        throw new RunsimError('bad_journal', `journal: ${messageOf(thrown)}`);
    }
}

export const getJournal: Handler = ({ sim }) => jsonResponse(200, sim.journal());

export const putJournal: Handler = ({ sim }, _, body) => {
    sim.replay(textOf(body));
    return jsonResponse(200, { clock: sim.clock });
};

export const compareJournal: Handler = ({ sim }, _, body) => jsonResponse(200, sim.comparedWith(textOf(body)));
