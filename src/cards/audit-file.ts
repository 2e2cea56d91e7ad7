import type { Audit, AuditEntry, AuditScope } from '../domain/audit/audit.ts';
import { asShown } from '../domain/shown-text.ts';
import type { Words } from '../words/words.ts';

const perRead = 500;

/** The audit log as a file (CSV), made while it is read: newest first, with a mark that tells spreadsheets that it is UTF-8. */
export async function* auditFile(
  audit: Pick<Audit, 'entries'>,
  words: Words,
  scope: AuditScope,
): AsyncGenerator<string> {
  yield `\ufeff${toLine(['time_utc', 'kind', 'who', 'customer_id', 'customer', 'orders', 'what', 'more'])}`;
  let from: string | undefined;
  do {
    const entries = await audit.entries(scope, from, perRead + 1);
    yield entries
      .slice(0, perRead)
      .map((entry) => toLine(cellsOf(words, entry)))
      .join('');
    from = entries[perRead]?.cursor;
  } while (from !== undefined);
}

function cellsOf(words: Words, entry: AuditEntry): string[] {
  const { at, kind, who = words.audit.ours, customerId, customerName = '', orderNumbers } = entry;
  const what = words.audit.entry(entry);
  return [at.toISOString(), kind, who, customerId, customerName, orderNumbers.join(' '), what, words.audit.more(entry)];
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/** What a spreadsheet would take for a formula is text, and none turns what stands beside it. */
function toCell(given: string): string {
  const text = asShown(given);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
