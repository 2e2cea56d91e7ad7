import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Collection } from './collection.ts';
import { type Extent, tablesOf, type World } from './store.ts';

const VERSION = 2;

const extent = z.object({ seed: z.number(), customers: z.number(), skus: z.number() });

/** What a restart needs: how the seed was made, the clock, and what differs from the seed. */
const storedState = extent.extend({
  version: z.literal(VERSION),
  /** What the process was started with, where a reset asked for something else since. */
  startedWith: extent.optional(),
  seededAt: z.number(),
  /** How many ids were made; of before they were counted, none is made again. */
  made: z.number().default(0),
  offsetMs: z.number(),
  tables: z.record(
    z.string(),
    z.object({ put: z.array(z.looseObject({ id: z.string() })), removed: z.array(z.string()) }),
  ),
});

export type StoredState = z.infer<typeof storedState>;

/** With what the simulator is started; any instant of the seed will do unless one is given. */
export interface Start extends Extent {
  seededAt?: number | undefined;
}

/**
 * The stored state, or undefined if there is none that can be used. A file that is broken, of another version, or of
 * another start is set aside under a name of its own, never overwritten.
 */
export function loadState(file: string, start: Start): StoredState | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const state = storedState.safeParse(parseOrUndefined(text)).data;
  if (state !== undefined && isOf(state, start)) return state;
  renameSync(file, `${file}.set-aside-${Date.now()}`);
  return undefined;
}

/** Puts the stored records over the seed. The version vouches for their shape: only this code wrote them. */
export function restore(world: World, state: StoredState): void {
  for (const [name, collection] of Object.entries(tablesOf(world)) as [string, Collection<{ id: string }>][]) {
    for (const record of state.tables[name]?.put ?? []) collection.put(record);
    for (const id of state.tables[name]?.removed ?? []) collection.remove(id);
  }
}

/** Written beside the file and renamed, so that a kill leaves the old state or the new one, never half of it. */
export function saveState(file: string, world: World, start: Extent): void {
  const { options, seededAt, clock, ids } = world;
  const head = JSON.stringify({
    version: VERSION,
    ...extent.parse(options),
    startedWith: extent.parse(start),
    seededAt,
    made: ids.count(),
    offsetMs: clock.offsetMs(),
  });
  const tables = Object.entries(tablesOf(world)).map(([name, collection]) => `"${name}":${collection.changes()}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, `${head.slice(0, -1)},"tables":{${tables.join(',')}}}`);
  renameSync(`${file}.tmp`, file);
}

function isOf(state: StoredState, start: Start): boolean {
  const { seed, customers, skus } = state.startedWith ?? state;
  if (start.seededAt !== undefined && start.seededAt !== state.seededAt) return false;
  return seed === start.seed && customers === start.customers && skus === start.skus;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
