import { orderCard, reviewPurchaseCard } from '../cards/purchase.ts';
import { type Window, windowOfPurchase } from '../domain/cancellations/cancellation-window.ts';
import { isObstacle, type ReadinessProblem } from '../domain/customers/readiness.ts';
import { OutsideError, Refusal, type Said } from '../domain/errors.ts';
import { isSameMoney, limitBelow, type Money, sumOf, times } from '../domain/money.ts';
import { doubtsAbout, isSameDoubt } from '../domain/orders/ask-back.ts';
import type { Item } from '../domain/orders/catalog.ts';
import { offerOf } from '../domain/orders/offer.ts';
import { demandConfirm, mayConfirm, type NewOrder, placeOrder } from '../domain/orders/place-order.ts';
import type { Attestation, OrderSubmission, PurchaseContent, PurchaseLine } from '../domain/orders/submission.ts';
import type { World } from '../domain/world.ts';
import { explain } from '../words/words.ts';
import { profileOf } from './choose-customer.ts';
import { done, type FirstTurn, type Question, type Reply, type Turn } from './engine/flow.ts';
import { orderNumbersOf } from './order-numbers.ts';
import { ask, type OfItem, type OfTerms, type PurchaseSteps, purchaseData } from './purchase-data.ts';
import { type DraftLine, linesIn, withAnother } from './purchase-lines.ts';
import { askForMissing, problemsOf, toStored } from './readiness.ts';

type PurchaseReply = Reply<PurchaseSteps>;
type Chosen = OfItem & Pick<OfTerms, 'segment' | 'quantity' | 'billingCycle'>;

/** What is bought, at which price, until when it can be cancelled; and what became of it. */
export const reviewQuestion: Question<PurchaseSteps, OfTerms> = {
  kind: 'confirm',
  yes: 'confirm',
  data: purchaseData.review,
  heading: (words) => words.purchase.review,
  busy: ({ common }) => ({ confirm: common.busy.order }),
  async show(turn) {
    const { context, world, who, data, isHandedOver, ownerName } = turn;
    const content = contentOf(data);
    return reviewPurchaseCard(context, {
      content,
      missing: data.missing ?? [],
      windows: linesIn(data).map((line) => windowNow(world, line)),
      now: world.clock.now(),
      mayConfirm: isHandedOver || mayConfirm(world.policy, await world.staff.rolesOf(who.id), content.total),
      limit: limitBelow(content.total, world.policy.approvalLimits),
      preparedBy: isHandedOver ? ownerName : undefined,
      doubts: data.doubts ?? [],
    });
  },
  resume: resumeReview,
  answer(turn, answer) {
    if (answer.do === 'edit') return ask('product', { ...turn.data, doubts: undefined });
    if (answer.do === 'addLine') return ask('product', withAnother(turn.data));
    if (answer.do !== 'confirm') return ask('review', turn.data, turn.words.common.pressButton);
    return confirm(turn);
  },
};

async function confirm(turn: Turn<OfTerms>): Promise<PurchaseReply> {
  const { world, facts, who, data, context } = turn;
  const content = contentOf(data);
  // Who may not is not asked whether they mean it.
  await demandConfirm(world, who, content.total);
  const [now, doubts] = await Promise.all([
    refreshReview(turn, data, { was: data.unitPrice, address: data.missing ?? [] }),
    doubtsAbout(world, content, who.id),
  ]);
  if (now.kind !== 'ask' || now.step !== 'review' || now.problem) return now;
  // Once: whoever was asked about it already means it.
  const { doubts: asked = [] } = data;
  if (!doubts.every((one) => asked.some((before) => isSameDoubt(one, before))))
    return ask('review', { ...now.data, doubts });
  // What is on sale has been asked a moment ago, in this very turn.
  const { availabilities } = facts.catalog;
  const asAsked: World = { ...world, catalog: { ...world.catalog, availabilities } };
  const placed = await placeOrder(asAsked, who, submissionOf({ ...turn, data: now.data }));
  if (placed.submission.state === 'declined') return sayDeclined(turn, placed.submission);
  const items = linesIn(data).map(({ productId, skuId, itemTitle: title }) => ({ productId, skuId, title }));
  const customer = { id: data.customerId, name: data.customerName };
  world.favourites.note({ personId: who.id, customer, items });
  return done(orderCard(context, placed.submission, await orderNumbersOf(world, placed)));
}

