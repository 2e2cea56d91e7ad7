import type { Draft } from '../domain/drafts/draft.ts';
import { commandButton } from './buttons.ts';
import type { Card, Row } from './card.ts';
import { messageCard } from './message.ts';
import { drawPage } from './pages.ts';
import type { CardContext } from './render.ts';

interface Listing {
  readonly drafts: readonly Draft[];
  readonly whoId: string;
  readonly from: number;
}

/** One's own drafts and those that were handed over, newest first; each can be resumed or discarded. */
export function draftsCard(shown: CardContext, { drafts, whoId, from }: Listing): Card {
  const context = { ...shown, draft: undefined };
  const { words } = context;
  const { title, none, count } = words.drafts;
  if (drafts.length === 0) return messageCard(context, { title, lines: [none] });
  const rows = drafts.map((draft) => rowOf(context, draft, { whoId, isOpen: drafts.length === 1 }));
  const subtitle = count(drafts.length);
  const model = { title, subtitle, icon: 'DocumentText', summary: `${title}: ${subtitle}` } as const;
  return drawPage(context, model, { command: 'drafts', rows, from });
}

function rowOf(
  context: CardContext,
  { id, title, flow, ownerId, ownerName, changedAt, isHandedOver }: Draft,
  { whoId, isOpen }: { readonly whoId: string; readonly isOpen: boolean },
): Row {
  const { words, timeZone } = context;
  const { mine, handedOver, waiting, changed } = words.drafts;
  const owner = ownerId === whoId ? mine : handedOver(ownerName);
  return {
    heading: title ?? flow,
    details: [`${owner} · ${changed(new Date(changedAt), timeZone)}`],
    ...(isHandedOver && { badge: { text: waiting, style: 'warning', icon: 'Person' } }),
    buttons: [
      commandButton(context, `drafts ${id}`, { title: words.buttons.resume, style: 'positive' }),
      commandButton(context, `drafts discard ${id}`, { title: words.buttons.discard }),
    ],
    isOpen,
  };
}
