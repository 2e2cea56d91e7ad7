import { isOpen, type Window } from '../domain/cancellations/cancellation-window.ts';
import type { ReadinessProblem } from '../domain/customers/readiness.ts';
import { Refusal } from '../domain/errors.ts';
import type { Doubt } from '../domain/orders/ask-back.ts';
import type { Availability, Sku } from '../domain/orders/catalog.ts';
import type { OrderReason, OrderSubmission, PurchaseContent } from '../domain/orders/submission.ts';
import type { Words } from '../words/words.ts';
import { button, questionButtons } from './buttons.ts';
import type { Card } from './card.ts';
import {
  type Choice,
  choiceInput,
  type Input,
  numberAsTyped,
  numberInput,
  readChoice,
  readWholeNumber,
  toggleInput,
} from './inputs.ts';
import { messageCard } from './message.ts';
import { adviceLines } from './readiness.ts';
import { type CardContext, draw, type Fact } from './render.ts';

/** What the terms card has to choose from; a list with one entry is not asked. */
export interface TermChoices {
  readonly sku: Sku;
  readonly segments: readonly string[];
  readonly terms: readonly string[];
  readonly billings: readonly string[];
}

export interface TermsChosen {
  readonly segment: string;
  readonly quantity: number;
  readonly termDuration?: string;
  readonly billingCycle: string;
  readonly isAttested: boolean;
}

export function termChoices(sku: Sku, offers: readonly Availability[]): TermChoices {
  const terms = offers.flatMap((offer) => offer.terms);
  const unique = (values: readonly string[]): string[] => [...new Set(values)];
  return {
    sku,
    segments: unique(offers.map((offer) => offer.segment)),
    terms: unique(terms.map((term) => term.duration ?? '')),
    billings: unique(terms.map((term) => term.billingCycle)),
  };
}

const perpetual = 'perpetual';

export function termsCard(
  context: CardContext,
  choices: TermChoices,
  item: string,
  entered: Readonly<Record<string, string>>,
): Card {
  const { words } = context;
  const { sku } = choices;
  const inputs: Input[] = [];
  if (choices.segments.length > 1) {
    inputs.push(
      choiceInput(
        words,
        'segment',
        choices.segments.map((name) => ({ title: words.segment(name), value: name })),
        { value: entered.segment ?? choices.segments[0] },
      ),
    );
  }
  const range = { minimum: sku.minimumQuantity, maximum: sku.maximumQuantity };
  inputs.push(
    numberInput(words, 'quantity', {
      min: range.minimum,
      max: range.maximum,
      value: entered.quantity === undefined ? range.minimum : numberAsTyped(entered.quantity),
      error: words.refusals['quantity-out-of-range'](range),
    }),
  );
  if (choices.terms.length > 1)
    inputs.push(
      choiceInput(words, 'term', termTitles(words, choices), {
        value: entered.term ?? (choices.terms[0] || perpetual),
      }),
    );
  if (choices.billings.length > 1)
    inputs.push(
      choiceInput(words, 'billing', billingTitles(words, choices), { value: entered.billing ?? choices.billings[0] }),
    );
  if (sku.needsAttestation)
    inputs.push(toggleInput(words, 'attestation', words.purchase.attestation, entered.attestation === 'true'));
  return draw(context, {
    title: words.purchase.whichTerms,
    subtitle: item,
    inputs,
    notes: [words.purchase.quantityRange(sku.minimumQuantity, sku.maximumQuantity)],
    buttons: questionButtons(context, { canKeep: true }),
  });
}

/** Typed in chat, the answer is the quantity. Throws `invalid` and `quantity-out-of-range`. */
export function readTerms(
  words: Words,
  choices: TermChoices,
  answer: { values: Readonly<Record<string, string>>; text?: string },
): TermsChosen {
  const { values } = answer;
  const pick = (id: 'segment' | 'term' | 'billing', options: readonly Choice[]): string => {
    const [only, ...others] = options;
    if (only && others.length === 0) return only.value;
    return readChoice(words, id, options, { values });
  };
  const { sku } = choices;
  const typed = (values.quantity ?? answer.text ?? '').trim();
  const quantity = readWholeNumber(typed) ?? Number.NaN;
  if (!(quantity >= sku.minimumQuantity && quantity <= sku.maximumQuantity)) {
    throw new Refusal('quantity-out-of-range', { minimum: sku.minimumQuantity, maximum: sku.maximumQuantity, typed });
  }
  const isAttested = sku.needsAttestation && values.attestation === 'true';
  if (sku.needsAttestation && !isAttested)
    throw new Refusal('invalid', { field: 'attestation', why: words.purchase.notAttested });
  const term = pick('term', termTitles(words, choices));
  return {
    segment: pick(
      'segment',
      choices.segments.map((name) => ({ title: words.segment(name), value: name })),
    ),
    quantity,
    termDuration: term === perpetual ? undefined : term,
    billingCycle: pick('billing', billingTitles(words, choices)),
    isAttested,
  };
}

const termTitles = (words: Words, { terms }: TermChoices): Choice[] =>
  terms.map((duration) => ({ title: words.term(duration || undefined), value: duration || perpetual }));

