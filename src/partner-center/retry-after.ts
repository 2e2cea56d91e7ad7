/** The `Retry-After` header in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3); `undefined` without one. */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  const written = headers.get('Retry-After')?.trim();
  if (!written) return undefined;
  const seconds = Number(written);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(written);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
