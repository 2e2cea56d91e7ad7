import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageCard } from '../cards/message.ts';
import type { CardContext } from '../cards/render.ts';
import { type Draft, draftVersion, isShared } from '../domain/drafts/draft.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import type { SentMessage } from '../domain/people/place.ts';
import type { Jobs } from '../domain/work/jobs.ts';
import type { World } from '../domain/world.ts';
import { explain, type Words } from '../words/words.ts';
import type { Card, Flow, Incoming, Messenger, Turn } from './flow.ts';

export interface Log {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface SecretRules {
  /** `dialog`: never as a message of any kind. */
  readonly reveal: 'ephemeral' | 'dialog';
  readonly seconds: number;
}

export interface RunnerParts {
  readonly world: World;
  readonly flows: readonly Flow[];
  readonly messenger: Messenger;
  readonly jobs: Jobs;
  readonly words: Words;
  readonly secrets: SecretRules;
  readonly log: Log;
}

/** How long a second press waits for the first. */
const leaseWaitMs = 1_500;
/** How long an answer waits for Teams to have taken the edit of the card. */
const editWaitMs = 1_000;

/** What hearing, pressing and stepping have in common. */
export interface Stage extends RunnerParts {
  contextFor(incoming: Pick<Incoming, 'who'>, draft?: Draft, problem?: string): CardContext;
  turnFor(
    incoming: Incoming,
    draft: Draft,
    extra?: { readonly problem?: string; readonly entered?: Turn<unknown>['entered'] },
  ): Turn<unknown>;
  newDraft(incoming: Incoming, flow: string): Draft;
  /** Throws `draft-outdated` for a flow that no longer exists. */
  flowOf(draft: Draft): Flow;
  flowNamed(name: string): Flow | undefined;
  /**
   * The sentence for what went wrong, logged by its kind; a fault gets the turn's number as its reference. `isKept`:
   * something was entered before, and is still there.
   */
  tell(error: unknown, incoming: Incoming, about?: { readonly isKept: boolean }): string;
  sayCard(incoming: Incoming, text: string): Card;
  /** Brings a card up to date for everybody. The turn waits a moment for it, so that all see the same when it answers. */
  edit(posted: SentMessage, card: Card): Promise<void>;
  postNew(incoming: Incoming, card: Card): Promise<SentMessage>;
  /** The draft with this id, one turn at a time in all processes together. */
  inDraft<T>(draftId: string, work: (draft: Draft) => Promise<T>): Promise<T>;
  /** The same for a draft that nobody else knows yet. */
  inNewDraft<T>(draft: Draft, work: () => Promise<T>): Promise<T>;
  track<T>(work: Promise<T>): Promise<T>;
  idle(): Promise<void>;
}

export function createStage(parts: RunnerParts): Stage {
  const { world, flows, messenger, words, log } = parts;
  const underWay = new Set<Promise<unknown>>();

  const flowNamed = (name: string): Flow | undefined => flows.find((candidate) => candidate.name === name);

  const contextFor: Stage['contextFor'] = ({ who }, draft, problem) => ({
    words,
    timeZone: who.timeZone,
    isSimulated: world.isSimulated,
    draft: draft && {
      id: draft.id,
      step: draft.step,
      submissionId: draft.submissionId,
      canGoBack: draft.trail.length > 0,
    },
    problem,
  });

  const track = <T>(work: Promise<T>): Promise<T> => {
    const tracked: Promise<unknown> = work.catch(() => undefined).finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    return work;
  };

  async function hold<T>(draftId: string, work: () => Promise<T>): Promise<T> {
    const held = await world.leases.hold(`draft:${draftId}`, leaseWaitMs, async () => ({ result: await work() }));
    if (!held) throw new Refusal('still-working', {});
    return held.result;
  }

  return {
    ...parts,
    contextFor,
    track,
    flowNamed,

    turnFor: (incoming, draft, { problem, entered = {} } = {}) => ({
      world,
      words,
      who: incoming.who,
      place: incoming.place,
      context: contextFor(incoming, draft, problem),
      data: draft.data,
      draftId: draft.id,
      submissionId: draft.submissionId,
      ownerName: draft.ownerName,
      isHandedOver: draft.isHandedOver && isShared(draft),
      preparer: draft.preparer?.id === incoming.who.id ? undefined : draft.preparer,
      card: draft.card,
      entered,
    }),

    newDraft: ({ who, place, isPrivate }, flow) => ({
      version: draftVersion,
      id: randomUUID(),
      flow,
      step: '',
      trail: [],
      data: {},
      ownerId: who.id,
      ownerName: who.name,
      place,
      isPrivate,
      isHandedOver: false,
      changedAt: new Date().toISOString(),
    }),

    flowOf(draft) {
      const flow = flowNamed(draft.flow);
      if (!flow) throw new Refusal('draft-outdated', {});
      return flow;
    },

    tell(error, incoming, about = { isKept: true }) {
      const facts = { turnId: incoming.turnId, personId: incoming.who.id };
      if (error instanceof Refusal) {
        log.info({ ...facts, code: error.code }, 'refused');
        return explain(words, error);
      }
      if (error instanceof OutsideError) {
        log.warn({ ...facts, err: error, correlationId: error.correlationId }, 'a service outside failed');
        return words.outside(error, about);
      }
      log.error({ ...facts, err: error }, 'a turn failed');
      return words.common.fault(incoming.turnId, about);
    },

    sayCard: (incoming, text) => messageCard(contextFor(incoming), { title: words.help.title, lines: [text] }),

    async edit(posted, card) {
      const edited = track(messenger.update(posted, card)).catch((error) =>
        log.warn({ err: error }, 'a card could not be edited'),
      );
      await Promise.race([edited, sleep(editWaitMs, undefined, { ref: false })]);
    },

    postNew: ({ place, who, isPrivate }, card) => messenger.send(place.id, card, isPrivate ? { onlyFor: who.id } : {}),

    inDraft: (draftId, work) =>
      hold(draftId, async () => {
        const draft = await world.drafts.get(draftId);
        if (!draft) throw new Refusal('draft-gone', {});
        if (draft.version !== draftVersion) throw new Refusal('draft-outdated', {});
        return work(draft);
      }),

    inNewDraft: (draft, work) => hold(draft.id, work),

    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
