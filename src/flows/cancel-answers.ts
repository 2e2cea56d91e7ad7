import { z } from 'zod';
import type { CaseContent, CaseEnding } from '../domain/cancellations/case.ts';
import {
  type CaseField,
  caseFields,
  type FieldFacts,
  fieldsLeft,
  isAsked,
  typedContent,
} from '../domain/cancellations/case-fields.ts';
import { type Eligibility, eligibilityOf, linesLeft } from '../domain/cancellations/eligibility.ts';
import { isCustomer } from '../domain/customers/customer.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import { parseMoney } from '../domain/money.ts';
import { type FoundOrder, orderOf } from '../domain/orders/find-order.ts';
import { isSameId, type OrderLine } from '../domain/orders/order.ts';
import { type Purchase, purchasesOf } from '../domain/orders/purchases.ts';
import type { World } from '../domain/world.ts';
import { type CaseSteps, caseData } from './case.ts';
import { customerData } from './choose-customer.ts';
import { type Answer, type Ask, askIn, type Reply, type Turn } from './engine/flow.ts';

const money = z.object({ minor: z.number(), currency: z.string() });

/** What the answers of the ticket are checked against, as it was when the order was looked at: no answer asks again. */
const known = z.object({
  customer: z.object({
    id: z.string(),
    name: z.string(),
    domain: z.string(),
    customDomains: z.array(z.string()),
    country: z.string().optional(),
  }),
  order: z.object({
    id: z.string(),
    number: z.string(),
    currency: z.string(),
    lines: z.array(z.object({ subscriptionId: z.string().optional(), catalogItemId: z.string().optional() })),
  }),
  paid: money.optional(),
  refund: money.optional(),
});

const firstData = z.object({
  ...customerData,
  orderId: z.string().optional(),
  orderNumber: z.string().optional(),
  lineNumbers: z.array(z.number()).optional(),
  known: known.optional(),
  ending: z.enum(['cancel-now', 'ticket']).optional(),
  answers: z.partialRecord(z.enum(caseFields), z.string()).default({}),
  /** Of the questions those that are asked: what was not known. Absent, all are, one after the other. */
  asked: z.array(z.enum(caseFields)).optional(),
  /** The window that closes while this is a draft, and since when its owner is reminded. */
  closing: z.object({ orderNumber: z.string(), closesAt: z.string(), askedAt: z.string() }).optional(),
});
const ofCustomer = firstData.extend({ customerId: z.string(), customerName: z.string() });
const ofOrder = ofCustomer.extend({ orderId: z.string(), orderNumber: z.string() });
const ofLines = ofOrder.extend({ lineNumbers: z.array(z.number()), known });

/** What each question of a cancellation keeps: more the further it has come. */
export const cancelData = {
  customer: firstData,
  order: ofCustomer,
  lines: ofOrder,
  ticket: ofLines,
  case: firstData.extend(caseData.shape),
};

export type FirstData = z.infer<typeof firstData>;
export type OfCustomer = z.infer<typeof ofCustomer>;
export type OfOrder = z.infer<typeof ofOrder>;
export type TicketData = z.infer<typeof ofLines>;
type CaseData = z.infer<typeof cancelData.case>;

export type CancelSteps = { customer: FirstData; order: OfCustomer; lines: OfOrder } & {
  [Step in CaseField | 'how' | 'form' | 'review']: TicketData;
} & { [Step in keyof CaseSteps]: CaseData };

export const ask = askIn<CancelSteps>();

/** Needed when Partner Center cancels at once; a ticket, should it refuse, has the contact of whoever files it. */
const fieldsOfCancelNow: readonly CaseField[] = ['reason', 'amount', 'amountNote'];

