import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';

/** A key pair and its certificate, made for one test run: nothing in Node makes certificates, so they are written out here. */
export interface Identity {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
  readonly pem: string;
  readonly keyPem: string;
}

export interface Wanted {
  readonly name: string;
  readonly organization?: string;
  /** Absent: signed by itself. */
  readonly issuer?: Identity;
  readonly isAuthority?: boolean;
  readonly altNames?: readonly string[];
  /** Where the issuer's certificate can be had. */
  readonly issuerAddress?: string;
  readonly from?: string;
  readonly to?: string;
  readonly bits?: number;
  /** Instead of the issuer's key: a forgery. */
  readonly signedBy?: KeyObject;
}

const sha256WithRsa = oid('2a864886f70d01010b', Buffer.from('0500', 'hex'));

export function createIdentity(wanted: Wanted): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: wanted.bits ?? 2048 });
  const own = nameOf(wanted.organization, wanted.name);
  const issuerName = wanted.issuer ? subjectOf(wanted.issuer.certificate) : own;
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    sha256WithRsa,
    issuerName,
    sequence(time(wanted.from ?? '2020-01-01'), time(wanted.to ?? '2045-01-01')),
    own,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensionsOf(wanted))),
  );
  const signature = sign('sha256', body, wanted.signedBy ?? wanted.issuer?.key ?? privateKey);
  const bits = tagged(0x03, Buffer.concat([Buffer.from([0]), signature]));
  const certificate = new X509Certificate(sequence(body, sha256WithRsa, bits));
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key: privateKey, certificate, pem: certificate.toString(), keyPem };
}

function extensionsOf({ isAuthority, altNames, issuerAddress }: Wanted): Buffer[] {
  const found: Buffer[] = [];
  if (isAuthority) found.push(extension('551d13', sequence(tagged(0x01, Buffer.from([0xff])))));
  else found.push(extension('551d13', sequence()));
  if (altNames) found.push(extension('551d11', sequence(...altNames.map((name) => tagged(0x82, Buffer.from(name))))));
  if (issuerAddress) {
    const location = tagged(0x86, Buffer.from(issuerAddress));
    const issuers = tagged(0x06, Buffer.from('2b06010505073002', 'hex'));
    found.push(extension('2b06010505070101', sequence(sequence(issuers, location))));
  }
  return found;
}

function extension(id: string, content: Buffer): Buffer {
  return sequence(tagged(0x06, Buffer.from(id, 'hex')), tagged(0x04, content));
}

function nameOf(organization: string | undefined, common: string): Buffer {
  const part = (id: string, value: string) =>
    tagged(0x31, sequence(tagged(0x06, Buffer.from(id, 'hex')), tagged(0x0c, Buffer.from(value))));
  return sequence(...(organization ? [part('55040a', organization)] : []), part('550403', common));
}

/** The subject as it stands in the certificate: the issuer of the next one must have the same bytes. */
function subjectOf({ subject }: X509Certificate): Buffer {
  const value = (name: string) =>
    subject
      .split('\n')
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  return nameOf(value('O'), value('CN') ?? '');
}

function time(date: string): Buffer {
  return tagged(0x17, Buffer.from(`${date.replaceAll('-', '').slice(2)}000000Z`));
}

function oid(hex: string, parameters: Buffer): Buffer {
  return sequence(tagged(0x06, Buffer.from(hex, 'hex')), parameters);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const hex = content.length.toString(16);
  const length = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}
