import { chooseLinesCard, readLines } from '../cards/cancel.ts';
import { chooseCard } from '../cards/choose.ts';
import { purchaseChoices, readPurchase } from '../cards/purchases.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { Refusal } from '../domain/errors.ts';
import { isNamedBy } from '../domain/orders/order.ts';
import { readDetails } from '../words/details.ts';
import {
  ask,
  type CancelSteps,
  cancelData,
  cancellable,
  type FirstData,
  linesToCancel,
  orderIn,
} from './cancel-answers.ts';
import { orCaseOf, toOrder, withLines, withOrder } from './cancel-begin.ts';
import { fieldQuestions, formQuestion } from './cancel-fields.ts';
import { howQuestion } from './cancel-order.ts';
import { reviewQuestion } from './cancel-review.ts';
import { caseQuestions, currentCaseCard } from './case.ts';
import { customerQuestion } from './choose-customer.ts';
import { flow, start } from './engine/flow.ts';
import { findKnownOrder } from './known-order.ts';
import { customerIn, narrowPurchases, numberIn } from './understand.ts';

/**
 *   staff   cancel 1a2b3c4d5e6f
 *   bot     1,234.00 EUR back, 8 days left. Why is it returned?      → how
 *   staff   (picks a reason) Cancel now: 1,234.00 EUR back
 *   bot     Cancellation SD-7K2M9Q: being cancelled. (edited when it completes)
 *
 *   staff   By ticket
 *   bot     Two things are missing; the rest is filled in.           → form; or one question per field
 *   staff   Review ticket
 *   bot     Please check the cancellation                            → review
 *   staff   Submit
 */
export const cancelFlow = (hasPages: boolean) =>
  flow<CancelSteps>({
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
      const number = numberIn(details);
      if (number)
        return orCaseOf(turn, async () => withOrder(turn, { answers: {} }, await findKnownOrder(facts, number)));
      const named = await customerIn(turn, details);
      const data = { answers: {}, bought: (named ?? details).product || undefined };
      if (!named) return ask('customer', data);
      if ('search' in named) return ask('customer', { ...data, search: named.search }, named.problem);
      const { id: customerId, name: customerName } = named.customer;
      return orCaseOf(turn, () => toOrder(turn, { ...data, customerId, customerName }));
    },

    questions: {
      customer: customerQuestion<CancelSteps, FirstData>({
        data: cancelData.customer,
        title: ({ words, data }) => (data.search ? words.software.several(data.search) : words.software.whichCustomer),
        canKeep: false,
        onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
        onCustomer: (turn, { id, name }) =>
          orCaseOf(turn, () =>
            toOrder(turn, { answers: {}, bought: turn.data.bought, customerId: id, customerName: name }),
          ),
      }),

      order: {
        kind: 'input',
        data: cancelData.order,
        heading: (words) => words.inputs.named,
        async show({ context, facts, words, data, entered }) {
          const purchases = await cancellable(facts, data);
          if (purchases.length === 0) throw new Refusal('nothing-to-cancel', { text: data.customerName });
          return chooseCard(context, 'named', purchaseChoices(words, narrowPurchases(purchases, data.bought)), {
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
          return orCaseOf(turn, async () =>
            withOrder(turn, data, await orderIn(facts, { customerId, orderId, orderNumber })),
          );
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
          return orCaseOf(turn, () =>
            withLines(turn, turn.data, found, readLines(turn.words, linesToCancel(found), answer)),
          );
        },
      },

      how: howQuestion,
      ...fieldQuestions,
      form: formQuestion(hasPages),
      review: reviewQuestion(hasPages),

      ...caseQuestions<CancelSteps, CancelSteps['case']>(cancelData.case),
    },
  });
