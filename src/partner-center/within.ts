/** The work's own end, or a rejection when the time is over or `signal` fires; what comes later is dropped. */
export async function within<T>(ms: number, signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined;
  const end = new Promise<never>((_, reject) => {
    const limit = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    const cutOff = () => reject(new Error('cut off'));
    if (signal?.aborted) cutOff();
    signal?.addEventListener('abort', cutOff);
    stop = () => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', cutOff);
    };
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    stop();
  }
}
