import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { parseOrUndefined } from './http/read-call.ts';
import { createWorld, listTables } from './seed/world.ts';
import type { Collection, SeedOptions, World, WorldOptions } from './world.ts';
import { createClock } from './world.ts';

/** Holds the world of the moment, and its state file if there is one (docs/simulator.md, "State file"). */
export interface Store {
  world(): World;
  /** Writes the state if anything changed since it was last written; returns when it is on disk. */
  saveIfChanged(): void;
  /** Notes a change no collection knows of, such as the clock's. */
  markChanged(): void;
  /** Back to the seed of the start, or to another world for the same partner. */
  reset(wanted?: Partial<SeedOptions>): void;
  /** Tells the world at which address it is reached. */
  setUrl(url: string): void;
}

interface StoreOptions {
  options: WorldOptions;
  stateFile?: string | undefined;
  /** Without an instant, the seed is as old as the start or the reset. */
  seededAt?: number | undefined;
}

export function createStore({ options, stateFile, seededAt }: StoreOptions): Store {
  let isChanged = true;
  const markChanged = () => {
    isChanged = true;
  };
  let world = loadWorld() ?? createSeedWorld({});

  function loadWorld(): World | undefined {
    const state = stateFile === undefined ? undefined : loadState(stateFile, { ...options, seededAt });
    if (state === undefined) return undefined;
    const { seed, customers, skus, made: idCount } = state;
    const beginning = { clock: createClock(state.offsetMs), seededAt: state.seededAt, idCount };
    const stored = createWorld({ ...options, seed, customers, skus }, beginning, markChanged);
    restoreRecords(stored, state);
    return stored;
  }

  /** The instant of the seed is also the one at which the clock begins to run. */
  function createSeedWorld(wanted: Partial<SeedOptions>): World {
    const clock = createClock();
    if (seededAt !== undefined) clock.setTo(seededAt);
    const beginning = { clock, seededAt: seededAt ?? clock.now(), idCount: 0 };
    return createWorld({ ...options, ...wanted }, beginning, markChanged);
  }

  function saveIfChanged(): void {
    if (!isChanged || stateFile === undefined) return;
    saveState(stateFile, world, options);
    isChanged = false;
  }

  saveIfChanged();
  return {
    world: () => world,
    saveIfChanged,
    markChanged,
    reset(wanted = {}) {
      world = { ...createSeedWorld(wanted), url: world.url };
      markChanged();
      saveIfChanged();
    },
    setUrl(url) {
      world.url = url;
    },
  };
}

const VERSION = 2;

const seedOptionsSchema = z.object({ seed: z.number(), customers: z.number(), skus: z.number() });

/** What a restart needs: how the seed was made, the clock, and what differs from the seed. */
const stateSchema = seedOptionsSchema.extend({
  version: z.literal(VERSION),
  /** What the process was started with, where a reset asked for something else since. */
  startedWith: seedOptionsSchema.optional(),
  seededAt: z.number(),
  /** How many ids were created; files from before they were counted have none. */
  made: z.number().default(0),
  offsetMs: z.number(),
  tables: z.record(
    z.string(),
    z.object({ put: z.array(z.looseObject({ id: z.string() })), removed: z.array(z.string()) }),
  ),
});

type State = z.infer<typeof stateSchema>;

/** With what the simulator is started; any instant of the seed will do unless one is given. */
interface Start extends SeedOptions {
  seededAt?: number | undefined;
}

/**
 * The stored state, or undefined if there is none that can be used. A file that is broken, of another version, or of
 * another start is set aside under a name of its own, never overwritten.
 */
function loadState(file: string, start: Start): State | undefined {
  const text = readIfPresent(file);
  if (text === undefined) return undefined;
  const state = stateSchema.safeParse(parseOrUndefined(text)).data;
  if (state !== undefined && isOfStart(state, start)) return state;
  renameSync(file, `${file}.set-aside-${Date.now()}`);
  return undefined;
}

function isOfStart(state: State, start: Start): boolean {
  const { seed, customers, skus } = state.startedWith ?? state;
  if (start.seededAt !== undefined && start.seededAt !== state.seededAt) return false;
  return seed === start.seed && customers === start.customers && skus === start.skus;
}

/** Puts the stored records over the seed. The version guarantees their shape: only this code wrote them. */
function restoreRecords(world: World, state: State): void {
  for (const [name, collection] of Object.entries(listTables(world)) as [string, Collection<{ id: string }>][]) {
    for (const record of state.tables[name]?.put ?? []) collection.put(record);
    for (const id of state.tables[name]?.removed ?? []) collection.remove(id);
  }
}

/** Written beside the file and renamed, so that a kill leaves the old state or the new one, never half of it. */
function saveState(file: string, world: World, start: SeedOptions): void {
  const { options, seededAt, clock, ids } = world;
  const head = JSON.stringify({
    version: VERSION,
    ...seedOptionsSchema.parse(options),
    startedWith: seedOptionsSchema.parse(start),
    seededAt,
    made: ids.count(),
    offsetMs: clock.offsetMs(),
  });
  const tables = Object.entries(listTables(world)).map(([name, collection]) => `"${name}":${collection.changes()}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, `${head.slice(0, -1)},"tables":{${tables.join(',')}}}`);
  renameSync(`${file}.tmp`, file);
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
