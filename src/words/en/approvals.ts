import type { ApprovalStep, ApprovalStepKind, Reviewed } from '../../domain/approvals/approval.ts';
import type { Decision } from '../../domain/audit/audit.ts';
import { ending } from './cancel.ts';
import { moment, money } from './common.ts';
import { approvalStates } from './refusals.ts';

const kinds: Record<Reviewed['kind'], string> = {
  order: 'order',
  cancellation: 'cancellation',
  reveals: 'keys and downloads',
};

const amountNotes: Record<Reviewed['kind'], string> = {
  order: 'net, at the prices below',
  cancellation: 'comes back',
  reveals: '',
};

const explained: Record<Reviewed['kind'], string> = {
  order:
    'This order is placed only if a second admin agent approves it. Exactly this is approved, once: another quantity or price needs a new approval.',
  cancellation:
    'This cancellation is begun only if a second admin agent approves it. Exactly this is approved, once: another amount or reason needs a new approval.',
  reveals:
    'This person has seen as many keys and downloads within the hour as the policy allows. Approved, they can see that many more.',
};

const steps: Record<ApprovalStepKind, string> = {
  asked: 'asked for',
  claimed: 'claimed',
  commented: 'commented',
  approved: 'approved',
  rejected: 'rejected',
  reminded: 'nobody had decided: everybody was reminded',
  expired: 'expired',
  withdrawn: 'withdrawn, because it was changed or discarded',
  used: 'used',
};

const toldOf: Record<ApprovalStepKind, (by: string, title: string) => string> = {
  asked: (_by, title) => `Asked for: ${title}`,
  claimed: (by, title) => `${by} looks at it: ${title}`,
  commented: (by, title) => `${by} has a comment. ${title}`,
  approved: (by, title) => `Approved by ${by}. ${title}`,
  rejected: (by, title) => `Rejected by ${by}. ${title}`,
  reminded: (_by, title) => `Nobody has decided yet, so the approvers were reminded. ${title}`,
  expired: (_by, title) => `Not decided in time. ${title}`,
  withdrawn: (_by, title) => `Withdrawn: ${title}`,
  used: (_by, title) => `Used: ${title}`,
};

const nowUse: Record<Reviewed['kind'], (until: string) => string> = {
  order: (until) =>
    `Nothing is ordered yet: open it and press Confirm before ${until}. The price is checked once more.`,
  cancellation: (until) => `Nothing is cancelled yet: open it and submit it before ${until}.`,
  reveals: (until) => `You can go on before ${until}: open it and ask for the key once more.`,
};

export const approvals = {
  list: 'Approvals',
  none: 'Nothing waits for approval.',
  title: (reference: string, of: Reviewed['kind']) => `Approval ${reference}: ${kinds[of]}`,
  again: (title: string) => `Still waiting: ${title}`,
  amountNote: (of: Reviewed['kind']) => amountNotes[of],
  what: (of: Reviewed['kind']) => explained[of],
  ending,
  states: approvalStates,
  claimed: 'claimed',
  claimedBy: (name: string) => `${name} looks at it.`,
  unclaimed: 'Nobody has claimed it yet.',
  until: (at: Date, zone: string) => `It waits until ${moment(at, zone)}.`,
  facts: {
    requester: 'Asked for by',
    customer: 'Customer',
    preparer: 'Prepared by',
    order: 'Order',
    item: 'Item',
    reason: 'Reason',
    ending: 'How',
    most: 'How many more',
  },
  story: ({ step, at, by, text }: ApprovalStep, zone: string) =>
    `${moment(new Date(at), zone)}: ${steps[step]}${by ? ` (${by.name})` : ''}${text ? `: ${text}` : ''}`,
  told: ({ step, by }: ApprovalStep, title: string) => toldOf[step](by?.name ?? '', title),
  said: (text: string) => `"${text}"`,
  nowUse: (of: Reviewed['kind'], at: Date, zone: string) => nowUse[of](moment(at, zone)),
  nothingDone: 'Nothing was done.',
  untold: (title: string) => `Nobody could be told: ${title}`,
  untoldText: 'I could not reach any other admin agent. Please tell one of them that it waits under "approvals".',
  elsewhere: 'It comes from a private conversation, so it is shown in the personal chat with me only.',
  /** In the audit log. */
  tell: ({ reference, step, about }: Extract<Decision, { kind: 'approval' }>) =>
    `Approval ${reference} (${kinds[about.of]}, ${about.customer}${about.amount ? `, ${money(about.amount)}` : ''}, asked for by ${about.requester}): ${steps[step]}`,
};
