import { useEffect } from 'preact/hooks';
import { ClockBar } from './parts/clock-bar';
import { Help } from './parts/help';
import { Log } from './parts/log';
import { RunView } from './parts/run-view';
import { RunTable } from './parts/run-table';
import { TriggerForm } from './parts/trigger-form';
import { TriggerList } from './parts/trigger-list';
import { kShortcuts } from './shortcuts';
import { helpOpen, project, trouble } from './state';
import type { World } from './world';

export function App({ tab }: { tab: World }) {
    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            const typing = (event.target as HTMLElement).closest('input, textarea, select');
            if (event.key === 'Escape') helpOpen.value = false;
            if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
            // A focused button keeps its own space and enter.
            if ((event.target as HTMLElement).closest('button, a, summary') && (event.key === ' ' || event.key === 'Enter')) return;
            const shortcut = kShortcuts.find((s) => s.key === event.key);
            if (!shortcut || (helpOpen.value && shortcut.key !== '?')) return;
            event.preventDefault();
            shortcut.act();
        };
        addEventListener('keydown', onKey);
        return () => removeEventListener('keydown', onKey);
    }, []);

    const notes = project.value?.notes ?? [];
    return (
        <>
            <ClockBar tab={tab} />
            {trouble.value && (
                <p class="trouble" role="alert">
                    {trouble.value}
                </p>
            )}
            {notes.length > 0 && (
                <details class="notes">
                    <summary>
                        {notes.length} thing{notes.length > 1 ? 's' : ''} in this project that runsim does not simulate yet
                    </summary>
                    <ul>
                        {notes.map((note) => (
                            <li key={note}>{note}</li>
                        ))}
                    </ul>
                </details>
            )}
            <main class="columns">
                <TriggerList />
                <div class="middle">
                    <TriggerForm />
                    <RunTable />
                    <Log />
                </div>
                <RunView />
            </main>
            {helpOpen.value && <Help close={() => (helpOpen.value = false)} />}
        </>
    );
}
