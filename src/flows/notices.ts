import type { Card } from '../cards/card.ts';
import { caseCard, caseFacts, closingLines, linesOf } from '../cards/case.ts';
import { messageCard } from '../cards/message.ts';
import { orderCard } from '../cards/purchase.ts';
import type { CardContext } from '../cards/render.ts';
import { type Case, isGivenUp } from '../domain/cancellations/case.ts';
import { DeliveryError } from '../domain/errors.ts';
import { draftToRemind, handOverToRemind, readReminderSubject } from '../domain/notices/check-reminders.ts';
import { isOfDraft, type Notice, referenceIn } from '../domain/notices/notice.ts';
import type { Notify } from '../domain/notices/notify.ts';
import { noticesOf } from '../domain/orders/place-order.ts';
import type { References } from '../domain/people/references.ts';
import type { World } from '../domain/world.ts';
import type { Words } from '../words/words.ts';
import type { Log } from './engine/engine.ts';
import type { Messenger } from './engine/messenger.ts';
import { orderNumbersOf } from './order-numbers.ts';

export interface NoticeParts {
  readonly world: () => World;
  readonly messenger: Messenger;
  readonly references: References;
  readonly words: Words;
  readonly log: Log;
}

export interface Notifier extends Notify {
  /** Sends one notice that is due. `again`: not delivered, certainly; try once more after so many seconds. */
  send(noticeId: string): Promise<'done' | { readonly againInSeconds: number }>;
}

const tries = 6;

