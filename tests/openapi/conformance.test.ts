import { readdirSync, readFileSync } from 'node:fs';
import { createSimulator, type RawRequest, type RawResponse, type Simulator } from 'runsim';
import { describe, expect, test } from 'vitest';
import { pending } from '../conformance/pending.ts';
import { play, type Scenario } from '../conformance/play.ts';
import { mistakesOf } from './answers.ts';

// Every answer of the conformance scenarios, which are those of the real server, is one that the document describes.

const at = (path: string): URL => new URL(`../conformance/${path}`, import.meta.url);
const names = readdirSync(at('scenarios/')).sort();

/** Targets that the document leaves out: other spellings of names, and what is no resource at all. */
const leftOut = ['/api/foo_bars', '/api/pipeline_run', '/api/PIPELINE_RUNS'];

/** Whether an answer says that there is no such route, or no such pipeline, or that the resource is not simulated. */
const isNothing = ({ status, body }: RawResponse): boolean =>
    status === 404 ||
    /NotImplementedError: runsim does not simulate|Pipeline [^"]+ does not exist/.test(new TextDecoder().decode(body));

function watched(sim: Simulator, found: string[]): Pick<Simulator, 'handle' | 'advance' | 'nowMicroseconds'> {
    return {
        handle(request: RawRequest): RawResponse {
            const response = sim.handle(request);
            const mistakes = mistakesOf(request, response);
            if (mistakes === undefined && !leftOut.includes(request.target) && !isNothing(response))
                found.push(`no path for ${request.method} ${request.target}`);
            for (const mistake of mistakes ?? []) found.push(`${request.method} ${request.target}: ${mistake}`);
            return response;
        },
        advance: (duration) => sim.advance(duration),
        get nowMicroseconds() {
            return sim.nowMicroseconds;
        },
    };
}

for (const dialect of ['postgres', 'sqlite'] as const) {
    describe(`the document describes the answers on ${dialect}`, () => {
        for (const name of names) {
            const scenario = JSON.parse(readFileSync(at(`scenarios/${name}`), 'utf8')) as Scenario;
            if (scenario.only !== undefined && scenario.only !== dialect) continue;
            test(`of ${name}: ${scenario.title}`, async () => {
                const sim = await createSimulator({ project: at(`projects/${scenario.project ?? 'lab'}`), dialect });
                const found: string[] = [];
                try {
                    play(watched(sim, found) as Simulator, scenario);
                } catch (thrown) {
                    if (!(name.replace('.json', '') in pending)) throw thrown;
                }
                sim.dispose();
                expect(found).toEqual([]);
            });
        }
    });
}
