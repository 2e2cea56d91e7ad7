import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** What the code of this thread sees of time and chance; set anew for each run. */
export interface Surroundings {
  readonly scheduler: Scheduler;
  /** For ids and pauses. */
  readonly random: Random;
}

let surroundings: Surroundings | undefined;
let isInstalled = false;

function here(): Surroundings {
  if (!surroundings) throw new Error('nothing is simulated now');
  return surroundings;
}

export function setSurroundings(given: Surroundings): void {
  surroundings = given;
  if (!isInstalled) install();
  isInstalled = true;
}

/** The time of day as the process whose code runs sees it. */
function wall(): number {
  const { scheduler } = here();
  return Math.floor(scheduler.wallNow() + (scheduler.current()?.skewMs ?? 0));
}

function running(): number {
  const { scheduler } = here();
  const process = scheduler.current();
  return process ? scheduler.now() - process.startedAt - process.stoodStillMs : scheduler.now();
}

/** For this thread and for good: nothing of the machine's time or chance reaches what is simulated. */
function install(): void {
  const require = createRequire(import.meta.url);
  const crypto = require('node:crypto');
  const timers = require('node:timers/promises');

  globalThis.Date = createDate(Date);
  performance.now = running;
  Math.random = () => here().random.next();
  crypto.randomUUID = randomId;
  crypto.randomInt = (least: number, most?: number) =>
    most === undefined ? here().random.below(least) : least + here().random.below(most - least);
  crypto.randomBytes = (size: number) => Buffer.from(Array.from({ length: size }, () => here().random.below(256)));
  timers.setTimeout = (ms: number, value?: unknown) =>
    new Promise((resolve) => startTimer(() => resolve(value), ms, false));
  timers.setImmediate = (value?: unknown) => Promise.resolve(value);
  syncBuiltinESMExports();
  const timer =
    (isRepeated: boolean) =>
    (work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
      startTimer(() => work(...args), ms ?? 0, isRepeated);
  const clear = (started: unknown) => void (started instanceof Timer && started.clear());
  Object.assign(globalThis, {
    setTimeout: timer(false),
    setInterval: timer(true),
    setImmediate: (work: (...args: unknown[]) => void, ...args: unknown[]) => startTimer(() => work(...args), 0, false),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  });
}

/** Dates that are made without arguments are simulated ones; all others are as ever, and all are of one class. */
function createDate(RealDate: DateConstructor): DateConstructor {
  function SimulatedDate(...args: [number] | []): Date {
    return args.length === 0 ? new RealDate(wall()) : new RealDate(...args);
  }
  SimulatedDate.prototype = RealDate.prototype;
  SimulatedDate.now = wall;
  SimulatedDate.UTC = RealDate.UTC;
  SimulatedDate.parse = RealDate.parse;
  return SimulatedDate as unknown as DateConstructor;
}

class Timer {
  private event: ReturnType<Scheduler['after']> | undefined;
  private readonly scheduler = here().scheduler;
  private readonly process = here().scheduler.current();

  constructor(work: () => void, ms: number, isRepeated: boolean) {
    const arm = () => {
      this.event = this.scheduler.after(Math.max(1, ms), this.process, () => {
        if (isRepeated) arm();
        work();
      });
    };
    arm();
  }

  clear(): void {
    if (this.event) this.scheduler.cancel(this.event);
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

function startTimer(work: () => void, ms: number, isRepeated: boolean): Timer {
  return new Timer(work, ms, isRepeated);
}

function randomId(): string {
  const { random } = here();
  const hex = (length: number) =>
    random
      .below(16 ** length)
      .toString(16)
      .padStart(length, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
}
