import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Card } from '../../cards/card.ts';
import { textCard } from '../../cards/message.ts';
import type { CardContext } from '../../cards/render.ts';
import { recordRefusal } from '../../domain/audit/refused-decision.ts';
import { type Draft, draftVersion, isShared } from '../../domain/drafts/draft.ts';
import type { SessionChanges, SessionRecord, Sessions } from '../../domain/drafts/drafts.ts';
import { DeliveryError, Refusal } from '../../domain/errors.ts';
import type { VisibleKeys } from '../../domain/keys/visible-keys.ts';
import type { SentMessage } from '../../domain/people/place.ts';
import type { References } from '../../domain/people/references.ts';
import type { World } from '../../domain/world.ts';
import { describe, type Log } from './describe.ts';
import { createFactCaches, type FactCache, type FactCaches, readOnce } from './facts.ts';
import type { Flow, Turn } from './flow.ts';
import { hangAt } from './hang-at.ts';
import { ownWords, titleIn, wordsOf } from './languages.ts';
import { type Incoming, type Messenger, workingMs } from './messenger.ts';
import { createDraftQueue } from './queue.ts';

export type { Log } from './describe.ts';

export interface SecretRules {
  /** `dialog`: never as a message of any kind. */
  readonly reveal: 'ephemeral' | 'dialog';
  readonly seconds: number;
}

export interface EngineParts {
  readonly world: World;
  readonly sessions: Sessions;
  readonly visibleKeys: VisibleKeys;
  readonly flows: readonly Flow[];
  readonly messenger: Messenger;
  readonly references: Pick<References, 'person'>;
  readonly secrets: SecretRules;
  readonly log: Log;
}

/** How much of the time for an answer is kept for sending it. */
const sendingMs = 1_000;

/** The draft was changed, or begun, by another process since it was read; `sent` is the message that was sent too early. */
export class StaleDraft extends Error {
  readonly draftId: string;
  readonly sent: SentMessage | undefined;
  /** It may have been sent in a message whose id Teams did not tell. */
  readonly hasUnknownCard: boolean;

  constructor(draftId: string, sent?: SentMessage, hasUnknownCard = false) {
    super(`draft ${draftId} was changed meanwhile`);
    this.name = 'StaleDraft';
    this.draftId = draftId;
    this.sent = sent;
    this.hasUnknownCard = hasUnknownCard;
  }
}

/** What handling words, pressing buttons and taking answers have in common. */
export interface Engine extends EngineParts {
  readonly factCaches: FactCaches;
  contextFor(
    incoming: Pick<Incoming, 'who' | 'place' | 'language' | 'isPrivate' | 'readers'>,
    draft?: Draft,
    problem?: string,
  ): CardContext;
  turnFor(
    incoming: Omit<Incoming, 'input'> & Partial<Incoming>,
    draft: Draft,
    extra?: TurnExtra,
  ): Turn<Readonly<Record<string, unknown>>>;
  newDraft(incoming: Incoming, flow: string): Draft;
  /** Throws `draft-outdated` for a flow that no longer exists. */
  flowOf(draft: Draft): Flow;
  flowNamed(name: string): Flow | undefined;
  /**
   * The text for what went wrong, logged by its kind; a fault gets the turn's number as its reference. Its first line
   * says what is wrong. `isKept`: something was entered before, and is still there.
   */
  describe(error: unknown, incoming: Omit<Incoming, 'input'>, about?: { readonly isKept: boolean }): string;
  /** Its first line is the title. */
  textCard(incoming: Incoming, text: string): Card;
  /**
   * Brings a card up to date for everybody. The turn waits a moment for it, so that all see the same when it answers.
   * `onFailed`: what is done where Teams does not take the edit.
   */
  update(message: SentMessage, card: Card, incoming?: Incoming, onFailed?: () => Promise<void>): Promise<void>;
  /**
   * The draft with this id, titled in the words of this turn, one turn at a time in this process. Throws `still-working`, `draft-gone`, `draft-outdated`.
   */
  inDraft<T>(
    draftId: string,
    incoming: Omit<Incoming, 'input' | 'turnId'>,
    work: (record: SessionRecord & { readonly draft: Draft }) => Promise<T>,
  ): Promise<T>;
  /** The same for a draft that was read already, if nobody is at it, or that nobody else knows yet. */
  inQueue<T>(draftId: string, incoming: Pick<Incoming, 'answerBy'>, work: () => Promise<T>): Promise<T>;
  /** Writes the draft, with its title, key and window as its flow tells them. Throws `StaleDraft`. */
  write(
    incoming: Incoming,
    draft: Draft,
    options?: Pick<SessionChanges, 'isWaiting' | 'onScreen'> & { readonly sent?: SentMessage },
  ): Promise<Draft>;
  /** Keeps work that goes on after the answer, to be waited for at the end. */
  track<T>(work: Promise<T>): Promise<T>;
  idle(): Promise<void>;
}

export interface TurnExtra {
  readonly problem?: string;
  readonly entered?: Turn<unknown>['entered'];
  readonly contact?: SessionRecord['contact'];
  /** In place of what is kept with the draft: what is decided now costs money or files something. */
  readonly asked?: FactCache;
}

