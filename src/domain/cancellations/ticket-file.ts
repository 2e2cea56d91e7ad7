/** What may go with a ticket, told by its content. */
export const fileTypes = ['pdf', 'png', 'jpeg', 'docx', 'xlsx', 'msg', 'eml', 'text'] as const;

export type FileType = (typeof fileTypes)[number];

/** Why a file does not go with a ticket; words have a sentence for each. */
export type FileFault = 'empty' | 'too-large' | 'type' | 'damaged' | 'protected';

export const maxFiles = 10;
export const maxFileBytes = 20 * 1024 * 1024;

/** A file that goes with a ticket, without its content. */
export interface TicketFile {
  readonly id: string;
  readonly name: string;
  readonly type: FileType;
  /** In bytes. */
  readonly size: number;
  /** The ticket at Microsoft that it is attached to. */
  readonly ticketId?: string;
  /** Partner Center did not take it. */
  readonly isRefused?: boolean;
}

/**
 * Whose file it is: that of a cancellation that is being prepared, of a case, or of a person who has still to say where it
 * belongs.
 */
export type FileOwner =
  | { readonly of: 'draft'; readonly id: string }
  | { readonly of: 'case'; readonly id: string }
  | { readonly of: 'person'; readonly id: string };

const maxNameLength = 120;

/** The endings that a file of this type may have; the first is given to one that has another. */
const endings: Readonly<Record<FileType, readonly string[]>> = {
  pdf: ['pdf'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  msg: ['msg'],
  eml: ['eml'],
  text: ['txt', 'csv', 'log'],
};

export const mediaTypes: Readonly<Record<FileType, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  msg: 'application/vnd.ms-outlook',
  eml: 'message/rfc822',
  text: 'text/plain; charset=utf-8',
};

/** The name without a path, and without characters that are not seen or turn the text around. */
export function plainFileName(name: string): string {
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{C}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return shorten(plain, maxNameLength) || 'file';
}

/** With the ending of what the file is: it opens as that, whatever it was called. */
export function cleanFileName(name: string, type: FileType): string {
  const plain = plainFileName(name);
  const { base, ending } = splitName(plain);
  const isOwn = endings[type].includes(ending.toLowerCase());
  const whole = isOwn ? base : plain;
  const kept = isOwn ? ending : (endings[type][0] ?? '');
  return `${shorten(whole, maxNameLength - kept.length - 1)}.${kept}`;
}

/** The same name, or one with a number: no two files of a ticket are called the same. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.toLowerCase()));
  const { base, ending } = splitName(name);
  for (let number = 1; ; number += 1) {
    const mark = number === 1 ? '' : ` (${number})`;
    const free = `${shorten(base, maxNameLength - mark.length - ending.length - 1)}${mark}.${ending}`;
    if (!used.has(free.toLowerCase())) return free;
  }
}

/** `report.pdf` → `report`, `pdf`. */
export function splitName(name: string): { readonly base: string; readonly ending: string } {
  const dot = name.lastIndexOf('.');
  return dot < 1 ? { base: name, ending: '' } : { base: name.slice(0, dot), ending: name.slice(dot + 1) };
}

/** No letter is cut in the middle. */
function shorten(text: string, most: number): string {
  return text.length <= most
    ? text
    : text
        .slice(0, most)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd();
}
