import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { DeliveryError } from '../domain/errors.ts';
import type { OpenPages, PageMessage } from '../domain/people/open-pages.ts';
import type { SentMessage } from '../domain/people/place.ts';
import type { Messenger } from '../flows/engine/messenger.ts';
import { personOfWebPlace } from './places.ts';

/** What one turn has sent to the page that waits for its answer. */
export interface TurnMessages {
  /** What there is so far; from now on, what the turn sends goes out live. */
  take(): PageMessage[];
}

export interface WebMessenger extends Messenger {
  /** Runs a turn of this person's page; its messages are kept for the answer. */
  collect<T>(personId: string, turn: (messages: TurnMessages) => Promise<T>): Promise<T>;
}

interface Collecting {
  readonly personId: string;
  readonly messages: Map<string, PageMessage>;
  isTaken: boolean;
}

/**
 * In front of Teams' messenger: what is for a person's web place is the answer of the turn that runs, else goes to their
 * open pages, and where none is open, as a message, to their personal chat.
 */
export function createWebMessenger(teams: Messenger, pages: Pick<OpenPages, 'tell'>): WebMessenger {
  const turns = new AsyncLocalStorage<Collecting>();

  /** True where a turn of this person's page takes it with its answer. */
  function isCollected(personId: string, message: PageMessage): boolean {
    const turn = turns.getStore();
    if (turn?.personId !== personId || turn.isTaken) return false;
    const before = turn.messages.get(message.messageId);
    turn.messages.set(message.messageId, before && !before.isChange ? { ...message, isChange: false } : message);
    return true;
  }

  /** Without an open page there is no message any more that could be changed. */
  async function show(personId: string, message: PageMessage): Promise<boolean> {
    return isCollected(personId, message) || pages.tell(personId, message);
  }

  return {
    ...teams,

    async collect(personId, turn) {
      const collecting: Collecting = { personId, messages: new Map(), isTaken: false };
      const take = (): PageMessage[] => {
        collecting.isTaken = true;
        return [...collecting.messages.values()];
      };
      return turns.run(collecting, () => turn({ take }));
    },

    async send(placeId, card, options = {}) {
      const personId = personOfWebPlace(placeId);
      if (personId === undefined) return teams.send(placeId, card, options);
      const { onlyFor, isAnswer } = options;
      if (onlyFor !== undefined && onlyFor !== personId) throw new DeliveryError('final', { code: 'NotTheirPage' });
      const sent: SentMessage = { placeId, messageId: randomUUID() };
      const message = { messageId: sent.messageId, card: card.content };
      if (isCollected(personId, message) || (await pages.tell(personId, message))) return sent;
      return teams.sendDirect(personId, card, { isAnswer });
    },

    async update(message, card) {
      const personId = personOfWebPlace(message.placeId);
      if (personId === undefined) return teams.update(message, card);
      const isShown = await show(personId, { messageId: message.messageId, isChange: true, card: card.content });
      // Who waited for it has closed the page or the dialog meanwhile.
      if (!isShown && turns.getStore()?.personId === personId)
        await teams.sendDirect(personId, card, { isAnswer: true });
    },

    async updateIfThere(message, card) {
      const personId = personOfWebPlace(message.placeId);
      if (personId === undefined) return teams.updateIfThere(message, card);
      return show(personId, { messageId: message.messageId, isChange: true, card: card.content });
    },

    async delete(message) {
      const personId = personOfWebPlace(message.placeId);
      if (personId === undefined) return teams.delete(message);
      await show(personId, { messageId: message.messageId });
    },

    // A key is in the answer of the turn that asked for it, never in a message.
    async updateTargeted(message, card) {
      if (personOfWebPlace(message.placeId) !== undefined) throw new DeliveryError('final', { code: 'NotTargeted' });
      await teams.updateTargeted(message, card);
    },

    async typing(placeId) {
      if (personOfWebPlace(placeId) === undefined) await teams.typing(placeId);
    },
  };
}