const billingTitles = (words: Words, { billings }: TermChoices): Choice[] =>
  billings.map((cycle) => ({ title: words.billing(cycle), value: cycle }));

interface Review {
  readonly content: PurchaseContent;
  /** Of the checks before an order; what is in it does not keep the order from being confirmed. */
  readonly missing: readonly ReadinessProblem[];
  readonly window?: Window;
  readonly now: Date;
  readonly mayConfirm: boolean;
  readonly preparedBy?: string;
  /** What the person was asked about already: with the next press it is bought all the same. */
  readonly doubts: readonly Doubt[];
}

export function reviewPurchaseCard(
  context: CardContext,
  { content, missing, window, now, mayConfirm, preparedBy, doubts }: Review,
): Card {
  const { words } = context;
  const { purchase } = words;
  const isRepeated = doubts.some(({ kind }) => kind === 'repeated');
  const titleOf = isRepeated ? purchase.confirmAgain : doubts.length > 0 ? purchase.confirmAll : purchase.confirm;
  const confirm = button(context, 'confirm', {
    title: titleOf(content.item.quantity, content.total),
    style: 'positive',
  });
  const asked =
    doubts.length > 0 ? purchase.askBack(doubts.map((one) => words.doubt(one, context.timeZone))) : undefined;
  const problem = [context.problem, asked].filter(Boolean).join(' ') || undefined;
  return draw(
    { ...context, problem },
    {
      title: purchase.review,
      subtitle: preparedBy && words.common.handedOver(preparedBy),
      facts: [...factsOf(words, content), { title: purchase.facts.currency, value: content.total.currency }],
      lines: [
        ...adviceLines(words, content.customerName, missing),
        window && isOpen(window, now)
          ? purchase.cancellable(window.closesAt, window.refund, context.timeZone)
          : purchase.notCancellable,
        ...(content.isAttested ? [purchase.attests.item] : []),
        ...(content.isPartnerAttested ? [purchase.attests.partner] : []),
        mayConfirm ? purchase.whatHappens : purchase.mayNotConfirm,
      ],
      buttons: [
        ...(mayConfirm ? [confirm] : preparedBy ? [] : [button(context, 'handOver', { style: 'positive' })]),
        button(context, 'edit'),
        ...(context.draft?.canGoBack ? [button(context, 'back')] : []),
        button(context, 'later'),
        button(context, 'discard'),
      ],
    },
  );
}

function factsOf(words: Words, { customerName, itemTitle, item, unitPrice, total }: PurchaseContent): Fact[] {
  const { facts } = words.purchase;
  return [
    { title: facts.customer, value: customerName },
    { title: facts.item, value: itemTitle },
    { title: facts.segment, value: words.segment(item.segment) },
    { title: facts.term, value: words.term(item.termDuration) },
    { title: facts.billing, value: words.billing(item.billingCycle) },
    { title: facts.quantity, value: String(item.quantity) },
    { title: facts.unitPrice, value: words.money(unitPrice) },
    { title: facts.total, value: words.money(total) },
  ];
}

/** The settled twin of the review card: what became of the order. `orderNumbers` are the ones people say. */
export function orderCard(context: CardContext, submission: OrderSubmission, orderNumbers: readonly string[]): Card {
  const { words } = context;
  const { purchase } = words;
  const { content, state, reason } = submission;
  const { preparer } = content;
  const facts = [
    ...factsOf(words, content),
    { title: purchase.facts.by, value: submission.personName },
    ...(preparer ? [{ title: purchase.facts.preparer, value: preparer.name }] : []),
  ];
  const bare: CardContext = { ...context, draft: undefined };
  const notes = reason ? [words.orderReason(reason, state)] : [];
  if (state === 'accepted')
    return messageCard(bare, {
      title: purchase.inProgress.title,
      lines: [reason?.kind === 'sign-in-refused' ? words.common.signInRefused : purchase.inProgress.text],
      facts,
    });
  if (state === 'declined')
    return messageCard(bare, {
      title: reason?.kind === 'price-changed' ? purchase.declined.priceChanged : purchase.declined.title,
      lines: [whyDeclined(words, content.customerName, reason), ...notes],
      facts,
    });
  if (state === 'needs_person')
    return messageCard(bare, {
      title: purchase.needsPerson.title,
      lines: [purchase.needsPerson.text, ...notes],
      facts,
    });
  const label = orderNumbers.length > 1 ? purchase.facts.orders : purchase.facts.order;
  const until = content.cancellableUntilAt;
  return messageCard(bare, {
    title: purchase.ordered(content.item.quantity, content.itemTitle),
    lines: [purchase.orderedText(orderNumbers), ...notes],
    facts: [{ title: label, value: orderNumbers.join(', ') }, ...facts],
    notes: until
      ? [purchase.cancellable(until, content.item.termDuration ? 'prorated' : 'full', context.timeZone)]
      : [],
  });
}

function whyDeclined(words: Words, customer: string, reason: OrderReason | undefined): string {
  const { declined } = words.purchase;
  if (reason?.kind === 'price-changed') return declined.again;
  if (reason?.kind !== 'declined' || !reason.missing) return declined.text;
  const { what, remedy } = words.readiness.sentence(customer, reason.missing);
  return declined.missing(what, remedy);
}
