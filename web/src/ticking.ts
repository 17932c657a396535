// Time between two events of the world: the page lets its clock run on, up to the next thing that is known to happen.
import { effect, signal } from '@preact/signals';
import type { Clock } from 'runsim/api';
import { heard } from './signals';

// Real milliseconds that one step of the clock counts at the most: the world's driver counts no more after a gap, either.
const kLongestGap = 1000;
// Real milliseconds between two pictures of what goes on.
const kPicture = 100;

// Where a running clock stands that stood at `us` so many real milliseconds ago. Beyond the next thing that is known to
// happen the page would show a time that its rows do not have yet.
export function laterThan(
    us: number,
    elapsed: number,
    clock: Pick<Clock, 'now_us' | 'paused' | 'speed' | 'next_tick_us' | 'next_event_us'>,
): number {
    if (clock.paused) return clock.now_us;
    const known = Math.min(clock.next_tick_us, clock.next_event_us ?? Infinity);
    return Math.max(clock.now_us, Math.min(us + Math.min(elapsed, kLongestGap) * 1000 * clock.speed, known));
}

// The time of the digits, which move with every frame.
export const shownUs = signal(0);
// The time of bars and durations.
export const nowUs = signal(0);

export function keepTime(): void {
    let frame = 0;
    effect(() => {
        cancelAnimationFrame(frame);
        if (!heard.value) return;
        const { clock, at } = heard.value;
        let last = performance.now();
        let pictured = last;
        let shown = laterThan(clock.now_us, last - at, clock);
        shownUs.value = shown;
        nowUs.value = shown;
        if (clock.paused) return;
        const draw = () => {
            const now = performance.now();
            shown = laterThan(shown, now - last, clock);
            last = now;
            shownUs.value = shown;
            if (now - pictured >= kPicture) {
                pictured = now;
                nowUs.value = shown;
            }
            frame = requestAnimationFrame(draw);
        };
        frame = requestAnimationFrame(draw);
    });
}
