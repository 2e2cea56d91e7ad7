import { type Case, isGivenUp } from '../domain/cancellations/case.ts';
import type { CaseStory } from '../domain/cancellations/case-steps.ts';
import { viewersIn } from '../domain/keys/key-reveals.ts';
import type { CaseNotice } from '../domain/notices/notice.ts';
import type { Words } from '../words/words.ts';
import { commandButton } from './buttons.ts';
import type { Card } from './card.ts';
import { closingLines } from './case.ts';
import { caseModel, customerTextButton, linesOf, seenByFact } from './case-status.ts';
import { clip } from './inputs.ts';
import { type CardContext, draw, type Fact } from './render.ts';

interface Told {
  readonly kind: CaseNotice['kind'];
  readonly story: CaseStory;
  readonly now: Date;
}

/** What happened to a case, told once: with its facts, also where only one line of it is shown, and with what comes next. */
export function caseNoticeCard(context: CardContext, found: Case, { kind, story, now }: Told): Card {
  const { words } = context;
  const { reference, content } = found;
  const { title, lines } = newsOf(context, found, kind, now);
  const isCompleted = kind === 'case-completed';
  const open = commandButton(context, `cases ${reference}`, {
    title: words.cases.open(reference),
    style: kind === 'case-needs-person' ? 'positive' : 'default',
  });
  return draw(context, {
    ...caseModel(context, found, story),
    icon: isCompleted ? 'CheckmarkCircle' : 'History',
    title,
    steps: [],
    lines,
    facts: [...factsOf(words, found), ...(isCompleted ? [seenByFact(context, viewersIn(story.keyReveals))] : [])],
    notes: [words.notices.why],
    buttons: [...(isCompleted ? [customerTextButton(context, found)] : []), open],
    summary: [title, content.customerName, clip(content.item, 100), words.money(content.amount)].join(' · '),
  });
}

function newsOf(
  context: CardContext,
  found: Case,
  kind: CaseNotice['kind'],
  now: Date,
): { readonly title: string; readonly lines: readonly string[] } {
  const { words } = context;
  const { reference, content, reason } = found;
  const { completed, givenUp, refused, needsPerson, completedText } = words.notices;
  const { orderNumber } = content;
  switch (kind) {
    case 'case-completed':
      return { title: completed(reference, orderNumber), lines: [completedText] };
    case 'case-refused':
      return isGivenUp(found)
        ? { title: givenUp(reference, orderNumber), lines: linesOf(words, found) }
        : { title: refused(reference, orderNumber), lines: reason ? [words.caseReason(reason)] : [] };
    case 'case-needs-person':
      return {
        title: needsPerson(reference, orderNumber),
        lines: [...linesOf(words, found), ...closingLines(context, found, now)],
      };
  }
}

function factsOf(words: Words, { ending, ticketId, requesterName }: Case): Fact[] {
  const { facts } = words.cancel;
  return [
    { title: facts.by, value: requesterName },
    { title: facts.ending, value: words.ending(ending) },
    ...(ticketId ? [{ title: facts.ticket, value: ticketId }] : []),
  ];
}
