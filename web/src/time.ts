// Dates of the API to microseconds and back to what people read. The page has no time of its own: all of it is the world's, in UTC.

// "2026-01-01 00:00:00.123456+00:00", with T or space, with or without fraction and zone (none is UTC).
export function toMicroseconds(text: string): number {
    const [, date, clock, fraction = '', zone = 'Z'] =
        /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
    if (!date) throw new Error(`not a date of the API: ${text}`);
    return Date.parse(`${date}T${clock}${zone}`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

const two = (n: number) => String(n).padStart(2, '0');

export function clockText(us: number): { date: string; time: string; millis: string } {
    const when = new Date(Math.floor(us / 1000));
    return {
        date: `${when.getUTCFullYear()}-${two(when.getUTCMonth() + 1)}-${two(when.getUTCDate())}`,
        time: `${two(when.getUTCHours())}:${two(when.getUTCMinutes())}:${two(when.getUTCSeconds())}`,
        millis: String(when.getUTCMilliseconds()).padStart(3, '0'),
    };
}

// A date of the API without its fraction and zone: "2026-01-01 00:00:10".
export const shortDate = (text: string | null): string => (text ? text.slice(0, 19).replace('T', ' ') : '–');

// "0.3 s", "12.4 s", "3 min 20 s", "2 h 05 min", "3 d 4 h": rounded to the last unit shown.
export function span(us: number): string {
    const tenths = Math.round(Math.max(0, us) / 1e5);
    if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
    const s = Math.round(us / 1e6);
    if (s < 3600) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
    const minutes = Math.round(us / 60e6);
    if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
    const hours = Math.round(us / 3600e6);
    return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
