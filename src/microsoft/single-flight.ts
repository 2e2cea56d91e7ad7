/** Callers that ask for the same thing at the same time share one answer. Nothing is remembered. */
type SingleFlight<T> = (key: string, ask: () => Promise<T>) => Promise<T>;

export function createSingleFlight<T>(): SingleFlight<T> {
  const running = new Map<string, Promise<T>>();
  return (key, ask) => {
    const answer = running.get(key) ?? ask().finally(() => running.delete(key));
    running.set(key, answer);
    return answer;
  };
}
