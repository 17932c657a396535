import { CommandError, messageOf } from '../base/errors.js';
import { parseExactly } from './exact-json.js';

/** A row, or anything else that the API shows, by its keys. */
export type Item = Readonly<Record<string, unknown>>;

/** What the client key of every Mage server is (http-api.md 4.2). */
export const stockApiKey = 'zkWlN0PkIKSN0C11CfUHUj84OT5XOJ6tDZ6bDRO2';

export interface Access {
    apiKey?: string | undefined;
    token?: string | undefined;
}

const pageSize = 100;
const patienceMs = 120_000;

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items of a list; none where it is no list. */
export const itemsOf = (value: unknown): Item[] => (Array.isArray(value) ? value.filter(isItem) : []);

/** The token that headers take: a session's own token has it inside (http-api.md 4.2). */
export function innerToken(token: string): string {
    const payload = token.split('.')[1];
    if (payload === undefined) return token;
    try {
        const { token: inner } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Item;
        return typeof inner === 'string' ? inner : token;
    } catch {
        return token;
    }
}

/** An error that the API answers with. */
export class Refusal extends CommandError {}

/** Reads from a Mage server. */
export class Client {
    /** When the last answer came, by the server's clock. */
    date: string | undefined;

    /** `url`: without a slash at its end. */
    constructor(
        readonly url: string,
        private readonly access: Access,
    ) {}

    /** The answer to a GET. Throws {@link CommandError} for every answer that is an error. */
    get(target: string): Promise<Item> {
        return this.#call('GET', target);
    }

    /** The same client, signed in. */
    async signIn(email: string, password: string): Promise<Client> {
        const { session } = await this.#call('POST', '/api/sessions', { session: { email, password } });
        const token = isItem(session) ? session.token : undefined;
        if (typeof token !== 'string') throw new CommandError(`${this.url} gives no token to ${email}`);
        return new Client(this.url, { ...this.access, token: innerToken(token) });
    }

    /** Ends the session of the token. */
    async signOut(): Promise<void> {
        await this.#call('PUT', '/api/sessions/mine', { session: {} });
    }

    /**
     * The items of a list, page by page, until there are `most` of them. Items that move to another page while others
     * come or go are neither left out nor taken twice: an item is known by its id, and counts as it was last seen.
     */
    async list(
        target: string,
        name: string,
        most: number,
        progress: (read: number, all: number) => void,
    ): Promise<Item[]> {
        const items = new Map<unknown, Item>();
        const glue = target.includes('?') ? '&' : '?';
        let known: number | undefined;
        for (let offset = 0; ; ) {
            const limit = Math.min(pageSize, most);
            const answer = await this.get(`${target}${glue}_limit=${limit}&_offset=${offset}`);
            const page = itemsOf(answer[name]);
            const { count, next } = isItem(answer.metadata) ? answer.metadata : ({} as Item);
            const all = typeof count === 'number' ? count : items.size + page.length;
            const gone = Math.max(0, (known ?? all) - all);
            known = all;
            for (const item of page) items.set(item.id, item);
            progress(items.size, Math.min(all, most));
            if (gone > 0) {
                offset = Math.max(0, offset - gone); // as many may have moved to the page before
                continue;
            }
            if (page.length === 0 || next !== true || items.size >= most) return [...items.values()];
            offset += page.length;
        }
    }

    async #call(method: string, target: string, body?: object): Promise<Item> {
        const { apiKey, token } = this.access;
        const headers: Record<string, string> = {};
        if (apiKey !== undefined) headers['X-API-KEY'] = apiKey;
        if (token !== undefined) headers['OAUTH-TOKEN'] = token;
        if (body !== undefined) headers['Content-Type'] = 'application/json';
        const what = `${method} ${this.url}${target}`;
        const signal = AbortSignal.timeout(patienceMs);
        let response: Response;
        let text: string;
        try {
            // Followed, a redirect would take the token to another server.
            response = await fetch(`${this.url}${target}`, {
                method,
                headers,
                signal,
                redirect: 'manual',
                ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            });
            text = await response.text();
        } catch (thrown) {
            const { cause } = thrown as { cause?: unknown };
            throw new CommandError(`${what}: no answer (${messageOf(cause ?? thrown)})`);
        }
        const { status } = response;
        if (status >= 300 && status < 400) {
            const to = response.headers.get('location') ?? 'another address';
            throw new CommandError(`${what}: the server sends callers to ${to}; give that server's address as --url`);
        }
        let answer: unknown;
        try {
            answer = parseExactly(text);
        } catch {
            // reported below
        }
        if (!isItem(answer)) throw new CommandError(`${what}: the answer (HTTP ${status}) is not one of Mage's API`);
        if (isItem(answer.error)) throw new Refusal(`${what}: ${refusal(answer.error)}`);
        if (status >= 400) throw new CommandError(`${what}: HTTP ${status}`);
        this.date = response.headers.get('date') ?? this.date;
        return answer;
    }
}

function refusal({ code, exception, message }: Item): string {
    const words = [exception, message].find((text) => typeof text === 'string' && text !== '') ?? 'no words';
    const help =
        code === 401 || code === 403 ? '; sign in with --email or --token, as somebody who may read everything' : '';
    return `the server refuses with ${String(code)}: ${String(words)}${help}`;
}
