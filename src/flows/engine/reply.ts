import type { Card } from '../../cards/card.ts';
import { DeliveryError } from '../../domain/errors.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import type { Incoming, Messenger } from './messenger.ts';

/**
 * The messages of one turn. Once the turn is late, a message "working on it" stands in the place, and the answer becomes
 * an update of that message instead of a new one, unless the answer is private and that message is not.
 */
export interface TurnReply {
  /**
   * A new message; `isPrivate`: for the person alone. Where the private way fails, the person is told so in their own
   * chat, never in public, and there is no message.
   */
  send(card: Card, isPrivate: boolean): Promise<SentMessage | undefined>;
  isLate(): boolean;
  /** Called once, when the person has waited long enough. */
  goLate(working: Card): Promise<void>;
}

interface ReplyParts {
  readonly messenger: Messenger;
  readonly incoming: Incoming;
  /** For the person's own chat: that the answer could not be given in private. */
  readonly privateFailed: () => Card;
  /** What takes the place of "working on it" where the answer is private. */
  readonly answeredInPrivate: () => Card;
}

export function createTurnReply({ messenger, incoming, privateFailed, answeredInPrivate }: ReplyParts): TurnReply {
  const { place, who, input } = incoming;
  let working: Promise<SentMessage> | undefined;
  let isLate = false;
  let hasSent = false;

  async function sendNew(card: Card, isPrivate: boolean): Promise<SentMessage | undefined> {
    if (!isPrivate) return messenger.send(place.id, card);
    try {
      return await messenger.send(place.id, card, { onlyFor: who.id });
    } catch (error) {
      const isRefused = error instanceof DeliveryError && error.kind !== 'unsure';
      if (!isRefused || place.kind === 'personal') throw error;
      await messenger.sendDirect(who.id, privateFailed());
      return undefined;
    }
  }

  return {
    isLate: () => isLate,
    async goLate(card) {
      isLate = true;
      if (input.kind !== 'text' || hasSent) return;
      working = messenger.send(place.id, card, incoming.isPrivate ? { onlyFor: who.id } : {});
      await working;
    },
    async send(card, isPrivate) {
      hasSent = true;
      const workingMessage = await working?.catch(() => undefined);
      if (!workingMessage) return sendNew(card, isPrivate);
      if (!isPrivate || workingMessage.onlyFor === who.id || place.kind === 'personal') {
        await messenger.update(workingMessage, card);
        return workingMessage;
      }
      const sent = await sendNew(card, isPrivate);
      await messenger.update(workingMessage, answeredInPrivate());
      return sent;
    },
  };
}
