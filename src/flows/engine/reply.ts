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
   * chat, never in public, and there is no message. Nothing is returned either where the message may or does stand there,
   * but Teams did not say under which id.
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
  /** Below an answer of which Teams did not say whether it took it. */
  readonly perhapsAnswered: () => Card;
}

export function createTurnReply(parts: ReplyParts): TurnReply {
  const { messenger, incoming, privateFailed, answeredInPrivate, perhapsAnswered } = parts;
  const { place, who, input } = incoming;
  let working: Promise<SentMessage | undefined> | undefined;
  let isLate = false;
  let hasSent = false;

  async function sendNew(card: Card, isPrivate: boolean): Promise<SentMessage | undefined> {
    const options = isPrivate ? { onlyFor: who.id, isAnswer: true } : { isAnswer: true };
    try {
      return await messenger.send(place.id, card, options);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      if (error.kind === 'unsure') {
        // What is wrong with this one, too, is in the log.
        await messenger.send(place.id, perhapsAnswered(), options).catch(() => undefined);
        return undefined;
      }
      if (error.isWithheld) return sendNew(card, true);
      if (!isPrivate || place.kind === 'personal') throw error;
      await messenger.sendDirect(who.id, privateFailed(), { isAnswer: true });
      return undefined;
    }
  }

  /** False where "working on it" could not be changed: the answer is sent anew. */
  function replace(workingMessage: SentMessage, card: Card): Promise<boolean> {
    return messenger.update(workingMessage, card).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DeliveryError) return false;
        throw error;
      },
    );
  }

  return {
    isLate: () => isLate,
    async goLate(card) {
      isLate = true;
      if (input.kind !== 'text' || hasSent) return;
      working = messenger.send(place.id, card, {
        isAnswer: true,
        ...(incoming.isPrivate && { onlyFor: who.id }),
      });
      await working;
    },
    async send(card, isPrivate) {
      hasSent = true;
      const workingMessage = await working?.catch(() => undefined);
      if (!workingMessage) return sendNew(card, isPrivate);
      if (!isPrivate || workingMessage.onlyFor === who.id || place.kind === 'personal')
        return (await replace(workingMessage, card)) ? workingMessage : sendNew(card, isPrivate);
      const sent = await sendNew(card, isPrivate);
      await replace(workingMessage, answeredInPrivate());
      return sent;
    },
  };
}
