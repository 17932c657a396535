import { useLayoutEffect, useRef, useState } from 'preact/hooks';

// An element's ref and its width in whole pixels, kept true.
export function useWidth(first: number) {
    const ref = useRef<HTMLDivElement>(null);
    const [width, setWidth] = useState(first);
    useLayoutEffect(() => {
        const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
        watch.observe(ref.current!);
        return () => watch.disconnect();
    }, []);
    return [ref, width] as const;
}
