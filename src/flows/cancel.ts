import { chooseLinesCard, eligibilityFacts, howToCancelCard, readLines, reviewCaseCard } from '../cards/cancel.ts';
import { fieldProblem, formCard, readForm } from '../cards/case-fields.ts';
import { chooseCard } from '../cards/choose.ts';
import { purchaseChoices, readPurchase } from '../cards/purchases.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { problemOf } from '../domain/cancellations/case-fields.ts';
import { submitAndWork } from '../domain/cancellations/submit-case.ts';
import { proposedTitle } from '../domain/cancellations/ticket-text.ts';
import { Refusal } from '../domain/errors.ts';
import { isNamedBy } from '../domain/orders/order.ts';
import { mayDo } from '../domain/people/staff.ts';
import { readDetails } from '../words/details.ts';
import {
  ask,
  askForNow,
  askForOffers,
  type CancelSteps,
  cancelData,
  cancellable,
  contentOf,
  contentSoFar,
  endingOf,
  type FirstData,
  knownFacts,
  knownFrom,
  linesToCancel,
  missingFields,
  newReference,
  orderIn,
  situation,
  type TicketData,
  toReview,
  withTypedDomain,
} from './cancel-answers.ts';
import { toOrder, withLines, withOrder } from './cancel-begin.ts';
import { fieldQuestions } from './cancel-fields.ts';
import { caseQuestions, caseSnapshot, currentCaseCard } from './case.ts';
import { customerQuestion } from './choose-customer.ts';
import { done, flow, type Reply, start, type Turn } from './engine/flow.ts';
import { findKnownOrder } from './known-order.ts';
import { customerIn, narrowedBy } from './understand.ts';

type CancelReply = Reply<CancelSteps>;

/**
 *   staff   cancel 1a2b3c4d5e6f
 *   bot     Until 30 Nov, 8 days left; refund 1,234.00 EUR. Cancel now, or file the ticket?   → how
 *   staff   File the ticket
 *   bot     Which tenant? … reason? … amount? … contact?   → one question per field, or all on one → form
 *   bot     Please check the cancellation                  → review
 *   staff   Submit
 *   bot     Cancellation SD-7K2M9Q: waiting for Microsoft. (edited when it completes)
 */
