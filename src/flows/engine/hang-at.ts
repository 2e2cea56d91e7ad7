import type { Draft } from '../../domain/drafts/draft.ts';
import type { SentMessage } from '../../domain/people/place.ts';

const maxFormerCards = 20;

/** The card hangs in that message from now on. */
export function hangAt(draft: Draft, sent: SentMessage | undefined): Draft {
  const { card: before, formerCards = [] } = draft;
  if (!sent) return draft;
  if (!before || before.messageId === sent.messageId) return { ...draft, card: sent };
  return { ...draft, card: sent, formerCards: [before, ...formerCards].slice(0, maxFormerCards) };
}