/** Which card a business event becomes, and where it goes. The ladder of design §7.6 is `send`. */
export function createNotifier({ world: theWorld, messenger, references, words, log }: NoticeParts): Notifier {
  const contextIn = (world: World): CardContext => ({ words, timeZone: 'UTC', isSimulated: world.isSimulated });

  async function redraw(work: (world: World) => Promise<void>): Promise<void> {
    try {
      await work(theWorld());
    } catch (error) {
      log.warn({ err: error }, 'a card could not be brought up to date');
    }
  }

  async function cardOf(world: World, notice: Notice): Promise<Card | undefined> {
    const context = contextIn(world);
    if (notice.kind === 'window-closing') {
      const { orderNumber, closesAt, draftId, reference } = readReminderSubject(notice.subject);
      const draft = draftId === undefined ? undefined : await draftToRemind(world, { draftId, orderNumber });
      if (draftId !== undefined && !draft) return undefined;
      if (reference !== undefined && !(await handOverToRemind(world, reference))) return undefined;
      const title = words.notices.closing(orderNumber, closesAt, context.timeZone);
      const lines = reference
        ? [words.notices.stillHandOver(reference), words.cancel.stillToFile(reference)]
        : [...(draft ? [words.notices.stillDraft(draft.ownerName)] : []), words.notices.closingText(orderNumber)];
      return messageCard(context, { title, lines, notes: [words.notices.why] });
    }
    if (isOfDraft(notice.kind)) return ofDraft(world, notice);
    if (notice.kind === 'order-placed' || notice.kind === 'order-declined') {
      const submission = await world.orderSubmissions.get(notice.subject);
      return submission && orderCard(context, submission, await orderNumbersOf(world, submission));
    }
    const found = await world.cases.get(referenceIn(notice.subject));
    // It may have gone on meanwhile.
    if (!found || (notice.kind === 'case-needs-person' && found.state !== 'needs_person')) return undefined;
    const { orderNumber } = found.content;
    const keyReveals = await world.keyReveals.ofOrder(found.content.orderId);
    const said = {
      'case-completed': {
        title: words.notices.completed(found.reference, orderNumber),
        lines: [words.notices.completedText],
      },
      'case-refused': {
        title: isGivenUp(found)
          ? words.notices.givenUp(found.reference, orderNumber)
          : words.notices.refused(found.reference, orderNumber),
        lines: isGivenUp(found) ? linesOf(words, found) : found.note ? [found.note] : [],
      },
      'case-needs-person': {
        title: words.notices.needsPerson(found.reference, orderNumber),
        lines: [...linesOf(words, found), ...closingLines(context, found, world.clock.now())],
      },
    }[notice.kind];
    return messageCard(context, { ...said, facts: caseFacts(words, found, keyReveals), notes: [words.notices.why] });
  }

  async function ofDraft(world: World, { kind, subject }: Notice): Promise<Card | undefined> {
    const draft = await world.drafts.get(referenceIn(subject));
    if (!draft) return undefined;
    const about = draft.title ?? words.help.title;
    if (kind === 'draft-discarded') {
      const title = words.notices.discarded(draft.ownerName, about);
      return messageCard(contextIn(world), { title, lines: [words.notices.discardedText] });
    }
    // Somebody goes on with it by now, or it is over.
    if (!draft.isHandedOver || draft.settled) return undefined;
    const { untold, toTakeOver } = words.common;
    const { title, text } = kind === 'draft-untold' ? untold(about) : toTakeOver(draft.ownerName, about);
    return messageCard(contextIn(world), { title, lines: [text] });
  }

  /** The place did not take it: the people behind it are told instead, each once. */
  async function escalate(world: World, notice: Notice): Promise<void> {
    const admins = await world.staff.adminAgents();
    const isPersonal = notice.target.to === 'person' && !isOfDraft(notice.kind);
    const next = isPersonal
      ? admins.filter((id) => id !== notice.target.id).slice(0, 1)
      : await requestersOf(world, notice);
    const kind = notice.kind === 'draft-handed-over' ? 'draft-untold' : notice.kind;
    await world.notices.add(
      next.map((id) => ({ kind, subject: notice.subject, target: { to: 'person', id } })),
      world.clock.now(),
    );
    await world.notices.settle(notice.id, 'escalated');
    log.error(
      { noticeId: notice.id, kind: notice.kind, told: next.length },
      'a notice could not be delivered and was passed on',
    );
  }

  /** Where the conversation began in the requester's own chat, the notice to that place has reached them. */
  async function isToldAlready(world: World, { kind, subject, target }: Notice): Promise<boolean> {
    if (target.to !== 'person' || !kind.startsWith('case')) return false;
    const found = await world.cases.get(referenceIn(subject));
    const person = found?.requesterId === target.id ? await references.person(target.id) : undefined;
    return person?.personalPlaceId !== undefined && person.personalPlaceId === found?.placeId;
  }

  /** What was asked in private is told in private. */
  async function onlyForOf(world: World, { kind, subject, target }: Notice): Promise<string | undefined> {
    if (kind === 'window-closing') {
      const { draftId, reference, personId, isPrivate } = readReminderSubject(subject);
      if (reference !== undefined) return requesterInPrivate(await world.cases.get(reference));
      const draft = draftId === undefined ? undefined : await world.drafts.get(draftId);
      return isPrivate || draft?.isPrivate ? (draft?.ownerId ?? personId) : undefined;
    }
    if (target.to !== 'place') return undefined;
    if (!kind.startsWith('order')) return requesterInPrivate(await world.cases.get(referenceIn(subject)));
    const submission = await world.orderSubmissions.get(subject);
    return submission?.isPrivate ? submission.personId : undefined;
  }

  function requesterInPrivate(found: Case | undefined): string | undefined {
    return found?.isPrivate ? found.requesterId : undefined;
  }

  async function requestersOf(world: World, notice: Notice): Promise<string[]> {
    if (notice.kind === 'window-closing') return [readReminderSubject(notice.subject).personId];
    if (isOfDraft(notice.kind)) {
      // All admin agents are told of a draft anyway: who handed it over tells one of them.
      const draft =
        notice.kind === 'draft-handed-over' ? await world.drafts.get(referenceIn(notice.subject)) : undefined;
      return draft ? [draft.ownerId] : [];
    }
    const id = notice.kind.startsWith('order')
      ? (await world.orderSubmissions.get(notice.subject))?.personId
      : (await world.cases.get(referenceIn(notice.subject)))?.requesterId;
    return id ? [id] : [];
  }

  return {
    caseChanged: (reference) =>
      redraw(async (world) => {
        const found = await world.cases.get(reference);
        if (!found?.card) return;
        const keyReveals = await world.keyReveals.ofOrder(found.content.orderId);
        await messenger.update(found.card, caseCard(contextIn(world), found, keyReveals));
      }),

    orderChanged: (submissionId) =>
      redraw(async (world) => {
        const submission = await world.orderSubmissions.get(submissionId);
        if (!submission?.card) return;
        await messenger.update(
          submission.card,
          orderCard(contextIn(world), submission, await orderNumbersOf(world, submission)),
        );
        if (submission.state !== 'accepted')
          await world.orderSubmissions.shown(noticesOf(submission), world.clock.now());
      }),

    async send(noticeId) {
      const world = theWorld();
      const notice = await world.notices.get(noticeId);
      if (notice?.state !== 'due') return 'done';
      const card = (await isToldAlready(world, notice)) ? undefined : await cardOf(world, notice);
      if (!card) {
        await world.notices.settle(noticeId, 'sent');
        return 'done';
      }
      try {
        await (notice.target.to === 'place'
          ? messenger.send(notice.target.id, card, { onlyFor: await onlyForOf(world, notice) })
          : messenger.sendDirect(notice.target.id, card));
        await world.notices.settle(noticeId, 'sent');
        return 'done';
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error;
        if (error.kind === 'unsure') await world.notices.settle(noticeId, 'unsure');
        if (error.kind === 'unsure') return 'done';
        const count = await world.notices.failed(noticeId);
        if (error.kind === 'later' && count < tries)
          return { againInSeconds: Math.max(2 ** count, (error.retryAfterMs ?? 0) / 1000) };
        await escalate(world, notice);
        return 'done';
      }
    },
  };
}
