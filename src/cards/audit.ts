import type { AuditEntry } from '../domain/audit/audit.ts';
import { commandButton } from './buttons.ts';
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
  /** What is typed to see the log: its other pages are asked for by it. */
  readonly command: string;
  /** The first entry of the first page, from which the pages are counted: so a page stays what it was. */
  readonly top?: string;
  /** All of it can be had as a file. */
  readonly canExport: boolean;
}

/** One page of the audit log: what was done, who did it and when, and what came of it. */
export function auditCard(context: CardContext, page: Page): Card {
  const { title, entries, before, isEnd, command, top, canExport } = page;
  const { exportFile } = context.words.buttons;
  const { older, newer, scope, entry: tell, shown } = context.words.audit;
  const turn = (title: string, page: number, style?: Button['style']) =>
    commandButton(context, command, { title, page, top, style });
  return draw(context, {
    title,
    lines: [scope],
    items: entries.map((entry) => ({
      heading: clip(tell(entry), 160),
      details: detailsOf(context, entry),
    })),
    notes: [shown(before + 1, before + entries.length, isEnd)],
    buttons: [
      ...(isEnd ? [] : [turn(older, before + entriesPerPage, 'positive')]),
      ...(before > 0 ? [turn(newer, Math.max(0, before - entriesPerPage))] : []),
      ...(canExport ? [commandButton(context, `${command} csv`, { title: exportFile, mode: 'secondary' })] : []),
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
