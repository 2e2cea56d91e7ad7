import { inflateSync } from 'node:zlib';

export interface Pixel {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

export interface Png {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly Pixel[];
}

/** Decodes a PNG of 8-bit RGBA without interlacing, which is what icons with transparency are; nothing of another kind. */
export function readPng(png: Buffer): Png | undefined {
  if (png.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n' || png.length < 29) return undefined;
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  if (png.subarray(24, 29).join() !== '8,6,0,0,0') return undefined;

  const rows = inflateSync(Buffer.concat(chunks(png, 'IDAT')));
  const stride = width * 4;
  const bytes = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows.readUInt8(y * (stride + 1));
    for (let x = 0; x < stride; x += 1) {
      const left = x < 4 ? 0 : bytes.readUInt8(y * stride + x - 4);
      const up = y === 0 ? 0 : bytes.readUInt8((y - 1) * stride + x);
      const corner = x < 4 || y === 0 ? 0 : bytes.readUInt8((y - 1) * stride + x - 4);
      const raw = rows.readUInt8(y * (stride + 1) + 1 + x);
      bytes.writeUInt8((raw + predicted(filter, left, up, corner)) & 255, y * stride + x);
    }
  }

  const pixels: Pixel[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = bytes.subarray(at, at + 4);
    pixels.push({ red, green, blue, alpha });
  }
  return { width, height, pixels };
}

function chunks(png: Buffer, type: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === type)
      found.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return found;
}

/** The five filters of the PNG specification. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value));
  if (toLeft === undefined || toUp === undefined || toCorner === undefined) return 0;
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
