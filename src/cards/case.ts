import { type Case, type CaseEnding, closingOf, isHandOver } from '../domain/cancellations/case.ts';
import type { CaseStory } from '../domain/cancellations/case-steps.ts';
import type { Eligibility } from '../domain/cancellations/eligibility.ts';
import type { TicketFile } from '../domain/cancellations/ticket-file.ts';
import { ticketContent } from '../domain/cancellations/ticket-text.ts';
import type { TicketContent } from '../domain/cancellations/tickets.ts';
import type { Words } from '../words/words.ts';
import { button, openButton } from './buttons.ts';
import { eligibilityFacts } from './cancel.ts';
import type { Button, Card } from './card.ts';
import { caseModel, refusedLines } from './case-status.ts';
import { stateOf } from './cases.ts';
import { filesFact } from './files.ts';
import { type Input, textInput } from './inputs.ts';
import { type CardContext, draw, type Fact } from './render.ts';

/** What the question before something is done says of the case. */
function caseFacts(words: Words, found: Case): Fact[] {
  const { facts } = words.cancel;
  const { content } = found;
  return [
    { title: facts.case, value: found.reference },
    { title: facts.state, value: stateOf(words, found) },
    { title: facts.customer, value: content.customerName },
    { title: facts.order, value: content.orderNumber },
    { title: facts.item, value: content.item },
    { title: facts.amount, value: words.money(content.amount) },
    { title: facts.ending, value: words.ending(found.ending) },
    ...(found.ticketId ? [{ title: facts.ticket, value: found.ticketId }] : []),
    { title: facts.by, value: found.requesterName },
  ];
}

/** The order and whose it is, and what was asked for. */
function aboutOf({ cancel }: Words, { content }: Case): string {
  return cancel.formAbout(content.orderNumber, content.customerName, content.amount);
}

/** Until when the ticket should be filed, where that is left to a person. */
export function closingLines({ words, timeZone }: CardContext, found: Case, now: Date): string[] {
  const closesAt = closingOf(found);
  if (!isHandOver(found) || !closesAt) return [];
  const { closes, closed } = words.cancel.handOver;
  return [(closesAt > now ? closes : closed)(closesAt, timeZone)];
}

interface Doable {
  readonly files?: CaseFiles;
  /** How the order can still be cancelled. */
  readonly endings: readonly CaseEnding[];
  readonly number?: string;
}

/** The files of a case, and whether they can be named and had here. */
export interface CaseFiles {
  readonly files: readonly TicketFile[];
  /** One person alone reads it. */
  readonly isForOne: boolean;
  /** It stands in the chat in which the bot gives files. */
  readonly isInOwnChat: boolean;
}

/** The finished ticket in parts that can be copied, the link to the form, and a field for the number it gives. */
export function handOverCard(
  context: CardContext,
  found: Case,
  { endings, number, now, files: ofCase }: Doable & { now: Date },
): Card {
  const { words } = context;
  const { handOver } = words.cancel;
  const { files = [], isForOne = false } = ofCase ?? {};
  const names = files.map(({ name }) => name);
  const ticket = ticketContent(found, isForOne ? names : []);
  const { inputs } = words;
  return draw(context, {
    title: handOver.title,
    subtitle: `${found.reference} · ${found.content.customerName}`,
    about: `${found.reference} · ${found.content.customerName}`,
    lines: [
      ...refusedLines(words, found),
      `${handOver.text} ${words.common.portalMfa}`,
      ...closingLines(context, found, now),
    ],
    parts: [
      { label: handOver.issueType, lines: [ticket.topic] },
      { label: inputs.impact, lines: [words.impact(ticket.impact)] },
      { label: inputs.title, lines: [ticket.title] },
      { label: handOver.description, lines: ticket.description.split('\n').filter((line) => line !== '') },
      { label: handOver.contact, lines: contactLines(words, ticket.contact) },
      ...filesFact(words, files, isForOne).map(({ title: label, value }) => ({
        label,
        lines: [value, words.files.toAdd],
      })),
    ],
    inputs: [numberInputOf(words, number)],
    buttons: [
      { ...openButton(handOver.portal, handOver.portalUrl), style: 'positive' },
      followButton(context),
      ...filesButton(context, ofCase),
      ...(endings.includes('cancel-now') ? [button(context, 'cancelNow', { style: 'destructive' })] : []),
      button(context, 'giveUp', { title: words.cases.giveUp }),
    ],
  });
}

