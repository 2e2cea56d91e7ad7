import type { MoneyChart } from '../money.ts';
import type { PageWords } from './api.ts';
import { drawing, element, section } from './dom.ts';

const height = 120;
const barWidth = 9;
const monthWidth = 26;

/** Two bars a month, and the same as a table for whoever does not see them, or wants the numbers. */
export function moneySection(charts: readonly MoneyChart[], words: PageWords): HTMLElement {
  if (charts.length === 0) return section(words.money, element('p', { class: 'none' }, words.noMoney));
  return section(words.money, ...charts.map((chart) => drawChart(chart, words)));
}

function drawChart({ currency, months }: MoneyChart, words: PageWords): HTMLElement {
  const most = Math.max(1, ...months.flatMap(({ asked, credited }) => [asked.minor, credited.minor]));
  const told = months
    .filter(({ asked, credited }) => asked.minor > 0 || credited.minor > 0)
    .map(({ month, asked, credited }) => `${month}: ${words.asked} ${asked.text}, ${words.credited} ${credited.text}`);
  const picture = drawing('svg', {
    viewBox: `0 0 ${months.length * monthWidth} ${height + 4}`,
    role: 'img',
    'aria-label': `${words.money}, ${currency}. ${told.join('; ')}`,
    class: 'chart',
  });
  for (const [at, { asked, credited }] of months.entries()) {
    for (const [kind, { minor }, shift] of [
      ['asked', asked, 2],
      ['credited', credited, 2 + barWidth + 2],
    ] as const) {
      const size = Math.max(1, (minor / most) * height);
      const x = at * monthWidth + shift;
      picture.append(drawing('rect', { x, y: height - size + 2, width: barWidth, height: size, class: kind, rx: 1 }));
    }
  }
  const heading = element(
    'tr',
    {},
    ...[words.month, words.asked, words.credited].map((text) => element('th', { scope: 'col' }, text)),
  );
  const rows = months.map(({ month, asked, credited }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, month),
      element('td', {}, asked.text),
      element('td', {}, credited.text),
    ),
  );
  return element(
    'figure',
    {},
    element(
      'figcaption',
      {},
      element('b', {}, currency),
      element('span', { class: 'key asked' }, words.asked),
      element('span', { class: 'key credited' }, words.credited),
    ),
    picture,
    element(
      'div',
      { class: 'ends' },
      element('span', {}, months[0]?.month ?? ''),
      element('span', {}, months.at(-1)?.month ?? ''),
    ),
    element(
      'details',
      {},
      element('summary', {}, `${words.asTable}: ${currency}`),
      element('table', {}, element('thead', {}, heading), element('tbody', {}, ...rows)),
    ),
  );
}
