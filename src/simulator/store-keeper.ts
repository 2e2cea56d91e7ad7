import { createClock } from './clock.ts';
import { loadState, restore, saveState } from './state-file.ts';
import { createWorld, type World, type WorldOptions } from './store.ts';

/** Holds the world of the moment, and its file if there is one. */
export interface StoreKeeper {
  world(): World;
  /** Writes the state if anything changed since it was last written; returns when it is on disk. */
  saveIfChanged(): void;
  /** Notes a change no collection knows of, such as the clock's. */
  touch(): void;
  reset(): void;
  /** Tells the world at which address it is reached. */
  moveTo(url: string): void;
}

export function createStoreKeeper(options: WorldOptions, stateFile: string | undefined): StoreKeeper {
  let isChanged = true;
  const touch = () => {
    isChanged = true;
  };
  let world = load();

  function load(): World {
    const state = stateFile === undefined ? undefined : loadState(stateFile, options);
    const clock = createClock();
    const fresh = createWorld(options, clock, state?.seededAt ?? clock.now(), touch);
    if (state === undefined) return fresh;
    clock.shiftTo(state.offsetMs);
    restore(fresh, state);
    return fresh;
  }

  function saveIfChanged(): void {
    if (!isChanged || stateFile === undefined) return;
    saveState(stateFile, world);
    isChanged = false;
  }

  saveIfChanged();
  return {
    world: () => world,
    saveIfChanged,
    touch,
    reset() {
      const clock = createClock();
      world = { ...createWorld(options, clock, clock.now(), touch), url: world.url };
      touch();
      saveIfChanged();
    },
    moveTo(url) {
      world.url = url;
    },
  };
}
