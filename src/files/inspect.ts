import { fileTypeFromBuffer } from 'file-type';
import type { FileFault, FileType } from '../domain/cancellations/ticket-file.ts';
import type { FileInspector } from '../domain/cancellations/ticket-files.ts';

type Found = { readonly type: FileType } | { readonly fault: FileFault };

/** Tells by the content what a file is, and whether whoever gets it can open it. */
export function createFileInspector(): FileInspector {
  return { inspect };
}

async function inspect(bytes: Uint8Array): Promise<Found> {
  if (bytes.byteLength === 0) return { fault: 'empty' };
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const known = await fileTypeFromBuffer(content).catch(() => undefined);
  switch (known?.ext) {
    case 'pdf':
      return inspectPdf(content);
    case 'png':
      return content.subarray(-64).includes('IEND') ? { type: 'png' } : { fault: 'damaged' };
    case 'jpg':
      return content.lastIndexOf(endOfJpeg) > 0 ? { type: 'jpeg' } : { fault: 'damaged' };
    case 'docx':
    case 'xlsx':
      return isWholeZip(content) ? { type: known.ext } : { fault: 'damaged' };
    case 'zip':
      return inspectZip(content);
    case 'cfb':
      return inspectCompoundFile(content);
    case undefined:
      return inspectText(content);
    default:
      return { fault: 'type' };
  }
}

const endOfJpeg = Buffer.from([0xff, 0xd9]);

/** A reader looks for the end first; in the last kilobytes, because mail systems append to files. */
function inspectPdf(content: Buffer): Found {
  if (!content.subarray(-4096).includes('startxref')) return { fault: 'damaged' };
  return /\/Encrypt\s*(\d+\s+\d+\s+R|<<)/.test(content.toString('latin1')) ? { fault: 'protected' } : { type: 'pdf' };
}

/** Its directory stands at the end; a comment of 64 KB may follow. */
function isWholeZip(content: Buffer): boolean {
  return content.subarray(-(64 * 1024 + 22)).includes('PK\u0005\u0006', 0, 'latin1');
}

/** A document of Office that was cut off, or whose parts are encrypted, is only known as an archive. */
function inspectZip(content: Buffer): Found {
  const isOffice = content.includes('[Content_Types].xml');
  if (!isOffice) return { fault: 'type' };
  if (!isWholeZip(content)) return { fault: 'damaged' };
  const isEncrypted = (content.readUInt16LE(6) & 1) === 1;
  return { fault: isEncrypted ? 'protected' : 'type' };
}

/** The old form of Office, in which Outlook keeps messages, and Office what is protected by a password. */
function inspectCompoundFile(content: Buffer): Found {
  const has = (name: string) => content.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage')) return { fault: 'protected' };
  return has('__nameid_version1.0') && has('__properties_version1.0') ? { type: 'msg' } : { fault: 'type' };
}

function inspectText(content: Buffer): Found {
  if (isMail(content)) return { type: 'eml' };
  const text = decode(content);
  return text === undefined || isBinary(text) ? { fault: 'type' } : { type: 'text' };
}

function decode(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

function isBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is for
  return /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text);
}

/** A message as mail programs save it: header lines first, a sender among them. Its body may be in any alphabet. */
function isMail(content: Buffer): boolean {
  const start = content
    .subarray(0, 64 * 1024)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const head = start.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = head.split(/\r?\n/);
  const isHead = lines.every((line, index) => /^[!-9;-~]+:/.test(line) || (index > 0 && /^[ \t]/.test(line)));
  const has = (name: string) => lines.some((line) => line.toLowerCase().startsWith(`${name}:`));
  return isHead && has('from') && (has('date') || has('received') || has('message-id'));
}
