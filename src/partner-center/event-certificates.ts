import type { KeyObject, X509Certificate } from 'node:crypto';
import { checkDates, Distrust, followChain, isHostOf, readCertificate } from './certificate-chain.ts';
import { createPlaces, type Found, type Place } from './certificate-places.ts';
import { PartnerCenterError } from './errors.ts';
import type { Timer } from './timer.ts';

export interface EventCertificates {
  /** Does it fit the key of the trusted certificate at that address? Throws `Distrust`. */
  isSigned(address: string, fits: (key: KeyObject) => boolean): Promise<boolean>;
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

/** Where the certificate of the published sample lies: flooded with other addresses, the door still knows this one. */
const publishedAddress =
  'https://3psostorageacct.blob.core.windows.net/cert/pcnotifications-dispatch.microsoft.com.cer';
const keepMs = 60 * 60_000;
/** Where it cannot be had anew, the one before is good for so long. */
const keepInNeedMs = 24 * 60 * 60_000;
/** A certificate kept for this long may have been replaced at its address. */
const renewAfterMs = 60_000;
const smallestKey = 2048;
const issuerOrganization = 'O=Microsoft Corporation';
/** Inferred from the file's published name, `pcnotifications-dispatch.microsoft.com.cer` (reference §9). */
const subjects = ['*.microsoft.com'];

/**
 * The certificates that events are signed with, kept for an hour by address. The one kept may be the one before, so
 * where a signature does not fit it is fetched once more; it is kept until another one has taken its place.
 */
export function createEventCertificates(options: EventCertificatesOptions): EventCertificates {
  const { hosts, roots, now, timer } = options;
  const pinned = pinnedOrigin(options.simulatorUrl);
  const places = createPlaces(timer, [publishedAddress]);

  async function load(address: string): Promise<Found> {
    const at = timer.now();
    const certificate = readCertificate(await download(address));
    checkDates(certificate, now());
    if (!certificate.issuer.split('\n').includes(issuerOrganization)) throw new Distrust('it is not Microsoft’s');
    if (new URL(address).origin !== pinned) {
      if (!isOurSubject(certificate)) throw new Distrust('it was made for somebody else');
      await followChain(certificate, { roots, now: now(), fetchCertificate: download });
    }
    const { publicKey: key } = certificate;
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType !== 'rsa' || bits < smallestKey) throw new Distrust('its key is too weak');
    return { certificate, key, at };
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

  /** What an address names behind `#` is never sent, so it makes no other place. */
  function placeOf(address: string): Place {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isAllowed = url?.protocol === 'https:' && url.port === '' && !url.username && isHostOf(url.hostname, hosts);
    if (!url || (url.origin !== pinned && !isAllowed)) throw new Distrust('its address is not allowed');
    url.hash = '';
    return places.at(url.href);
  }

  /** The certificate as it lies there now; one fetch for all who ask meanwhile. */
  function renew(place: Place): Promise<Found> {
    if (place.loading) return place.loading;
    if (!place.budget.spend())
      return Promise.reject(new Distrust('too many certificates were asked for', 'unverifiable'));
    place.triedAt = timer.now();
    place.loading = load(place.address)
      .then((found) => {
        place.found = found;
        place.failure = undefined;
        return found;
      })
      .catch((error: unknown) => {
        place.failure = error;
        throw error;
      })
      .finally(() => {
        place.loading = undefined;
      });
    return place.loading;
  }

  /** The certificate kept, as long as it may be relied on. */
  function keptAt({ found }: Place): Found | undefined {
    if (!found || found.at + keepInNeedMs <= timer.now()) return undefined;
    const { validFromDate, validToDate } = found.certificate;
    return validFromDate <= now() && now() <= validToDate ? found : undefined;
  }

  async function isSignedAt(place: Place, fits: (key: KeyObject) => boolean): Promise<boolean> {
    const kept = keptAt(place);
    if (!kept) return fits((await renew(place)).key);
    const doesFit = fits(kept.key);
    const isRecent = kept.at + keepMs > timer.now();
    if (doesFit && isRecent) return true;
    const wasJustTried = place.triedAt + renewAfterMs > timer.now();
    if (wasJustTried && !place.loading) {
      if (!doesFit && place.failure !== undefined) throw place.failure;
      return doesFit;
    }
    try {
      return fits((await renew(place)).key);
    } catch (error) {
      if (doesFit) return true;
      throw error;
    }
  }

  return {
    async isSigned(address, fits) {
      const place = placeOf(address);
      const isGood = await isSignedAt(place, fits);
      if (isGood) places.prove(place);
      return isGood;
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
