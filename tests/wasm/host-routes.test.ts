import { createSimulator, type Simulator } from 'runsim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallProject } from './small-project.ts';
import { jsonOf } from './world.ts';

let sim: Simulator;
beforeAll(async () => {
    sim = await createSimulator({ project: smallProject });
});
afterAll(() => sim.dispose());

describe.each([
    ['/__sim/clock', 'only GET and POST are possible'],
    ['/__sim/compare', 'only POST is possible'],
    ['/__sim/journal', 'only GET and PUT are possible'],
    ['/__sim/events', 'only GET is possible'],
    ['/__sim/openapi.json', 'only GET is possible'],
    ['/__sim/snapshot', 'only GET and PUT are possible'],
])('%s', (path, possible) => {
    test.each(['', '?a=b'])('answers OPTIONS, and methods that it does not know, whatever the query (%j)', (query) => {
        const { status, headers, body } = sim.handle({ method: 'OPTIONS', target: path + query });
        expect([status, headers['Access-Control-Allow-Origin'], body.length]).toEqual([204, '*', 0]);
        const refused = sim.handle({ method: 'PATCH', target: path + query });
        expect([refused.status, jsonOf(refused).error.message]).toEqual([405, `PATCH ${path}: ${possible}`]);
    });

    test('does not answer for a longer path, which is the core’s', () => {
        const { status, body } = sim.handle({ method: 'PATCH', target: `${path}x` });
        expect([status, new TextDecoder().decode(body)]).not.toEqual([405, expect.stringContaining(possible)]);
    });
});
