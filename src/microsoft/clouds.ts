/** Microsoft's clouds, as far as Partner Center is in them (docs/partner-center.md#clouds). */
const globalResource = 'https://api.partnercenter.microsoft.com';
const globalAuthority = 'https://login.microsoftonline.com';
const governmentAuthority = 'https://login.microsoftonline.us';
const chinaAuthority = 'https://login.partner.microsoftonline.cn';
const closedAuthority = 'https://login.microsoftonline.de';

export const globalUrl = globalResource;

function isChina(host: string): boolean {
  return host.endsWith('.microsoftonline.cn') || host.endsWith('.chinacloudapi.cn');
}

/**
 * The audience of tokens. US Government has the global one, as it has the global address; 21Vianet has its own; the
 * simulator stands for the global cloud.
 */
export function resourceOf(url: string): string {
  const { hostname, origin } = new URL(url);
  return isChina(hostname) ? origin : globalResource;
}

/** Where tokens for this address come from, unless it is said: US Government must say it. A simulator gives its own. */
export function authorityFor(url: string): string {
  const { hostname, origin } = new URL(url);
  if (isThisMachine(hostname)) return origin;
  return isChina(hostname) ? chinaAuthority : globalAuthority;
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
}

/** Where the global cloud has its prices. */
export const globalPrices = 'https://api.partner.microsoft.com';

/**
 * Prices lie on another host of their own audience; clouds that have none are asked at the API's. A simulator takes the
 * token of the real ones, at its own address.
 */
export function pricesFor(url: string): { readonly url: string; readonly resource: string } {
  const { host, hostname } = new URL(url);
  if (isThisMachine(hostname)) return { url, resource: globalPrices };
  const isGlobal = host === new URL(globalResource).host;
  return isGlobal ? { url: globalPrices, resource: globalPrices } : { url, resource: resourceOf(url) };
}

/** A token of one cloud is of no use in another: what is wrong with the two addresses, or nothing. */
export function cloudMismatch(url: string, authority: string): string | undefined {
  const api = new URL(url).hostname;
  const directory = new URL(authority).origin;
  const known = [
    globalAuthority,
    governmentAuthority,
    chinaAuthority,
    closedAuthority,
    'https://login.chinacloudapi.cn',
  ];
  if (directory === closedAuthority) {
    return 'PARTNER_CENTER_AUTHORITY names the German cloud, which was closed: use https://login.microsoftonline.com.';
  }
  // A directory or an API we do not know may be a proxy, a sandbox or a simulator.
  if (!known.includes(directory)) return undefined;
  const isChinaDirectory = isChina(new URL(directory).hostname);
  if (isChina(api) && !isChinaDirectory) {
    return `PARTNER_CENTER_URL is that of 21Vianet, PARTNER_CENTER_AUTHORITY is not: use ${chinaAuthority}.`;
  }
  if (api === new URL(globalResource).hostname && isChinaDirectory) {
    return `PARTNER_CENTER_AUTHORITY is that of 21Vianet, PARTNER_CENTER_URL is not: use https://partner.partnercenterapi.microsoftonline.cn, or ${globalAuthority} as the authority.`;
  }
  return undefined;
}

/**
 * Microsoft Graph of the cloud whose directory this is (*Microsoft Graph national cloud deployments*). US Government
 * means GCC High; DoD has a Graph of its own (https://dod-graph.microsoft.us) behind the same directory.
 */
export function graphUrlFor(authority: string): string {
  const { hostname, origin } = new URL(authority);
  if (origin === governmentAuthority) return 'https://graph.microsoft.us';
  return isChina(hostname) ? 'https://microsoftgraph.chinacloudapi.cn' : 'https://graph.microsoft.com';
}

/** For whoever reads a configuration without knowing Microsoft's clouds. */
export const clouds = { authorityFor, mismatch: cloudMismatch };
