import { randomUUID } from 'node:crypto';
import type { Card } from '../../src/cards/card.ts';
import type { CardAction } from '../../src/cards/card-action.ts';
import { DeliveryError } from '../../src/domain/errors.ts';
import type { Language } from '../../src/domain/people/languages.ts';
import type { SentMessage } from '../../src/domain/people/place.ts';
import type { Person } from '../../src/domain/people/staff.ts';
import type { Incoming, InvokeAnswer, Messenger, PageSession, TypedText } from '../../src/flows/engine/messenger.ts';
import { createRunner } from '../../src/flows/engine/runner.ts';
import { createFlows } from '../../src/flows/index.ts';
import { type CardView, viewOf } from '../support/card-view.ts';
import { aPerson } from '../support/fakes/samples.ts';
import { createFakeVisibleKeys } from '../support/fakes/sessions.ts';
import { createFakeWorld, type FakeWorld } from '../support/fakes/world.ts';

/** A message as it stands now. */
export interface ShownMessage extends SentMessage {
  readonly view: CardView;
  readonly edits: number;
}

/** The runner on fakes: said and pressed without Teams, seen without a client. */
export interface FakeConversation {
  readonly world: FakeWorld;
  readonly messages: ShownMessage[];
  readonly log: { readonly level: string; readonly facts: Readonly<Record<string, unknown>>; readonly text: string }[];
  readonly place: Incoming['place'];
  /** What is spoken in that place; a test may change it. */
  readonly spoken: { language: Language };
  last(): ShownMessage;
  says(text: string, who?: Person): Promise<InvokeAnswer>;
  /** The same, with what else Teams tells of a message; `key`: one that is an earlier one by its key. */
  sends(typed: Partial<TypedText>, key?: string): Promise<InvokeAnswer>;
  presses(title: string, values?: Readonly<Record<string, string>>, options?: Pressing): Promise<InvokeAnswer>;
  /** From here on edits fail, as when the message was deleted. */
  loseEdits(): void;
  /** The next new messages end like this: `unsure` ones stand there all the same, `no-id` ones without an id. */
  plan(...ends: (DeliveryError | 'no-id')[]): void;
  idle(): Promise<void>;
}

interface Pressing {
  readonly who?: Person;
  readonly on?: ShownMessage;
  readonly isAutomatic?: boolean;
  /** What the client names as the message that was pressed; by default that message. */
  readonly named?: string | null;
  /** Pressed on a web page. */
  readonly page?: PageSession;
  readonly opensDialog?: boolean;
}

export function startFakeConversation(
  world: FakeWorld = createFakeWorld(),
  { hasPages = false }: { readonly hasPages?: boolean } = {},
): FakeConversation {
  const messages: ShownMessage[] = [];
  const log: FakeConversation['log'] = [];
  const place = { id: '19:thread', kind: 'channel' } as const;
  const spoken: { language: Language } = { language: 'en' };
  let isLosing = false;
  const planned: (DeliveryError | 'no-id')[] = [];
  const write = (level: string) => (facts: object, text: string) => void log.push({ level, facts: { ...facts }, text });

  const post = async (placeId: string, { content }: Card, onlyFor?: string): Promise<SentMessage> => {
    const posted = { placeId, messageId: String(messages.length + 1), onlyFor };
    messages.push({ ...posted, view: viewOf(content), edits: 0 });
    return posted;
  };
  const messenger: Messenger = {
    async send(placeId, card, options) {
      const end = planned.shift();
      if (end instanceof DeliveryError && end.kind !== 'unsure') throw end;
      const posted = await post(placeId, card, options?.onlyFor);
      if (end instanceof DeliveryError) throw end;
      return end === undefined ? posted : undefined;
    },
    async update({ messageId }, { content }) {
      if (isLosing) throw new Error('the message is gone');
      const at = messages.findIndex((one) => one.messageId === messageId);
      const before = messages[at];
      if (before) messages[at] = { ...before, view: viewOf(content), edits: before.edits + 1 };
    },
    async updateIfThere(message, card) {
      const isThere = messages.some(({ messageId }) => messageId === message.messageId);
      if (isThere) await messenger.update(message, card);
      return isThere;
    },
    delete: async () => undefined,
    sendDirect: (personId, card) => post(`chat of ${personId}`, card),
    sendTargeted: (placeId, card, personId) => messenger.send(placeId, card, { onlyFor: personId }),
    updateTargeted: (message, card) => messenger.update(message, card.reveal()),
    typing: async () => undefined,
  };
  const runner = createRunner({
    world,
    flows: createFlows({ keys: { seconds: 60, isDialog: false }, hasPages }),
    messenger,
    references: { person: async (personId) => world.people.get(personId) },
    sessions: world.sessions,
    visibleKeys: createFakeVisibleKeys(),
    secrets: { reveal: 'ephemeral', seconds: 60 },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
  });

  const take = (input: Incoming['input'], who: Person, activityKey: string = randomUUID()): Promise<InvokeAnswer> =>
    runner.handle({
      turnId: randomUUID(),
      activityKey,
      who,
      place,
      language: spoken.language,
      isPrivate: false,
      answerBy: performance.now() + 2_800,
      input,
    });
  const last = (): ShownMessage => {
    const found = messages.at(-1);
    if (!found) throw new Error('nothing was said');
    return found;
  };

  return {
    world,
    messages,
    log,
    place,
    spoken,
    last,
    says: (text, who = aPerson()) => take({ kind: 'text', text }, who),
    sends: (typed, key) => take({ kind: 'text', text: '', ...typed }, aPerson(), key),
    presses(title, values = {}, { who = aPerson(), on = last(), isAutomatic = false, named, page, opensDialog } = {}) {
      const data = on.view.button(title).data as Omit<CardAction, 'values'> & { readonly text?: string };
      const messageId = named === null ? undefined : (named ?? on.messageId);
      const own = data.text === undefined ? values : { ...values, text: data.text };
      const via = page ? 'page' : opensDialog ? 'dialog' : 'invoke';
      return take({ kind: 'action', action: { ...data, values: own }, messageId, via, isAutomatic, page }, who);
    },
    loseEdits() {
      isLosing = true;
    },
    plan: (...ends) => void planned.push(...ends),
    idle: () => runner.idle(),
  };
}
