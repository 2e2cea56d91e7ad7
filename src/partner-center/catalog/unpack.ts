import { promisify } from 'node:util';
import { gunzip, inflateRaw } from 'node:zlib';

const startOfEntry = 0x04034b50;
const startOfDirectory = 0x02014b50;
const endOfDirectory = 0x06054b50;

/**
 * A file that may be packed: gzip, or a ZIP with one entry (*Get a price sheet*: "a zip compressed version"). One that
 * unpacks to more than `atMostBytes` is refused by zlib.
 */
export async function unpack(file: Uint8Array, atMostBytes: number): Promise<Uint8Array> {
  const limits = { maxOutputLength: atMostBytes };
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length > 2 && bytes.readUInt16BE(0) === 0x1f8b) return promisify(gunzip)(bytes, limits);
  if (bytes.length > 22 && bytes.readUInt32LE(0) === startOfEntry) return firstOfZip(bytes, limits);
  return bytes;
}

/** The entry's size is read from the central directory: in front of the data it may be missing (ZIP §4.3.9). */
async function firstOfZip(zip: Buffer, limits: { readonly maxOutputLength: number }): Promise<Uint8Array> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || zip.readUInt32LE(end) !== endOfDirectory) throw new RangeError('ZIP without a directory');
  const directory = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(directory) !== startOfDirectory) throw new RangeError('ZIP without an entry');
  const method = zip.readUInt16LE(directory + 10);
  const size = zip.readUInt32LE(directory + 20);
  const entry = zip.readUInt32LE(directory + 42);
  const start = entry + 30 + zip.readUInt16LE(entry + 26) + zip.readUInt16LE(entry + 28);
  const packed = zip.subarray(start, start + size);
  return method === 0 ? packed : promisify(inflateRaw)(packed, limits);
}
