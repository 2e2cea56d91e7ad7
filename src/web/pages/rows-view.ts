import type { PageRow } from '../rows.ts';
import type { PageWords } from './api.ts';
import { element } from './dom.ts';

/** A list whose rows are pressed. */
export function drawRows(
  rows: readonly PageRow[],
  run: (row: PageRow) => void,
  words: Pick<PageWords, 'steps'>,
): HTMLElement {
  return element(
    'ul',
    { class: 'rows' },
    ...rows.map((row) => element('li', { class: 'row' }, ...partsOf(row, run, words))),
  );
}

function partsOf(row: PageRow, run: (row: PageRow) => void, words: Pick<PageWords, 'steps'>): HTMLElement[] {
  const { heading, details, badge, action, days, steps = [] } = row;
  const texts = [
    element(
      'span',
      { class: 'heading' },
      element('span', {}, heading),
      badge && element('span', { class: `badge ${badge.style}` }, badge.text),
    ),
    ...details.map((text) => element('span', { class: 'detail' }, text)),
  ];
  const bar =
    days &&
    element('meter', {
      min: '0',
      max: String(days.of),
      value: String(days.left),
      low: '8',
      'aria-label': badge?.text ?? heading,
    });
  const main = action
    ? element('button', { type: 'button', class: 'plain', 'data-row': JSON.stringify(action.data) }, ...texts)
    : element('div', { class: 'plain' }, ...texts);
  if (action) main.addEventListener('click', () => run(row));
  const line = element(
    'ol',
    { class: 'steps', 'aria-label': `${words.steps}: ${heading}` },
    ...steps.map(({ text, time, status }) =>
      element(
        'li',
        { class: status, ...(status === 'now' && { 'aria-current': 'step' }) },
        element('span', {}, text),
        element('small', {}, time),
      ),
    ),
  );
  return [main, ...(bar ? [bar] : []), ...(steps.length > 0 ? [line] : [])];
}
