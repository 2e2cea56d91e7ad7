import { auditFile } from '../cards/audit-file.ts';
import { type AuditFileAnswer, type AuditFileScope, scopeOfFile } from '../domain/audit/audit.ts';
import { recordExport } from '../domain/audit/export-audit.ts';
import { recordRefusal } from '../domain/audit/refused-decision.ts';
import { isAuditUnwritable, Refusal } from '../domain/errors.ts';
import type { Person } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import { wordsFor } from '../words/index.ts';
import { explain, type Words } from '../words/words.ts';

/** It is in memory while it is sent; the tab has no such limit. */
const mostBytes = 20 * 1024 * 1024;

interface Given {
  readonly isGiven: boolean;
  readonly text?: string;
}

/** How large the file would be now, as far as that can be told in so long. */
export async function sizeOfAuditFile(world: World, words: Words, scope: AuditFileScope): Promise<number> {
  const until = performance.now() + 500;
  let size = 0;
  for await (const part of auditFile(world.audit, words, scopeOfFile(scope))) {
    size += Buffer.byteLength(part);
    if (size > mostBytes || performance.now() > until) break;
  }
  return Math.min(size, mostBytes);
}

/**
 * Makes the file that a person has agreed to, one after the other, and puts it into their OneDrive. Whether they may have
 * it is asked again, and whose log it is looked up: what comes with the answer is theirs to make up.
 */
export function createAuditFileGiver(world: World) {
  let last: Promise<unknown> = Promise.resolve();

  async function give(who: Person, { scope, address }: Extract<AuditFileAnswer, { isAccepted: true }>): Promise<Given> {
    const words = wordsFor(who.language);
    try {
      const customer = scope.customerId === undefined ? undefined : await world.customers.find(scope.customerId);
      if (scope.customerId !== undefined && !customer)
        throw new Refusal('customer-unknown', { text: scope.customerId, suggestions: [] });
      await recordExport(world, who, { ...scope, customer });
      const { bytes, isWhole } = await collect(auditFile(world.audit, words, scopeOfFile(scope)));
      if (!(await world.sentFiles.put(address, bytes))) throw new Refusal('file-not-given', {});
      return { isGiven: true, ...(!isWhole && { text: words.audit.cut(words.files.size(mostBytes)) }) };
    } catch (error) {
      if (isAuditUnwritable(error))
        return { isGiven: false, text: explain(words, new Refusal('audit-unwritable', {})) };
      if (!(error instanceof Refusal)) throw error;
      await recordRefusal(world, who, error);
      return { isGiven: false, text: explain(words, error) };
    }
  }

  return async (who: Person, answer: AuditFileAnswer): Promise<Given> => {
    if (!answer.isAccepted) return { isGiven: false, text: wordsFor(who.language).audit.declined };
    const giving = last.then(() => give(who, answer));
    last = giving.catch(() => undefined);
    return giving;
  };
}

async function collect(parts: AsyncIterable<string>): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    const chunk = Buffer.from(part);
    if (size + chunk.byteLength > mostBytes) return { bytes: Buffer.concat(chunks), isWhole: false };
    chunks.push(chunk);
    size += chunk.byteLength;
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}