/**
 * The review with all that it states read anew; or, where something is in the way by now, what that is. `was`: the price
 * that was shown before. `address`: what was said of it before.
 */
export async function refreshReview(
  turn: FirstTurn,
  data: Chosen,
  { was, address = 'ask' }: { readonly was?: Money; readonly address?: 'ask' | readonly ReadinessProblem[] } = {},
): Promise<PurchaseReply> {
  const { earlier = [] } = data;
  const segments = [...new Set([data.segment, ...earlier.map(({ segment }) => segment)])];
  const [checked, offer, before] = await Promise.allSettled([
    Promise.all(segments.map((segment) => problemsOf(turn.facts, data.customerId, { segment, address }))),
    offerNow(turn, data),
    Promise.all(earlier.map((line) => offerNow(turn, { ...data, ...line }))),
  ]);
  // What is in the way of any order counts before what is wrong with this one.
  if (checked.status === 'rejected') throw checked.reason;
  const missing = checked.value.find((problems) => problems.some(isObstacle)) ?? checked.value[0] ?? [];
  if (missing.some(isObstacle)) return stop(offer.status === 'fulfilled' ? { ...data, ...offer.value } : data, missing);
  if (offer.status === 'rejected') throw offer.reason;
  if (before.status === 'rejected') throw before.reason;
  const lines = earlier.map((line, at) => {
    const { unitPrice = line.unitPrice, refundOptions } = before.value[at] ?? {};
    return { ...line, unitPrice, refundOptions };
  });
  const prices = [
    ...earlier.map(({ unitPrice }, at) => ({ was: unitPrice, now: lines[at]?.unitPrice ?? unitPrice })),
    ...(was ? [{ was, now: offer.value.unitPrice }] : []),
  ];
  const changed = prices.find((price) => !isSameMoney(price.was, price.now));
  const problem = changed && turn.words.refusals['price-changed'](changed);
  const fresh = { ...data, ...offer.value, missing: toStored(missing) };
  return ask('review', lines.length > 0 ? { ...fresh, earlier: lines } : fresh, problem);
}

/** What was saved may have been left for weeks. */
async function resumeReview(turn: Turn<OfTerms>): Promise<PurchaseReply> {
  const { words } = turn;
  // Left for long, what the person was asked is asked again.
  const data = { ...turn.data, doubts: undefined };
  try {
    return await refreshReview(turn, data, { was: data.unitPrice });
  } catch (error) {
    if (error instanceof Refusal) return ask('review', data, explain(words, error));
    if (!(error instanceof OutsideError)) throw error;
    return ask('review', data, words.purchase.asItWas);
  }
}

/** What is missing, and how to correct it. Prices that are not for this customer are chosen anew. */
function stop(data: Chosen, missing: readonly ReadinessProblem[], problem?: string): PurchaseReply {
  const isOfSegment = missing.some(({ point }) => point === 'segment');
  const stopped = askForMissing(isOfSegment ? { ...data, unitPrice: undefined } : data, missing, problem);
  if (stopped) return stopped;
  const priced = purchaseData.review.parse({ ...data, missing: toStored(missing) });
  return ask('review', priced, problem);
}

/** Nothing was ordered, so the conversation goes on: with what Partner Center misses, where it said that. */
async function sayDeclined(turn: Turn<OfTerms>, { reason }: OrderSubmission): Promise<PurchaseReply> {
  const { world, words, data } = turn;
  const address = data.missing ?? [];
  if (reason?.kind === 'price-changed')
    return refreshReview({ ...turn, facts: world }, data, { was: data.unitPrice, address });
  if (reason?.kind === 'declined' && reason.attest) return askToAttest(turn, reason.attest, reason.said);
  const problems = await problemsOf(world, data.customerId, { address }).catch(noneWhereAway);
  if (reason && reason.kind !== 'declined')
    return stop(data, problems, `${words.orderReason(reason, 'declined')} ${words.common.saidNo}`);
  const { said, missing } = reason ?? { said: [] };
  if (!missing) return stop(data, problems, words.refusals['order-declined']({ said }));
  const isKnown = problems.some(({ point }) => point === missing.point);
  return stop(data, isKnown ? problems : [missing, ...problems], words.purchase.declinedFor(said));
}

