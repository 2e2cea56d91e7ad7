import { crc32, deflateRawSync } from 'node:zlib';

const ENTRY = 0x04034b50;
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;
/** Deflate needs version 2.0 of the format (APPNOTE 4.4.3); the flag says that the name is UTF-8. */
const VERSION = 20;
const UTF8_NAME = 1 << 11;
const DEFLATED = 8;

/** A ZIP with one file in it, deflated; `at` is the instant it shows (APPNOTE 4.3.7, 4.3.12 and 4.3.16). */
export function zipOf(name: string, content: Buffer, at: number): Buffer {
  const nameBytes = Buffer.from(name);
  const packed = deflateRawSync(content);
  const { date, time } = dosTime(at);
  // What an entry and the directory say alike.
  const facts = numbers(
    [2, VERSION],
    [2, UTF8_NAME],
    [2, DEFLATED],
    [2, time],
    [2, date],
    [4, crc32(content)],
    [4, packed.length],
    [4, content.length],
    [2, nameBytes.length],
    [2, 0],
  );
  const entry = Buffer.concat([numbers([4, ENTRY]), facts, nameBytes, packed]);
  const directory = Buffer.concat([
    numbers([4, DIRECTORY], [2, VERSION]),
    facts,
    // No comment, first disk, no attributes, and the entry at the very start.
    numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, 0]),
    nameBytes,
  ]);
  const end = numbers([4, END], [2, 0], [2, 0], [2, 1], [2, 1], [4, directory.length], [4, entry.length], [2, 0]);
  return Buffer.concat([entry, directory, end]);
}

/** Numbers one after the other, each with its length in bytes, lowest byte first. */
function numbers(...fields: [length: 2 | 4, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([length, value]) => {
      const bytes = Buffer.alloc(length);
      bytes.writeUIntLE(value, 0, length);
      return bytes;
    }),
  );
}

/** Two seconds are the finest that fits. */
function dosTime(at: number): { date: number; time: number } {
  const moment = new Date(at);
  const date = ((moment.getUTCFullYear() - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate();
  const time = (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1);
  return { date, time };
}
