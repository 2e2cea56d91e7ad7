type Write = (facts: object, text: string) => void;

/** The part of the logger this room uses. Facts hold ids and codes, never content and never a secret. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

/** Why something failed, as far as a log may say it. */
export function reasonOf(error: unknown): string {
  // The job engine reports some failures as plain copies of the error.
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

/** Passes a text on once in `pauseMs`: while the database is away, every poll of every queue says the same. */
export function atMostEvery(pauseMs: number, log: Log, level: keyof Log): Write {
  const saidAt = new Map<string, number>();
  return (facts, text) => {
    const key = `${text} ${JSON.stringify(facts)}`;
    const now = Date.now();
    if (now - (saidAt.get(key) ?? Number.NEGATIVE_INFINITY) < pauseMs) return;
    if (saidAt.size > 100) saidAt.clear();
    saidAt.set(key, now);
    // As a method: the logger needs to know itself.
    log[level](facts, text);
  };
}
