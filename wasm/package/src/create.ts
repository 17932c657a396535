import type { Journal } from './api-types.js';
import { argumentError, badArgument, checkKeys } from './base/errors.js';
import { type Instant, toMicroseconds } from './base/instant.js';
import { journalText } from './base/journal-text.js';
import { checkSpeed } from './host/clock.js';
import { Engine } from './host/engine.js';
import { instantiate, type Platform, prefetch, type WasmSource } from './host/module.js';
import type { LoadedProject, ProjectObject, ProjectOptions } from './project/files.js';
import { isRelease, type MageRelease, releases } from './project/releases.js';
import { Simulator } from './simulator.js';

export type { MageRelease };
export type Dialect = 'postgres' | 'sqlite';

export interface SimulatorOptions {
    /**
     * The Mage project to simulate: a folder (in node: a path or file URL), or an object. Default: the demo project
     * that ships. Mistakes in it reject with `bad_project`, all of them at once.
     */
    project?: string | URL | ProjectObject;
    /** Where randomness starts, 0 or more (default: what runsim.json says, or 1). Same seed, same calls: same bytes. */
    seed?: number;
    /** The instant at which the world begins (default: what runsim.json says, or 2026-01-01 00:00:00). */
    now?: Instant;
    /** The database whose date texts are imitated (default: what runsim.json says, or `postgres`). */
    dialect?: Dialect;
    /** The release of Mage that is simulated (default: what runsim.json says, or `0.9.79`). */
    mage?: MageRelease;
    /** Whether callers must sign in (default: what runsim.json says, or no). The first owner is admin@admin.com, password admin. */
    auth?: boolean;
    /**
     * What `sim.journal()` gave, or its JSON text: makes that world again, its clock where it stood. The project, seed, start,
     * dialect, release and sign-in are the journal's. Rejects with `bad_journal`.
     */
    journal?: Journal | string;
    /** Virtual seconds a real second. Without it the clock is born paused. */
    speed?: number;
    /** Where runsim.wasm is, when not beside the package. */
    wasm?: WasmSource;
    /**
     * Whether a browser loads the part of the module that only rare requests need when the first of them comes
     * (default: no, at once). `sim.fetch` waits for it. `sim.handle`, which cannot wait, answers such a request with
     * 503 until then, and snapshots, hashes, journals and the past throw `no_module`. Reading a project needs it,
     * too: only the demo project, with no other option, does without. In node, and with `wasm`, the module is whole
     * anyway.
     */
    lazy?: boolean;
}

async function loadProject(project: unknown, platform: Platform): Promise<LoadedProject> {
    if (project === undefined) return (await import('./demo-project.js')).demoProject;
    if (typeof project === 'string' || project instanceof URL) return platform.readProjectFolder(project);
    return (await import('./project/files.js')).projectFromObject(project);
}

/** The document of a project. What makes one is a chunk of its own: the demo project does without, where it ships prepared. */
async function documentOf(
    platform: Platform,
    project: unknown,
    given: ProjectOptions,
    bornAt: number | undefined,
): Promise<string> {
    const [{ documentWith }, loaded] = await Promise.all([
        import('./project/files.js'),
        loadProject(project, platform),
    ]);
    const start = given.start ?? (loaded.namesStart ? undefined : bornAt);
    return documentWith(loaded, { ...given, start });
}

/**
 * @internal What createSimulator does once the host is known. `bornAt`: where the world begins if nobody says so, in
 * microseconds.
 */
export async function createOn(platform: Platform, options: SimulatorOptions, bornAt?: number): Promise<Simulator> {
    checkKeys('options', options, [
        'project',
        'seed',
        'now',
        'dialect',
        'mage',
        'auth',
        'speed',
        'wasm',
        'lazy',
        'journal',
    ]);
    const { seed, now, dialect, mage, auth, speed, lazy = false } = options;
    if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0))
        throw badArgument('seed', seed, 'a whole number, 0 or more');
    if (dialect !== undefined && dialect !== 'postgres' && dialect !== 'sqlite') {
        throw badArgument('dialect', dialect, '"postgres" or "sqlite"');
    }
    if (mage !== undefined && !isRelease(mage)) {
        throw badArgument('mage', mage, `a release that runsim knows: ${releases.join(', ')}`);
    }
    if (auth !== undefined && typeof auth !== 'boolean') throw badArgument('auth', auth, 'true or false');
    if (speed !== undefined) checkSpeed(speed, 'speed');
    if (typeof lazy !== 'boolean') throw badArgument('lazy', lazy, 'true or false');
    if (options.journal !== undefined) return playOn(platform, options);
    const start = now === undefined ? undefined : toMicroseconds(now, 'now');
    const given = { mage, seed, start, dialect, auth };
    const asItShips =
        options.project === undefined && [bornAt, ...Object.values(given)].every((one) => one === undefined);
    const wantsDemo = asItShips && options.wasm === undefined && platform.shipped.demo !== undefined;
    const wantsRest = !lazy || !wantsDemo;
    const instantiating = instantiate(options.wasm, platform); // while the project is read
    instantiating.catch(() => {}); // awaited below, unless the project has mistakes
    if (wantsDemo) prefetch('demo', platform);
    if (wantsRest && options.wasm === undefined) prefetch('rest', platform);
    const document = wantsDemo ? undefined : await documentOf(platform, options.project, given, bornAt);
    const instance = await instantiating;
    if (wantsRest) await instance.loadRest();
    const engine = document === undefined ? await Engine.createDemo(instance) : Engine.create(instance, document);
    return new Simulator(engine, engine.fork(), speed);
}

/** The world of a journal, which names everything that makes a world. */
async function playOn(platform: Platform, options: SimulatorOptions): Promise<Simulator> {
    for (const key of ['project', 'seed', 'now', 'dialect', 'mage', 'auth'] as const)
        if (options[key] !== undefined)
            throw argumentError('journal', `cannot be combined with ${key}, which it names itself`);
    const journal = journalText(options.journal);
    if (options.wasm === undefined) prefetch('rest', platform);
    const instance = await instantiate(options.wasm, platform);
    await instance.loadRest();
    const engine = Engine.play(instance, journal);
    return new Simulator(engine, engine.fork(), options.speed);
}
