import { createExplanations } from '../partner-center.ts';

/** What a refusal of Partner Center means, what to do, and what it said itself. */
export const { explainSaid, explainError, quoteSaid, withQuote, withReason } = createExplanations({
  meanings: {
    window: 'The cancellation window has passed; a ticket to Microsoft can still ask for the refund.',
    ticket: 'Partner Center does not cancel this order by itself; a ticket to Microsoft can still ask for the refund.',
    busy: 'Microsoft is still working on an earlier change of this. Wait, a day at most, and look again.',
    subscription:
      'This can be cancelled only as a subscription: do that in Partner Center, at the customer’s subscriptions.',
    relationship:
      'You have no reseller relationship with this customer: send them a relationship request in Partner Center.',
    account:
      'Microsoft has locked the customer’s account or is reviewing it: look at the customer in Partner Center, or try again later.',
    agreement: 'The customer’s acceptance of the Microsoft Customer Agreement must be confirmed first.',
    qualification:
      'The customer lacks a qualification that these prices need: apply for it in Partner Center, or choose commercial prices.',
    attestation: 'The attestation that Microsoft asks for is missing: order again, and confirm it.',
    stock: 'Microsoft does not have so much of it at the moment: order less, or try again later.',
    missing:
      'Partner Center does not find what this is about. What is new takes some minutes to show; otherwise look in Partner Center.',
    right: 'Our account at Partner Center lacks a right: please tell your administrator.',
    unknown: 'If the reason is not clear, ask Microsoft’s support in Partner Center.',
  },
  noReason: 'Partner Center gave no reason. Microsoft’s support in Partner Center can find it out.',
  quote: (text) => `Partner Center said: “${text}”.`,
});
