export function Icon({ path, fill = false }: { path: string; fill?: boolean }) {
    return (
        <svg class={fill ? 'icon filled' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
            <path d={path} />
        </svg>
    );
}