export const cancel = flow<CancelSteps>({
  name: 'cancel',
  right: 'cancel.prepare',
  finishRight: 'cancel.submit',
  title: (words, { orderNumber, customerName }) =>
    orderNumber && customerName ? words.cancel.draftTitle(orderNumber, customerName) : words.buttons.cancel,
  key: ({ orderId }) => orderId,
  closing: ({ closing }) => closing,

  async outcome(turn) {
    const { world, data, submissionId } = turn;
    const reference = 'reference' in data ? data.reference : undefined;
    const submitted = submissionId ? await world.cases.bySubmission(submissionId) : undefined;
    const found = reference === undefined ? submitted : await world.cases.get(reference);
    if (!found) return undefined;
    // Its ticket has not been filed yet: that is what this conversation is about by now.
    return reference !== undefined && isHandOver(found) ? undefined : currentCaseCard(turn, found);
  },

  async begin(turn, args) {
    const { facts } = turn;
    if (!args) return ask('customer', { answers: {} });
    const details = readDetails(args);
    if (details.isMine) return start('mine', 'cancel');
    if (details.number) return withOrder(turn, { answers: {} }, await findKnownOrder(facts, details.number));
    const named = await customerIn(turn, details);
    const data = { answers: {}, bought: (named ?? details).product || undefined };
    if (!named) return ask('customer', data);
    if ('search' in named) return ask('customer', { ...data, search: named.search }, named.problem);
    return toOrder(turn, { ...data, customerId: named.customer.id, customerName: named.customer.name });
  },

  questions: {
    customer: customerQuestion<CancelSteps, FirstData>({
      data: cancelData.customer,
      title: ({ words, data }) => (data.search ? words.software.several(data.search) : words.software.whichCustomer),
      canKeep: false,
      onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
      onCustomer: (turn, { id, name }) =>
        toOrder(turn, { answers: {}, bought: turn.data.bought, customerId: id, customerName: name }),
    }),

    order: {
      kind: 'input',
      data: cancelData.order,
      heading: (words) => words.inputs.named,
      async show({ context, facts, words, data, entered }) {
        const purchases = await cancellable(facts, data);
        if (purchases.length === 0) throw new Refusal('nothing-to-cancel', { text: data.customerName });
        return chooseCard(context, 'named', purchaseChoices(words, narrowedBy(purchases, data.bought)), {
          title: words.cancel.whichOrder(data.customerName),
          canKeep: false,
          value: entered.named,
        });
      },
      async answer(turn, answer) {
        const { facts, words, data } = turn;
        const purchases = await cancellable(facts, data);
        const typed = answer.text ?? '';
        const purchase =
          purchases.find(({ order }) => isNamedBy(order, typed)) ?? readPurchase(words, purchases, answer);
        if (!purchase) throw new Refusal('invalid', { field: 'named', why: words.common.chooseOne });
        const { customerId } = data;
        const { id: orderId, number: orderNumber } = purchase.order;
        return withOrder(turn, data, await orderIn(facts, { customerId, orderId, orderNumber }));
      },
    },

    lines: {
      kind: 'input',
      data: cancelData.lines,
      heading: (words) => words.inputs.lines,
      async show({ context, facts, data, entered }) {
        const found = await orderIn(facts, data);
        return chooseLinesCard(context, found.order, linesToCancel(found), entered.lines ?? data.lineNumbers?.join());
      },
      async answer(turn, answer) {
        const found = await orderIn(turn.facts, turn.data);
        return withLines(turn, turn.data, found, readLines(turn.words, linesToCancel(found), answer));
      },
    },

    how: {
      kind: 'input',
      data: cancelData.ticket,
      heading: (words, { orderNumber }) => words.cancel.title(orderNumber),
      async show({ context, facts, data }) {
        return howToCancelCard(context, await situation(facts, data), facts.clock.now());
      },
      answer({ words, who, contact, data: before }, answer) {
        const { name = who.name, email, phone } = contact ?? {};
        const answers = { contactName: name, contactEmail: email, contactPhone: phone, ...before.answers };
        const data: TicketData = { ...before, answers };
        if (answer.do === 'cancelNow') return askForNow(data);
        if (answer.do === 'fileTicket' || answer.do === 'stepByStep')
          return ask('tenant', { ...data, ending: 'ticket' });
        if (answer.do === 'byTicket' || answer.do === 'oneForm' || answer.do === 'edit')
          return ask('form', { ...data, ending: 'ticket' });
        return ask('how', data, words.common.pressButton);
      },
    },

    ...fieldQuestions,

    form: {
      kind: 'input',
      data: cancelData.ticket,
      heading: (words) => words.cancel.form,
      async show({ context, facts, words, data, entered }) {
        return formCard(
          context,
          { ...data.answers, ...entered },
          eligibilityFacts(context, await situation(facts, data), facts.clock.now()),
          words.cancel.draftTitle(data.orderNumber, data.customerName),
        );
      },
      async answer({ facts: world, words, data: before }, answer) {
        if (answer.do === 'stepByStep') return ask('tenant', before);
        const answers = readForm(words, before.answers, answer.values);
        const data = { ...(await withTypedDomain(world, before, answers.tenant)), answers };
        const { facts } = knownFacts(data);
        const problems = missingFields(data).map((field) => {
          const problem = problemOf(field, answers, facts) ?? 'missing';
          return `${words.inputs[field]}: ${fieldProblem(words, field, problem, facts)}`;
        });
        return problems.length === 0 ? ask('review', data) : ask('form', data, problems.join(' '));
      },
    },

    review: {
      kind: 'confirm',
      yes: 'submit',
      data: cancelData.ticket,
      heading: (words) => words.cancel.review,
      busy: ({ common }) => ({ submit: common.busy.cancellation }),
      async show({ context, world, facts, who, data, isHandedOver, ownerName }) {
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
        });
      },
      answer(turn, answer) {
        const { data } = turn;
        if (answer.do === 'edit') return ask('form', data);
        // The other ending is looked at before it is submitted.
        if (answer.do === 'cancelNow') return toReview({ ...data, ending: 'cancel-now' });
        if (answer.do === 'fileTicket') return toReview({ ...data, ending: 'ticket' });
        if (answer.do === 'submit') return submit(turn);
        return ask('review', data, turn.words.common.pressButton);
      },
    },

    ...caseQuestions<CancelSteps, CancelSteps['case']>(cancelData.case),
  },
});

async function submit(turn: Turn<TicketData>): Promise<CancelReply> {
  const { world, facts, who, place, card, submissionId, isPrivate } = turn;
  // At the same time as the order.
  if (turn.data.ending === 'ticket') void world.tickets.prepare();
  askForOffers(facts, turn.data);
  const eligibility = await situation(facts, turn.data, { isSubmitting: true });
  const ending = endingOf(turn.data, eligibility);
  const data: TicketData = { ...turn.data, ending, known: knownFrom(eligibility, turn.data.known) };
  // The window may have closed since the review, and some answers are needed by the ticket only.
  const isOther = turn.data.ending !== undefined && turn.data.ending !== ending;
  if (isOther || missingFields(data).length > 0) return toReview(data);
  const { order, customer } = eligibility;
  const content = contentOf(proposedTitle(order.number, customer.name), data, eligibility);
  const wanted = {
    reference: newReference(),
    submissionId,
    ending,
    content: { ...content, preparer: turn.preparer },
    requesterId: who.id,
    requesterName: who.name,
    placeId: place.id,
    isPrivate,
    card,
    at: world.clock.now(),
  };
  const worked = await submitAndWork(world, who, wanted, order);
  if (isHandOver(worked))
    return ask('handOver', { ...turn.data, reference: worked.reference, seen: caseSnapshot(worked) });
  // Another way is left, and everything that was entered is kept for it.
  if (worked.state === 'refused' && worked.reason)
    return ask(
      'how',
      { ...turn.data, ending: undefined },
      turn.words.cancel.nowRefused(turn.words.caseReason(worked.reason)),
    );
  return done(await currentCaseCard(turn, worked));
}
