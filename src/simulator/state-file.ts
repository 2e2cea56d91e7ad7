import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Collection } from './collection.ts';
import { tablesOf, type World } from './store.ts';

const VERSION = 2;

/** What a restart needs: how the seed was made, the clock, and what differs from the seed. */
const storedState = z.object({
  version: z.literal(VERSION),
  seed: z.number(),
  customers: z.number(),
  skus: z.number(),
  seededAt: z.number(),
  offsetMs: z.number(),
  tables: z.record(
    z.string(),
    z.object({ put: z.array(z.looseObject({ id: z.string() })), removed: z.array(z.string()) }),
  ),
});

export type StoredState = z.infer<typeof storedState>;

/**
 * The stored state, or undefined if there is none that can be used. A file that is broken, of another version, or of
 * another seed is set aside under a name of its own, never overwritten.
 */
export function loadState(
  file: string,
  wanted: Pick<StoredState, 'seed' | 'customers' | 'skus'>,
): StoredState | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const parsed = storedState.safeParse(parseOrUndefined(text));
  const isWanted =
    parsed.success &&
    parsed.data.seed === wanted.seed &&
    parsed.data.customers === wanted.customers &&
    parsed.data.skus === wanted.skus;
  if (isWanted) return parsed.data;
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
export function saveState(file: string, world: World): void {
  const { seed, customers, skus } = world.options;
  const offsetMs = world.clock.offsetMs();
  const head = JSON.stringify({ version: VERSION, seed, customers, skus, seededAt: world.seededAt, offsetMs });
  const tables = Object.entries(tablesOf(world)).map(([name, collection]) => `"${name}":${collection.changes()}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, `${head.slice(0, -1)},"tables":{${tables.join(',')}}}`);
  renameSync(`${file}.tmp`, file);
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
