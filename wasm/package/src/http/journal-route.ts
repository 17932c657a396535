import { jsonResponse, jsonTextResponse } from '../base/message.js';
import { bodyText } from './body-text.js';
import type { Handler } from './route.js';

// GET and PUT /__sim/journal: how the world came to be what it is, and the world of such a journal.
// POST /__sim/compare: where the world and that of a journal part.

const textOf = (body: Uint8Array): string => bodyText(body, 'bad_journal', 'journal');

export const getJournal: Handler = ({ sim }) => jsonTextResponse(200, sim.journalText());

export const putJournal: Handler = ({ sim }, _, body) => {
    sim.replay(textOf(body));
    return jsonResponse(200, { clock: sim.clock });
};

export const compareJournal: Handler = ({ sim }, _, body) => jsonTextResponse(200, sim.comparedWith(textOf(body)));
