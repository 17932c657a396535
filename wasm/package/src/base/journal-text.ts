import { badArgument } from './errors.js';
import { jsonText } from './json-text.js';

/** The JSON text of a journal from outside; the core judges what is in it. */
export function journalText(journal: unknown): string {
    if (typeof journal === 'string') return journal;
    if (typeof journal !== 'object' || journal === null)
        throw badArgument('journal', journal, 'a journal: what sim.journal() gave, or its JSON text');
    return jsonText(journal);
}
