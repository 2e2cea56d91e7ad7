import { type Clock, createClock } from './clock.ts';
import { loadState, restore, saveState } from './state-file.ts';
import { createWorld, type Extent, type World, type WorldOptions } from './store.ts';

/** Holds the world of the moment, and its file if there is one. */
export interface StoreKeeper {
  world(): World;
  /** Writes the state if anything changed since it was last written; returns when it is on disk. */
  saveIfChanged(): void;
  /** Notes a change no collection knows of, such as the clock's. */
  touch(): void;
  /** Back to the seed of the start, or to another world for the same partner. */
  reset(wanted?: Partial<Extent>): void;
  /** Tells the world at which address it is reached. */
  moveTo(url: string): void;
}

/** What is kept where, and since when: without an instant, the moment of the start or of the reset. */
export interface Keeping {
  options: WorldOptions;
  stateFile?: string | undefined;
  seededAt?: number | undefined;
}

export function createStoreKeeper({ options, stateFile, seededAt }: Keeping): StoreKeeper {
  let isChanged = true;
  const touch = () => {
    isChanged = true;
  };
  let world = load();

  function load(): World {
    const state = stateFile === undefined ? undefined : loadState(stateFile, { ...options, seededAt });
    if (state === undefined) return begin({});
    const clock = createClock();
    const { seed, customers, skus } = state;
    const stored = createWorld({ ...options, seed, customers, skus }, { ...state, clock }, touch);
    clock.shiftTo(state.offsetMs);
    restore(stored, state);
    return stored;
  }

  function begin(wanted: Partial<Extent>): World {
    const clock = startingClock(seededAt);
    return createWorld({ ...options, ...wanted }, { clock, seededAt: seededAt ?? clock.now(), made: 0 }, touch);
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
    touch,
    reset(wanted = {}) {
      world = { ...begin(wanted), url: world.url };
      touch();
      saveIfChanged();
    },
    moveTo(url) {
      world.url = url;
    },
  };
}

/** The instant of the seed is also the one at which the clock begins to run. */
function startingClock(at: number | undefined): Clock {
  const clock = createClock();
  if (at !== undefined) clock.setTo(at);
  return clock;
}
