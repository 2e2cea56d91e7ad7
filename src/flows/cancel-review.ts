import { reviewCaseCard } from '../cards/cancel.ts';
import { buttonTyped, typedWithNow } from '../cards/case-fields.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { submitAndWork } from '../domain/cancellations/submit-case.ts';
import { proposedTitle } from '../domain/cancellations/ticket-text.ts';
import { mayDo } from '../domain/people/staff.ts';
import { newReference } from '../domain/work/new-reference.ts';
import {
  ask,
  askForOffers,
  type CancelSteps,
  cancelData,
  contentOf,
  contentSoFar,
  endingOf,
  knownFrom,
  missingFields,
  onPage,
  situation,
  type TicketData,
  toReview,
} from './cancel-answers.ts';
import { orCaseOf } from './cancel-begin.ts';
import { withContact } from './cancel-contact.ts';
import { caseSnapshot, currentCaseCard } from './case.ts';
import { type Answer, done, type Question, type Reply, start, type Turn } from './engine/flow.ts';

/** Everything once more, before it is submitted. */
export const reviewQuestion = (hasPages: boolean): Question<CancelSteps, TicketData> => ({
  kind: 'confirm',
  yes: 'submit',
  data: cancelData.ticket,
  heading: (words) => words.cancel.review,
  titles: ({ buttons }) => [buttons.cancelNow],
  busy: ({ common }) => ({ submit: common.busy.cancellation }),
  async show({ context, world, facts, who, data, isHandedOver, ownerName, files, place, isPrivate }) {
    const [eligibility, roles] = await Promise.all([situation(facts, data), world.staff.rolesOf(who.id)]);
    return reviewCaseCard(context, {
      eligibility,
      content: {
        ...contentSoFar({ ...data, known: knownFrom(eligibility, data.known) }),
        reason: data.answers.reason ?? '',
      },
      ending: endingOf(data, eligibility),
      now: world.clock.now(),
      maySubmit: isHandedOver || mayDo(roles, 'cancel.submit'),
      preparedBy: isHandedOver ? ownerName : undefined,
      files,
      isForOne: isPrivate || place.kind === 'personal',
      isInOwnChat: place.kind === 'personal',
      hasPages,
    });
  },
  answer: (turn, answer) => orCaseOf(turn, () => go(turn, answer, hasPages)),
});

async function go(turn: Turn<TicketData>, answer: Answer, hasPages: boolean): Promise<Reply<CancelSteps>> {
  const { data, words } = turn;
  const pressed = buttonTyped(answer.text, typedWithNow) ?? answer.do;
  if (answer.do === 'files') return start('files', `draft ${turn.draftId}`);
  if (answer.do === 'ticketPage' && hasPages) return onPage(turn, answer, ask('review', data));
  if (answer.do === 'edit') return ask('form', data);
  // The other ending is looked at before it is submitted.
  if (pressed === 'cancelNow') return toReview({ ...data, ending: 'cancel-now' });
  if (pressed === 'fileTicket') return toReview({ ...(await withContact(turn, data)), ending: 'ticket' });
  if (answer.do === 'submit') return submit(turn);
  return ask('review', data, words.common.pressButton);
}

/** Writes the case down and acts; what the facts say is asked anew. */
export async function submit(turn: Turn<TicketData>): Promise<Reply<CancelSteps>> {
  const { world, facts, who, place, card, words, submissionId, isPrivate, preparer, begunIn } = turn;
  // At the same time as the order.
  if (turn.data.ending === 'ticket') void world.tickets.prepare();
  askForOffers(facts, turn.data);
  const eligibility = await situation(facts, turn.data, { isSubmitting: true });
  const ending = endingOf(turn.data, eligibility);
  const data: TicketData = { ...turn.data, ending, known: knownFrom(eligibility, turn.data.known) };
  // The window may have closed since the review, and some answers are needed by the ticket only.
  const isOther = turn.data.ending !== undefined && turn.data.ending !== ending;
  if (isOther || missingFields(data).length > 0)
    return toReview(ending === 'ticket' ? await withContact(turn, data) : data);
  const { order, customer } = eligibility;
  const content = contentOf(proposedTitle(order.number, customer.name), data, eligibility);
  const wanted = {
    reference: newReference('SD'),
    submissionId,
    ending,
    content: { ...content, preparer, ...(begunIn !== undefined && { begunIn }) },
    requesterId: who.id,
    requesterName: who.name,
    placeId: place.id,
    isPrivate,
    card,
    draftId: turn.draftId,
    preparers: turn.preparers,
    at: world.clock.now(),
  };
  const worked = await submitAndWork(world, who, wanted, order, turn.isWaitedFor);
  if (isHandOver(worked))
    return ask('handOver', { ...turn.data, reference: worked.reference, seen: caseSnapshot(worked) });
  // Another way is left, and everything that was entered is kept for it.
  if (worked.state === 'refused' && worked.reason)
    return ask('how', { ...turn.data, ending: undefined }, words.cancel.nowRefused(words.caseReason(worked.reason)));
  return done(await currentCaseCard(turn, worked));
}
