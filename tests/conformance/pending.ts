/** Scenarios that are not meant to pass yet, in either dialect, with what brings them. */
export const pending: Readonly<Record<string, string>> = {
    '60-backfill': 'the life of a run, complete',
    '63-events': 'the life of a run, complete',
};
