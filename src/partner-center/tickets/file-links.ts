import { splitName } from '../../domain/cancellations/ticket-file.ts';
import type { AttachedFile, FileToAttach } from '../../domain/cancellations/tickets.ts';
import { foreignText } from '../client/plain-text.ts';
import { amount, maybe, shape, text } from '../client/wire.ts';

/** The current reference calls the ending `extensionType`. */
export const fileLink = shape({
  fileNameWithoutExtension: maybe(text),
  fileExtension: maybe(text),
  extensionType: maybe(text),
  fileSize: maybe(amount),
});

export function toAttachedFile(wire: ReturnType<typeof fileLink.parse>): AttachedFile {
  const ending = (wire.fileExtension ?? wire.extensionType ?? '').replace(/^\./, '');
  const name = foreignText(wire.fileNameWithoutExtension ?? '');
  return { name: ending ? `${name}.${ending}` : name, size: wire.fileSize ?? 0 };
}

/** See "Files of a ticket" in docs/partner-center.md: the resource is documented, the call is not. */
export function fromFile({ name, bytes }: FileToAttach) {
  const { base, ending } = splitName(name);
  return {
    fileNameWithoutExtension: base,
    fileExtension: ending,
    fileSize: bytes.byteLength,
    content: Buffer.from(bytes).toString('base64'),
  };
}
