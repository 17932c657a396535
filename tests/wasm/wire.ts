import { connect } from 'node:net';

/** Sends bytes as they are, and gives what comes back until the other end closes or `answers` bodies have come. */
export function exchange(port: number, request: string | Uint8Array, answers = 1): Promise<string> {
    return new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(request));
        let received = '';
        socket.setEncoding('latin1');
        socket.on('data', (chunk: string) => {
            received += chunk;
            if (countAnswers(received) >= answers) socket.destroy();
        });
        socket.on('error', reject);
        socket.on('close', () => resolve(received));
    });
}

/** How many whole answers stand in what was received. */
function countAnswers(text: string): number {
    let rest = text;
    let count = 0;
    for (;;) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return count;
        const head = rest.slice(0, end);
        const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
        if (rest.length < end + 4 + length) return count;
        rest = rest.slice(end + 4 + length);
        if (!head.startsWith('HTTP/1.1 100')) count++;
    }
}

export function split(answer: string): { status: string; headers: Array<[string, string]>; body: string } {
    const end = answer.indexOf('\r\n\r\n');
    const [status = '', ...lines] = answer.slice(0, end).split('\r\n');
    const headers = lines.map((line): [string, string] => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2)];
    });
    return { status, headers, body: answer.slice(end + 4) };
}
