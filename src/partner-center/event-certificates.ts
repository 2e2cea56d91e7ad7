import type { KeyObject, X509Certificate } from 'node:crypto';
import { checkDates, Distrust, followChain, isHostOf, readCertificate } from './certificate-chain.ts';
import { PartnerCenterError } from './errors.ts';
import type { Timer } from './timer.ts';

export interface EventCertificates {
  /** The key of the trusted certificate at that address. `after`: not one that was fetched before. Throws `Distrust`. */
  keyAt(address: string, options?: { after?: number }): Promise<{ key: KeyObject; fetchedAt: number }>;
}

export interface EventCertificatesOptions {
  /** Where certificates may lie, on https: `host` or `*.host`. */
  readonly hosts: readonly string[];
  /** Address of the simulator; certificates at this very place need no chain. Anything but loopback is refused. */
  readonly simulatorUrl?: string;
  readonly roots: readonly X509Certificate[];
  readonly now: () => Date;
  readonly timer: Timer;
  readonly fetchCertificate: (address: string) => Promise<Uint8Array>;
}

const keepMs = 60 * 60_000;
const mostKept = 20;
/** The address comes from the caller: it must not make us fetch for ever. */
const fetchesPerMinute = 10;
const smallestKey = 2048;
const issuerOrganization = 'O=Microsoft Corporation';
/** Inferred from the file's published name, `pcnotifications-dispatch.microsoft.com.cer` (reference §9). */
const subjects = ['*.microsoft.com'];

/** The certificates that events are signed with, kept for an hour by address. */
export function createEventCertificates(options: EventCertificatesOptions): EventCertificates {
  const { hosts, roots, now, timer } = options;
  const pinned = pinnedOrigin(options.simulatorUrl);
  const kept = new Map<string, { readonly key: Promise<KeyObject>; readonly fetchedAt: number }>();
  let fetches: number[] = [];

  async function load(url: URL): Promise<KeyObject> {
    const minuteAgo = timer.now() - 60_000;
    fetches = fetches.filter((at) => at > minuteAgo);
    if (fetches.length >= fetchesPerMinute) throw new Distrust('too many certificates were asked for', 'unverifiable');
    fetches.push(timer.now());
    const certificate = readCertificate(await download(url.href));
    checkDates(certificate, now());
    if (!certificate.issuer.split('\n').includes(issuerOrganization)) throw new Distrust('it is not Microsoft’s');
    if (url.origin !== pinned) {
      if (!isOurSubject(certificate)) throw new Distrust('it was made for somebody else');
      await followChain(certificate, { roots, now: now(), fetchCertificate: download });
    }
    const { publicKey } = certificate;
    const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (publicKey.asymmetricKeyType !== 'rsa' || bits < smallestKey) throw new Distrust('its key is too weak');
    return publicKey;
  }

  async function download(address: string): Promise<Uint8Array> {
    try {
      return await options.fetchCertificate(address);
    } catch (cause) {
      if (cause instanceof PartnerCenterError && cause.kind === 'unexpected')
        throw new Distrust('too long', 'forged', cause);
      throw new Distrust('a certificate could not be fetched', 'unverifiable', cause);
    }
  }

  function place(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url && url.origin === pinned) return url;
    const isAllowed = url?.protocol === 'https:' && url.port === '' && !url.username && isHostOf(url.hostname, hosts);
    if (!url || !isAllowed) throw new Distrust('its address is not allowed');
    return url;
  }

  return {
    async keyAt(address, { after } = {}) {
      const url = place(address);
      const known = kept.get(url.href);
      const isFresh = known !== undefined && known.fetchedAt + keepMs > timer.now();
      if (known && isFresh && (after === undefined || known.fetchedAt > after))
        return { ...known, key: await known.key };
      const entry = { key: load(url), fetchedAt: timer.now() };
      kept.delete(url.href);
      const [oldest] = kept.keys();
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
      kept.set(url.href, entry);
      try {
        return { ...entry, key: await entry.key };
      } catch (error) {
        if (kept.get(url.href) === entry) kept.delete(url.href);
        throw error;
      }
    },
  };
}

function pinnedOrigin(simulatorUrl: string | undefined): string | undefined {
  if (simulatorUrl === undefined) return undefined;
  const { hostname, origin } = new URL(simulatorUrl);
  if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)) return origin;
  throw new RangeError('only a simulator on this machine can be trusted without a chain');
}

/** By its alternative names or, where there are none, its common name. */
function isOurSubject({ subject, subjectAltName }: X509Certificate): boolean {
  const names = [...(subjectAltName ?? '').matchAll(/(?:^|, )DNS:([^,"\s]+)/g)].map(([, name]) => name ?? '');
  const common = subject?.split('\n').flatMap((line) => (line.startsWith('CN=') ? [line.slice(3)] : [])) ?? [];
  return (names.length > 0 ? names : common).some((name) => isHostOf(name, subjects));
}