/** The next question that has no good answer yet; review when there is none. In a ticket every field is shown once. */
export function nextField(data: TicketData, after: CaseField): Ask<CancelSteps> {
  const { facts, refund } = knownFacts(data);
  const fields = fieldsToAsk(data).filter((field) => isAsked(field, data.answers, facts, refund));
  const next = fields.find((field) => caseFields.indexOf(field) > caseFields.indexOf(after));
  return ask(next ?? 'review', data);
}

/** *Cancel now* asks only for what is not known yet. */
export function askForNow(data: TicketData): Ask<CancelSteps> {
  const chosen: TicketData = { ...data, ending: 'cancel-now' };
  const asked = missingFields(chosen);
  return ask(asked[0] ?? 'review', { ...chosen, asked });
}

/** By ticket asks on one form for what is not known yet; nothing, where all is. */
export function byTicket(data: TicketData): Ask<CancelSteps> {
  const chosen: TicketData = { ...data, ending: 'ticket', asked: undefined };
  return ask(missingFields(chosen).length > 0 ? 'form' : 'review', chosen);
}

/** In pixels: for the form, with the files below it. */
const pageSize = { width: 640, height: 'large' } as const;

/** The page of this conversation, which takes files beside the same question; where no dialog is being opened, the card. */
export function onPage(
  { ownContext, draftId }: Pick<Turn<unknown>, 'ownContext' | 'draftId'>,
  { via }: Pick<Answer, 'via'>,
  question: Ask<CancelSteps>,
): Reply<CancelSteps> {
  if (via !== 'dialog') return question;
  const path = `/web/ticket?draft=${encodeURIComponent(draftId)}`;
  const page = { path, title: ownContext.words.web.ticket.title, ...pageSize };
  return { kind: 'page', page, data: question.data };
}

/** Every question of the ticket, one after the other. */
export function stepByStep(data: TicketData): Ask<CancelSteps> {
  return ask('tenant', { ...data, ending: 'ticket', asked: undefined });
}

/** To the review, or to the first question without a good answer. */
export function toReview(data: TicketData): Ask<CancelSteps> {
  const asked = missingFields(data);
  return ask(asked[0] ?? 'review', { ...data, asked: asked.length > 0 ? asked : undefined });
}

export function missingFields(data: TicketData): CaseField[] {
  const { facts, refund } = knownFacts(data);
  const left = fieldsLeft(data.answers, facts, refund);
  return fieldsFor(data).filter((field) => left.includes(field));
}

export function fieldsToAsk(data: TicketData): readonly CaseField[] {
  return data.asked ?? fieldsFor(data);
}

function fieldsFor({ ending }: Pick<TicketData, 'ending'>): readonly CaseField[] {
  return ending === 'cancel-now' ? fieldsOfCancelNow : caseFields;
}

export function endingOf(data: TicketData, eligibility: Eligibility): CaseEnding {
  return data.ending && eligibility.endings.includes(data.ending) ? data.ending : 'ticket';
}

/** Throws `order-unknown` where Partner Center no longer shows it. */
export async function orderIn(
  facts: World,
  { customerId, orderId, orderNumber }: Pick<OfOrder, 'customerId' | 'orderId' | 'orderNumber'>,
): Promise<FoundOrder> {
  const found = await orderOf(facts, customerId, orderId);
  if (!found) throw new Refusal('order-unknown', { text: orderNumber });
  return found;
}

/** What cancelling would mean as far as `facts` goes back, and the data with what the answers are checked against. */
export async function situation(
  facts: World,
  data: Pick<TicketData, 'customerId' | 'orderId' | 'orderNumber' | 'lineNumbers'>,
  options: { readonly isSubmitting?: boolean } = {},
): Promise<Eligibility> {
  return eligibilityOf(facts, await orderIn(facts, data), data.lineNumbers, options);
}

/**
 * Partner Center does not show all domains of a customer. One that the directory leads to this customer is remembered
 * as its own; it is only asked where what is shown is not enough.
 */
