import { local } from './common.ts';

/** The card of a case: how it stands, its way so far, and what the customer is to be told. */
export const caseCard = {
  title: (reference: string) => `Cancellation ${reference}`,
  summary: (reference: string, customer: string, state: string) =>
    `Cancellation ${reference} for ${customer}: ${state}`,
  asked: (item: string) => `asked back for ${item}`,
  back: (item: string) => `comes back for ${item}`,
  credited: (item: string) => `was asked back for ${item}; the next invoice shows what Microsoft credits`,
  steps: {
    submitted: (by: string) => `Submitted by ${by}`,
    cancelling: 'Cancellation asked for at Partner Center',
    filing: 'The ticket is being filed',
    filed: (ticketId: string | undefined) => (ticketId ? `Ticket ${ticketId} filed` : 'Ticket filed'),
    decides: 'Microsoft decides',
    'needs-person': (isNow: boolean) => (isNow ? 'Waits for a person' : 'Waited for a person'),
    completed: (isWholeOrder: boolean) =>
      isWholeOrder ? 'Order cancelled, key revoked' : 'This part cancelled, its key revoked',
    refused: 'Refused: nothing was cancelled',
    givenUp: (by: string) => `Given up by ${by}`,
    at: local,
    since: (at: Date, zone: string) => `since ${local(at, zone)}`,
    now: 'now',
    ahead: 'still to come',
  },
  forCustomer: {
    title: 'Text for the customer',
    hint: 'Copy it into a message to the customer and change what you like. It holds no key and no price: what Microsoft credits is between you and Microsoft.',
    text: ({ item, order, isWholeOrder }: { item: string; order: string; isWholeOrder: boolean }) => [
      'Hello,',
      isWholeOrder
        ? `as you wished, your order ${order} has been cancelled at Microsoft: ${item}.`
        : `as you wished, this part of your order ${order} has been cancelled at Microsoft: ${item}.`,
      'Its product keys are no longer valid. Please stop using this software and uninstall it.',
      'If you have any questions, just reply to this message.',
    ],
  },
};
