/** Scenarios that are not meant to pass yet, in either dialect, with what brings them. */
export const pending: Readonly<Record<string, string>> = {};