export async function withTypedDomain(facts: World, data: TicketData, typed: string | undefined): Promise<TicketData> {
  const { customer } = data.known;
  const domain = typed?.trim().toLowerCase() ?? '';
  if (!domain.includes('.') || isCustomer(customer, domain)) return data;
  const found = await facts.customers.find(domain).catch(undefinedWhereOutside);
  if (!isSameId(found?.id, customer.id)) return data;
  const customDomains = [...customer.customDomains, domain];
  return { ...data, known: { ...data.known, customer: { ...customer, customDomains } } };
}

function undefinedWhereOutside(error: unknown): undefined {
  if (!(error instanceof OutsideError)) throw error;
}

/** Asks beforehand for what the offers of the lines say now, as far as it is known which these are. */
export function askForOffers(facts: World, { known: { customer, order } }: Pick<TicketData, 'known'>): void {
  const { country } = customer;
  for (const { catalogItemId } of order.lines)
    if (country && catalogItemId) facts.catalog.availability(catalogItemId, country).catch(() => undefined);
}

/** A subscription of another line would name what is not to be cancelled: only the lines of the case count. */
export function knownFrom(
  { customer, order, lines, paid, refund }: Eligibility,
  before?: TicketData['known'],
): TicketData['known'] {
  const { id, name, domain, customDomains, country } = customer;
  const domains = new Set([...customDomains, ...(before?.customer.customDomains ?? [])]);
  return {
    customer: { id, name, domain, customDomains: [...domains], country },
    order: {
      id: order.id,
      number: order.number,
      currency: order.currency,
      lines: lines.map(({ subscriptionId, catalogItemId }) => ({ subscriptionId, catalogItemId })),
    },
    paid,
    refund: refund?.amount,
  };
}

export function knownFacts({ known: { refund, ...facts } }: Pick<TicketData, 'known'>): {
  facts: FieldFacts;
  refund: TicketData['known']['refund'];
} {
  return { facts, refund };
}

type Typed = NonNullable<ReturnType<typeof typedContent>>;

/** As far as it is answered; what Cancel now does not ask for is filled in from what is known. */
export function contentSoFar(data: TicketData): Partial<Typed> & Pick<Typed, 'amount'> {
  const { facts, refund } = knownFacts(data);
  const { currency } = facts.order;
  const amount = parseMoney(data.answers.amount ?? '', currency) ?? refund ?? { minor: 0, currency };
  return { ...typedContent(data.answers, facts, refund), amount };
}

export function contentOf(title: string, data: TicketData, eligibility: Eligibility): CaseContent {
  const { customer, order, lines, isWholeOrder, window, isInWindow } = eligibility;
  const typed = contentSoFar(data);
  return {
    customerId: customer.id,
    customerName: customer.name,
    orderId: order.id,
    orderNumber: order.number,
    item: lines.map((line) => `${line.quantity} × ${line.title}`).join('; '),
    lineNumbers: lines.map((line) => line.number),
    wholeOrder: isWholeOrder,
    customerTenant: typed.customerTenant ?? customer.domain,
    named: typed.named ?? order.number,
    reason: typed.reason ?? data.answers.reason ?? '',
    amount: typed.amount,
    amountNote: typed.amountNote,
    impact: typed.impact ?? 'minimal',
    title: typed.title ?? title,
    contactName: typed.contactName ?? data.answers.contactName ?? '',
    contactEmail: typed.contactEmail ?? data.answers.contactEmail ?? '',
    contactPhone: typed.contactPhone ?? data.answers.contactPhone ?? '',
    closesAt: isInWindow ? window?.closesAt.toISOString() : undefined,
  };
}

export function linesToCancel({ order }: FoundOrder): OrderLine[] {
  return order.lines.filter((line) => linesLeft(order).includes(line.number));
}

export async function cancellable(facts: World, { customerId }: OfCustomer): Promise<Purchase[]> {
  const purchases = await purchasesOf(facts, { id: customerId });
  return purchases.filter((one) => one.isSoftware && (one.state === 'active' || one.state === 'pending'));
}
