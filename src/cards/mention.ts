import type { Card } from './card.ts';

/** Somebody whom Teams tells that they are named: `id` is their Entra object id or Teams' own. */
export interface Mentioned {
  readonly id: string;
  readonly name: string;
}

/** The card with the names of these people above it, each told by Teams, and what is asked of them. */
export function mentionOn(card: Card, people: readonly Mentioned[], sentence: string): Card {
  const entities = people.map(({ id, name }) => ({
    type: 'mention',
    // Teams takes it for a mention where the same text stands on the card.
    text: `<at>${nameOnly(name)}</at>`,
    mentioned: { id, name: nameOnly(name) },
  }));
  const { content } = card;
  const names = entities.map(({ text }) => text).join(', ');
  const line = { type: 'TextBlock', text: `${names}: ${sentence}`, wrap: true };
  const body = Array.isArray(content.body) ? content.body : [];
  const msteams = typeof content.msteams === 'object' && content.msteams !== null ? content.msteams : {};
  return { ...card, content: { ...content, msteams: { ...msteams, entities }, body: [line, ...body] } };
}

/** What Markdown or a tag would be made of is left out. */
function nameOnly(name: string): string {
  return name
    .replace(/[<>&[\]*_`~\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
