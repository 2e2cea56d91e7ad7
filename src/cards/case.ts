import { type Case, isClosed } from '../domain/case.ts';
import type { Exposure } from '../domain/notice.ts';
import { ticketContent } from '../domain/ticket-text.ts';
import type { Words } from '../words/words.ts';
import { button, openButton } from './buttons.ts';
import type { Card } from './card.ts';
import { draw, type Fact, type Pen } from './draw.ts';
import { choiceInput, textInput } from './inputs.ts';
import { messageCard } from './message.ts';

/** Who looked at keys or downloads of the order, each named once. */
export function seenBy(words: Words, exposures: readonly Exposure[]): string {
  const names = [...new Set(exposures.map((exposure) => exposure.personName))];
  return names.length > 0 ? words.cancel.seen(names) : words.cancel.nobodySaw;
}

export function caseFacts(words: Words, found: Case, exposures: readonly Exposure[]): Fact[] {
  const { facts } = words.cancel;
  const { content } = found;
  return [
    { title: facts.case, value: found.reference },
    { title: facts.state, value: words.caseState(found.state) },
    { title: facts.customer, value: content.customerName },
    { title: facts.order, value: content.orderNumber },
    { title: facts.item, value: content.item },
    { title: facts.amount, value: words.money(content.amount) },
    { title: facts.ending, value: words.ending(found.ending) },
    ...(found.ticketId ? [{ title: facts.ticket, value: found.ticketId }] : []),
    { title: facts.by, value: found.requesterName },
    ...(found.state === 'completed' ? [{ title: facts.seenBy, value: seenBy(words, exposures) }] : []),
  ];
}

/** Where a case stands. It has no buttons: the bot edits it when something happens. */
export function caseCard(pen: Pen, found: Case, exposures: readonly Exposure[]): Card {
  const { words } = pen;
  const isExplained = found.note && (found.state === 'refused' || found.state === 'needs_person');
  return messageCard(
    { ...pen, draft: undefined, problem: undefined },
    {
      title: words.cancel.caseTitle(found.reference, found.state),
      lines: [
        isTaken(found) ? words.cancel.caseText[found.state] : words.cancel.notTakenYet,
        ...(isExplained && found.note && found.note !== 'hand-over' ? [found.note] : []),
      ],
      facts: caseFacts(words, found, exposures),
      notes: isClosed(found.state) ? [] : [words.notices.why],
    },
  );
}

/** Until Partner Center has confirmed, nothing is said to be taken (reference §6.2). */
function isTaken({ state, note }: Case): boolean {
  return state !== 'cancelling' || note === 'accepted';
}

/** The finished ticket in parts that can be copied, the link to the form, and a field for the number it gives. */
export function handOverCard(pen: Pen, found: Case): Card {
  const { words } = pen;
  const { handOver } = words.cancel;
  const ticket = ticketContent(found);
  const { inputs } = words;
  return draw('hand-over', pen, {
    title: handOver.title,
    subtitle: `${found.reference} · ${found.content.customerName}`,
    lines: [handOver.text],
    parts: [
      { label: handOver.issueType, lines: [ticket.topic] },
      { label: inputs.impact, lines: [words.impact(ticket.impact)] },
      { label: inputs.title, lines: [ticket.title] },
      { label: handOver.description, lines: ticket.description.split('\n').filter((line) => line !== '') },
      { label: handOver.contact, lines: [ticket.contact.name, ticket.contact.email, ticket.contact.phone] },
    ],
    inputs: [textInput(words, 'requestNumber', { placeholder: handOver.numberHint, maxLength: 20 })],
    buttons: [
      openButton(handOver.portal, handOver.portalUrl),
      button(pen, 'next', { withInputs: true, style: 'positive' }),
      button(pen, 'later'),
    ],
  });
}

/** A service request's number in one of the forms Partner Center uses (reference §7). */
export function readRequestNumber(answer: {
  values: Readonly<Record<string, string>>;
  text?: string;
}): string | undefined {
  const typed = (answer.values.requestNumber ?? answer.text ?? '').replace(/[\s#]/g, '');
  return /^([0-9]{10}|[0-9]{15}|[0-9]{1,9}|[0-9]{16}|[0-9]-[0-9]{13})$/.test(typed) ? typed : undefined;
}

/** The newest cases; one can be opened. */
export function casesCard(pen: Pen, cases: readonly Case[]): Card {
  const { words, timeZone } = pen;
  if (cases.length === 0)
    return messageCard({ ...pen, draft: undefined }, { title: words.cases.title, lines: [words.cases.none] });
  return draw('list', pen, {
    title: words.cases.title,
    lines: [words.cases.show],
    items: cases.slice(0, 10).map((found) => ({
      heading: `${found.reference}: ${words.caseState(found.state)}`,
      details: [
        `${found.content.customerName} · ${words.software.orderNumber(found.content.orderNumber)} · ${words.money(found.content.amount)}`,
        `${found.requesterName} · ${words.cases.opened(found.createdAt, timeZone)}`,
      ],
    })),
    inputs: [choiceInput(words, 'case', caseChoices(words, cases), { value: cases[0]?.reference })],
    buttons: [button(pen, 'next', { withInputs: true, style: 'positive' })],
  });
}

export function caseChoices(words: Words, cases: readonly Case[]): { title: string; value: string }[] {
  return cases.map((found) => ({
    title: `${found.reference} · ${found.content.customerName} · ${found.content.orderNumber} · ${words.caseState(found.state)}`,
    value: found.reference,
  }));
}
