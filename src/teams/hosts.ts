/** Tells whether the bot may send to an address. */
export type Allows = (url: string) => boolean;

interface Entry {
  readonly host: string;
  readonly port: string | undefined;
  readonly isWildcard: boolean;
}

const mostJudged = 1000;

/**
 * Where the bot may send to, from `host`, `host:port` and `*.host` entries. https on 443 only; loopback hosts that are
 * listed may be http and on any port, or on the one that is named. A second fence behind the token's own
 * `serviceurl` claim, against being made to post answers or tokens somewhere else (docs/teams.md, "Service addresses").
 */
export function createAllows(entries: readonly string[]): Allows {
  const known = entries.map(readEntry);
  // The same few addresses again and again.
  const judged = new Map<string, boolean>();
  return (text) => {
    const before = judged.get(text);
    if (before !== undefined) return before;
    if (judged.size >= mostJudged) judged.clear();
    const isAllowed = judge(text);
    judged.set(text, isAllowed);
    return isAllowed;
  };

  function judge(text: string): boolean {
    const url = URL.parse(text);
    if (!url || url.username || url.password || url.search || url.hash) return false;
    return known.some((entry) => matches(entry, url));
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function readEntry(text: string): Entry {
  const [, host = '', port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text.trim().toLowerCase()) ?? [];
  const isWildcard = host.startsWith('*.');
  return { host: isWildcard ? host.slice(1) : host, port, isWildcard };
}

function matches({ host, port, isWildcard }: Entry, url: URL): boolean {
  const isHost = isWildcard ? url.hostname.length > host.length && url.hostname.endsWith(host) : url.hostname === host;
  if (!isHost || host === '') return false;
  if (!isLoopback(url.hostname)) return url.protocol === 'https:' && url.port === '';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  const usedPort = url.port || (url.protocol === 'https:' ? '443' : '80');
  return port === undefined || port === usedPort;
}
