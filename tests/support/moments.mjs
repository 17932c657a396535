// Moments at which what reads the wall clock may go wrong, each in one of four places, and how to run a command then.
import { spawnSync } from 'node:child_process';

const hours = ['00:30:00', '08:59:00', '09:00:00', '14:45:00', '23:59:50'];
const days = ['2027-02-28', '2028-02-29', '2029-12-31'];
const places = [
    { TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    { TZ: 'Pacific/Pago_Pago', LC_ALL: 'en_US.UTF-8' }, // -11
    { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' }, // +14
    { TZ: 'Asia/Kolkata', LC_ALL: 'hi_IN.UTF-8' }, // +5:30
];

// Every hour of every day, in three or four of the places.
export const moments = Array.from({ length: hours.length * days.length }, (_, i) => ({
    instant: `${days[i % days.length]}T${hours[i % hours.length]}Z`,
    place: places[i % places.length],
}));

// The command and environment that run a command from that moment on. Time passes as always, and monotonic clocks are real.
export function at({ instant, place }, command) {
    const offset = Math.round((Date.parse(instant) - Date.now()) / 1000);
    return {
        command: ['faketime', '--exclude-monotonic', '-f', `${offset < 0 ? '' : '+'}${offset}`, ...command],
        // 0: no workaround for an old C library. With it threads of Chromium spin, and a page takes a minute to open.
        env: { ...process.env, ...place, FAKETIME_FORCE_MONOTONIC_FIX: '0', NO_FAKE_STAT: '1' },
    };
}

// Whether it is that moment for node. Where faketime is missing or does not reach it, no test would notice.
export function isThen(moment) {
    const { command, env } = at(moment, [process.execPath, '-p', 'Date.now()']);
    const { stdout } = spawnSync(command[0], command.slice(1), { encoding: 'utf8', env });
    return Math.abs(Number(stdout) - Date.parse(moment.instant)) < 60_000;
}