/** Whoever presses Confirm once more attests what the card then says. */
async function askToAttest(turn: Turn<OfTerms>, attest: Attestation, said: readonly Said[]): Promise<PurchaseReply> {
  const { world, words, data } = turn;
  const earlier = data.earlier?.map((line) => ({ ...line, isAttested: true }));
  const attested = attest === 'item' ? { isAttested: true, earlier } : { isPartnerAttested: true };
  const before = { was: data.unitPrice, address: data.missing ?? [] };
  const now = await refreshReview({ ...turn, facts: world }, { ...data, ...attested }, before);
  const isReview = now.kind === 'ask' && now.step === 'review' && !now.problem;
  return isReview ? { ...now, problem: words.purchase.attestFirst(said) } : now;
}

function noneWhereAway(error: unknown): ReadinessProblem[] {
  if (!(error instanceof OutsideError)) throw error;
  return [];
}

function submissionOf(turn: Turn<OfTerms>): NewOrder {
  const { world, who, place, card, data, submissionId, isPrivate, preparer, begunIn, draftId, preparers } = turn;
  return {
    draftId,
    preparers,
    submissionId,
    state: 'accepted',
    content: { ...contentOf(data, world), preparer, ...(begunIn !== undefined && { begunIn }) },
    personId: who.id,
    personName: who.name,
    placeId: place.id,
    isPrivate,
    card,
    orderIds: [],
    createdAt: world.clock.now(),
  };
}

/** `world`: as it is bought now, with the last moment of each line. */
function contentOf(data: OfTerms, world?: World): PurchaseContent {
  const { customerId, customerName, country, isPartnerAttested } = data;
  const [first, ...others] = linesIn(data).map((line): PurchaseLine => {
    const { itemTitle, unitPrice, isAttested = false } = line;
    const cancellableUntilAt = world && windowNow(world, line)?.closesAt;
    return { item: itemOf(line), itemTitle, unitPrice, isAttested, ...(cancellableUntilAt && { cancellableUntilAt }) };
  });
  if (!first) throw new Error('an order without a line');
  const sums = [first, ...others].map(({ unitPrice, item }) => times(unitPrice, item.quantity));
  return {
    ...{ customerId, customerName, country, ...first },
    ...(others.length > 0 && { furtherLines: others }),
    total: sumOf(sums),
    ...(isPartnerAttested && { isPartnerAttested }),
  };
}

function itemOf({
  productId,
  skuId,
  segment,
  quantity,
  termDuration,
  billingCycle,
}: Omit<DraftLine, 'unitPrice'>): Item {
  return { productId, skuId, segment, quantity, termDuration, billingCycle };
}

/** Until when it could be cancelled if it were bought now. */
function windowNow({ policy, clock }: World, line: DraftLine): Window | undefined {
  const { publisher, itemTitle: title, termDuration: duration, refundOptions } = line;
  return windowOfPurchase(policy, { publisher, title, term: { duration, refundOptions } }, clock.now());
}

/** Where it is sold, its price and its cancellation policies, as they are now. */
async function offerNow(
  { facts }: FirstTurn,
  data: Chosen,
): Promise<Pick<OfTerms, 'refundOptions' | 'country' | 'unitPrice'>> {
  // At the same time as the customer, whose country tells which of them count.
  facts.catalog.availabilities(data.customerId, data.productId, data.skuId).catch(() => undefined);
  const customer = await profileOf(facts, data.customerId);
  const product = { id: data.productId, title: data.productTitle, publisher: '', isSoftware: true };
  const { price, term } = await offerOf(facts, customer, itemOf(data), product);
  return {
    country: customer.country,
    unitPrice: price.unit,
    refundOptions: term.refundOptions && [...term.refundOptions],
  };
}
