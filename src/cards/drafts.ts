import type { Draft } from '../domain/drafts/draft.ts';
import { button } from './buttons.ts';
import type { Card } from './card.ts';
import { choiceInput } from './inputs.ts';
import { messageCard } from './message.ts';
import { type CardContext, draw } from './render.ts';

/** One's own drafts and those that were handed over, newest first. */
export function draftsCard(context: CardContext, drafts: readonly Draft[], whoId: string): Card {
  const { words, timeZone } = context;
  if (drafts.length === 0)
    return messageCard({ ...context, draft: undefined }, { title: words.drafts.title, lines: [words.drafts.none] });
  return draw(context, {
    title: words.drafts.title,
    lines: [words.drafts.pick],
    items: drafts.slice(0, 10).map((draft) => ({
      heading: draft.title ?? draft.flow,
      details: [
        `${draft.ownerId === whoId ? words.drafts.mine : words.drafts.handedOver(draft.ownerName)} · ${words.drafts.changed(new Date(draft.changedAt), timeZone)}`,
      ],
    })),
    inputs:
      drafts.length > 1 ? [choiceInput(words, 'draft', draftChoices(context, drafts), { value: drafts[0]?.id })] : [],
    buttons: [button(context, 'resume', { withInputs: true, style: 'positive' })],
  });
}

export function draftChoices(
  { words, timeZone }: CardContext,
  drafts: readonly Draft[],
): { title: string; value: string }[] {
  return drafts.map((draft) => ({
    title: `${draft.title ?? draft.flow} (${words.drafts.changed(new Date(draft.changedAt), timeZone)})`,
    value: draft.id,
  }));
}
