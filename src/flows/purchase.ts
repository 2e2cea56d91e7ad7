import { orderCard } from '../cards/purchase.ts';
import { perpetual, readTerms } from '../cards/purchase-item.ts';
import type { Customer } from '../domain/customers/customer.ts';
import { readDetails } from '../words/details.ts';
import { readChangedQuantity } from '../words/quantities.ts';
import { splitProducts } from '../words/several-products.ts';
import { customerQuestion } from './choose-customer.ts';
import { type Answer, type FirstTurn, flow, type Reply, type Turn } from './engine/flow.ts';
import { orderNumbersOf } from './order-numbers.ts';
import {
  ask,
  type FirstData,
  type OfCustomer,
  type OfTerms,
  type PurchaseSteps,
  purchaseData,
} from './purchase-data.ts';
import { itemQuestion, toItem } from './purchase-item.ts';
import { refreshReview, reviewQuestion } from './purchase-review.ts';
import { termsOf } from './purchase-terms.ts';
import { askForMissing, problemsOf, readinessQuestions, toStored } from './readiness.ts';
import { customerIn } from './understand.ts';

type PurchaseReply = Reply<PurchaseSteps>;

/**
 *   staff   buy
 *   bot     For which customer?                    → customer
 *   staff   Contoso
 *   bot     Before you can order …   (if something is missing) → missing, agreement, agreementConfirmation
 *   bot     Which software, how many?              → product
 *   staff   Windows Server 2025, 2
 *   bot     … and which edition?   (if there are several) → product
 *   staff   Standard
 *   bot     2 × … = 1,234.00 EUR. Buy?             → review
 *   staff   Confirm
 *   bot     Ordered. (the buttons are gone)
 */
export const purchase = flow<PurchaseSteps>({
  name: 'buy',
  right: 'buy.prepare',
  title: (words, { itemTitle, customerName }) => words.purchase.draftTitle(itemTitle, customerName),

  async outcome({ world, context, submissionId }) {
    const submission = submissionId ? await world.orderSubmissions.get(submissionId) : undefined;
    if (!submission) return undefined;
    return orderCard(context, submission, await orderNumbersOf(world, { submission, orders: [] }));
  },

  async begin(turn, args) {
    const { first, further, isForSeveral } = splitProducts(args);
    if (isForSeveral) return ask('customer', {}, turn.words.purchase.oneCustomer);
    const details = readDetails(first);
    const found = await customerIn(turn, details);
    const product = (found ?? details).product || undefined;
    const { quantity } = details;
    const named = product || quantity ? { product, quantity } : undefined;
    const data = further.length > 0 ? { named, further } : { named };
    if (!found) return ask('customer', data);
    if ('customer' in found) return withCustomer(turn, data, found.customer);
    return ask('customer', { ...data, search: found.search }, found.problem);
  },

  questions: {
    customer: customerQuestion<PurchaseSteps, FirstData>({
      data: purchaseData.customer,
      title: ({ words }) => words.purchase.whichCustomer,
      canKeep: true,
      onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
      onCustomer: (turn, customer) => withCustomer(turn, turn.data, customer),
    }),

    ...readinessQuestions({
      onCustomer: (turn, customer) => withCustomer(turn, turn.data, customer),
      goOn: (turn, data, missing) =>
        askForMissing(data, missing) ?? toItem(turn, { ...data, missing: toStored(missing) }),
    }),

    product: itemQuestion,
    // So it was asked before there was one card for all of it: drafts of then are answered there.
    edition: itemQuestion,
    terms: itemQuestion,

    review: {
      ...reviewQuestion,
      readTyped: (_turn, text): Answer['values'] => {
        const quantity = readChangedQuantity(text);
        return quantity === undefined ? {} : { quantity };
      },
      /** `make it 10`: of one line it is clear how many are meant. It is reviewed once more. */
      answer: (turn, answer) => {
        const { quantity } = answer.values;
        const isChange = answer.via === 'words' && answer.do === 'next' && quantity !== undefined;
        return isChange && !turn.data.earlier?.length
          ? withQuantity(turn, quantity)
          : reviewQuestion.answer(turn, answer);
      },
    },
  },
});

/** The review of the same with another quantity; what else was chosen stays. */
async function withQuantity(turn: Turn<OfTerms>, quantity: string): Promise<PurchaseReply> {
  const { data, words } = turn;
  const { segment, termDuration, billingCycle, isAttested, unitPrice, missing = [] } = data;
  const chosen = { segment, term: termDuration ?? perpetual, billing: billingCycle, attestation: `${isAttested}` };
  const asked = readTerms(words, await termsOf(turn, data), { values: { ...chosen, quantity } });
  return refreshReview(turn, { ...data, ...asked, doubts: undefined }, { was: unitPrice, address: missing });
}

async function withCustomer(turn: FirstTurn, data: FirstData, customer: Customer): Promise<PurchaseReply> {
  const { facts, forgetFacts } = turn;
  const chosen = { ...data, search: undefined, customerId: customer.id, customerName: customer.name };
  const isSame = data.customerId === customer.id;
  const { search, named, further, quantity, customerId, customerName } = chosen;
  // What is sold, and how, is another matter for another customer.
  const fresh: OfCustomer = isSame ? chosen : { search, named, further, quantity, customerId, customerName };
  // Chosen once more, a customer is looked at once more.
  forgetFacts();
  // What the next card shows is asked at the same time.
  facts.catalog.items(customer.id).catch(() => undefined);
  const missing = await problemsOf(facts, customer.id, { relationship: customer.relationship, address: [] });
  return askForMissing(fresh, missing) ?? toItem(turn, { ...fresh, missing: toStored(missing) });
}
