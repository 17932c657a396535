// Server-sent events: the parser, for a stream may come from the simulator of this tab, which no EventSource can open.
export interface ServerEvent {
    kind: string;
    // JSON, not parsed: of a thousand events the page reads a hundred.
    data: string;
}

function eventOf(block: string): ServerEvent | undefined {
    const fields = new Map(
        block.split('\n').map((line): [string, string] => {
            const colon = line.indexOf(':');
            return [line.slice(0, colon), line.slice(colon + 2)];
        }),
    );
    const [kind, data] = [fields.get('event'), fields.get('data')];
    return kind === undefined || data === undefined ? undefined : { kind, data };
}

// Those that came together, at a time.
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent[]> {
    const decoder = new TextDecoder();
    const reader = body.getReader();
    let text = '';
    for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += decoder.decode(value, { stream: true });
        const end = text.lastIndexOf('\n\n');
        if (end < 0) continue;
        const events = text.slice(0, end).split('\n\n').map(eventOf);
        text = text.slice(end + 2);
        yield events.filter((event) => event !== undefined);
    }
}
