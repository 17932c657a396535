import { messageOf, RunsimError } from '../base/errors.js';
import { jsonResponse } from '../base/message.js';
import type { Handler } from './route.js';

// GET and PUT /__sim/journal: how the world came to be what it is, and the world of such a journal.

export const getJournal: Handler = ({ sim }) => jsonResponse(200, sim.journal());

export const putJournal: Handler = ({ sim }, _, body) => {
    let text: string;
    try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    } catch (thrown) {
        throw new RunsimError('bad_journal', `journal: ${messageOf(thrown)}`);
    }
    sim.replay(text);
    return jsonResponse(200, { clock: sim.clock });
};
