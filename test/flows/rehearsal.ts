import { randomUUID } from 'node:crypto';
import type { SentMessage } from '../../src/domain/people/place.ts';
import type { Person } from '../../src/domain/people/staff.ts';
import type { Answered, Card, Incoming, Messenger, Press } from '../../src/flows/flow.ts';
import { createFlows } from '../../src/flows/index.ts';
import { createRunner } from '../../src/flows/runner.ts';
import { en } from '../../src/words/en.ts';
import { type CardView, viewOf } from '../support/card-view.ts';
import { aPerson } from '../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../support/fakes/world.ts';

/** A message as it stands now. */
export interface Standing extends SentMessage {
  readonly view: CardView;
  readonly edits: number;
}

/** The runner on fakes: said and pressed without Teams, seen without a client. */
export interface Rehearsal {
  readonly world: FakeWorld;
  readonly messages: Standing[];
  readonly log: { readonly level: string; readonly facts: Readonly<Record<string, unknown>>; readonly text: string }[];
  readonly place: Incoming['place'];
  last(): Standing;
  says(text: string, who?: Person): Promise<Answered>;
  presses(title: string, values?: Readonly<Record<string, string>>, options?: Pressing): Promise<Answered>;
  /** From here on edits fail, as when the message was deleted. */
  loseEdits(): void;
  idle(): Promise<void>;
}

interface Pressing {
  readonly who?: Person;
  readonly on?: Standing;
  readonly isAutomatic?: boolean;
}

export function rehearse(world: FakeWorld = createFakeWorld()): Rehearsal {
  const messages: Standing[] = [];
  const log: Rehearsal['log'] = [];
  const place = { id: '19:thread', kind: 'channel' } as const;
  let isLosing = false;
  const write = (level: string) => (facts: object, text: string) => void log.push({ level, facts: { ...facts }, text });

  const post = async (placeId: string, { content }: Card, onlyFor?: string): Promise<SentMessage> => {
    const posted = { placeId, messageId: String(messages.length + 1), onlyFor };
    messages.push({ ...posted, view: viewOf(content), edits: 0 });
    return posted;
  };
  const messenger: Messenger = {
    send: (placeId, card, options) => post(placeId, card, options?.onlyFor),
    async update({ messageId }, { content }) {
      if (isLosing) throw new Error('the message is gone');
      const at = messages.findIndex((one) => one.messageId === messageId);
      const before = messages[at];
      if (before) messages[at] = { ...before, view: viewOf(content), edits: before.edits + 1 };
    },
    delete: async () => undefined,
    sendDirect: (personId, card) => post(`chat of ${personId}`, card),
    sendTargeted: (placeId, personId, card) => post(placeId, card.reveal(), personId),
    typing: async () => undefined,
  };
  const runner = createRunner({
    world,
    flows: createFlows({ keys: { seconds: 60, isDialog: false } }),
    messenger,
    jobs: { hideLater: async () => undefined },
    words: en,
    secrets: { reveal: 'ephemeral', seconds: 60 },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
  });

  const take = (input: Incoming['input'], who: Person): Promise<Answered> =>
    runner.handle({ turnId: randomUUID(), activityId: randomUUID(), who, place, isPrivate: false, input });
  const last = (): Standing => {
    const found = messages.at(-1);
    if (!found) throw new Error('nothing was said');
    return found;
  };

  return {
    world,
    messages,
    log,
    place,
    last,
    says: (text, who = aPerson()) => take({ kind: 'words', text }, who),
    presses(title, values = {}, { who = aPerson(), on = last(), isAutomatic = false } = {}) {
      const data = on.view.button(title).data as Omit<Press, 'values'>;
      const { messageId } = on;
      return take({ kind: 'press', press: { ...data, values }, messageId, via: 'invoke', isAutomatic }, who);
    },
    loseEdits() {
      isLosing = true;
    },
    idle: () => runner.idle(),
  };
}
