// Light, dark, or as the system has it. The choice is kept where the browser allows it.
export type Theme = 'system' | 'light' | 'dark';
const kKey = 'runsim-theme';

export function theme(): Theme {
    try {
        const kept = localStorage.getItem(kKey);
        return kept === 'light' || kept === 'dark' ? kept : 'system';
    } catch {
        return 'system';
    }
}

export function setTheme(next: Theme): void {
    document.documentElement.dataset.theme = next;
    try {
        localStorage.setItem(kKey, next);
    } catch {
        // a browser without storage keeps it for this visit
    }
}

export const restoreTheme = (): void => setTheme(theme());
