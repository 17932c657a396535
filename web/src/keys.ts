// The one listener for keys of the whole page. Returns the way to stop it.
import { kShortcuts } from './shortcuts';
import { helpOpen, loading } from './signals';

export function listenToKeys(): () => void {
    // Whether the focus came by keyboard: the ring of :focus-visible appears with the first key, so it is asked for before.
    let byKeyboard = false;
    let took = false;
    const onFocus = (event: FocusEvent) => (byKeyboard = (event.target as HTMLElement).matches(':focus-visible'));
    const onPointer = () => (byKeyboard = false);
    const onKey = (event: KeyboardEvent) => {
        const target = event.target as HTMLElement;
        if (event.key === 'Escape') helpOpen.value = false;
        if (target.closest('input, textarea, select') || event.ctrlKey || event.metaKey || event.altKey) return;
        // A button that was reached by keyboard keeps its own space and enter.
        if (byKeyboard && target.closest('button, a, summary') && (event.key === ' ' || event.key === 'Enter')) return;
        const shortcut = kShortcuts.find((s) => s.key === event.key);
        if (!shortcut || (helpOpen.value && shortcut.key !== '?')) return;
        event.preventDefault();
        took = event.key === ' ';
        if (!loading.value && !(event.repeat && took)) shortcut.act();
    };
    // Some browsers press a button when space is let go, whatever became of its going down.
    const onKeyUp = (event: KeyboardEvent) => {
        if (event.key !== ' ' || !took) return;
        took = false;
        event.preventDefault();
    };
    addEventListener('focusin', onFocus);
    addEventListener('pointerdown', onPointer);
    addEventListener('keydown', onKey);
    addEventListener('keyup', onKeyUp);
    return () => {
        removeEventListener('focusin', onFocus);
        removeEventListener('pointerdown', onPointer);
        removeEventListener('keydown', onKey);
        removeEventListener('keyup', onKeyUp);
    };
}
