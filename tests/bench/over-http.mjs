// A server on a port of this machine as a contender (contenders.mjs), for one client that keeps its connection. In node alone.
import { Agent, request } from 'node:http';

export function overHttp(name, port) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (method, path, body) =>
        new Promise((done, failed) => {
            const headers = body ? { 'Content-Type': 'application/json', 'Content-Length': body.length } : {};
            request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
                const parts = [];
                response.on('data', (part) => parts.push(part));
                response.on('end', () => done(Buffer.concat(parts)));
            })
                .on('error', failed)
                .end(body);
        });
    return {
        name,
        page: (target) => ask('GET', target),
        trigger: (target, body) => ask('POST', target, body),
        close: () => agent.destroy(),
    };
}
