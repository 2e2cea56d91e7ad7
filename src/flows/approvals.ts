import { approvalCard, approvalsCard, maxReason } from '../cards/approval.ts';
import { clip } from '../cards/inputs.ts';
import { messageCard } from '../cards/message.ts';
import type { Approval } from '../domain/approvals/approval.ts';
import { decideApproval, type Verdict } from '../domain/approvals/decide-approval.ts';
import { Refusal } from '../domain/errors.ts';
import { languages } from '../domain/people/languages.ts';
import { fold } from '../words/commands.ts';
import { wordsFor } from '../words/index.ts';
import { explain, onOneLine } from '../words/words.ts';
import { type Card, done, type FirstTurn, flow } from './engine/flow.ts';

const listed = 50;
const named = /^(AP-[0-9A-Z]{6})(?:\s+(\S+))?(?:\s+(.*))?$/is;
const verdicts: readonly Verdict[] = ['claim', 'comment', 'approve', 'reject'];

/**
 *   bot     Approval AP-7K2M9Q: an order for 4,163.00 EUR   (in the channel of the approvers, or in their own chats)
 *   staff   Claim · Comment · Approve · Reject
 *   bot     (the same card, as it stands then)
 *
 *   staff   approvals                                       (or `approvals AP-7K2M9Q approve`)
 */
export const approvals = flow({
  name: 'approvals',
  right: 'approve',
  async begin(turn, args) {
    const [, reference, word = '', rest = ''] = args.match(named) ?? [];
    if (reference === undefined) return done(await list(turn));
    const verdict = verdictIn(word);
    return done(
      await (verdict ? decide(turn, reference.toUpperCase(), verdict, rest) : open(turn, reference.toUpperCase())),
    );
  },
  questions: {},
});

/** What a button says, or its title in any of the languages. */
function verdictIn(word: string): Verdict | undefined {
  const typed = fold(word);
  return verdicts.find(
    (one) => typed === one || languages.some((language) => fold(wordsFor(language).buttons[one]) === typed),
  );
}

/** Where others read along, what came of a private conversation is left out. */
async function list(turn: FirstTurn): Promise<Card> {
  const waiting = await turn.world.approvals.waiting(listed);
  return approvalsCard(
    turn.context,
    waiting.filter((one) => mayBeSeen(turn, one)),
    turn.page.from,
  );
}

function mayBeSeen({ place, isPrivate }: FirstTurn, approval: Approval): boolean {
  return place.kind === 'personal' || isPrivate || !approval.isPrivate;
}

async function open(turn: FirstTurn, reference: string): Promise<Card> {
  return show(turn, await approvalOf(turn, reference));
}

async function approvalOf({ world }: FirstTurn, reference: string): Promise<Approval> {
  const found = await world.approvals.get(reference);
  if (!found) throw new Refusal('approval-unknown', { reference });
  return found;
}

function show(turn: FirstTurn, approval: Approval, problem?: string): Card {
  const { context, words, entered } = turn;
  if (!mayBeSeen(turn, approval)) {
    const { title, elsewhere } = words.approvals;
    return messageCard(context, { title: title(approval.reference, approval.reviewed.kind), lines: [elsewhere] });
  }
  return approvalCard({ ...context, problem }, approval, { entered: problem && entered.comment });
}

/** What is wrong with it is said on the card as it stands. */
async function decide(turn: FirstTurn, reference: string, verdict: Verdict, rest: string): Promise<Card> {
  const { world, who, words, entered } = turn;
  const text = clip((rest || entered.comment || '').trim(), maxReason);
  try {
    return show(turn, await decideApproval(world, who, reference, { verdict, ...(text && { text }) }));
  } catch (error) {
    if (!(error instanceof Refusal) || !isToldOnCard(error)) throw error;
    return show(turn, await approvalOf(turn, reference), onOneLine(explain(words, error)));
  }
}

/** Whose approval it is, and who may, is for the audit log too. */
function isToldOnCard({ code }: Refusal): boolean {
  return code === 'approval-over' || code === 'approval-claimed' || code === 'reason-missing';
}