function contactLines(words: Words, { name, email, phone }: TicketContent['contact']): string[] {
  return email && phone ? [name, email, phone] : [name, email, phone, words.cancel.handOver.ownContact].filter(Boolean);
}

/** The card of a case that needs somebody, or follows a ticket whose number may be wrong, with what can be done about it. */
export function openCaseCard(
  context: CardContext,
  found: Case,
  { endings, number, story, files }: Doable & { readonly story: CaseStory },
): Card {
  const { words } = context;
  const canEnd = found.state === 'needs_person';
  const model = caseModel(context, found, story);
  const lines = canEnd && found.reason ? [words.caseReason(found.reason)] : (model.lines ?? []);
  const refused = files?.files.filter(({ isRefused }) => isRefused).length ?? 0;
  return draw(context, {
    ...model,
    lines: [...lines, ...(refused > 0 ? [words.files.notAttached(refused)] : [])],
    facts: [...(model.facts ?? []), ...filesFact(words, files?.files ?? [], files?.isForOne ?? false)],
    inputs: [numberInputOf(words, number)],
    notes: [words.cases.whatToDo(found.state)],
    buttons: [
      followButton(context),
      ...filesButton(context, files),
      ...(endings.includes('ticket') ? [button(context, 'fileTicket', { title: words.cases.fileAgain })] : []),
      ...(endings.includes('cancel-now') ? [button(context, 'cancelNow', { style: 'destructive' })] : []),
      ...(canEnd ? [button(context, 'giveUp', { title: words.cases.giveUp })] : []),
    ],
  });
}

interface ActionToConfirm {
  readonly what: 'cancelNow' | 'giveUp';
  /** What cancelling would mean, where that can be told now. */
  readonly eligibility?: Eligibility;
  readonly now: Date;
}

/** What the button that was pressed would do, before it does it. */
export function confirmActionCard(
  context: CardContext,
  found: Case,
  { what, eligibility, now }: ActionToConfirm,
): Card {
  const { words } = context;
  const { confirmAction } = words.cases;
  const { reference, content } = found;
  const isNow = what === 'cancelNow';
  return draw(context, {
    title: isNow ? confirmAction.now(reference) : confirmAction.giveUp(reference),
    about: aboutOf(words, found),
    facts: eligibility ? eligibilityFacts(context, eligibility, now) : caseFacts(words, found),
    lines: [
      ...(isNow && !eligibility ? [confirmAction.unread] : []),
      isNow
        ? confirmAction.nowText({
            isWholeOrder: content.wholeOrder,
            order: content.orderNumber,
            customer: content.customerName,
          })
        : confirmAction.giveUpText(content.orderNumber),
    ],
    notes: isNow ? [words.cancel.effects] : [],
    buttons: [
      button(context, what, { style: 'destructive', title: isNow ? confirmAction.nowButton : words.cases.giveUp }),
      ...(context.draft?.canGoBack ? [button(context, 'back')] : []),
    ],
  });
}

function filesButton(context: CardContext, ofCase: CaseFiles | undefined): Button[] {
  return ofCase?.isInOwnChat && ofCase.files.length > 0 ? [button(context, 'files', { mode: 'secondary' })] : [];
}

function numberInputOf(words: Words, number: string | undefined): Input {
  return textInput(words, 'requestNumber', {
    value: number,
    placeholder: words.cancel.handOver.numberHint,
    maxLength: 30,
  });
}

function followButton(context: CardContext): Button {
  return button(context, 'next', { title: context.words.cases.follow, withInputs: true });
}

/** A service request's number in one of the forms Partner Center uses, however it was copied. */
export function readRequestNumber(answer: {
  values: Readonly<Record<string, string>>;
  text?: string;
}): string | undefined {
  const given = (answer.values.requestNumber ?? answer.text ?? '').replace(/[\s#]/g, '');
  const typed = given.replace(/^(service)?(request|ticket|case|sr)?(number|no|nr)?[.:]*/i, '').replace(/[.,;!]+$/, '');
  return /^([0-9]{10}|[0-9]{15}|[0-9]{1,9}|[0-9]{16}|[0-9]-[0-9]{13})$/.test(typed) ? typed : undefined;
}
