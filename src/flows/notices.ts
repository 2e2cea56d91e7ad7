import { commandButton } from '../cards/buttons.ts';
import type { Card } from '../cards/card.ts';
import { caseNoticeCard } from '../cards/case-notice.ts';
import { caseCard } from '../cards/case-status.ts';
import { messageCard } from '../cards/message.ts';
import { orderCard } from '../cards/purchase.ts';
import type { CardContext } from '../cards/render.ts';
import type { Case } from '../domain/cancellations/case.ts';
import { storyOf } from '../domain/cancellations/case-steps.ts';
import { DeliveryError } from '../domain/errors.ts';
import { draftToRemind, handOverToRemind } from '../domain/notices/check-reminders.ts';
import {
  type CaseNotice,
  type DraftNotice,
  isOfCase,
  isOfDraft,
  type NewNotice,
  type Notice,
  type TokenNotice,
  type WindowNotice,
} from '../domain/notices/notice.ts';
import type { Notify } from '../domain/notices/notify.ts';
import { noticesOf } from '../domain/orders/place-order.ts';
import type { OrderSubmission } from '../domain/orders/submission.ts';
import type { ReadAt } from '../domain/people/languages.ts';
import type { References } from '../domain/people/references.ts';
import type { World } from '../domain/world.ts';
import type { Log } from './engine/engine.ts';
import type { Flow } from './engine/flow.ts';
import { contextAt, titleIn } from './engine/languages.ts';
import type { Messenger } from './engine/messenger.ts';
import { orderNumbersOf } from './order-numbers.ts';

export interface NoticeParts {
  readonly world: () => World;
  readonly messenger: Messenger;
  readonly references: References;
  readonly flows: readonly Flow[];
  readonly log: Log;
}

export interface Notifier extends Notify {
  /** Sends one notice that is due. `again`: not delivered, certainly; try once more after so many seconds. */
  send(noticeId: string): Promise<'done' | { readonly againInSeconds: number }>;
}

/** In seconds, after each try that failed: one refusal proves nothing, and minutes of them do. */
const pauses = [2, 8, 30, 60, 120];

