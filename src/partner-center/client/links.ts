import { PartnerCenterError } from './errors.ts';

/**
 * The path of a link found in an answer, from the root. Links are relative to the version root, sometimes with it,
 * sometimes absolute; one that leads to another host would carry our token there, and is refused.
 */
export function pathOf(uri: string, base: string, operation: string): string {
  const root = new URL(base);
  const isAbsolute = /^[a-z][a-z0-9+.-]*:|^\/\//i.test(uri);
  const address = new URL(isAbsolute ? uri : uri.replace(/^\/*/, '/'), root);
  if (address.host !== root.host) {
    throw new PartnerCenterError({ operation, kind: 'unexpected', isWorthRepeating: false });
  }
  const path = `${address.pathname}${address.search}`;
  return /^\/v\d/i.test(path) ? path : `/v1${path}`;
}
