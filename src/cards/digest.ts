import type { Button, Card } from './card.ts';
import { clip } from './inputs.ts';
import { type CardContext, draw } from './render.ts';

/** More would not fit, or not be read; what is left comes with the next one. */
export const mostInDigest = 12;

export interface DigestRow {
  /** The line by which the notice of its own would be announced. */
  readonly text: string;
  readonly open: Button;
}

/** Many notices for one place in one message: each named, and each opened by its row. */
export function digestCard(shown: CardContext, rows: readonly DigestRow[]): Card {
  const context = { ...shown, draft: undefined };
  const { digest, digestText } = context.words.notices;
  return draw(context, {
    icon: 'History',
    title: digest(rows.length),
    lines: [digestText],
    items: rows.map(({ text, open }) => ({ heading: clip(text, 200), details: [], action: open })),
    notes: [context.words.notices.why],
    summary: digest(rows.length),
  });
}