/** Which card a business event becomes, and where it goes; see docs/reliability.md, "Notices". */
export function createNotifier({ world: theWorld, messenger, references, flows, log }: NoticeParts): Notifier {
  async function redraw(work: (world: World) => Promise<void>): Promise<void> {
    try {
      await work(theWorld());
    } catch (error) {
      if (error instanceof DeliveryError && error.isWithheld) return;
      log.warn({ err: error }, 'a card could not be brought up to date');
    }
  }

  async function cardOf(world: World, notice: Notice, context: CardContext): Promise<Card | undefined> {
    switch (notice.kind) {
      case 'window-closing':
        return windowCard(world, notice, context);
      case 'order-placed':
      case 'order-declined': {
        const submission = await world.orderSubmissions.get(notice.submissionId);
        if (!submission) return undefined;
        return orderCard(context, submission, await orderNumbersOf(world, { submission, orders: [] }));
      }
      case 'draft-handed-over':
      case 'draft-untold':
      case 'draft-discarded':
        return draftCard(world, notice, context);
      case 'token-misused':
        return tokenCard(notice, context);
      default:
        return caseCardOf(world, notice, context);
    }
  }

  async function windowCard(world: World, notice: WindowNotice, context: CardContext): Promise<Card | undefined> {
    const { orderNumber, closesAt, draftId, reference } = notice;
    const { words } = context;
    const draft = draftId === undefined ? undefined : await draftToRemind(world, { draftId, orderNumber });
    if (draftId !== undefined && !draft) return undefined;
    if (reference !== undefined && !(await handOverToRemind(world, reference))) return undefined;
    const title = words.notices.closing(orderNumber, closesAt, context.timeZone);
    const lines = reference
      ? [words.notices.stillHandOver(reference), words.cancel.stillToFile(reference)]
      : [...(draft ? [words.notices.stillDraft(draft.ownerName)] : []), words.notices.closingText(orderNumber)];
    return messageCard(context, { title, lines, notes: [words.notices.why] });
  }

  async function caseCardOf(
    world: World,
    { kind, reference }: CaseNotice,
    context: CardContext,
  ): Promise<Card | undefined> {
    const found = await world.cases.get(reference);
    // It may have gone on meanwhile.
    if (!found || (kind === 'case-needs-person' && found.state !== 'needs_person')) return undefined;
    return caseNoticeCard(context, found, { kind, story: await storyOf(world, found), now: world.clock.now() });
  }

  async function draftCard(world: World, notice: DraftNotice, context: CardContext): Promise<Card | undefined> {
    const { kind, draftId } = notice;
    const { words } = context;
    const draft = await world.drafts.get(draftId);
    if (!draft) return undefined;
    const about = titleIn(words, flows, draft) ?? words.help.title;
    if (kind === 'draft-discarded') {
      const title = words.notices.discarded(draft.ownerName, about);
      return messageCard(context, { title, lines: [words.notices.discardedText] });
    }
    // Somebody goes on with it by now, or it is over.
    if (!draft.isHandedOver || draft.settled) return undefined;
    const { untold, toTakeOver } = words.common;
    const isAsked = 'askedId' in notice && notice.askedId !== undefined;
    const { title, text } = kind === 'draft-untold' ? untold(about) : toTakeOver(draft.ownerName, about, isAsked);
    const open = commandButton(context, `drafts ${draftId}`, { title: words.buttons.open, style: 'positive' });
    return messageCard(context, { title, lines: [text], buttons: [open] });
  }

  /** Of a message in a place. Where several people read it, its times are in the zone of whom it is about. */
  async function contextFor(world: World, message: ReadAt, zoneOf: string | undefined): Promise<CardContext> {
    const { placeId, onlyFor } = message;
    const [context, place] = await Promise.all([
      contextAt(world, { placeId, onlyFor, ...(zoneOf !== undefined && { zoneOf }) }),
      onlyFor === undefined ? undefined : references.place(placeId),
    ]);
    return { ...context, isPrivate: onlyFor !== undefined && place?.place.kind !== 'personal' };
  }

  async function tokenCard({ orderNumber, personId }: TokenNotice, context: CardContext): Promise<Card> {
    const name = (await references.person(personId))?.name ?? personId;
    const { title, text } = context.words.keys.tokenMisused(name, orderNumber);
    const open = commandButton(context, `audit ${orderNumber}`, { title: context.words.audit.title });
    return messageCard(context, { title, lines: [text], buttons: [open] });
  }

  /** The place did not take it: the people behind it are told instead, each once. */
  async function escalate(world: World, notice: Notice, { isWithheld }: DeliveryError): Promise<void> {
    const { target } = notice;
    const admins = await world.staff.adminAgents();
    const next =
      target.to === 'person' && !isOfDraft(notice)
        ? admins.filter((id) => id !== target.id).slice(0, 1)
        : await requestersOf(world, notice);
    await world.notices.add(
      next.map((id): NewNotice => {
        const toPerson = { to: 'person', id } as const;
        return notice.kind === 'draft-handed-over'
          ? { ...notice, kind: 'draft-untold', target: toPerson }
          : { ...notice, target: toPerson };
      }),
      world.clock.now(),
    );
    await world.notices.settle(notice.id, 'escalated');
    const facts = { noticeId: notice.id, kind: notice.kind, told: next.length };
    if (isWithheld) log.info(facts, 'a notice was not posted where people from outside would read it, but passed on');
    else log.error(facts, 'a notice could not be delivered and was passed on');
  }

  /** Where the conversation began in the requester's own chat, the notice to that place has reached them. */
  async function isToldAlready(world: World, notice: Notice): Promise<boolean> {
    if (notice.target.to !== 'person' || !isOfCase(notice)) return false;
    const found = await world.cases.get(notice.reference);
    const person = found?.requesterId === notice.target.id ? await references.person(notice.target.id) : undefined;
    return person?.personalPlaceId !== undefined && person.personalPlaceId === found?.placeId;
  }

  /** What was asked in private is told in private. */
  async function onlyForOf(world: World, notice: Notice): Promise<string | undefined> {
    if (notice.kind === 'window-closing' && notice.reference === undefined) {
      const { draftId, personId, isPrivate } = notice;
      const draft = draftId === undefined ? undefined : await world.drafts.get(draftId);
      return isPrivate || draft?.isPrivate ? (draft?.ownerId ?? personId) : undefined;
    }
    const submitted = await submittedOf(world, notice);
    return submitted?.isPrivate ? submitterOf(submitted) : undefined;
  }

  async function requestersOf(world: World, notice: Notice): Promise<string[]> {
    if (notice.kind === 'window-closing') return [notice.personId];
    if (isOfDraft(notice)) {
      // All admin agents are told of a draft anyway: who handed it over tells one of them.
      const draft = notice.kind === 'draft-handed-over' ? await world.drafts.get(notice.draftId) : undefined;
      return draft ? [draft.ownerId] : [];
    }
    const submitted = await submittedOf(world, notice);
    return submitted ? [submitterOf(submitted)] : [];
  }

  function submitterOf(submitted: OrderSubmission | Case): string {
    return 'personId' in submitted ? submitted.personId : submitted.requesterId;
  }

  /** The order or the case that it is about. */
  async function submittedOf(world: World, notice: Notice): Promise<OrderSubmission | Case | undefined> {
    if ('submissionId' in notice) return world.orderSubmissions.get(notice.submissionId);
    return 'reference' in notice && notice.reference !== undefined ? world.cases.get(notice.reference) : undefined;
  }

  return {
    caseChanged: (reference, now) =>
      redraw(async (world) => {
        const found = now ?? (await world.cases.get(reference));
        if (!found?.card) return;
        const context = await contextFor(world, found.card, found.requesterId);
        await messenger.update(found.card, caseCard(context, found, await storyOf(world, found)));
      }),

    orderChanged: (submissionId, now) =>
      redraw(async (world) => {
        const submission = now?.submission ?? (await world.orderSubmissions.get(submissionId));
        if (!submission?.card) return;
        const numbers = await orderNumbersOf(world, { submission, orders: now?.orders ?? [] });
        const context = await contextFor(world, submission.card, submission.personId);
        await messenger.update(submission.card, orderCard(context, submission, numbers));
        if (submission.state !== 'accepted')
          await world.orderSubmissions.recordShown(noticesOf(submission), world.clock.now());
      }),

    async send(noticeId) {
      const world = theWorld();
      const notice = await world.notices.get(noticeId);
      if (notice?.state !== 'due') return 'done';
      const { target } = notice;
      const onlyFor = target.to === 'place' ? await onlyForOf(world, notice) : undefined;
      const context =
        target.to === 'place'
          ? await contextFor(world, { placeId: target.id, onlyFor }, (await requestersOf(world, notice))[0])
          : await contextAt(world, { personId: target.id });
      const isTold = await isToldAlready(world, notice);
      const card = isTold ? undefined : await cardOf(world, notice, context);
      if (!card) {
        await world.notices.settle(noticeId, 'sent');
        return 'done';
      }
      try {
        await (target.to === 'place'
          ? messenger.send(target.id, card, { onlyFor })
          : messenger.sendDirect(target.id, card));
        await world.notices.settle(noticeId, 'sent');
        return 'done';
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error;
        if (error.kind === 'unsure') await world.notices.settle(noticeId, 'unsure');
        if (error.kind === 'unsure') return 'done';
        const pause = pauses[(await world.notices.countFailure(noticeId)) - 1];
        const mayPass = error.kind === 'later' || (error.kind === 'refused' && !error.hasReason);
        if (mayPass && pause !== undefined)
          return { againInSeconds: Math.max(pause, (error.retryAfterMs ?? 0) / 1000) };
        await escalate(world, notice, error);
        return 'done';
      }
    },
  };
}
