import { randomInt } from 'node:crypto';
import { chooseLinesCard, eligibilityFacts, howToCancelCard, readLines, reviewCaseCard } from '../cards/cancel.ts';
import { fieldCard, fieldProblem, formCard, readField, readForm } from '../cards/case-fields.ts';
import { chooseCard } from '../cards/choose.ts';
import { purchaseChoices, readPurchase } from '../cards/purchases.ts';
import { type Case, isHandOver } from '../domain/cancellations/case.ts';
import { type CaseAnswers, type CaseField, caseFields, problemOf } from '../domain/cancellations/case-fields.ts';
import { eligibilityOf, linesLeft } from '../domain/cancellations/eligibility.ts';
import { submitCase, workCase } from '../domain/cancellations/submit-case.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import { toDecimal } from '../domain/money.ts';
import { watchDraft } from '../domain/notices/check-reminders.ts';
import { type FoundOrder, findOrder, orderOf } from '../domain/orders/find-order.ts';
import { isNamedBy } from '../domain/orders/order.ts';
import { type Purchase, purchasesOf } from '../domain/orders/purchases.ts';
import { mayDo } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import {
  answered,
  askedFor,
  askForNow,
  type CancelData,
  cancelData,
  contentOf,
  endingOf,
  foundOf,
  missingFields,
  nextField,
  situation,
  toReview,
} from './cancel-answers.ts';
import { caseQuestions, seenOf, standing } from './case.ts';
import { customerNamed, customerQuestion, profileOf } from './choose-customer.ts';
import { ask, done, flow, type Question, type Reply, type Turn } from './flow.ts';
import { need } from './need.ts';

/** One question per field of the ticket; each answer is checked before the next question. */
function fieldQuestion(field: CaseField): Question<CancelData> {
  return {
    heading: (words) => words.inputs[field],
    isFreeText: field === 'reason' || field === 'title' || field === 'amountNote',
    async show(turn) {
      const { context, words, data, entered } = turn;
      const counted = askedFor(data).filter((one) => one !== 'amountNote');
      const step = words.common.of(
        counted.filter((one) => caseFields.indexOf(one) <= caseFields.indexOf(field)).length,
        counted.length,
      );
      const subtitle = words.cancel.draftTitle(need(data.orderNumber), need(data.customerName));
      return fieldCard(context, field, { ...data.answers, ...entered }, { subtitle, step });
    },
    typed: (_turn, text) => (field === 'impact' ? {} : { [field]: text }),
    async answered(turn, answer) {
      const { world, words, data } = turn;
      if (answer.do === 'oneForm') return ask('form', data);
      if (answer.do === 'edit') return ask('form', data);
      const { facts } = await situation(world, data);
      const answers: CaseAnswers = { ...data.answers, [field]: readField(words, field, answer) };
      const problem = problemOf(field, answers, facts);
      if (problem) throw new Refusal('invalid', { field, why: fieldProblem(words, field, problem, facts) });
      return nextField(world, { ...data, answers }, field);
    },
  };
}

/**
 *   staff   cancel 1a2b3c4d5e6f
 *   bot     Until 30 Nov, 8 days left; refund 1,234.00 EUR. Cancel now, or file the ticket?   → how
 *   staff   File the ticket
 *   bot     Which tenant? … reason? … amount? … contact?   → one question per field, or all on one → form
 *   bot     Please check the cancellation                  → review
 *   staff   Submit
 *   bot     Cancellation SD-7K2M9Q: waiting for Microsoft. (edited when it completes)
 */
