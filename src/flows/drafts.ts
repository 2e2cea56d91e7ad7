import { draftsCard } from '../cards/drafts.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { type Draft, draftVersion } from '../domain/drafts/draft.ts';
import type { World } from '../domain/world.ts';
import { done, flow, type Turn } from './engine/flow.ts';

const listed = 50;
const named = /^(?<discard>discard )?(?<draftId>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

/**
 *   staff   drafts
 *   bot     Buy 2 × … for Contoso · Cancel order …  (each row with its Resume and Discard)
 *   staff   Resume
 *   bot     (the draft's question, below)
 */
export const drafts = flow({
  name: 'drafts',
  right: 'look',
  async begin(turn, args) {
    // What the buttons of a row and of a notice say.
    const { draftId, discard } = args.match(named)?.groups ?? {};
    if (draftId) return { kind: discard ? 'discard' : 'resume', draftId };
    return done(draftsCard(turn.context, { drafts: await openDrafts(turn), whoId: turn.who.id, from: turn.page.from }));
  },
  questions: {},
});

async function openDrafts({ world, who, titleOf }: Turn<unknown>): Promise<Draft[]> {
  const mine = (await world.drafts.listFor(who.id, listed)).filter(({ version }) => version === draftVersion);
  const isOpen = await Promise.all(mine.map((draft) => isStillOpen(world, draft)));
  return mine.filter((_draft, index) => isOpen[index]).map((draft) => ({ ...draft, title: titleOf(draft) }));
}

/** A cancellation that is a case already is here for as long as its ticket is to be filed by hand. */
async function isStillOpen({ cases }: World, { data: { reference } }: Draft): Promise<boolean> {
  if (typeof reference !== 'string') return true;
  const found = await cases.get(reference);
  return found !== undefined && isHandOver(found);
}
