import { type Approval, type ApprovalStep, amountOf, customerOf, type Reviewed } from '../domain/approvals/approval.ts';
import { linesOf } from '../domain/orders/submission.ts';
import type { Words } from '../words/words.ts';
import { commandButton } from './buttons.ts';
import type { Badge, Button, Card, Fact, Row } from './card.ts';
import { clip, textInput } from './inputs.ts';
import { messageCard } from './message.ts';
import { drawPage } from './pages.ts';
import { type CardContext, draw } from './render.ts';

/** What is typed to see those that wait; the words of the buttons behind it are understood in every language. */
const command = 'approvals';

/** So long a comment or a reason may be. */
export const maxReason = 500;

/** As many of its steps as are told on the card. */
const shownSteps = 8;

interface Asking {
  /** It has been asked before. */
  readonly isReminder?: boolean;
  /** What was filled in, to be corrected. */
  readonly entered?: string;
}

/** What is to be approved, with what a second admin agent can do about it; decided, with what was decided. */
export function approvalCard(shown: CardContext, approval: Approval, { isReminder, entered }: Asking = {}): Card {
  const context: CardContext = { ...shown, draft: undefined };
  const { words, timeZone } = context;
  const { approvals, buttons, money } = words;
  const { reference, reviewed, state, requester, steps, claim, expiresAt } = approval;
  const amount = amountOf(reviewed);
  const title = approvals.title(reference, reviewed.kind);
  const isOpen = state === 'waiting';
  const act = (verb: 'claim' | 'comment' | 'approve' | 'reject', style?: Button['style']): Button =>
    commandButton(context, `${command} ${reference} ${verb}`, {
      title: buttons[verb],
      isInPlace: true,
      withInputs: true,
      ...(style && { style }),
    });
  return draw(context, {
    title: isReminder && isOpen ? approvals.again(title) : title,
    about: [customerOf(reviewed).customerName, ...(amount ? [money(amount)] : [])].join(' · '),
    badge: badgeOf(words, approval),
    ...(amount && { amount: { text: money(amount), note: approvals.amountNote(reviewed.kind) } }),
    lines: isOpen
      ? [
          approvals.what(reviewed.kind),
          claim ? approvals.claimedBy(claim.name) : approvals.unclaimed,
          approvals.until(expiresAt, timeZone),
        ]
      : [],
    facts: [{ title: approvals.facts.requester, value: requester.name }, ...factsOf(words, reviewed)],
    items: rowsOf(words, reviewed),
    notes: steps.slice(-shownSteps).map((one) => approvals.story(one, timeZone)),
    inputs: isOpen
      ? [textInput(words, 'comment', { optional: true, multiline: true, maxLength: maxReason, value: entered })]
      : [],
    buttons: isOpen
      ? [act('approve', 'positive'), act('reject', 'destructive'), ...(claim ? [] : [act('claim')]), act('comment')]
      : [],
  });
}

function badgeOf(words: Words, { state, claim }: Pick<Approval, 'state' | 'claim'>): Badge {
  const text = words.approvals.states[state];
  if (state === 'waiting') return { text: claim ? words.approvals.claimed : text, style: claim ? 'accent' : 'warning' };
  if (state === 'approved' || state === 'used') return { text, style: 'good', icon: 'CheckmarkCircle' };
  return { text, style: state === 'rejected' ? 'attention' : 'subtle', icon: 'DismissCircle' };
}

function factsOf(words: Words, reviewed: Reviewed): Fact[] {
  const { facts } = words.approvals;
  const customer = { title: facts.customer, value: customerOf(reviewed).customerName };
  switch (reviewed.kind) {
    case 'order': {
      const { preparer } = reviewed.content;
      return [customer, ...(preparer ? [{ title: facts.preparer, value: preparer.name }] : [])];
    }
    case 'cancellation': {
      const { orderNumber, item, reason } = reviewed.content;
      return [
        customer,
        { title: facts.order, value: orderNumber },
        { title: facts.item, value: item },
        { title: facts.reason, value: reason },
        { title: facts.ending, value: words.approvals.ending(reviewed.ending) },
      ];
    }
    case 'reveals':
      return [
        customer,
        { title: facts.order, value: reviewed.orderNumber },
        { title: facts.item, value: reviewed.item },
        { title: facts.most, value: words.number(reviewed.most) },
      ];
  }
}

/** Each line at the price that is approved. */
function rowsOf(words: Words, reviewed: Reviewed): Row[] {
  if (reviewed.kind !== 'order') return [];
  return linesOf(reviewed.content).map(({ item, itemTitle, unitPrice }) => ({
    heading: words.purchase.line(item.quantity, itemTitle),
    details: [
      [
        words.money(unitPrice),
        words.segment(item.segment),
        words.term(item.termDuration),
        words.billing(item.billingCycle),
      ].join(' · '),
    ],
  }));
}

/** What has become of it, for whoever asked. Approved, the way back to where it can be used now. */
export function approvalStepCard(
  context: CardContext,
  approval: Approval,
  step: ApprovalStep | undefined,
): Card | undefined {
  if (!step) return undefined;
  const { words, timeZone } = context;
  const { reference, reviewed, draftId, expiresAt } = approval;
  const { approvals } = words;
  const isUsable = step.step === 'approved' && approval.state === 'approved';
  return messageCard(context, {
    title: approvals.told(step, approvals.title(reference, reviewed.kind)),
    about: customerOf(reviewed).customerName,
    lines: [
      ...(step.text ? [approvals.said(step.text)] : []),
      ...(isUsable ? [approvals.nowUse(reviewed.kind, expiresAt, timeZone)] : []),
      ...(step.step === 'rejected' ? [approvals.nothingDone] : []),
    ],
    buttons: isUsable
      ? [commandButton(context, `drafts ${draftId}`, { title: words.buttons.open, style: 'positive' })]
      : [],
  });
}

/** None of the approvers could be told. */
export function untoldCard(context: CardContext, { reference, reviewed }: Approval): Card {
  const { approvals } = context.words;
  return messageCard(context, {
    title: approvals.untold(approvals.title(reference, reviewed.kind)),
    lines: [approvals.untoldText],
  });
}

/** Those that wait, the oldest first; each opens one. */
export function approvalsCard(shown: CardContext, waiting: readonly Approval[], from: number): Card {
  const context = { ...shown, draft: undefined };
  const { words, timeZone } = context;
  const { approvals, money } = words;
  if (waiting.length === 0) return messageCard(context, { title: approvals.list, lines: [approvals.none] });
  const rows = waiting.map((approval): Row => {
    const { reference, reviewed, requester, createdAt } = approval;
    const amount = amountOf(reviewed);
    const { customerName } = customerOf(reviewed);
    const title = approvals.title(reference, reviewed.kind);
    return {
      heading: [clip(customerName, 80), ...(amount ? [money(amount)] : [])].join(' · '),
      details: [title, [requester.name, words.moment(createdAt, timeZone)].join(' · ')],
      badge: badgeOf(words, approval),
      action: commandButton(context, `${command} ${reference}`, { title: words.buttons.open }),
    };
  });
  return drawPage(context, { title: approvals.list, icon: 'Person' }, { command, rows, from });
}
