import type { KeyObject, X509Certificate } from 'node:crypto';
import { NoAnswer } from '../../microsoft/http.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { type CacheEntry, createCertificateCache, type TrustedCertificate } from './certificate-cache.ts';
import { CertificateError, checkDates, followChain, isHostOf, readCertificate } from './certificate-chain.ts';

interface SigningCertificates {
  /** Does it fit the key of the trusted certificate at that address? Throws `CertificateError`. */
  verify(address: string, fits: (key: KeyObject) => boolean): Promise<boolean>;
}

interface SigningCertificatesOptions {
  /** Where certificates may lie, on https: `host` or `*.host`. */
  readonly hosts: readonly string[];
  /** Address of the simulator; certificates at this very address need no chain. Anything but loopback is refused. */
  readonly simulatorUrl?: string;
  readonly roots: readonly X509Certificate[];
  readonly now: () => Date;
  readonly timer: Timer;
  readonly fetchCertificate: (address: string) => Promise<Uint8Array>;
}

/** Where the certificate of the published sample lies: flooded with other addresses, the receiver still knows this one. */
const publishedAddress =
  'https://3psostorageacct.blob.core.windows.net/cert/pcnotifications-dispatch.microsoft.com.cer';
const keepMs = 60 * 60_000;
/** Where it cannot be fetched again, the one before is good for so long. */
const keepWithoutAnswerMs = 24 * 60 * 60_000;
/** A certificate kept for this long may have been replaced at its address. */
const renewAfterMs = 60_000;
const smallestKey = 2048;
const issuerOrganization = 'O=Microsoft Corporation';
/** Inferred from the file's published name, `pcnotifications-dispatch.microsoft.com.cer`. */
const subjects = ['*.microsoft.com'];

/**
 * The certificates that events are signed with, kept for an hour by address. The one kept may be the one before, so
 * where a signature does not fit it is fetched once more; it is kept until another one has replaced it.
 */
export function createSigningCertificates(options: SigningCertificatesOptions): SigningCertificates {
  const { hosts, roots, now, timer } = options;
  const simulatorOrigin = readSimulatorOrigin(options.simulatorUrl);
  const cache = createCertificateCache(timer, [publishedAddress]);

  async function load(address: string): Promise<TrustedCertificate> {
    const fetchedAt = timer.now();
    const certificate = readCertificate(await download(address));
    checkDates(certificate, now());
    if (!certificate.issuer.split('\n').includes(issuerOrganization))
      throw new CertificateError('it is not Microsoft’s');
    if (new URL(address).origin !== simulatorOrigin) {
      if (!isOurSubject(certificate)) throw new CertificateError('it was made for somebody else');
      await followChain(certificate, { roots, now: now(), fetchCertificate: download });
    }
    const { publicKey: key } = certificate;
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType !== 'rsa' || bits < smallestKey) throw new CertificateError('its key is too weak');
    return { certificate, key, fetchedAt };
  }

  async function download(address: string): Promise<Uint8Array> {
    try {
      return await options.fetchCertificate(address);
    } catch (cause) {
      if (cause instanceof NoAnswer && cause.reason === 'too-long')
        throw new CertificateError('too long', 'forged', cause);
      throw new CertificateError('a certificate could not be fetched', 'unverifiable', cause);
    }
  }

  /** What an address names behind `#` is never sent, so it makes no other entry. */
  function entryFor(address: string): CacheEntry {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isAllowed = url?.protocol === 'https:' && url.port === '' && !url.username && isHostOf(url.hostname, hosts);
    if (!url || (url.origin !== simulatorOrigin && !isAllowed))
      throw new CertificateError('its address is not allowed');
    url.hash = '';
    return cache.entryFor(url.href);
  }

  /** The certificate as it lies there now; one fetch for all who ask meanwhile. */
  function renew(entry: CacheEntry): Promise<TrustedCertificate> {
    if (entry.loading) return entry.loading;
    if (!entry.budget.spend())
      return Promise.reject(new CertificateError('too many certificates were asked for', 'unverifiable'));
    entry.triedAt = timer.now();
    entry.loading = load(entry.address)
      .then((trusted) => {
        entry.trusted = trusted;
        entry.failure = undefined;
        return trusted;
      })
      .catch((error: unknown) => {
        entry.failure = error;
        throw error;
      })
      .finally(() => {
        entry.loading = undefined;
      });
    return entry.loading;
  }

  /** The certificate kept, as long as it may be relied on. */
  function findUsable({ trusted }: CacheEntry): TrustedCertificate | undefined {
    if (!trusted || trusted.fetchedAt + keepWithoutAnswerMs <= timer.now()) return undefined;
    const { validFromDate, validToDate } = trusted.certificate;
    return validFromDate <= now() && now() <= validToDate ? trusted : undefined;
  }

  async function verifyWith(entry: CacheEntry, fits: (key: KeyObject) => boolean): Promise<boolean> {
    const kept = findUsable(entry);
    if (!kept) return fits((await renew(entry)).key);
    const doesFit = fits(kept.key);
    const isRecent = kept.fetchedAt + keepMs > timer.now();
    if (doesFit && isRecent) return true;
    const wasJustTried = entry.triedAt + renewAfterMs > timer.now();
    if (wasJustTried && !entry.loading) {
      if (!doesFit && entry.failure !== undefined) throw entry.failure;
      return doesFit;
    }
    try {
      return fits((await renew(entry)).key);
    } catch (error) {
      if (doesFit) return true;
      throw error;
    }
  }

  return {
    async verify(address, fits) {
      const entry = entryFor(address);
      const isGood = await verifyWith(entry, fits);
      if (isGood) cache.markProven(entry);
      return isGood;
    },
  };
}

function readSimulatorOrigin(simulatorUrl: string | undefined): string | undefined {
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
