// The types are part of the product: compiled by tsc -p tests, never run.
import {
    type Advance,
    type ClockState,
    createSimulator,
    type Duration,
    type Instant,
    type ProjectObject,
    type RawResponse,
    RunsimError,
    type RunsimErrorCode,
    type Simulator,
    type Transition,
    type TransitionCause,
    type TransitionSubject,
    type TransitionsOptions,
    type WhySubject,
} from 'runsim';
import { type Server, serve } from 'runsim/serve';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const sim = await createSimulator();
same<typeof sim, Simulator>(true);
await createSimulator({
    project: 'folder',
    seed: 1,
    now: '2026-01-01',
    dialect: 'sqlite',
    mage: '0.9.80',
    speed: 10,
    wasm: new URL('http://x/'),
});
await createSimulator({ project: new URL('file:///x'), now: 1n, wasm: new Uint8Array(0) });
await createSimulator({ project: { files: { 'metadata.yaml': '' } }, now: 0 });
await createSimulator({ project: { metadata: {}, pipelines: [{ uuid: 'a', metadata: {} }], runsim: {} } });
// @ts-expect-error a Date would lose microseconds
await createSimulator({ now: new Date() });
// @ts-expect-error no such dialect
await createSimulator({ dialect: 'mysql' });
// @ts-expect-error no such release
await createSimulator({ mage: '0.9.81' });
// @ts-expect-error no such option
await createSimulator({ sped: 1 });
// @ts-expect-error a pipeline has a uuid
await createSimulator({ project: { pipelines: [{ metadata: {} }] } });

const global: typeof fetch = sim.fetch; // stands in wherever a fetch is wanted
void global;
same<Awaited<ReturnType<Simulator['fetch']>>, Response>(true);
same<ReturnType<Simulator['handle']>, RawResponse>(true);
sim.handle({ method: 'GET', target: '/', headers: { a: 'b' }, body: 'x' });
sim.handle({ method: 'GET', target: '/', headers: new Headers(), body: new Uint8Array(0) });
// @ts-expect-error a method is needed
sim.handle({ target: '/' });

same<Simulator['now'], string>(true);
same<Parameters<Simulator['onTransition']>[0], (transition: Transition) => void>(true);
same<ReturnType<Simulator['onTransition']>, () => void>(true);
for await (const transition of sim.transitions({ from: 'now', pipelineRun: 7, signal: new AbortController().signal })) {
    same<typeof transition, Transition>(true);
    same<Transition['cause'], TransitionCause>(true);
    same<Transition['subject'], TransitionSubject>(true);
}
same<TransitionsOptions['from'], number | 'now' | undefined>(true);
same<Parameters<Simulator['why']>[0], WhySubject>(true);
same<ReturnType<Simulator['why']>, string>(true);
// @ts-expect-error one of the two
sim.why({ pipelineRun: 7, blockRun: 12 });
// @ts-expect-error one of the two
sim.why({});
same<Simulator['nowMicroseconds'], number>(true);
same<Simulator['nextEvent'], string | null>(true);
same<ReturnType<Simulator['advance']>, Advance>(true);
same<ReturnType<Simulator['step']>, boolean>(true);
same<ReturnType<Simulator['snapshot']>, Uint8Array>(true);
same<ReturnType<Simulator['fork']>, Simulator>(true);
same<ClockState['next_event_us'], number | null>(true);
same<Instant, string | number | bigint>(true);
same<Duration, string | number | bigint>(true);
// @ts-expect-error the clock is moved by its methods
sim.now = '2026-01-01';
sim.runUntil('2026-01-02', { atMost: '1h' });
sim.runUntil((one) => one.nextEvent === null);
// @ts-expect-error a condition says yes or no
sim.runUntil(() => 'yes');
const stop = sim.onClock((clock) => clock.paused);
same<typeof stop, () => void>(true);

const project: ProjectObject = { name: 'x', files: {} };
void project;
same<RunsimError['code'], RunsimErrorCode>(true);
const error: Error = new RunsimError('bad_argument', 'x');
void error;

const server = await serve(sim, { port: 0 });
same<typeof server, Server>(true);
// @ts-expect-error a port is a number
await serve(sim, { port: '6789' });
