import { useEffect, useRef } from 'preact/hooks';
import { kShortcuts } from '../shortcuts';
import { kStatuses } from '../statuses';
import { Status } from './status';

export function Help({ close }: { close: () => void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => dialog.current?.showModal(), []);
    return (
        // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, too
        <dialog
            class="help"
            ref={dialog}
            onClose={close}
            aria-label="Help"
            onClick={(event) => event.target === dialog.current && close()}
        >
            <div class="heading">
                <h2>Keys</h2>
                <button onClick={close} aria-label="Close the help">
                    Close
                </button>
            </div>
            <dl class="keys">
                {kShortcuts.map((s) => (
                    <div key={s.key}>
                        <dt>
                            <kbd>{s.shown}</kbd>
                        </dt>
                        <dd>{s.words}</dd>
                    </div>
                ))}
            </dl>
            <h2>Statuses</h2>
            <dl class="words">
                {Object.entries(kStatuses).map(([name, meaning]) => (
                    <div key={name}>
                        <dt>
                            <Status of={name} />
                        </dt>
                        <dd>{meaning?.words}</dd>
                    </div>
                ))}
            </dl>
            <p class="sub">
                The scheduler looks once per tick: a run starts at a tick, and each level of blocks is queued at a tick.
                That is why a run of short blocks still takes a tick for every level.
            </p>
            <p class="sub">
                A block with pointed ends has a condition; a doubled one is run once for every item of the dynamic block
                above it, and counts the children that are done. Dashed lines across the bars are deadlines: the SLA of
                the run, and the timeouts of the run and of blocks.
            </p>
        </dialog>
    );
}
