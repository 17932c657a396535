// A world that the page shows.
export interface World {
    readonly place: 'tab' | 'server';
    // What a client would write before the path.
    readonly origin: string;
    // Why a client cannot reach it there; absent where one can.
    readonly portless?: string;
    // Like the global fetch. Rejects only when the world cannot be reached at all.
    fetch(target: string, init?: RequestInit): Promise<Response>;
}
