import { cancelCard } from '../cards/cancel.ts';
import { buttonTyped, typedWithNow } from '../cards/case-fields.ts';
import { problemOf } from '../domain/cancellations/case-fields.ts';
import type { Eligibility } from '../domain/cancellations/eligibility.ts';
import { canBeReason, reasonFrom } from '../domain/cancellations/standard-reasons.ts';
import { isSameMoney, type Money, parseMoney, toDecimal } from '../domain/money.ts';
import { mayDo } from '../domain/people/staff.ts';
import {
  ask,
  askForNow,
  askForOffers,
  byTicket,
  type CancelSteps,
  cancelData,
  knownFacts,
  knownFrom,
  situation,
  stepByStep,
  type TicketData,
} from './cancel-answers.ts';
import { closingIn, orCaseOf } from './cancel-begin.ts';
import { withContact, withLastContact } from './cancel-contact.ts';
import { submit } from './cancel-review.ts';
import { type Answer, type Question, type Reply, start, type Turn } from './engine/flow.ts';

/**
 * What cancelling means, the reason, and how: where Partner Center cancels at once, all on one card. What it shows is
 * what is submitted: where that has changed meanwhile, it is shown again.
 */
export const howQuestion: Question<CancelSteps, TicketData> = {
  kind: 'input',
  data: cancelData.ticket,
  heading: (words, { orderNumber }) => words.cancel.title(orderNumber),
  confirms: ({ do: pressed, values }) => pressed === 'cancelNow' && reasonFrom(values.why, values.reason) !== '',
  busy: ({ common }) => ({ cancelNow: common.busy.cancellation }),
  titles: ({ buttons }) => [buttons.cancelNow, buttons.remindMe],
  async show({ context, world, facts, who, data, entered, isHandedOver, ownerName, draftId }) {
    const [eligibility, seenBy, roles, begun] = await Promise.all([
      situation(facts, data),
      facts.keyReveals.viewersOf(data.orderId),
      world.staff.rolesOf(who.id),
      facts.drafts.openOf({ flow: 'cancel', key: data.orderId }),
    ]);
    return cancelCard(context, {
      eligibility,
      now: facts.clock.now(),
      seenBy,
      maySubmit: isHandedOver || mayDo(roles, 'cancel.submit'),
      preparedBy: isHandedOver ? ownerName : undefined,
      begun: begun.find((one) => one.id !== draftId && one.ownerId !== who.id),
      entered: { reason: data.answers.reason, ...entered },
    });
  },
  keep: ({ data }, values) => withReason(data, values),
  async resume({ world, facts, data }) {
    return ask('how', asItIs(data, await situation(facts, data), world.clock.now()));
  },
  answer: (turn, answer) => orCaseOf(turn, () => go(turn, answer)),
};

async function go(turn: Turn<TicketData>, answer: Answer): Promise<Reply<CancelSteps>> {
  const data = withReason(turn.data, answer.values);
  const typed = buttonTyped(answer.text, typedWithNow);
  // Typed, it is looked at before it is done.
  if (typed === 'cancelNow') return askForNow(withLastContact(turn, data));
  switch (typed ?? answer.do) {
    case 'cancelNow':
      return cancelNow(turn, withLastContact(turn, data), reasonFrom(answer.values.why, answer.values.reason));
    case 'byTicket':
      return byTicket(await withContact(turn, data));
    case 'oneForm':
    case 'edit':
      return ask('form', { ...(await withContact(turn, data)), ending: 'ticket' });
    case 'fileTicket':
    case 'stepByStep':
      return stepByStep(await withContact(turn, data));
    case 'remindMe':
      return start('remind', data.orderNumber);
    default:
      return takeTyped(turn, data, answer.text);
  }
}

/** What is typed here is the reason, if it can be one: it goes to Microsoft, and a question or an address must not. */
function takeTyped({ words }: Turn<TicketData>, data: TicketData, text: string | undefined): Reply<CancelSteps> {
  const reason = text?.trim() ?? '';
  const answers = { ...data.answers, reason };
  const isLong = problemOf('reason', answers, knownFacts(data).facts) === undefined;
  if (!isLong) return ask('how', data, words.common.pressButton);
  return canBeReason(reason) ? ask('how', { ...data, answers }) : ask('how', data, words.cancel.noReason);
}

/** With a reason on the card it is submitted as it was shown; without one, that is asked for, and reviewed. */
async function cancelNow(turn: Turn<TicketData>, data: TicketData, reason: string): Promise<Reply<CancelSteps>> {
  const { world, facts, who, submissionId, words } = turn;
  const answers = { ...data.answers, reason };
  const isReason = problemOf('reason', answers, knownFacts(data).facts) === undefined;
  const { refund } = data.known;
  if (!isReason || !refund || !submissionId) return askForNow(data);
  if (!mayDo(await world.staff.rolesOf(who.id), 'cancel.submit')) return askForNow(data);
  askForOffers(facts, data);
  const eligibility = await situation(facts, data, { isSubmitting: true });
  const changed = changeOf(data, eligibility, words);
  if (changed) return ask('how', asItIs(data, eligibility, world.clock.now()), changed);
  const amount = toDecimal(refund);
  const chosen = { ...data, ending: 'cancel-now', answers: { ...answers, amount, amountNote: undefined } } as const;
  return submit({ ...turn, data: chosen });
}

/** What is no longer as it was when the card was drawn. */
function changeOf(
  { known, closing }: TicketData,
  { refund, window, endings }: Eligibility,
  { cancel: { changed } }: Turn<unknown>['words'],
): string | undefined {
  if (!endings.includes('cancel-now')) return changed.notNow;
  if (!isSame(known.refund, refund?.amount)) return changed.amount(known.refund, refund?.amount);
  return closing?.closesAt === window?.closesAt.toISOString() ? undefined : changed.window;
}

function isSame(one: Money | undefined, other: Money | undefined): boolean {
  return one !== undefined && other !== undefined && isSameMoney(one, other);
}

/** With what the card is compared when it is pressed. An amount that was not changed by anybody goes with it. */
function asItIs(data: TicketData, eligibility: Eligibility, now: Date): TicketData {
  const { refund } = eligibility;
  const { answers, known } = data;
  const isUntouched = known.refund && isSame(parseMoney(answers.amount ?? '', known.refund.currency), known.refund);
  const amount = refund && isUntouched ? toDecimal(refund.amount) : answers.amount;
  return {
    ...data,
    known: knownFrom(eligibility, known),
    closing: closingIn(now, eligibility),
    answers: { ...answers, amount },
  };
}

function withReason(data: TicketData, values: Readonly<Record<string, string>>): TicketData {
  if (values.why === undefined && values.reason === undefined) return data;
  return { ...data, answers: { ...data.answers, reason: reasonFrom(values.why, values.reason) } };
}
