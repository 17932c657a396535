// A sentence of the core, with `names` set as code, and a full stop unless it is part of another one.
export function Sentence({ text, part = false }: { text: string; part?: boolean }) {
    return (
        <>
            {text.split('`').map((part, i) => (i % 2 ? <code key={i}>{part}</code> : part))}
            {part || /[.!?]$/.test(text) ? '' : '.'}
        </>
    );
}
