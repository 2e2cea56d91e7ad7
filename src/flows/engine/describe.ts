import { isAuditUnwritable, OutsideError, Refusal } from '../../domain/errors.ts';
import { refusalText } from '../../words/words.ts';
import { wordsOf } from './languages.ts';
import type { Incoming } from './messenger.ts';

export interface Log {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** The text for what went wrong, logged by its kind; see `Engine.describe`. */
export function describe(
  log: Log,
  error: unknown,
  incoming: Pick<Incoming, 'turnId' | 'who' | 'language' | 'isPrivate'>,
  about: { readonly isKept: boolean },
): string {
  const words = wordsOf(incoming);
  const facts = { turnId: incoming.turnId, personId: incoming.who.id };
  if (error instanceof Refusal) {
    if (error.cause === undefined) log.info({ ...facts, code: error.code }, 'refused');
    else log.error({ ...facts, code: error.code, err: error.cause }, 'refused, because something failed');
    return refusalText(words, error);
  }
  if (error instanceof OutsideError) {
    log.warn({ ...facts, err: error, correlationId: error.correlationId }, 'a service outside failed');
    return words.outside(error, about);
  }
  if (isAuditUnwritable(error)) {
    log.error({ ...facts, err: error }, 'refused, because the audit log could not be written');
    return refusalText(words, new Refusal('audit-unwritable', {}));
  }
  log.error({ ...facts, err: error }, 'a turn failed');
  return words.common.fault(incoming.turnId, about);
}
