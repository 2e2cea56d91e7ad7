import { commandButton } from './buttons.ts';
import type { Button, Card, Row } from './card.ts';
import { type CardContext, type CardModel, draw, fits } from './render.ts';

/** More rows than this are not read. */
const mostRows = 12;

interface Paged {
  /** What is typed to see the list: its further pages are asked for by it. */
  readonly command: string;
  /** All rows there are, and the first of them on this page. */
  readonly rows: readonly Row[];
  readonly from: number;
}

/** A list, as many of its rows as fit on a card, with buttons to the others. */
export function drawPage(context: CardContext, model: CardModel, { command, rows, from }: Paged): Card {
  const { words } = context;
  const { buttons = [], notes = [] } = model;
  const first = from < rows.length ? from : 0;
  for (let count = Math.min(mostRows, rows.length - first); ; count--) {
    const next = first + count;
    const turns: Button[] = [
      ...(next < rows.length
        ? [commandButton(context, command, { title: words.common.more(rows.length - next), page: next })]
        : []),
      ...(first > 0 ? [commandButton(context, command, { title: words.common.fromStart, page: 0 })] : []),
    ];
    const isPart = turns.length > 0;
    const card = draw(context, {
      ...model,
      items: rows.slice(first, next),
      notes: [...notes, ...(isPart ? [words.common.shownOf(first + 1, next, rows.length)] : [])],
      buttons: [...turns, ...buttons],
    });
    if (count <= 1 || fits(card)) return card;
  }
}
