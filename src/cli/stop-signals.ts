/** How often it is checked whether this process still has the parent that started it. */
const checkEveryMs = 100;

const parentAtStart = process.ppid;

export interface StopOptions {
  /** npm sets `npm_lifecycle_event` in it for what it starts. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signals?: readonly NodeJS.Signals[];
}

/**
 * Calls `stop` once, when this process is told to end: by a signal, or because the npm that started it was.
 *
 * npm runs a script through a shell and passes SIGTERM on to that shell. bash replaces itself by the script, which then
 * gets the signal. dash, Debian's sh, dies of the signal and passes nothing on; then this process has another parent.
 */
export function onStop(stop: () => unknown, { env, signals = ['SIGTERM', 'SIGINT'] }: StopOptions): void {
  let isStopping = false;
  const stopOnce = (): void => {
    if (isStopping) return;
    isStopping = true;
    stop();
  };
  for (const signal of signals) process.on(signal, stopOnce);
  const isStartedByNpm = env.npm_lifecycle_event !== undefined && process.platform !== 'win32';
  if (isStartedByNpm) setInterval(() => process.ppid !== parentAtStart && stopOnce(), checkEveryMs).unref();
}
