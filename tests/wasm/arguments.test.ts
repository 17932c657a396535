import { createSimulator, type Simulator } from 'runsim';
import { beforeAll, describe, expect, test } from 'vitest';
import { smallProject } from './small-project.ts';
import { trigger } from './world.ts';

// Embind turns 'abc' and NaN into 0 without a word: nothing wrong may get that far.

let sim: Simulator;
beforeAll(async () => {
    sim = await createSimulator({ project: smallProject });
    trigger(sim);
    sim.advance('13s');
});

type Call = (one: any) => unknown;
const wrong: Record<string, Array<[string, Call, RegExp]>> = {
    advance: [
        ['nothing', (one) => one.advance(), /^duration: undefined is not a duration/],
        ['null', (one) => one.advance(null), /^duration: null is not/],
        [
            'words',
            (one) => one.advance('soon'),
            /^duration: "soon" is not a duration \(such as "10m", "1h30m", "0\.5s"\)$/,
        ],
        ['an empty text', (one) => one.advance(''), /^duration: "" is not/],
        ['a number without its unit', (one) => one.advance('10'), /^duration: "10" is not/],
        ['units in the wrong order', (one) => one.advance('10s1m'), /^duration: "10s1m" is not/],
        ['a unit twice', (one) => one.advance('1m1m'), /^duration: "1m1m" is not/],
        ['a blank inside', (one) => one.advance('1h 30m'), /^duration: "1h 30m" is not/],
        ['less than a microsecond', (one) => one.advance('0.0000001s'), /^duration: "0\.0000001s" is not/],
        ['NaN', (one) => one.advance(NaN), /^duration: NaN is not .*whole microseconds, 0 or more$/],
        ['infinity', (one) => one.advance(Infinity), /^duration: Infinity is not/],
        ['half a microsecond', (one) => one.advance(0.5), /^duration: 0\.5 is not/],
        ['backwards', (one) => one.advance(-1), /^duration: -1 is not/],
        ['backwards as a bigint', (one) => one.advance(-1n), /^duration: -1n is not/],
        ['more than a double counts', (one) => one.advance(2n ** 60n), /^duration: 1152921504606846976n is not/],
        [
            'past the end of the clock',
            (one) => one.advance('82000d'),
            /^duration: "82000d" is not short enough: the clock ends at 2250/,
        ],
        ['an object', (one) => one.advance({ minutes: 1 }), /^duration: an object is not/],
        ['a Date', (one) => one.advance(new Date()), /^duration: a Date is not/],
    ],
    runUntil: [
        ['nothing', (one) => one.runUntil(), /^goal: undefined is not an instant/],
        ['words', (one) => one.runUntil('noon'), /^goal: "noon" is not an instant/],
        ['a Date', (one) => one.runUntil(new Date()), /^goal: a Date keeps milliseconds only/],
        [
            'milliseconds',
            (one) => one.runUntil(1_795_557_872_134),
            /^goal: 1795557872134 is not an instant in microseconds \(it looks like milliseconds/,
        ],
        [
            'an async condition',
            (one) => one.runUntil(async () => true),
            /^goal: .* is not what a condition may return: true or false, at once/,
        ],
        ['after the end', (one) => one.runUntil('2251-01-01'), /^goal: .* outside the clock's range/],
        ['a wrong limit', (one) => one.runUntil('2026-01-02', { atMost: 'long' }), /^atMost: "long" is not a duration/],
        [
            'a misspelt limit',
            (one) => one.runUntil(() => true, { atmost: '1m' }),
            /^runUntil: unknown key "atmost" \(known: atMost\)/,
        ],
    ],
    resume: [
        ['a speed alone', (one) => one.resume(5), /^resume: 5 is not an object/],
        ['a misspelt speed', (one) => one.resume({ sped: 5 }), /^resume: unknown key "sped"/],
        ['no speed', (one) => one.resume({ speed: 0 }), /^speed: 0 is not a number of virtual seconds a real second/],
        ['a text', (one) => one.resume({ speed: '2' }), /^speed: "2" is not/],
        ['NaN', (one) => one.resume({ speed: NaN }), /^speed: NaN is not/],
        ['too fast', (one) => one.resume({ speed: 1e9 }), /^speed: 1000000000 is not .* at most 1000000$/],
    ],
    speed: [['backwards', (one) => (one.speed = -2), /^speed: -2 is not/]],
    restore: [
        ['nothing', (one) => one.restore(), /^snapshot: undefined is not a Uint8Array that snapshot\(\) gave/],
        ['a text', (one) => one.restore('bytes'), /^snapshot: "bytes" is not/],
        ['an ArrayBuffer', (one) => one.restore(new ArrayBuffer(8)), /^snapshot: a value of class ArrayBuffer is not/],
    ],
    onClock: [['no function', (one) => one.onClock('tick'), /^listener: "tick" is not a function/]],
    handle: [
        ['nothing', (one) => one.handle(), /^request: undefined is not an object/],
        ['no method', (one) => one.handle({ target: '/' }), /^method: undefined is not an HTTP method/],
        ['a method with a blank', (one) => one.handle({ method: 'GET /', target: '/' }), /^method: "GET \/" is not/],
        ['no target', (one) => one.handle({ method: 'GET' }), /^target: undefined is not a path and query/],
        ['an empty target', (one) => one.handle({ method: 'GET', target: '' }), /^target: "" is not/],
        ['a target of two lines', (one) => one.handle({ method: 'GET', target: '/\nX: y' }), /^target: /],
        [
            'a URL',
            (one) => one.handle({ method: 'GET', target: new URL('http://x/') }),
            /^target: a value of class URL is not/,
        ],
        [
            'a misspelt key',
            (one) => one.handle({ method: 'GET', target: '/', header: {} }),
            /^request: unknown key "header"/,
        ],
        [
            'headers as text',
            (one) => one.handle({ method: 'GET', target: '/', headers: 'A: b' }),
            /^headers: "A: b" is not/,
        ],
        [
            'a header name',
            (one) => one.handle({ method: 'GET', target: '/', headers: { 'a b': 'c' } }),
            /^headers: "a b" is not a header name/,
        ],
        [
            'a header value',
            (one) => one.handle({ method: 'GET', target: '/', headers: { a: 1 } }),
            /^headers\.a: 1 is not a header value/,
        ],
        [
            'a header of two lines',
            (one) => one.handle({ method: 'GET', target: '/', headers: { a: 'b\nc: d' } }),
            /^headers\.a: /,
        ],
        [
            'an object for a body',
            (one) => one.handle({ method: 'POST', target: '/', body: { a: 1 } }),
            /^body: an object is not a Uint8Array or a text/,
        ],
        [
            'an ArrayBuffer for a body',
            (one) => one.handle({ method: 'POST', target: '/', body: new ArrayBuffer(1) }),
            /^body: /,
        ],
    ],
};

for (const [method, cases] of Object.entries(wrong)) {
    describe(`${method} refuses`, () => {
        test.each(cases)('%s', (_, call, message) => {
            const before = [sim.hash(), sim.clock];
            let thrown: unknown;
            try {
                call(sim);
            } catch (error) {
                thrown = error;
            }
            expect(thrown).toMatchObject({
                name: 'RunsimError',
                code: 'bad_argument',
                message: expect.stringMatching(message),
            });
            expect([sim.hash(), sim.clock]).toEqual(before);
        });
    });
}
