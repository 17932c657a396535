import { argumentError, badArgument, describe } from './errors.js';

/**
 * A moment of virtual time: ISO text, UTC unless it carries a zone (`"2026-01-01 00:00:00"`,
 * `"2026-01-01T00:00:00.000001Z"`, `"2026-01-01T02:00:00+02:00"`), or microseconds since 1970-01-01 00:00:00 UTC as a
 * number or bigint. A `Date` is refused: it keeps milliseconds only.
 */
export type Instant = string | number | bigint;

/**
 * A span of virtual time: text with the units d, h, m, s, ms, larger ones first (`"10m"`, `"1h30m"`, `"0.5s"`, `"2d"`),
 * or microseconds as a number or bigint.
 */
export type Duration = string | number | bigint;

/**
 * Where the clock ends, 2250-01-01: every microsecond before is exact in a double (core/sim/reading/time_text.hpp, kEndOfTime).
 */
export const endOfTime = 8_835_955_200_000_000;

const anInstant =
    'an instant: ISO text such as "2026-01-01 00:00:00" or "2026-01-01T00:00:00.000001Z", or microseconds since 1970';
const aDuration = 'a duration (such as "10m", "1h30m", "0.5s")';
const isoText =
    /^(\d{4})-(\d\d)-(\d\d)(?:[ Tt](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(?: ?([Zz])| ?([+-])(\d\d)(?::?(\d\d))?)?$/;

/** Microseconds of a number or bigint, or undefined when they are not whole or not exact. */
function wholeMicroseconds(value: number | bigint): number | undefined {
    const us = Number(value);
    return Number.isSafeInteger(us) ? us + 0 : undefined;
}

/** Microseconds of a decimal fraction of a unit; undefined when it is finer than a microsecond. */
function fractionMicroseconds(digits: string, unitUs: number): number | undefined {
    const trimmed = digits.replace(/0+$/, '');
    if (trimmed === '') return 0;
    const scale = 10n ** BigInt(trimmed.length);
    const scaled = BigInt(trimmed) * BigInt(unitUs);
    return scaled % scale === 0n ? Number(scaled / scale) : undefined;
}

function parseInstantText(text: string): number | undefined {
    const match = isoText.exec(text.trim());
    if (!match) return undefined;
    const part = (index: number): number => Number(match[index] ?? 0);
    const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
    const milliseconds = Date.UTC(year, month - 1, day, hour, minute, second);
    const date = new Date(milliseconds);
    const exists =
        date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
    const fraction = fractionMicroseconds(match[7] ?? '', 1_000_000);
    if (!exists || year < 100 || fraction === undefined || part(10) > 23 || part(11) > 59) return undefined;
    const offset = (part(10) * 60 + part(11)) * 60_000 * (match[9] === '-' ? -1 : 1);
    return (milliseconds - offset) * 1000 + fraction;
}

/** Microseconds since 1970 of an instant from outside. `name` is the argument's, for the error. */
export function toMicroseconds(value: unknown, name: string): number {
    if (value instanceof Date) {
        throw argumentError(name, `a Date keeps milliseconds only, and loses the rest; pass ISO text or microseconds`);
    }
    let us: number | undefined;
    if (typeof value === 'string') us = parseInstantText(value);
    else if (typeof value === 'number' || typeof value === 'bigint') us = wholeMicroseconds(value);
    if (us === undefined) throw badArgument(name, value, anInstant);
    if (typeof value === 'number' && us > 1e11 && us < 1e14) {
        // Date.now() until the year 5138; as microseconds these are days of 1970 to 1973
        throw badArgument(name, value, 'an instant in microseconds (it looks like milliseconds: multiply by 1000)');
    }
    if (us < 0 || us > endOfTime) {
        throw argumentError(
            name,
            `${describe(value)} is outside the clock's range (1970-01-01 to ${instantText(endOfTime)})`,
        );
    }
    return us;
}

/** `2026-01-01T00:00:00.000000+00:00` of whole microseconds since 1970. */
export function instantText(us: number): string {
    const micros = ((us % 1_000_000) + 1_000_000) % 1_000_000;
    const seconds = new Date((us - micros) / 1000).toISOString().slice(0, 19);
    return `${seconds}.${String(micros).padStart(6, '0')}+00:00`;
}

const unitsUs = [86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000, 1_000];
const number = '(?:(\\d{1,15})(?:\\.(\\d+))?';
const durationText = new RegExp(`^${['d', 'h', 'm', 's', 'ms'].map((unit) => `${number}${unit})?`).join('')}$`);

function parseDurationText(text: string): number | undefined {
    const match = durationText.exec(text);
    if (!match || text === '') return undefined;
    let us = 0;
    for (const [index, unitUs] of unitsUs.entries()) {
        const fraction = fractionMicroseconds(match[index * 2 + 2] ?? '', unitUs);
        if (fraction === undefined) return undefined;
        us += Number(match[index * 2 + 1] ?? 0) * unitUs + fraction;
    }
    return wholeMicroseconds(us);
}

/** Microseconds of a duration from outside, 0 or more. */
export function toDurationMicroseconds(value: unknown, name: string): number {
    let us: number | undefined;
    if (typeof value === 'string') us = parseDurationText(value);
    else if (typeof value === 'number' || typeof value === 'bigint') us = wholeMicroseconds(value);
    if (us === undefined || us < 0) {
        const expected = typeof value === 'string' ? aDuration : `${aDuration}, nor whole microseconds, 0 or more`;
        throw badArgument(name, value, expected);
    }
    return us;
}

/** The instant that lies a duration after `now`, both in microseconds; it must come before the clock ends. */
export function toLaterMicroseconds(now: number, duration: unknown, name: string): number {
    const us = now + toDurationMicroseconds(duration, name);
    if (us > endOfTime) throw badArgument(name, duration, `short enough: the clock ends at ${instantText(endOfTime)}`);
    return us;
}
