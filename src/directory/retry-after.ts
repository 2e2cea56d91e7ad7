/**
 * The `Retry-After` header in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3); `undefined` without one. The
 * date is by the clock of whoever wrote it, which its `Date` header tells: ours may be minutes away from it.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const written = headers.get('Retry-After')?.trim();
  if (!written) return undefined;
  const seconds = Number(written);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(written);
  if (Number.isNaN(at)) return undefined;
  const sentAt = Date.parse(headers.get('Date') ?? '');
  return Math.max(0, at - (Number.isNaN(sentAt) ? now : sentAt));
}
