// The one way from the page to a world: requests to the API and to /__sim. A world lives in this tab or behind a port.
import { createSimulator } from 'runsim';
import wasmUrl from 'runsim/runsim.wasm?url';

export interface Answer {
    status: number;
    text: string;
    // undefined where the text is no JSON
    json: any;
}

export interface World {
    readonly place: 'tab' | 'server';
    // What a client would write before the path.
    readonly origin: string;
    // Why a client cannot reach it there, as it stands; absent where one can.
    readonly portless?: string;
    // Rejects only when the world cannot be reached at all, or with the signal's reason.
    send(method: string, target: string, body?: string, signal?: AbortSignal): Promise<Answer>;
}

async function answer(response: Response): Promise<Answer> {
    const text = await response.text();
    try {
        return { status: response.status, text, json: JSON.parse(text) };
    } catch {
        return { status: response.status, text, json: undefined };
    }
}

const init = (method: string, body: string | null = null, signal: AbortSignal | null = null): RequestInit => ({
    method,
    body,
    signal,
    headers: body === null ? {} : { 'Content-Type': 'application/json' },
});

// The speed at which the tab's world starts: quick enough that something moves, slow enough to follow.
const kFirstSpeed = 5;

const isServed = (): boolean =>
    document.querySelector<HTMLMetaElement>('meta[name="runsim-server"]')?.content === 'here';

export async function openTab(): Promise<World> {
    const simulator = await createSimulator({ wasm: new URL(wasmUrl, location.href), speed: kFirstSpeed });
    return {
        place: 'tab',
        origin: isServed() ? location.origin : 'http://localhost:6789',
        portless: isServed()
            ? 'switch to Server: the world of this tab has no port'
            : 'for runsim serve: the world of this tab has no port',
        send: async (method, target, body, signal) => answer(await simulator.fetch(target, init(method, body, signal))),
    };
}

// None where the page is not served by a runsim server.
export function openServer(): World | undefined {
    if (!isServed()) return undefined;
    return {
        place: 'server',
        origin: location.origin,
        send: async (method, target, body, signal) => answer(await fetch(target, init(method, body, signal))),
    };
}
