import { X509Certificate } from 'node:crypto';

/** A certificate is not to be trusted. `unverifiable`: what would prove it could not be fetched, it may be good. */
export class CertificateError extends Error {
  readonly kind: 'forged' | 'unverifiable';

  constructor(reason: string, kind: CertificateError['kind'] = 'forged', cause?: unknown) {
    super(reason, { cause });
    this.name = 'CertificateError';
    this.kind = kind;
  }
}

/** Where certificate authorities that Microsoft uses publish their own certificates. */
const issuerHosts = ['*.microsoft.com', '*.digicert.com', '*.digicert.cn'];
/** Certificate, two authorities between, root: longer chains are not in use. */
const longestChain = 4;

interface ChainOptions {
  readonly roots: readonly X509Certificate[];
  readonly now: Date;
  readonly fetchCertificate: (address: string) => Promise<Uint8Array>;
}

/**
 * Follows the certificate's issuers to one of the roots, fetching those in between from where the certificates name
 * them (RFC 5280 §4.2.2.1). Checks each signature, each period of validity, and that each issuer is an authority; not
 * revocation, name constraints, path lengths or extended key usages. Throws `CertificateError`.
 */
export async function followChain(leaf: X509Certificate, options: ChainOptions): Promise<void> {
  const { roots, now, fetchCertificate } = options;
  let current = leaf;
  for (let length = 1; length < longestChain; length += 1) {
    checkDates(current, now);
    const child = current;
    const root = roots.find((one) => isIssuedBy(child, one));
    if (root) return checkDates(root, now);
    const address = issuerAddressOf(current);
    if (!address) throw new CertificateError('its chain leads to no trusted root');
    const issuer = readCertificate(await fetchCertificate(address));
    if (!issuer.ca || !isIssuedBy(current, issuer)) throw new CertificateError('its chain is broken');
    current = issuer;
  }
  throw new CertificateError('its chain is too long');
}

export function readCertificate(bytes: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch (cause) {
    throw new CertificateError('no certificate', 'forged', cause);
  }
}

export function checkDates({ validFromDate, validToDate }: X509Certificate, now: Date): void {
  if (now < validFromDate || now > validToDate) throw new CertificateError('it has expired or is not yet valid');
}

function isIssuedBy(child: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return child.checkIssued(issuer) && child.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

/** http will do: the certificate found there is proved by its signature. */
function issuerAddressOf({ infoAccess }: X509Certificate): string | undefined {
  const address = infoAccess?.match(/^CA Issuers - URI:(\S+)$/m)?.[1];
  const url = address && URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.port !== '') return undefined;
  return isHostOf(url.hostname, issuerHosts) ? url.href : undefined;
}

/** `host`, or `*.host` for everything below it. */
export function isHostOf(host: string, patterns: readonly string[]): boolean {
  const name = host.toLowerCase();
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase();
    return wanted.startsWith('*.')
      ? name.endsWith(wanted.slice(1)) && name.length > wanted.length - 1
      : name === wanted;
  });
}
