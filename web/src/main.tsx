import { render } from 'preact';
import { App } from './app';
import { enter } from './event-stream';
import { openTab } from './open-world';
import { restoreTheme } from './theme';
import { keepTime } from './ticking';
import './style.css';

const root = document.getElementById('app')!;
restoreTheme();

try {
    const tab = await openTab();
    root.textContent = '';
    render(<App tab={tab} />, root);
    keepTime();
    await enter(tab);
} catch (error) {
    root.textContent = '';
    render(<CannotStart error={error} />, root);
}

// What a visitor can do about it, not only that it failed.
function CannotStart({ error }: { error: unknown }) {
    const why = error instanceof Error ? error.message : String(error);
    return (
        <main>
            <div class="cannot-start" role="alert">
                <h1>The simulator could not start</h1>
                <p>
                    This page runs a WebAssembly module, <code>runsim-first.wasm</code>, that should stand beside it.
                </p>
                <pre>{why}</pre>
                <ul>
                    <li>Opened as a file? Serve the folder instead: browsers load modules over http only.</li>
                    <li>
                        Does the server send the files that end in <code>.wasm</code>? A missing upload is the usual
                        cause.
                    </li>
                    <li>An old browser, or one that forbids WebAssembly (a lockdown mode), cannot run it.</li>
                </ul>
            </div>
        </main>
    );
}
