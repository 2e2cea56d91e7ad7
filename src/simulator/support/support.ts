/** Who answers tickets. */
export const AGENT = 'Microsoft Support (simulated)';

/** The portal's "issue type" for refunds. Its real topic id is not published; this one is invented. */
export const REFUND_TOPIC = { id: '32444690', name: 'CSP purchase/refund on behalf of customers' };

export const SUPPORT_TOPICS = [
  {
    id: 32444667,
    name: 'Partner Center Issues',
    description: 'Office 365 questions from the CSP (Cloud Solution Provider) partners using Partner Center',
  },
  {
    id: 32444671,
    name: 'Cannot manage my profile',
    description: 'Issues that are related to errors or problems with managing a profile',
  },
  {
    id: Number(REFUND_TOPIC.id),
    name: REFUND_TOPIC.name,
    description: 'Refunds and cancellations of purchases made for customers',
  },
];