export const cancel = flow<CancelData>({
  name: 'cancel',
  right: 'cancel.prepare',
  finishing: 'cancel.submit',
  data: cancelData,
  title: (words, { orderNumber, customerName }) =>
    orderNumber && customerName ? words.cancel.draftTitle(orderNumber, customerName) : words.buttons.cancel,
  key: ({ orderId }) => orderId,

  async outcome(turn) {
    const { world, data, submissionId } = turn;
    const submitted = submissionId === undefined ? undefined : await world.cases.bySubmission(submissionId);
    const found = data.reference === undefined ? submitted : await world.cases.get(data.reference);
    if (!found) return undefined;
    // Its ticket has not been filed yet: that is what this conversation is about by now.
    return data.reference !== undefined && isHandOver(found) ? undefined : standing(turn, found);
  },

  async begin(turn, args) {
    const { world } = turn;
    if (!args) return ask('customer', { answers: {} });
    const first = args.split(' ')[0] ?? '';
    if (/\d/.test(first) && first.length >= 10 && !first.includes('.')) {
      return withOrder(turn, { answers: {} }, await findOrder(world, first));
    }
    const named = await customerNamed(world, args);
    if ('search' in named) return ask('customer', { answers: {}, search: named.search });
    return ask('order', { answers: {}, customerId: named.customer.id, customerName: named.customer.name });
  },

  questions: {
    customer: customerQuestion<CancelData>(
      ({ words, data }) => (data.search ? words.software.several(data.search) : words.software.whichCustomer),
      false,
      (_turn, { id, name }) => ask('order', { answers: {}, customerId: id, customerName: name }),
    ),

    order: {
      heading: (words) => words.inputs.named,
      async show({ context, world, words, data, entered }) {
        const purchases = await cancellable(world, data);
        const customer = need(data.customerName);
        if (purchases.length === 0) throw new Refusal('nothing-to-cancel', { text: customer });
        return chooseCard(context, 'named', purchaseChoices(words, purchases), {
          title: words.cancel.whichOrder(customer),
          canKeep: false,
          value: entered.named,
        });
      },
      async answered(turn, answer) {
        const { world, words, data } = turn;
        const purchases = await cancellable(world, data);
        const typed = answer.text ?? '';
        const purchase =
          purchases.find(({ order }) => isNamedBy(order, typed)) ?? need(readPurchase(words, purchases, answer));
        return withOrder(turn, data, need(await orderOf(world, need(data.customerId), purchase.order.id)));
      },
    },

    lines: {
      heading: (words) => words.inputs.lines,
      async show({ context, world, data }) {
        const { order } = await foundOf(world, data);
        return chooseLinesCard(
          context,
          order,
          order.lines.filter((line) => linesLeft(order).includes(line.number)),
        );
      },
      async answered(turn, answer) {
        const found = await foundOf(turn.world, turn.data);
        const lines = found.order.lines.filter((line) => linesLeft(found.order).includes(line.number));
        return withLines(turn, turn.data, found, readLines(turn.words, lines, answer));
      },
    },

    how: {
      heading: (words, { orderNumber }) => words.cancel.title(need(orderNumber)),
      async show({ context, world, data }) {
        return howToCancelCard(context, (await situation(world, data)).eligibility, world.clock.now());
      },
      async answered({ world, words, data }, answer) {
        if (answer.do === 'cancelNow') return askForNow(world, data);
        if (answer.do === 'fileTicket' || answer.do === 'stepByStep')
          return ask('tenant', { ...data, ending: 'ticket' });
        if (answer.do === 'oneForm' || answer.do === 'edit') return ask('form', { ...data, ending: 'ticket' });
        return ask('how', data, words.common.pressButton);
      },
    },

    tenant: fieldQuestion('tenant'),
    named: fieldQuestion('named'),
    reason: fieldQuestion('reason'),
    amount: fieldQuestion('amount'),
    amountNote: fieldQuestion('amountNote'),
    impact: fieldQuestion('impact'),
    title: fieldQuestion('title'),
    contactName: fieldQuestion('contactName'),
    contactEmail: fieldQuestion('contactEmail'),
    contactPhone: fieldQuestion('contactPhone'),

    form: {
      heading: (words) => words.cancel.form,
      async show({ context, world, words, data, entered }) {
        const { eligibility } = await situation(world, data);
        const subtitle = words.cancel.draftTitle(need(data.orderNumber), need(data.customerName));
        return formCard(
          context,
          { ...data.answers, ...entered },
          eligibilityFacts(context, eligibility, world.clock.now()),
          subtitle,
        );
      },
      async answered({ world, words, data }, answer) {
        if (answer.do === 'stepByStep') return ask('tenant', data);
        const answers = readForm(words, data.answers, answer.values);
        const { facts, eligibility } = await situation(world, data);
        const wrong = missingFields({ ...data, answers }, facts, eligibility);
        if (wrong.length === 0) return ask('review', { ...data, answers });
        const problems = wrong.map(
          (field) =>
            `${words.inputs[field]}: ${fieldProblem(words, field, problemOf(field, answers, facts) ?? 'missing', facts)}`,
        );
        return ask('form', { ...data, answers }, problems.join(' '));
      },
    },

    review: {
      heading: (words) => words.cancel.review,
      confirms: true,
      async show({ context, world, who, data, isHandedOver, ownerName }) {
        const { eligibility, facts } = await situation(world, data);
        const roles = await world.staff.rolesOf(who.id);
        const maySubmit = isHandedOver || mayDo(roles, 'cancel.submit');
        const ending = endingOf(data, eligibility);
        return reviewCaseCard(context, {
          eligibility,
          content: { ...answered(data, facts, eligibility), reason: data.answers.reason ?? '' },
          ending,
          now: world.clock.now(),
          maySubmit,
          preparedBy: isHandedOver ? ownerName : undefined,
        });
      },
      async answered(turn, answer) {
        const { data } = turn;
        if (answer.do === 'edit') return ask('form', data);
        // The other ending is looked at before it is submitted.
        if (answer.do === 'cancelNow') return toReview(turn.world, { ...data, ending: 'cancel-now' });
        if (answer.do === 'fileTicket') return toReview(turn.world, { ...data, ending: 'ticket' });
        if (answer.do === 'submit') return submitted(turn);
        return ask('review', data, turn.words.common.pressButton);
      },
    },

    ...caseQuestions<CancelData>(),
  },
});

