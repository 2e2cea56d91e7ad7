import type { Refund } from '../../domain/cancellations/cancellation-window.ts';
import type { CaseEnding, CaseState, Impact } from '../../domain/cancellations/case.ts';
import type { Unread } from '../../domain/cancellations/eligibility.ts';
import type { StandardReason } from '../../domain/cancellations/standard-reasons.ts';
import type { Said } from '../../domain/errors.ts';
import type { KeyViewer } from '../../domain/keys/key-reveals.ts';
import { type Money, moneyOf } from '../../domain/money.ts';
import { amount, count, day, local, moment, money, number, withoutFullStop } from './common.ts';
import { explainSaid } from './partner-center.ts';

const impacts: Record<Impact, string> = {
  critical: 'Critical: business stands still',
  moderate: 'Moderate: business is affected',
  minimal: 'Minimal: a question or a small problem',
};

const states: Record<CaseState, string> = {
  submitted: 'submitted',
  filing: 'the ticket is being filed',
  filed: 'waiting for Microsoft',
  cancelling: 'being cancelled',
  completed: 'completed',
  refused: 'refused',
  needs_person: 'needs a person',
};

const endings: Record<CaseEnding, string> = {
  'cancel-now': 'cancelled at once by the Partner Center API',
  ticket: 'by a ticket to Microsoft',
};

export const impact = (name: Impact): string => impacts[name];
export const caseState = (state: CaseState): string => states[state];
export const ending = (name: CaseEnding): string => endings[name];

const left = (days: number): string => `${days === 0 ? 'less than a day' : count(days, 'day')} left`;

const formula = ({ amount, paid, rule, termDays, usedDays, pieces }: Refund): string =>
  (rule === 'full' || termDays === undefined
    ? `${money(amount)} (${rule === 'full' ? 'full refund' : 'prorated by day'})`
    : `${money(amount)} = ${money(paid)} × (${number(termDays)} − ${number(usedDays ?? 0)}) / ${number(termDays)} days`) +
  (pieces ? `, for ${number(pieces.refundable)} of ${number(pieces.of)}` : '');

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const spellOut = (n: number): string => numbers[n] ?? number(n);

