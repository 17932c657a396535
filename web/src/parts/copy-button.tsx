import { useSignal } from '@preact/signals';
import { Icon } from './icon';

export function CopyButton({ text, what }: { text: string; what: string }) {
    const said = useSignal('');
    const copy = async () => {
        try {
            await navigator.clipboard.writeText(text);
            said.value = 'copied';
        } catch {
            said.value = 'select and copy by hand: the browser refused';
        }
        setTimeout(() => (said.value = ''), 1600);
    };
    return (
        <button class="copy" onClick={() => void copy()} aria-label={`Copy the ${what}`} title={`Copy the ${what}`}>
            {said.value || <Icon path="M9 9h10v11H9zM5 15V4h10" />}
        </button>
    );
}
