/** @internal The releases of Mage that are simulated; the first one is the default. */
export const releases = ['0.9.79', '0.9.80'] as const;
/** A release of Mage. */
export type MageRelease = (typeof releases)[number];

/** @internal */
export const isRelease = (version: unknown): version is MageRelease => releases.some((release) => release === version);