async function submitted(turn: Turn<CancelData>): Promise<Reply<CancelData>> {
  const { world, who, place, card, data, words } = turn;
  const submissionId = need(turn.submissionId);
  let found = await world.cases.bySubmission(submissionId);
  if (!found) {
    const { eligibility, facts } = await situation(world, data);
    const ending = endingOf(data, eligibility);
    // The window may have closed since the review, and some answers are needed by the ticket only.
    const isOther = data.ending !== undefined && data.ending !== ending;
    if (isOther || missingFields({ ...data, ending }, facts, eligibility).length > 0)
      return toReview(world, { ...data, ending });
    const content = contentOf(
      words.cancel.defaultTitle(eligibility.order.number, eligibility.customer.name),
      data,
      facts,
      eligibility,
    );
    const wish = {
      reference: newReference(),
      submissionId,
      ending,
      content: { ...content, preparer: turn.preparer },
      requesterId: who.id,
      requesterName: who.name,
      placeId: place.id,
      card,
      at: world.clock.now(),
    };
    found = await submitCase(world, who, wish);
    const { contactName: name, contactEmail: email, contactPhone: phone } = content;
    if (email) await world.contacts.put(who.id, { name, email, phone });
  }
  const worked = await workedOn(world, found);
  if (isHandOver(worked)) return ask('handOver', { ...data, reference: worked.reference, seen: seenOf(worked) });
  return done(await standing(turn, worked));
}

/** Acts at once; where Partner Center does not answer now, the job carries on and the card says where it stands. */
async function workedOn(world: World, found: Case): Promise<Case> {
  try {
    return need(await workCase(world, found.reference));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    return need(await world.cases.get(found.reference));
  }
}

async function withOrder(
  turn: Pick<Turn<unknown>, 'world' | 'who' | 'words' | 'draftId'>,
  data: CancelData,
  found: FoundOrder,
): Promise<Reply<CancelData>> {
  const { customer, order } = found;
  const chosen: CancelData = {
    ...data,
    search: undefined,
    customerId: customer.id,
    customerName: customer.name,
    orderId: order.id,
    orderNumber: order.number,
  };
  const left = linesLeft(order);
  if (left.length <= 1) return withLines(turn, chosen, found, left);
  await watchDraft(turn.world, turn.draftId, await eligibilityOf(turn.world, found));
  return ask('lines', chosen);
}

/** Everything that can be known is filled in beforehand. */
async function withLines(
  { world, who, words, draftId }: Pick<Turn<unknown>, 'world' | 'who' | 'words' | 'draftId'>,
  data: CancelData,
  found: FoundOrder,
  lineNumbers: number[],
): Promise<Reply<CancelData>> {
  const eligibility = await eligibilityOf(world, found, lineNumbers);
  const { customer, order, refund, lines } = eligibility;
  await watchDraft(world, draftId, eligibility);
  const subscriptionId = order.lines.length > 1 && lines.length === 1 ? lines[0]?.subscriptionId : undefined;
  const profile = await world.contacts.of(who.id);
  const answers: CaseAnswers = {
    tenant: customer.domain,
    named: subscriptionId ?? order.number,
    amount: refund && toDecimal(refund.amount),
    title: words.cancel.defaultTitle(order.number, customer.name),
    contactName: profile?.name ?? who.name,
    contactEmail: profile?.email,
    contactPhone: profile?.phone,
    impact: 'minimal',
  };
  return ask('how', { ...data, lineNumbers, answers: { ...answers, ...data.answers } });
}

async function cancellable(world: World, data: CancelData): Promise<Purchase[]> {
  const purchases = await purchasesOf(world, await profileOf(world, need(data.customerId)));
  return purchases.filter((one) => one.isSoftware && (one.state === 'active' || one.state === 'pending'));
}

/** Short enough to say on the telephone; no letters that look like digits. */
function newReference(): string {
  const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  return `SD-${Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')}`;
}
