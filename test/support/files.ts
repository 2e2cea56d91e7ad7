import { ZipFile } from 'yazl';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Small files as programs write them. */
export const pngFile = Buffer.from(png, 'base64');
export const jpegFile = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(50, 1),
  Buffer.from('ffd9', 'hex'),
]);
export const mailFile = Buffer.from(
  'Received: from mx\r\n by mail\r\nFrom: Anna <anna@contoso.example>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\n\r\nZaż\xf3łć',
  'latin1',
);

/** `text` makes each of them another one. */
export function pdfFile(text = 'Contract', trailer = ''): Buffer {
  const body = `%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% ${text}\n`;
  return Buffer.from(`${body}xref\n0 1\ntrailer\n<< /Root 1 0 R ${trailer}>>\nstartxref\n${body.length}\n%%EOF\n`);
}

/** A document of Office: an archive whose list of parts tells what it is. */
export function officeFile(kind: 'docx' | 'xlsx' | 'docm'): Promise<Buffer> {
  const main = {
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
    docm: 'application/vnd.ms-word.document.macroEnabled.main+xml',
  }[kind];
  return zipFile({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    'word/document.xml': '<w:document/>',
  });
}

export async function zipFile(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The old form of Office with a stream of this name in it. */
export function compoundFile(...streams: string[]): Buffer {
  const head = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)]);
  return Buffer.concat([head, ...streams.map((name) => Buffer.from(name.padEnd(64, '\0'), 'utf16le'))]);
}
