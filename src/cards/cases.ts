import { type Case, type CaseState, closingOf, isClosed, isGivenUp, isHandOver } from '../domain/cancellations/case.ts';
import type { Words } from '../words/words.ts';
import { commandButton } from './buttons.ts';
import type { Badge, Card, Row } from './card.ts';
import { messageCard } from './message.ts';
import { drawPage } from './pages.ts';
import type { CardContext } from './render.ts';

interface Listing {
  readonly cases: readonly Case[];
  /** There may be more: so many of the newest were asked for. */
  readonly most?: number;
  /** They are this one's only. */
  readonly customer?: string;
  /** A request number that was typed, for the case that is opened. */
  readonly number?: string;
  /** What is typed to see it, and its first row. */
  readonly command: string;
  readonly from: number;
}

/** Cases that need a person first, then those that go on by themselves, then those that are over; each opens one. */
export function casesCard(shown: CardContext, { cases, most, customer, number, command, from }: Listing): Card {
  const context = { ...shown, draft: undefined };
  const { words } = context;
  const { title, of, none, noneOf, count, newest, summary } = words.cases;
  const heading = customer === undefined ? title : of(customer);
  if (cases.length === 0)
    return messageCard(context, { title: heading, lines: [customer === undefined ? none : noneOf(customer)] });
  const open = cases.filter(({ state }) => !isClosed(state)).length;
  const waiting = cases.filter(({ state }) => state === 'needs_person').length;
  const model = {
    title: heading,
    subtitle: most === undefined ? count(open, waiting) : newest(most),
    icon: 'History',
    summary: most === undefined ? summary(heading, open, waiting) : heading,
  } as const;
  const rows = cases
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .map((found) => caseRow(context, found, number));
  return drawPage(context, model, { command, rows, from });
}

function rankOf({ state }: Case): number {
  if (state === 'needs_person') return 0;
  return isClosed(state) ? 2 : 1;
}

export function caseRow(context: CardContext, found: Case, number?: string): Row {
  const { words, timeZone } = context;
  const { reference, content, requesterName, createdAt } = found;
  const closesAt = isHandOver(found) ? closingOf(found) : undefined;
  const text = number === undefined ? `cases ${reference}` : `cases ${reference} ${number}`;
  return {
    heading: `${content.customerName} · ${words.money(content.amount)}`,
    details: [
      [`${reference}: ${stateOf(words, found)}`, words.software.orderNumber(content.orderNumber), requesterName].join(
        ' · ',
      ),
      closesAt ? words.software.fileUntil(closesAt) : words.cases.opened(createdAt, timeZone),
    ],
    badge: caseBadge(words, found),
    action: commandButton(context, text, { title: words.cases.open(reference) }),
  };
}

const looks: Readonly<Record<CaseState, Pick<Badge, 'style' | 'icon'>>> = {
  submitted: { style: 'accent', icon: 'Clock' },
  filing: { style: 'accent', icon: 'Clock' },
  filed: { style: 'accent', icon: 'Clock' },
  cancelling: { style: 'accent', icon: 'Clock' },
  needs_person: { style: 'attention', icon: 'Person' },
  completed: { style: 'good', icon: 'CheckmarkCircle' },
  refused: { style: 'subtle', icon: 'DismissCircle' },
};

/** Nobody refused what one of us gave up. */
export function stateOf(words: Words, found: Case): string {
  return isGivenUp(found) ? words.cancel.stateGivenUp : words.caseState(found.state);
}

export function caseBadge(words: Words, found: Case): Badge {
  return { text: stateOf(words, found), ...looks[found.state] };
}
