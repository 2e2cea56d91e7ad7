import { type CustomerProfile, isCustomer } from '../customers/customer.ts';
import { type Money, parseMoney } from '../money.ts';
import { isNamedBy, type NamedOrder, type Order } from '../orders/order.ts';
import { isEmail, isPhone } from '../people/contact.ts';
import type { CaseContent, Impact } from './case.ts';

/** The questions of the ticket, in the order they are asked. */
export const caseFields = [
  'tenant',
  'named',
  'reason',
  'amount',
  'amountNote',
  'impact',
  'title',
  'contactName',
  'contactEmail',
  'contactPhone',
] as const;

export type CaseField = (typeof caseFields)[number];

/** What has been answered so far, as typed. */
export type CaseAnswers = Partial<Record<CaseField, string>>;

export interface FieldFacts {
  readonly customer: Pick<CustomerProfile, 'id' | 'name' | 'domain' | 'customDomains'>;
  readonly order: NamedOrder & Pick<Order, 'currency'>;
  /** What was paid for the lines of the case; absent when Partner Center shows no price. */
  readonly paid?: Money;
}

/** Why an answer is not good enough; words have a sentence for each. */
export type FieldProblem = 'not-this' | 'length' | 'no-amount' | 'nothing' | 'too-much' | 'missing' | 'form';

const impacts: readonly Impact[] = ['critical', 'moderate', 'minimal'];

/** Checks one answer; `undefined` when it is good. The note is needed only when less than was paid is asked for. */
export function problemOf(field: CaseField, answers: CaseAnswers, facts: FieldFacts): FieldProblem | undefined {
  const text = (answers[field] ?? '').trim();
  switch (field) {
    case 'tenant':
      return isCustomer(facts.customer, text) ? undefined : 'not-this';
    case 'named':
      return isNamedBy(facts.order, text) ? undefined : 'not-this';
    case 'reason':
      return text.length >= 10 && text.length <= 1000 ? undefined : 'length';
    case 'amount':
      return amountProblem(text, facts);
    case 'amountNote':
      if (text.length > 255) return 'length';
      return isLess(answers, facts) && text.length < 3 ? 'missing' : undefined;
    case 'impact':
      return impacts.some((impact) => impact === text) ? undefined : 'missing';
    case 'title':
      return text.length >= 5 && text.length <= 255 ? undefined : 'length';
    case 'contactName':
      return /^\S+(\s+\S+)+$/.test(text) && text.length <= 100 ? undefined : 'form';
    case 'contactEmail':
      return isEmail(text) ? undefined : 'form';
    case 'contactPhone':
      return isPhone(text) ? undefined : 'form';
  }
}

function amountProblem(text: string, { order, paid }: FieldFacts): FieldProblem | undefined {
  const amount = parseMoney(text, order.currency);
  if (!amount) return 'no-amount';
  if (amount.minor === 0) return 'nothing';
  return paid && amount.minor > paid.minor ? 'too-much' : undefined;
}

function isLess(answers: CaseAnswers, { order, paid }: FieldFacts): boolean {
  const amount = parseMoney(answers.amount ?? '', order.currency);
  return amount !== undefined && paid !== undefined && amount.minor < paid.minor;
}

/** Is this question to be asked at all, given the answers so far? */
export function isAsked(field: CaseField, answers: CaseAnswers, facts: FieldFacts, refund: Money | undefined): boolean {
  if (field !== 'amountNote') return true;
  // The computed refund of a prorated window is less than what was paid, and explains itself.
  const amount = parseMoney(answers.amount ?? '', facts.order.currency);
  return isLess(answers, facts) && amount?.minor !== refund?.minor;
}

/** The fields that are still missing or wrong, first question first. */
export function fieldsLeft(answers: CaseAnswers, facts: FieldFacts, refund: Money | undefined): CaseField[] {
  return caseFields.filter(
    (field) => isAsked(field, answers, facts, refund) && problemOf(field, answers, facts) !== undefined,
  );
}

type Typed = Pick<
  CaseContent,
  | 'customerTenant'
  | 'named'
  | 'reason'
  | 'amount'
  | 'amountNote'
  | 'impact'
  | 'title'
  | 'contactName'
  | 'contactEmail'
  | 'contactPhone'
>;

/** The answers as a case keeps them. Only called when `fieldsLeft` is empty; gives nothing otherwise. */
export function typedContent(answers: CaseAnswers, facts: FieldFacts, refund: Money | undefined): Typed | undefined {
  const amount = parseMoney(answers.amount ?? '', facts.order.currency);
  const impact = impacts.find((one) => one === answers.impact);
  if (!amount || !impact || fieldsLeft(answers, facts, refund).length > 0) return undefined;
  const text = (field: CaseField): string => (answers[field] ?? '').trim();
  const note = isLess(answers, facts) ? text('amountNote') || undefined : undefined;
  return {
    customerTenant: text('tenant'),
    named: text('named'),
    reason: text('reason'),
    amount,
    amountNote: note,
    impact,
    title: text('title'),
    contactName: text('contactName').replace(/\s+/g, ' '),
    contactEmail: text('contactEmail'),
    contactPhone: text('contactPhone'),
  };
}
