import type { Draft } from '../../domain/drafts/draft.ts';
import { DeliveryError } from '../../domain/errors.ts';
import type { SentMessage } from '../../domain/people/place.ts';

const maxFormerCards = 20;

/** The card hangs in that message from now on. */
export function hangAt(draft: Draft, sent: SentMessage | undefined): Draft {
  const { card: before, formerCards = [] } = draft;
  if (!sent) return draft;
  if (!before || before.messageId === sent.messageId) return { ...draft, card: sent };
  return { ...draft, card: sent, formerCards: [before, ...formerCards].slice(0, maxFormerCards) };
}

/**
 * Nobody told in which message the card hangs. `error`: why, where it could not be sent; what is known not to have arrived
 * hangs nowhere, and the card of before still counts.
 */
export function hangUnknown(draft: Draft, error?: unknown): Draft {
  if (error === undefined) return { ...draft, card: undefined, hasUnknownCard: true };
  const mayBeThere = error instanceof DeliveryError && error.kind === 'unsure';
  return mayBeThere ? { ...draft, hasUnknownCard: true } : draft;
}

/** A message in which the card may hang, as whoever presses it there names it, is known from now on. */
export function hangAlsoAt(draft: Draft, named: SentMessage | undefined): Draft {
  const { card, formerCards = [], hasUnknownCard } = draft;
  if (!named) return draft;
  if (!card) return { ...draft, card: named };
  const isKnown = [card, ...formerCards].some(({ messageId }) => messageId === named.messageId);
  return hasUnknownCard && !isKnown
    ? { ...draft, formerCards: [named, ...formerCards].slice(0, maxFormerCards) }
    : draft;
}
