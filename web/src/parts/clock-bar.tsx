import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { resetWorld, tellClock, toggleClock } from '../commands';
import { enter } from '../event-stream';
import { openServer } from '../open-world';
import { clock, helpOpen, loading, message, paused, project, speed, ticks, trouble, world } from '../signals';
import { setTheme, type Theme, theme } from '../theme';
import { shownUs } from '../ticking';
import { clockText, span } from '../time';
import type { World } from '../world';
import { Icon } from './icon';

const kSpeeds = [0.2, 1, 2, 5, 10, 30, 60, 300, 3600];
const kJumps = [
    { by: '10s', shown: '+10 s' },
    { by: '1m', shown: '+1 m' },
    { by: '10m', shown: '+10 m' },
    { by: '1h', shown: '+1 h' },
];

export function ClockBar({ tab }: { tab: World }) {
    const none = ticks.value === null; // no clock to command yet
    return (
        <header class="clock-bar">
            <div class="brand">
                <svg viewBox="0 0 32 32" aria-hidden="true">
                    <rect width="32" height="32" rx="8" />
                    <path d="M7 16h6m0 0 6-6h6m-12 6 6 6h6" />
                    <circle cx="13" cy="16" r="3" />
                </svg>
                <h1>runsim</h1>
                {project.value && <span class="release">Mage {project.value.mage}</span>}
                <Places tab={tab} />
            </div>
            <Time />
            <div class="controls" role="group" aria-label="Clock" inert={loading.value}>
                <button
                    class="primary round"
                    onClick={() => void toggleClock()}
                    disabled={none}
                    aria-label={paused.value ? 'Resume the clock' : 'Pause the clock'}
                    title={`${paused.value ? 'Resume' : 'Pause'} (space)`}
                >
                    {paused.value ? <Icon path="M9 6.5v11l9-5.5z" fill /> : <Icon path="M8 6v12M16 6v12" />}
                </button>
                <button onClick={() => void tellClock('step')} disabled={none} title="To the next event (.)">
                    Step
                </button>
                {kJumps.map((jump) => (
                    <button
                        key={jump.by}
                        class="jump"
                        onClick={() => void tellClock('advance', { by: jump.by })}
                        disabled={none}
                    >
                        {jump.shown}
                    </button>
                ))}
                <label class="speed">
                    <span class="visually-hidden">Speed</span>
                    <select
                        value={String(speed.value)}
                        disabled={none}
                        title="Virtual seconds in a real second"
                        onChange={(event) => {
                            event.currentTarget.blur(); // the keys are the page's again
                            void tellClock(paused.value ? 'pause' : 'resume', {
                                speed: Number(event.currentTarget.value),
                            });
                        }}
                    >
                        {[...new Set([...kSpeeds, speed.value])]
                            .sort((a, b) => a - b)
                            .map((each) => (
                                <option key={each} value={String(each)}>
                                    × {each}
                                </option>
                            ))}
                    </select>
                </label>
                <button
                    onClick={() => void resetWorld()}
                    disabled={none}
                    title="Back to the beginning (r)"
                    aria-label="Reset the world"
                >
                    <Icon path="M5 12a7 7 0 1 0 2.2-5.1M5 4.5v3.6h3.6" />
                </button>
                <ThemeButton />
                <button onClick={() => (helpOpen.value = true)} title="Keys and words (?)" aria-label="Help">
                    ?
                </button>
            </div>
            {message.value && <p class="clock-message">{message.value}</p>}
        </header>
    );
}

function Time() {
    const now = clock.value;
    if (!now) return <div class="time" />;
    const at = shownUs.value;
    const text = clockText(at);
    const interval = now.scheduler_interval_us;
    const toTick = now.next_tick_us - at;
    const perSecond = (now.speed * 1e6) / interval;
    const blur = !now.paused && perSecond > 4;
    return (
        <div class="time" data-now-us={now.now_us} aria-busy={loading.value}>
            <p class="digits" role="timer" aria-label="Virtual time, UTC">
                <span class="date">{text.date}</span> {text.time}
                <span class="millis">.{text.millis}</span>
            </p>
            <div class="tick-gauge" aria-hidden="true">
                <i style={{ transform: `scaleX(${blur ? 1 : 1 - Math.min(1, toTick / interval)})` }} />
            </div>
            <p class="next">{blur ? `${Math.round(perSecond)} ticks a second` : `next tick in ${span(toTick)}`}</p>
        </div>
    );
}

function Places({ tab }: { tab: World }) {
    const server = useRef(openServer()).current;
    if (!server)
        return (
            <span class="place" title="Everything runs in this browser tab">
                a Mage run server, simulated in this tab
            </span>
        );
    const choose = (next: World) => {
        trouble.value = null;
        void enter(next);
    };
    // As radio buttons go: one stop for Tab, and arrows choose.
    const move = (event: KeyboardEvent) => {
        if (!event.key.startsWith('Arrow')) return;
        event.preventDefault();
        choose(world.value === tab ? server : tab);
        const group = event.currentTarget as HTMLElement;
        group.querySelector<HTMLElement>('[aria-checked="false"]')?.focus();
    };
    return (
        <div class="places" role="radiogroup" aria-label="Which world" onKeyDown={move}>
            {[tab, server].map((each) => (
                <button
                    key={each.place}
                    role="radio"
                    aria-checked={world.value === each}
                    tabIndex={world.value === each ? 0 : -1}
                    onClick={() => choose(each)}
                    title={
                        each.place === 'tab'
                            ? 'A world of its own in this browser tab'
                            : `The world of ${each.origin}: what curl sees`
                    }
                >
                    {each.place === 'tab' ? 'This tab' : 'Server'}
                </button>
            ))}
        </div>
    );
}

function ThemeButton() {
    const chosen = useSignal<Theme>(theme());
    const next: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' };
    const click = () => {
        chosen.value = next[chosen.value];
        setTheme(chosen.value);
    };
    return (
        <button onClick={click} title={`Colours: ${chosen.value}`} aria-label={`Colours: ${chosen.value}. Change`}>
            <Icon
                path={
                    chosen.value === 'dark'
                        ? 'M19 14A7.5 7.5 0 0 1 10 5a7.5 7.5 0 1 0 9 9z'
                        : 'M12 4v16a8 8 0 0 0 0-16z'
                }
                fill
            />
        </button>
    );
}
