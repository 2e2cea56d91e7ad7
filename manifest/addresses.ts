import { isIP } from 'node:net';

/** Where everybody can have a page of their own: a wildcard there, or the domain itself, lets strangers in. */
const shared = [
  'azurewebsites.net',
  'azurestaticapps.net',
  'cloudapp.azure.com',
  'devtunnels.ms',
  'github.io',
  'herokuapp.com',
  'ngrok.io',
  'ngrok-free.app',
  'sharepoint.com',
  'trafficmanager.net',
  'web.core.windows.net',
];

/** A host, perhaps with a port or with `*.` before it, and nothing else. */
export function isHostName(domain: string): boolean {
  return /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9](:\d{1,5})?$/i.test(domain);
}

/** A wildcard below a domain that is somebody's own. */
export function isOwnDomain(domain: string): boolean {
  if (!domain.includes('*')) return true;
  const rest = domain.replace(/^\*\./, '').toLowerCase();
  const isDeep = rest.split('.').length > 1;
  return !rest.includes('*') && isDeep && !shared.includes(rest);
}

/** Names of this machine or of a local network, and bare addresses. */
export function isPublicHost(host: string): boolean {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return false;
  return host.includes('.') && !/(^|\.)(localhost|local|internal|localdomain)$/i.test(host);
}

/** Every address in a document, with the path at which it stands. */
export function urlsIn(node: unknown, path = ''): { readonly path: string; readonly url: URL }[] {
  if (typeof node === 'string') {
    const isAddress = /^https?:/i.test(node) && URL.canParse(node);
    return isAddress && path !== '$schema' ? [{ path, url: new URL(node) }] : [];
  }
  if (typeof node !== 'object' || node === null) return [];
  const nameOf = (name: string) => (Array.isArray(node) ? `[${name}]` : path === '' ? name : `.${name}`);
  return Object.entries(node).flatMap(([name, inner]) => urlsIn(inner, `${path}${nameOf(name)}`));
}
