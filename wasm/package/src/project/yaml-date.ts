/** A plain scalar that PyYAML takes for a date, or for a date and time. */
export const isDate =
    /^\d{4}-(?:\d\d-\d\d|\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;
const dateParts =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::\d\d)?))?)?$/;

/** The ISO form of a text that PyYAML takes for a date; undefined where there is no such day or time. */
export function isoDate(text: string): string | undefined {
    const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone] =
        dateParts.exec(text) ?? [];
    const pad = (digits: string): string => digits.padStart(2, '0');
    const iso = `${year}-${pad(month)}-${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)}`;
    const instant = new Date(`${iso.replace(' ', 'T')}Z`);
    if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(iso.replace(' ', 'T'))) return undefined;
    if (text.length === 10) return text; // a day
    const micros = fraction === '' ? '' : `.${fraction.slice(0, 6).padEnd(6, '0')}`;
    const [, sign = '', hours = '', minutes = '0'] = /^([-+])(\d+)(?::(\d+))?$/.exec(zone ?? '') ?? [];
    const offset = zone === undefined ? '' : sign === '' ? '+00:00' : `${sign}${pad(hours)}:${pad(minutes)}`;
    return `${iso}${micros}${offset}`;
}

/** What a trigger's date is in a project given as JSON: a text that YAML would take for a date is one. */
export const markedDate = (value: unknown): unknown => {
    const iso = typeof value === 'string' && isDate.test(value) ? isoDate(value) : undefined;
    return iso === undefined ? value : { $date: iso };
};
