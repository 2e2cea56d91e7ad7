import { Refusal } from '../domain/errors.ts';
import { type Money, times } from '../domain/money.ts';
import type { Availability, Sku } from '../domain/orders/catalog.ts';
import type { Words } from '../words/words.ts';
import { button } from './buttons.ts';
import type { Button, Card } from './card.ts';
import { candidateRows } from './choose.ts';
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
import { type CardContext, draw } from './render.ts';

/** How an item can be bought; a list with one entry is not asked. */
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

/** Is there more to answer than how many? */
export function hasChoice({ sku, segments, terms, billings }: TermChoices): boolean {
  return sku.needsAttestation || [segments, terms, billings].some((list) => list.length > 1);
}

export const perpetual = 'perpetual';

interface EarlierLine {
  readonly itemTitle: string;
  readonly quantity: number;
  readonly unitPrice: Money;
}

/** What is asked of one item of an order, as far as it is known. */
export interface ItemView {
  readonly customer: string;
  readonly lines: readonly string[];
  /** The lines of the order that are complete. */
  readonly earlier: readonly EarlierLine[];
  /** What else was named, and is asked about next. */
  readonly further?: readonly { readonly product?: string; readonly quantity?: number }[];
  /** The likeliest, or those that fit what was typed. */
  readonly products: readonly Choice[];
  /** There are more: where they are searched while somebody types. */
  readonly dataset?: string;
  readonly candidates?: readonly Choice[];
  readonly product?: string;
  /** The title of what is chosen so far. */
  readonly item?: string;
  /** Of the chosen product, where it has several. */
  readonly editions?: readonly Choice[];
  readonly edition?: string;
  /** Once product and edition are known. */
  readonly terms?: TermChoices;
  /** Of one, as the card is filled in. */
  readonly unitPrice?: Money;
  readonly entered: Readonly<Record<string, string>>;
}

/** One card for all that is to be chosen; the next one is the review. */
export function itemCard(context: CardContext, view: ItemView): Card {
  const { words } = context;
  const { purchase } = words;
  const { customer, lines, earlier, further = [], products, dataset, candidates, product, item = '' } = view;
  const { editions, edition, terms, unitPrice, entered } = view;
  const inputs = [
    choiceInput(words, 'product', products, {
      value: product,
      dataset,
      placeholder: purchase.searchProduct,
      // Without another one, what was chosen before is the order.
      optional: earlier.length > 0,
    }),
    ...(editions ? [choiceInput(words, 'edition', editions, { value: entered.edition ?? edition })] : []),
    ...(terms ? termInputs(words, terms, entered) : [quantityInput(words, { minimum: 1, maximum: largest }, entered)]),
  ];
  const { canGoBack } = context.draft ?? {};
  const open = terms ? purchase.whichTerms(item) : editions ? purchase.whichEdition(item) : purchase.whichProduct;
  return draw(context, {
    title: purchase.buyFor(customer),
    subtitle: open,
    icon: 'Cart',
    lines: [
      ...lines,
      ...(further.length > 0
        ? [
            purchase.further(
              further.map(({ product = '', quantity }) => (quantity ? purchase.line(quantity, product) : product)),
            ),
          ]
        : []),
    ],
    items: [
      ...earlier.map(({ itemTitle, quantity, unitPrice }, at) => ({
        heading: purchase.line(quantity, itemTitle),
        details: [purchase.sum(quantity, unitPrice, times(unitPrice, quantity))],
        buttons: [lineButton(context, 'edit', at), lineButton(context, 'removeLine', at)],
      })),
      ...candidateRows(context, candidates, 'auto'),
    ],
    inputs,
    totals: unitPrice ? [{ label: purchase.each, value: words.money(unitPrice) }] : [],
    notes: terms ? [purchase.quantityRange(terms.sku.minimumQuantity, terms.sku.maximumQuantity)] : [],
    buttons: [
      button(context, 'next', { title: words.buttons.reviewOrder, style: 'positive', withInputs: true }),
      button(context, 'addLine', { mode: 'secondary', withInputs: true }),
      canGoBack
        ? button(context, 'back', { mode: 'secondary' })
        : button(context, 'edit', { title: purchase.otherCustomer, mode: 'secondary' }),
      button(context, 'later', { mode: 'secondary' }),
      button(context, 'discard', { mode: 'secondary' }),
    ],
  });
}

function lineButton(context: CardContext, doing: 'edit' | 'removeLine', at: number): Button {
  const { data, ...look } = button(context, doing);
  return { ...look, data: { ...data, line: String(at) } };
}

/** What Partner Center says where there is no limit. */
const largest = 999_999_999;

function quantityInput(
  words: Words,
  range: { readonly minimum: number; readonly maximum: number },
  { quantity }: Readonly<Record<string, string>>,
): Input {
  return numberInput(words, 'quantity', {
    min: range.minimum,
    max: range.maximum,
    value: quantity === undefined ? range.minimum : numberAsTyped(quantity),
    error: words.refusals['quantity-out-of-range'](range),
  });
}

function termInputs(words: Words, choices: TermChoices, entered: Readonly<Record<string, string>>): Input[] {
  const { sku, segments, terms, billings } = choices;
  const range = { minimum: sku.minimumQuantity, maximum: sku.maximumQuantity };
  const inputs: Input[] = [];
  if (segments.length > 1)
    inputs.push(
      choiceInput(words, 'segment', segmentTitles(words, choices), { value: entered.segment ?? segments[0] }),
    );
  inputs.push(quantityInput(words, range, entered));
  if (terms.length > 1)
    inputs.push(
      choiceInput(words, 'term', termTitles(words, choices), { value: entered.term ?? (terms[0] || perpetual) }),
    );
  if (billings.length > 1)
    inputs.push(
      choiceInput(words, 'billing', billingTitles(words, choices), { value: entered.billing ?? billings[0] }),
    );
  if (sku.needsAttestation)
    inputs.push(toggleInput(words, 'attestation', words.purchase.attestation, entered.attestation === 'true'));
  return inputs;
}

/** Typed in chat, the answer is the quantity. Throws `invalid` and `quantity-out-of-range`. */
export function readTerms(
  words: Words,
  choices: TermChoices,
  answer: { readonly values: Readonly<Record<string, string>>; readonly text?: string },
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
    segment: pick('segment', segmentTitles(words, choices)),
    quantity,
    termDuration: term === perpetual ? undefined : term,
    billingCycle: pick('billing', billingTitles(words, choices)),
    isAttested,
  };
}

/** What a card shows that nobody has changed. */
export function termsShown(
  { segments, terms, billings }: TermChoices,
  entered: Readonly<Record<string, string | undefined>>,
): { readonly segment: string; readonly term: string; readonly billing: string } {
  return {
    segment: entered.segment ?? segments[0] ?? '',
    term: entered.term ?? (terms[0] || perpetual),
    billing: entered.billing ?? billings[0] ?? '',
  };
}

/** As an order wants it; absent for perpetual software. */
export function durationOf(term: string | undefined): string | undefined {
  return term === perpetual ? undefined : term;
}

const segmentTitles = (words: Words, { segments }: TermChoices): Choice[] =>
  segments.map((name) => ({ title: words.segment(name), value: name }));

const termTitles = (words: Words, { terms }: TermChoices): Choice[] =>
  terms.map((duration) => ({ title: words.term(duration || undefined), value: duration || perpetual }));

const billingTitles = (words: Words, { billings }: TermChoices): Choice[] =>
  billings.map((cycle) => ({ title: words.billing(cycle), value: cycle }));
