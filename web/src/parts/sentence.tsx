// A sentence of the core, with `names` set as code, and a full stop.
export function Sentence({ text }: { text: string }) {
    return (
        <>
            {text.split('`').map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part))}
            {/[.!?]$/.test(text) ? '' : '.'}
        </>
    );
}
