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
import { type Eligibility, eligibilityOf } from '../domain/cancellations/eligibility.ts';
import { parseMoney } from '../domain/money.ts';
import { type FoundOrder, orderOf } from '../domain/orders/find-order.ts';
import type { World } from '../domain/world.ts';
import { caseData } from './case.ts';
import { customerData } from './choose-customer.ts';
import { ask, type Reply } from './flow.ts';
import { need } from './need.ts';

/** What a conversation about a cancellation keeps. */
export const cancelData = z.object({
  ...customerData,
  orderId: z.string().optional(),
  orderNumber: z.string().optional(),
  lineNumbers: z.array(z.number()).optional(),
  ending: z.enum(['cancel-now', 'ticket']).optional(),
  answers: z.partialRecord(z.enum(caseFields), z.string()).default({}),
  /** What *Cancel now* asks for: what was not known when it was chosen. */
  asked: z.array(z.enum(caseFields)).optional(),
  ...caseData,
});

export type CancelData = z.infer<typeof cancelData>;

/** Needed when Partner Center cancels at once; a ticket, should it refuse, has the contact of whoever files it. */
const fieldsOfCancelNow: readonly CaseField[] = ['reason', 'amount', 'amountNote'];

/** The next question that has no good answer yet; review when there is none. In a ticket every field is shown once. */
export async function nextField(world: World, data: CancelData, after?: CaseField): Promise<Reply<CancelData>> {
  const { facts, eligibility } = await situation(world, data);
  const fields = askedFor(data).filter((field) => isAsked(field, data.answers, facts, eligibility.refund?.amount));
  const from = after ? fields.findIndex((field) => caseFields.indexOf(field) > caseFields.indexOf(after)) : 0;
  const next = from < 0 ? undefined : fields[from];
  return ask(next ?? 'review', data);
}

/** *Cancel now* asks only for what is not known yet. */
export async function askForNow(world: World, data: CancelData): Promise<Reply<CancelData>> {
  const { facts, eligibility } = await situation(world, data);
  const chosen: CancelData = { ...data, ending: 'cancel-now' };
  const asked = missingFields(chosen, facts, eligibility);
  return ask(asked[0] ?? 'review', { ...chosen, asked });
}

/** To the review, or to the first question without a good answer. */
export async function toReview(world: World, data: CancelData): Promise<Reply<CancelData>> {
  const { facts, eligibility } = await situation(world, data);
  return ask(missingFields(data, facts, eligibility)[0] ?? 'review', data);
}

export function missingFields(data: CancelData, facts: FieldFacts, { refund }: Eligibility): CaseField[] {
  const left = fieldsLeft(data.answers, facts, refund?.amount);
  return wanted(data).filter((field) => left.includes(field));
}

export function askedFor(data: CancelData): readonly CaseField[] {
  return (data.ending === 'cancel-now' && data.asked) || wanted(data);
}

function wanted({ ending }: Pick<CancelData, 'ending'>): readonly CaseField[] {
  return ending === 'cancel-now' ? fieldsOfCancelNow : caseFields;
}

export function endingOf(data: CancelData, eligibility: Eligibility): CaseEnding {
  return data.ending && eligibility.endings.includes(data.ending) ? data.ending : 'ticket';
}

export async function foundOf(world: World, data: CancelData): Promise<FoundOrder> {
  return need(await orderOf(world, need(data.customerId), need(data.orderId)));
}

/** Asked anew at each step: what was true at the first question may no longer be. */
export async function situation(
  world: World,
  data: CancelData,
): Promise<{ eligibility: Eligibility; facts: FieldFacts }> {
  const eligibility = await eligibilityOf(world, await foundOf(world, data), need(data.lineNumbers));
  const { order, lines } = eligibility;
  return {
    eligibility,
    // A subscription of another line would name what is not to be cancelled.
    facts: { customer: eligibility.customer, order: { ...order, lines }, paid: eligibility.paid },
  };
}

type Typed = NonNullable<ReturnType<typeof typedContent>>;

/** As far as it is answered; what Cancel now does not ask for is filled in from what is known. */
export function answered(
  data: CancelData,
  facts: FieldFacts,
  eligibility: Eligibility,
): Partial<Typed> & Pick<Typed, 'amount'> {
  const amount = parseMoney(data.answers.amount ?? '', facts.order.currency) ??
    eligibility.refund?.amount ?? { minor: 0, currency: facts.order.currency };
  return { ...typedContent(data.answers, facts, eligibility.refund?.amount), amount };
}

export function contentOf(title: string, data: CancelData, facts: FieldFacts, eligibility: Eligibility): CaseContent {
  const { customer, order, lines, isWholeOrder, window, isInWindow } = eligibility;
  const typed = answered(data, facts, eligibility);
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
