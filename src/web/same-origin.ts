import { HttpError, type WebRequest } from './http.ts';

/** What the pages are reached as; a page of another site is not served anything but the pages themselves. */
export interface OriginRules {
  readonly publicUrl: string | undefined;
  /** Without an app id nobody signs in: then only this machine, under its own name, is served. */
  readonly isDevelopment: boolean;
}

/**
 * Throws 403 for a request that another site's page makes. Browsers name the origin with each POST, and say of every
 * request where it comes from. In development the name must be this machine's: another one that leads here (DNS
 * rebinding, a tunnel) would make any site on the internet a page of ours.
 */
export function demandSameOrigin({ method, headers }: WebRequest, { publicUrl, isDevelopment }: OriginRules): void {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'];
  const isForwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip'];
  if (isDevelopment && (!isLoopback(host) || isForwarded)) throw new HttpError(403);
  if (site !== undefined && site !== 'same-origin') throw new HttpError(403);
  if (method === 'GET' || method === 'HEAD') return;
  const own = publicUrl === undefined || isDevelopment ? undefined : new URL(publicUrl);
  const asking = origin !== undefined && URL.canParse(origin) ? new URL(origin) : undefined;
  // Under the same name without https whoever is on the way can put a page of their own.
  const isOurs = asking?.host === own?.host ? asking?.origin === own?.origin : asking?.host === host;
  if (!asking || !isOurs) throw new HttpError(403);
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}
