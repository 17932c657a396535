import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const node = (code: string): { status: number | null; stdout: string } =>
    spawnSync(process.execPath, ['--input-type=module', '-e', code], {
        cwd: new URL('../..', import.meta.url),
        encoding: 'utf8',
        timeout: 100_000,
    });
const start = `
    import { createSimulator } from 'runsim';
    const sim = await createSimulator({ speed: 60 });
    const trigger = '/api/pipeline_schedules/71/pipeline_runs/4506463a01944ef492f70005996dac1a';
    const { pipeline_run: run } = await (await sim.fetch(trigger, { method: 'POST', body: '{}' })).json();
`;

test('a program that waits for transitions of a running clock goes on until it has them', () => {
    const { status, stdout } = node(`${start}
        for await (const { subject, to } of sim.transitions({ pipelineRun: run.id })) {
            if (subject !== 'run') continue;
            console.log(to);
            if (to === 'completed') break;
        }`);
    expect([status, stdout]).toEqual([0, 'initial\nrunning\ncompleted\n']);
});

test('one that merely listens ends with its last line', () => {
    const { status, stdout } = node(`${start}
        sim.onTransition(() => {});
        sim.transitions();
        console.log('end');`);
    expect([status, stdout]).toEqual([0, 'end\n']);
});
