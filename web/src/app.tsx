import { useEffect } from 'preact/hooks';
import { listenToKeys } from './keys';
import { ClockBar } from './parts/clock-bar';
import { Help } from './parts/help';
import { Log } from './parts/log';
import { RunTable } from './parts/run-table';
import { RunView } from './parts/run-view';
import { TriggerForm } from './parts/trigger-form';
import { TriggerList } from './parts/trigger-list';
import { helpOpen, loading, project, trouble } from './signals';
import type { World } from './world';

export function App({ tab }: { tab: World }) {
    useEffect(listenToKeys, []);

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
                        {notes.length} thing{notes.length > 1 ? 's' : ''} in this project that runsim does not simulate
                        yet
                    </summary>
                    <ul>
                        {notes.map((note) => (
                            <li key={note}>{note}</li>
                        ))}
                    </ul>
                </details>
            )}
            <main class="columns" aria-busy={loading.value} inert={loading.value}>
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
