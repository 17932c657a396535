// Times contenders that do the same, in turns: what the machine does meanwhile, it does to all of them.

const kRounds = 20;
const kRoundMs = 4; // long enough that garbage is collected in it
const kWarmMs = 60; // V8 compiles what runs often a second time, better
const kPatienceMs = 4_000; // of one contender in one race; who is slower gets fewer rounds

const isPromise = (value) => value instanceof Promise;

// Milliseconds that `times` calls of `work` take.
async function timed(contender, times) {
    const { work, before = () => undefined, after = () => undefined } = contender;
    const given = [];
    for (let i = 0; i < times; i++) given.push(before());
    const start = performance.now();
    for (let i = 0; i < times; i++) {
        const done = work(given[i]);
        if (isPromise(done)) await done;
    }
    const taken = performance.now() - start;
    for (const one of given) after(one);
    return taken;
}

// Warms one up; returns how many calls make a round, and how many rounds there is patience for.
async function prepare(contender) {
    const most = contender.most ?? 500;
    const first = await timed(contender, 1);
    if (first > kPatienceMs / 4) return { contender, calls: 1, rounds: 2, best: first };
    let calls = 1;
    let taken = first;
    for (let spent = first; spent < kWarmMs; spent += taken) {
        taken = await timed(contender, calls);
        calls = Math.max(1, Math.min(most, Math.round((kRoundMs * calls) / Math.max(taken, 0.01))));
    }
    const rounds = Math.max(3, Math.min(kRounds, Math.floor(kPatienceMs / Math.max(taken, kRoundMs))));
    return { contender, calls, rounds, best: Infinity };
}

/**
 * Microseconds a call, by name: the least of the rounds. Each contender is { name, work, before?, after?, most? }: `before` makes what a call
 * of `work` is given, `after` puts it away, and neither is timed; `most` is how many calls a round may have. What `work` promises is awaited.
 */
export async function race(contenders) {
    const racing = [];
    for (const contender of contenders) racing.push(await prepare(contender));
    globalThis.gc?.(); // what was made before is not to be collected meanwhile
    for (let round = 0; round < kRounds; round++) {
        for (const one of racing) {
            if (round >= one.rounds) continue;
            one.best = Math.min(one.best, (await timed(one.contender, one.calls)) / one.calls);
        }
    }
    return new Map(racing.map(({ contender, best }) => [contender.name, best * 1000]));
}

/** Microseconds of one alone. */
export const time = async (work, more = {}) => (await race([{ name: '', work, ...more }])).get('');

/** The median of milliseconds that `work` takes. */
export async function median(times, work) {
    const taken = [];
    for (let i = 0; i < times; i++) {
        const start = performance.now();
        await work();
        taken.push(performance.now() - start);
    }
    return taken.sort((a, b) => a - b)[Math.floor(times / 2)];
}
