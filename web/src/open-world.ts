// The two worlds that a page can show: one in this tab, and the one of the server that the page came from.
import { createSimulator } from 'runsim';
import type { World } from './world';

// The speed at which the tab's world starts: quick enough that something moves, slow enough to follow.
const kFirstSpeed = 5;

const isServed = (): boolean =>
    document.querySelector<HTMLMetaElement>('meta[name="runsim-server"]')?.content === 'here';

export async function openTab(): Promise<World> {
    const simulator = await createSimulator({ speed: kFirstSpeed, lazy: true });
    return {
        place: 'tab',
        origin: isServed() ? location.origin : 'http://localhost:6789',
        portless: isServed()
            ? 'switch to Server: the world of this tab has no port'
            : 'for runsim serve: the world of this tab has no port',
        fetch: simulator.fetch,
    };
}

// Undefined if the page is not served by a runsim server.
export function openServer(): World | undefined {
    if (!isServed()) return undefined;
    return { place: 'server', origin: location.origin, fetch: (target, init) => fetch(target, init) };
}
