import { type SetupFinding, setupAreas } from '../domain/setup/setup-check.ts';
import type { Badge, Card } from './card.ts';
import { type CardContext, draw } from './render.ts';

const looks = {
  problem: { style: 'attention', icon: 'DismissCircle' },
  warning: { style: 'warning', icon: 'Warning' },
  fine: { style: 'good', icon: 'CheckmarkCircle' },
} as const satisfies Record<string, Pick<Badge, 'style' | 'icon'>>;

/** How it is set up, an area a row, with the codes of what is wrong: what to do about them is for whoever has the server. */
export function doctorCard(context: CardContext, found: readonly SetupFinding[]): Card {
  const { title, good, bad, areas, levels } = context.words.doctor;
  const wrong = found.filter(({ level }) => level !== 'note');
  return draw(context, {
    title,
    icon: 'Server',
    lines: [wrong.length === 0 ? good : bad],
    items: setupAreas.map((area) => {
      const here = wrong.filter((one) => one.area === area);
      const level = here.some((one) => one.level === 'problem') ? 'problem' : here.length > 0 ? 'warning' : 'fine';
      return {
        heading: areas[area],
        details: here.length > 0 ? [[...new Set(here.map(({ code }) => code))].join(', ')] : [],
        badge: { text: levels[level], ...looks[level] },
      };
    }),
  });
}