export function createEngine(parts: EngineParts): Engine {
  const { world, sessions, flows, messenger, log } = parts;
  const queue = createDraftQueue();
  const factCaches = createFactCaches();
  const running = new Set<Promise<unknown>>();

  const flowNamed = (name: string): Flow | undefined => flows.find((candidate) => candidate.name === name);

  const flowOf = (draft: Draft): Flow => {
    const flow = flowNamed(draft.flow);
    if (!flow) throw new Refusal('draft-outdated', {});
    return flow;
  };

  const contextFor: Engine['contextFor'] = (incoming, draft, problem) => ({
    words: wordsOf(incoming, draft),
    timeZone: incoming.who.timeZone,
    isSimulated: world.isSimulated,
    isPrivate: incoming.place.kind !== 'personal' && (incoming.isPrivate || draft?.isPrivate === true),
    draft: draft && {
      id: draft.id,
      step: draft.step,
      submissionId: draft.submissionId,
      canGoBack: draft.trail.length > 0,
    },
    problem,
    whyPrivate: incoming.readers && wordsOf(incoming, draft).common.onlyYou(incoming.readers),
  });

  const track = <T>(work: Promise<T>): Promise<T> => {
    const tracked: Promise<unknown> = work.catch(() => undefined).finally(() => running.delete(tracked));
    running.add(tracked);
    return work;
  };

  const inQueue: Engine['inQueue'] = async (draftId, { answerBy }, work) => {
    const done = await queue.run(draftId, answerBy - sendingMs - performance.now(), work);
    if (!done) throw new Refusal('still-working', {});
    return done.result;
  };

  return {
    ...parts,
    factCaches,
    contextFor,
    track,
    flowNamed,
    flowOf,
    inQueue,

    turnFor(incoming, draft, { problem, entered = {}, contact, asked } = {}) {
      // Made when something is asked: what asks nothing must push out nothing that is kept for others.
      let cache: FactCache | undefined;
      let facts: World | undefined;
      const cacheOf = () => {
        cache ??= asked ?? factCaches.of(draft.id);
        return cache;
      };
      const context = contextFor(incoming, draft, problem);
      return {
        world,
        get facts() {
          facts ??= readOnce({ ...world, askedBy: incoming.who.id }, cacheOf(), factCaches.ofTurn(incoming.turnId));
          return facts;
        },
        forgetFacts() {
          cacheOf().clear();
          factCaches.ofTurn(incoming.turnId).clear();
        },
        words: context.words,
        who: incoming.who,
        place: incoming.place,
        context,
        ownContext: { ...context, words: ownWords(incoming) },
        titleOf: (other) => titleIn(context.words, flows, other),
        data: draft.data,
        draftId: draft.id,
        submissionId: draft.submissionId ?? '',
        ownerName: draft.ownerName,
        contact,
        isPrivate: draft.isPrivate,
        isHandedOver: draft.isHandedOver && isShared(draft),
        preparer: draft.preparer?.id === incoming.who.id ? undefined : draft.preparer,
        begunIn: draft.begunIn,
        preparers: (draft.earlierOwners ?? []).filter((id) => id !== incoming.who.id),
        files: draft.files ?? [],
        sentFiles: (incoming.input?.kind === 'text' && incoming.input.files) || [],
        card: draft.card,
        page: { from: 0 },
        isWaitedFor: () => performance.now() < (incoming.answerBy ?? 0) - workingMs,
        entered,
      };
    },

    newDraft: ({ who, place, isPrivate }, flow) => ({
      version: draftVersion,
      id: randomUUID(),
      revision: 0,
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

    describe(error, incoming, about = { isKept: true }) {
      track(recordRefusal(world, incoming.who, error)).catch((err) =>
        log.error({ turnId: incoming.turnId, err }, 'a refusal is not in the audit log'),
      );
      return describe(log, error, incoming, about);
    },

    textCard(incoming, text) {
      return textCard(contextFor(incoming), text);
    },

    async update(message, card, incoming, onFailed) {
      const updated = track(messenger.update(message, card)).catch((error) => {
        if (error instanceof DeliveryError && error.isWithheld) return;
        log.warn({ err: error }, 'a card could not be updated');
        if (onFailed) track(onFailed()).catch((cause) => log.warn({ err: cause }, 'a card could not be replaced'));
      });
      const left = incoming === undefined ? sendingMs : incoming.answerBy - performance.now() - 300;
      await Promise.race([updated, sleep(Math.max(0, Math.min(sendingMs, left)), undefined, { ref: false })]);
    },

    inDraft: (draftId, incoming, work) =>
      inQueue(draftId, incoming, async () => {
        const { who, place, activityKey } = incoming;
        const query = { personId: who.id, placeId: place.id, activityKey, draft: { by: 'id', id: draftId } } as const;
        let record = await sessions.open(query);
        for (const pauseMs of unwrittenPausesMs) {
          if (record.draft || performance.now() + pauseMs > incoming.answerBy - sendingMs) break;
          await sleep(pauseMs, undefined, { ref: false });
          record = await sessions.open(query);
        }
        const { draft } = record;
        if (!draft) throw new Refusal('draft-gone', {});
        if (draft.version !== draftVersion) throw new Refusal('draft-outdated', {});
        return work({ ...record, draft: { ...draft, title: titleIn(wordsOf(incoming, draft), flows, draft) } });
      }),

    async write(incoming, draft, { isWaiting, onScreen, sent } = {}) {
      const flow = flowOf(draft);
      const next: Draft = {
        ...hangAt(draft, sent),
        revision: draft.revision + 1,
        title: flow.title(wordsOf(incoming, draft), draft.data),
        key: flow.key(draft.data),
        closing: flow.closing(draft.data),
        changedAt: new Date().toISOString(),
      };
      const { who, place, activityKey, turnId } = incoming;
      const written = await sessions.close({
        personId: who.id,
        placeId: place.id,
        activityKey,
        turnId,
        draft: next,
        isWaiting,
        onScreen,
      });
      if (written === 'stale') throw new StaleDraft(draft.id, sent, draft.hasUnknownCard);
      if (written !== 'written') throw new StaleDraft(written.begunAs, sent);
      return next;
    },

    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** A card is sent before its draft is written. Who presses it at once, and in another process, waits until it is. */
const unwrittenPausesMs = [100, 300, 600];