export const cancel = {
  begunBy: (name: string, at: Date, zone: string) =>
    `${name} has begun a cancellation of this order (${moment(at, zone)}); it is still a draft. Ask them before you go on: only one can be submitted.`,
  title: (order: string) => `Cancel order ${order}`,
  draftTitle: (order: string, customer: string) => `Cancel order ${order} of ${customer}`,
  whichOrder: (customer: string) => `Which order of ${customer}?`,
  whichLines: 'What is to be cancelled?',
  linesHint: 'Pick one line, several, or all: they become one case. A line can only be returned whole.',
  wholeOrder: 'The whole order',
  facts: {
    customer: 'Customer',
    order: 'Order',
    item: 'Item',
    window: 'Can be cancelled',
    refund: 'Refund',
    ending: 'How',
    state: 'State',
    case: 'Case',
    ticket: 'Ticket',
    amount: 'Requested amount',
    by: 'Requested by',
    seenBy: 'Key seen by',
  },
  until: (at: Date, days: number, zone: string) => `until ${moment(at, zone)} – ${left(days)}`,
  closed: (at: Date, zone: string) => `the window closed on ${moment(at, zone)}; Microsoft may refuse a ticket`,
  noWindow: 'no window is known; Microsoft decides',
  refund: formula,
  unknownRefund: 'Partner Center shows no price',
  ifGranted: (refund: string) => `${refund}, if Microsoft grants it`,
  refusedAtOnce: (at: Date, reason: string) =>
    `On ${day(at)} Partner Center refused to cancel this order at once, and would do so again. ${withoutFullStop(reason)}. The refund can be asked for by a ticket to Microsoft.`,
  nowRefused: (reason: string) =>
    `Partner Center did not cancel it at once. ${withoutFullStop(reason)}. Nothing was cancelled, and your reason is kept: press By ticket to ask Microsoft for the refund.`,
  ticketExists: (id: string) => `There is a ticket at Microsoft already that names this order: ${id}.`,
  unread: {
    tickets:
      'I could not look for open tickets at Microsoft. If somebody may have filed one for this order, look in Partner Center first.',
    offer:
      'The offer’s own cancellation policy could not be read; the window and the refund are those of Microsoft’s general policy.',
  } satisfies Record<Unread, string>,
  about: (customer: string, item: string) => `${customer} · ${item}`,
  summary: (order: string, customer: string, back: Money | undefined, days: number | undefined) =>
    [
      `Cancel order ${order} of ${customer}`,
      [...(back ? [`${money(back)} back`] : []), ...(days === undefined ? [] : [left(days)])].join(', '),
    ]
      .filter(Boolean)
      .join(': '),
  badge: { left, closed: 'window closed', unknown: 'no window known' },
  daysUsed: (used: number, days: number) => `${used} of ${count(days, 'day')} used`,
  back: {
    full: (until: Date, zone: string) => `comes back: full refund, if cancelled until ${moment(until, zone)}`,
    prorated: (refund: Refund, until: Date, zone: string) =>
      `comes back today: ${formula(refund)}; it can be cancelled until ${moment(until, zone)}`,
    granted: (refund: Refund) => `comes back if Microsoft grants it: ${formula(refund)}`,
    unknown: 'was paid; what comes back, Microsoft decides',
  },
  key: (names: readonly string[]) =>
    `The key is revoked. ${
      names.length > 0 ? `It was looked at here by ${names.join('; ')}.` : 'Nobody here has looked at it.'
    } The customer must uninstall the software. This cannot be undone.`,
  cancelNow: (back: Money | undefined) => (back ? `Cancel now: ${money(back)} back` : 'Cancel now'),
  byTicket: 'By ticket …',
  remindMe: 'Remind me instead',
  reasons: {
    edition: 'Wrong edition or version',
    twice: 'Ordered twice',
    withdrew: 'Customer withdrew',
    quantity: 'Wrong quantity',
    other: 'Other – I explain below',
  } satisfies Record<StandardReason | 'other', string>,
  choose: 'Choose',
  moreHint: 'More for Microsoft, or the reason in your own words: 10 to 1000 characters',
  noReason:
    'That is no reason for a refund. Please choose one or write it in a few words, or press a button on the card.',
  changed: {
    amount: (was: Money | undefined, now: Money | undefined) =>
      `Nothing is cancelled yet: what comes back has changed${was && now ? ` from ${money(was)} to ${money(now)}` : ''} since this card was shown. Please check it and press again.`,
    window: 'Nothing is cancelled yet: the cancellation window has changed since this card was shown. Please check it.',
    notNow: 'Nothing is cancelled: it can no longer be cancelled at once. By ticket asks Microsoft for the refund.',
  },
  effects: 'When the cancellation completes, the key is revoked and the software must be uninstalled.',
  questions: {
    tenant: 'Which tenant is it? Its GUID or a domain name.',
    named: 'Which order or subscription?',
    reason: 'Why is it returned?',
    amount: 'Which amount is asked for?',
    amountNote: 'Why less than what was paid?',
    impact: 'How much does it affect the business?',
    title: 'A title for the ticket',
    contactName: 'Whom may Microsoft contact?',
    contactEmail: 'At which e-mail address?',
    contactPhone: 'At which telephone number?',
  },
  typeOrPress: 'Type the answer, or fill it in and press Next.',
  form: 'Refund ticket',
  formAbout: (order: string, customer: string, amount: Money | undefined) =>
    [order, customer, ...(amount ? [money(amount)] : [])].join(' · '),
  missing: (missing: number, filled: number) => {
    if (missing === 0) return 'Everything is filled in. Change what is not right, then review the ticket.';
    const rest = filled > 0 ? '; the rest is filled in' : '';
    return missing === 1 ? `One thing is missing${rest}.` : `${spellOut(missing)} things are missing${rest}.`;
  },
  filled: {
    title: 'Filled in for you',
    done: (done: number, all: number) => `${done} of ${all} done`,
    change: 'Change these',
    contact: 'Contact',
    all: (amount: string) => `${amount} (all that was paid)`,
  },
  reasonHint: '10 to 1000 characters',
  review: 'Please check the cancellation',
  willCancelNow: (isWholeOrder: boolean) =>
    `Submit cancels ${isWholeOrder ? 'the whole order' : 'this part of the order'} at Partner Center at once. This cannot be undone.`,
  willFile:
    'Submit files the ticket with the issue type "CSP purchase/refund on behalf of customers". Where Partner Center takes tickets in its portal only, you get the finished text to file it there.',
  submit: (name: CaseEnding) => (name === 'ticket' ? 'Submit: file the ticket' : 'Submit: cancel now'),
  mayNotSubmit:
    'You can prepare this cancellation; an admin agent submits it. Hand over leaves it for them: they find it under "drafts".',
  caseTitle: (reference: string, state: string) => `Cancellation ${reference}: ${state}`,
  stateGivenUp: 'given up',
  givenUp:
    'Nothing more is done about it here. A ticket that is open at Microsoft stays so, and may still cancel the order. Type "cancel" and the order number to begin anew.',
  stillToFile: (reference: string) =>
    `The ticket still has to be filed in Partner Center’s portal, by a person. An admin agent types "cases ${reference}" to get its text and the link, and to give the request number.`,
  caseText: {
    submitted: 'I am working on it. This card changes when something happens.',
    filing: 'The ticket is being filed. This card changes when it is.',
    filed: 'I watch the order and the ticket and tell you when the cancellation has completed.',
    cancelling: 'Partner Center has taken the cancellation. I tell you when it has completed.',
    completed: 'What is named here is cancelled, and its key is revoked. The customer must uninstall that software.',
    refused: 'Nothing was cancelled. Type "cancel" and the order number to ask in another way.',
    needs_person:
      'It cannot go on by itself: read the note, and look at the order and the ticket in Partner Center. An admin agent types "cases" to go on from there.',
  } satisfies Record<CaseState, string>,
  notTakenYet:
    'Partner Center has not answered yet. I keep trying, also if this app is restarted, and tell you how it ends.',
  nobodySaw: 'nobody here, and nobody in Partner Center as far as its records tell',
  viewer: ({ name, keys, downloads, lastAt, isOutside }: KeyViewer, zone: string) => {
    const looks = [...(keys > 0 ? [`${keys} × key`] : []), ...(downloads > 0 ? [`${downloads} × download`] : [])];
    return `${name}${isOutside ? ' (at Partner Center)' : ''}: ${looks.join(', ')}, last on ${local(lastAt, zone)}`;
  },
  handOver: {
    title: 'The ticket is ready to be filed in Partner Center',
    text: 'Partner Center takes new tickets in its portal only. Open the form, choose the issue type, copy the parts, add files if there are any, submit, and enter the request number here: I follow it from then on. "cases" brings this back.',
    refused: (said: readonly Said[]) => `Nothing has been cancelled yet. Partner Center refused. ${explainSaid(said)}`,
    closes: (at: Date, zone: string) =>
      `The cancellation window closes on ${moment(at, zone)}: the ticket should be filed before that.`,
    closed: (at: Date, zone: string) =>
      `The cancellation window closed on ${moment(at, zone)}: Microsoft may refuse a ticket that is filed now.`,
    issueType: 'Issue type',
    description: 'Description',
    contact: 'Contact',
    ownContact: '(what is missing: your own)',
    portal: 'Open the form',
    portalUrl: 'https://partner.microsoft.com/dashboard/support/csp/servicerequests/create?category=csp',
    numberHint: 'The number that the portal showed after Submit',
  },
  problems: {
    tenant: (customer: string) => `That is not ${customer}. Give its tenant GUID or one of its domain names.`,
    named: (order: string) => `That names another order. Give ${order}, or a subscription of it.`,
    reason: 'Please give a reason of 10 to 1000 characters; Microsoft decides by it.',
    amount: (currency: string) => `Please give an amount in ${currency}, such as ${amount(moneyOf(1234.5, currency))}.`,
    amountZero: 'The amount must be more than nothing.',
    amountNote: 'Please say in a few words why less than what was paid is asked for.',
    impact: 'Please choose how much it affects the business.',
    title: 'Please give a title of 5 to 255 characters.',
    contactName: 'Please give a first and a last name.',
    contactEmail: 'Please give a complete e-mail address, such as anna@partner.example.',
    contactPhone: 'Please give a telephone number with its country code, such as +48 22 555 01 00.',
    requestNumber: 'That is not a request number: it has 1 to 10, 15 or 16 digits, or the form 1-1234567890123.',
  },
  amountNoteHint: 'only if less than what was paid is asked for',
  noMoney: (paid: Money) => `Not more than was paid: ${money(paid)}.`,
};
