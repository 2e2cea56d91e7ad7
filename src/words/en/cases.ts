import type { CaseState } from '../../domain/cancellations/case.ts';
import { count, moment } from './common.ts';

export const cases = {
  following: {
    yes: 'You will be told in our own chat what becomes of it.',
    no: 'You will not be told what becomes of it.',
    told: 'You submitted or prepared it, and are told what becomes of it anyway.',
    over: 'It has ended: there is nothing more to tell.',
  },
  title: 'Cancellation cases',
  count: (open: number, waiting: number) =>
    [`${open} open`, ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'needs' : 'need'} somebody`] : [])].join(' · '),
  newest: (most: number) =>
    `The newest ${most}, and the newest that need somebody. For others type "cases" and the customer’s name.`,
  summary: (title: string, open: number, waiting: number) =>
    `${title}: ${open} open${waiting > 0 ? `, ${waiting} ${waiting === 1 ? 'needs' : 'need'} somebody` : ''}`,
  open: (reference: string) => `Open: ${reference}`,
  of: (customer: string) => `Cancellation cases of ${customer}`,
  noneOf: (customer: string) =>
    `${customer} has no cancellation cases. Type "cancel" and an order number to begin one.`,
  severalCustomers: (text: string) =>
    `Several customers match "${text}". These are the cases of some of them; type "cases" and more of the name.`,
  none: 'There are no cancellation cases. Type "cancel" and an order number to begin one.',
  changed: 'The case has gone on since this card was drawn, so I did nothing. Please look at it as it stands now.',
  unknown: (reference: string) => `There is no case "${reference}". These are the newest ones.`,
  heading: (reference: string) => `Case ${reference}`,
  follow: 'Next: follow this number',
  fileAgain: 'File the ticket: once more',
  giveUp: 'Give up: this case',
  confirmAction: {
    now: (reference: string) => `Cancel now? ${reference}`,
    nowText: ({ isWholeOrder, order, customer }: { isWholeOrder: boolean; order: string; customer: string }) =>
      `Cancel now cancels ${isWholeOrder ? `the whole order ${order}` : `this part of order ${order}`} of ${customer} at Partner Center at once. This cannot be undone.`,
    nowButton: 'Cancel now: for good',
    unread: 'What it brings back could not be read now.',
    giveUp: (reference: string) => `Give up ${reference}?`,
    giveUpText: (order: string) =>
      `Give up closes this case: order ${order} is not cancelled by it, and nothing more is done here. Everybody who was told of the case is told. A new cancellation can be begun while the window is open.`,
  },
  whatToDo: (state: CaseState) =>
    state === 'needs_person'
      ? 'Follow another request number, file the ticket again, or give the case up: then nothing more is done, and a new one can be begun.'
      : 'If the request number is wrong, give the right one.',
  opened: (at: Date, zone: string) => `since ${moment(at, zone)}`,
};

export const drafts = {
  title: 'Drafts',
  none: 'You have no drafts.',
  count: (drafts: number) => count(drafts, 'draft'),
  waiting: 'waits for somebody',
  changed: (at: Date, zone: string) => `last changed ${moment(at, zone)}`,
  handedOver: (name: string) => `handed over by ${name}`,
  mine: 'yours',
};

export const notices = {
  digest: (n: number) => `${count(n, 'piece')} of news about cancellations and orders`,
  digestText: 'Many came within a minute, so they are told together. Each is opened by its row.',
  completed: (reference: string, order: string) => `Cancellation ${reference} has completed: order ${order}`,
  completedText:
    'What is named here is cancelled, and its key is revoked. The customer must stop using that software and uninstall it. The credit appears on the next invoice.',
  refused: (reference: string, order: string) =>
    `Cancellation ${reference} was refused: order ${order} is NOT cancelled`,
  givenUp: (reference: string, order: string) => `Cancellation ${reference} was given up: order ${order}`,
  needsPerson: (reference: string, order: string) => `Cancellation ${reference} needs you: order ${order}`,
  closing: (order: string, until: Date, zone: string) =>
    `Order ${order} can be cancelled only until ${moment(until, zone)}`,
  stillDraft: (owner: string) => `The cancellation that ${owner} began is still a draft: nothing has been submitted.`,
  stillHandOver: (reference: string) =>
    `The ticket of ${reference} has not been filed: Microsoft knows nothing of it yet.`,
  again: 'Sent again: it is not certain that the first message arrived.',
  againSummary: (summary: string) => `Again: ${summary}`,
  discarded: (by: string, title: string) => `${by} has discarded: ${title}`,
  discardedText: 'You prepared it, and it was handed over. Nothing was ordered, cancelled or sent.',
  why: 'You get this because you asked for it, or because the conversation began here.',
};

export const reminders = {
  /** Asks before it does anything. */
  cancel: 'Cancel …',
  set: (order: string) => `Reminder set for order ${order}`,
  setText: (until: Date, zone: string) => `I will remind you here before the window closes on ${moment(until, zone)}.`,
  comesBack: 'comes back if it is cancelled now',
  kept: (by: string, order: string, customer: string) => `${by} keeps order ${order} of ${customer}`,
  noMore: 'No more reminders come of it.',
  lastDay: (by: string, order: string, customer: string) =>
    `${by} is reminded once more of order ${order} of ${customer}, on the last day`,
  lastAt: (at: Date, zone: string) => `The last reminder comes on ${moment(at, zone)}.`,
  stillUntil: (until: Date, zone: string) => `It can still be cancelled until ${moment(until, zone)}.`,
  again: (order: string) => `Type "remind ${order}" for all reminders.`,
  notYours: (order: string) =>
    `Only whoever is reminded can end a reminder. Type "remind ${order}" for one of your own.`,
  notSet: (order: string) => `No reminder set for order ${order}`,
  noWindow: (order: string) =>
    `I know of no cancellation window of this order, so there is no moment to remind you of. Type "cancel ${order}" to ask Microsoft for a refund all the same.`,
};
