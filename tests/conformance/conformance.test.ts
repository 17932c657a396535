import { readdirSync, readFileSync } from 'node:fs';
import { createSimulator } from 'runsim';
import { describe, expect, test } from 'vitest';
import { pending } from './pending.ts';
import { type Answer, play, type Scenario } from './play.ts';

const at = (path: string): URL => new URL(path, import.meta.url);
const read = <T>(path: string): T => JSON.parse(readFileSync(at(path), 'utf8')) as T;
const names = readdirSync(at('scenarios/'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

async function playAlone(scenario: Scenario, dialect: 'postgres' | 'sqlite'): Promise<Answer[]> {
    const sim = await createSimulator({
        project: at(`projects/${scenario.project ?? 'lab'}`),
        dialect,
        ...(scenario.auth ? { auth: true } : {}),
    });
    try {
        return play(sim, scenario);
    } finally {
        sim.dispose();
    }
}

for (const dialect of ['postgres', 'sqlite'] as const) {
    describe(`a ${dialect} server's recorded answers`, () => {
        for (const name of names) {
            const scenario = read<Scenario>(`scenarios/${name}.json`);
            if (scenario.only !== undefined && scenario.only !== dialect) continue;
            const expected = (): Answer[] => read<Answer[]>(`expected/${dialect}/${name}.json`);

            if (name in pending) {
                test(`${name} (pending: ${pending[name]}): ${scenario.title}`, async () => {
                    const answers = await playAlone(scenario, dialect).catch(() => undefined);
                    expect(answers, `${name} passes: strike it from pending.ts`).not.toEqual(expected());
                });
            } else {
                test(`${name}: ${scenario.title}`, async () => {
                    expect(await playAlone(scenario, dialect)).toEqual(expected());
                });
            }
        }
    });
}

test('every pending scenario is there', () => {
    expect(Object.keys(pending).filter((name) => !names.includes(name))).toEqual([]);
});

test('every recording has its scenario', () => {
    for (const dialect of ['postgres', 'sqlite']) {
        const recorded = readdirSync(at(`expected/${dialect}/`)).map((file) => file.replace(/\.json$/, ''));
        expect(recorded.filter((name) => !names.includes(name))).toEqual([]);
    }
});
