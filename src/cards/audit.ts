import type { AuditEntry } from '../domain/audit/audit.ts';
import { button } from './buttons.ts';
import type { Button, Card } from './card.ts';
import { clip } from './inputs.ts';
import { type CardContext, draw } from './render.ts';

/** So many deeds stand on one card: more would not fit where names and reasons are long. */
export const entriesPerPage = 12;

interface Page {
  readonly title: string;
  /** No more than fit. */
  readonly entries: readonly AuditEntry[];
  /** How many newer ones stand on the pages before. */
  readonly before: number;
  readonly isEnd: boolean;
}

/** One page of the audit log: what was done, who did it and when, and what came of it. */
export function auditCard(context: CardContext, { title, entries, before, isEnd }: Page): Card {
  const { words } = context;
  return draw(context, {
    title,
    lines: [words.audit.scope],
    items: entries.map((entry) => ({
      heading: clip(words.audit.entry(entry), 160),
      details: detailsOf(context, entry),
    })),
    notes: [words.audit.shown(before + 1, before + entries.length, isEnd)],
    buttons: [
      ...(isEnd ? [] : [button(context, 'next', { title: words.audit.older, style: 'positive' })]),
      ...(before > 0 ? [newerButton(context)] : context.draft?.canGoBack ? [button(context, 'back')] : []),
    ],
  });
}

function detailsOf({ words, timeZone }: CardContext, entry: AuditEntry): string[] {
  const { who = words.audit.ours, at, customerName, orderNumbers } = entry;
  const about = [
    customerName && clip(customerName, 60),
    orderNumbers.length > 0 && words.audit.about(orderNumbers),
    words.audit.more(entry),
  ].filter(Boolean);
  return [
    `${clip(who, 60)} · ${words.moment(at, timeZone)}`,
    ...(about.length > 0 ? [clip(about.join(' · '), 160)] : []),
  ];
}

/** Turns a page; what is called Back everywhere else would leave for the question before. */
function newerButton(context: CardContext): Button {
  const back = button(context, 'back', { title: context.words.audit.newer });
  return { ...back, data: { ...back.data, do: 'newer' } };
}
