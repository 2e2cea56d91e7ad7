import { generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** The key events are signed with, and its self-made certificate in DER. */
export interface Signer {
  certificate: Buffer;
  sign(body: Buffer): string;
}

const SHA256_WITH_RSA = Buffer.from('06092a864886f70d01010b0500', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const ORGANIZATION = Buffer.from('060355040a', 'hex');

/**
 * X.509, version 1, issued by itself and written out by hand: nothing in Node makes certificates. The organisation is the
 * one receivers check for; the root of trust is of course not Microsoft's.
 */
export async function createSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return {
    certificate: selfSigned(privateKey, publicKey.export({ type: 'spki', format: 'der' })),
    sign: (body) => sign('sha256', body, privateKey).toString('base64'),
  };
}

function selfSigned(privateKey: KeyObject, publicKeyInfo: Buffer): Buffer {
  const name = sequence(
    attribute(ORGANIZATION, 'Microsoft Corporation'),
    attribute(COMMON_NAME, 'Simulated Partner Center'),
  );
  const body = sequence(
    tagged(0x02, Buffer.from([1])),
    sequence(SHA256_WITH_RSA),
    name,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    name,
    publicKeyInfo,
  );
  const signature = sign('sha256', body, privateKey);
  return sequence(body, sequence(SHA256_WITH_RSA), tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function attribute(type: Buffer, value: string): Buffer {
  return tagged(0x31, sequence(type, tagged(0x0c, Buffer.from(value))));
}

function utcTime(text: string): Buffer {
  return tagged(0x17, Buffer.from(text));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

/** Tag, length, content: below 128 the length is one byte, else its byte count comes first. */
function tagged(tag: number, content: Buffer): Buffer {
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 255 ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}
