import { z } from 'zod';
import { draftChoices, draftsCard } from '../cards/drafts.ts';
import { readChoice } from '../cards/inputs.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { type Draft, draftVersion } from '../domain/drafts/draft.ts';
import { Refusal } from '../domain/errors.ts';
import type { World } from '../domain/world.ts';
import { ask, flow, type Turn } from './flow.ts';

const listed = 50;

/**
 *   staff   drafts
 *   bot     Buy 2 × … for Contoso · Cancel order …     → list
 *   staff   Resume
 *   bot     (the draft's question, below)
 */
export const drafts = flow({
  name: 'drafts',
  right: 'look',
  takesResume: true,
  data: z.object({}),
  begin: () => ask('list', {}),
  questions: {
    list: {
      heading: (words) => words.drafts.title,
      isPressed: true,
      async show(turn) {
        return draftsCard(turn.context, await openDrafts(turn), turn.who.id);
      },
      async answered(turn, answer) {
        const mine = await openDrafts(turn);
        const [only, ...others] = mine;
        if (!only) throw new Refusal('draft-gone', {});
        const draftId =
          others.length === 0 ? only.id : readChoice(turn.words, 'draft', draftChoices(turn.context, mine), answer);
        return { kind: 'resume', draftId };
      },
    },
  },
});

async function openDrafts({ world, who }: Turn<unknown>): Promise<Draft[]> {
  const all = await world.drafts.list();
  const open = all.filter((draft) => draft.title !== undefined && !draft.settled && draft.version === draftVersion);
  const mine = open.filter((draft) => draft.ownerId === who.id || draft.isHandedOver).slice(0, listed);
  const isOpen = await Promise.all(mine.map((draft) => isStillOpen(world, draft)));
  return mine.filter((_draft, index) => isOpen[index]);
}

/** A cancellation that is a case already is here for as long as its ticket is to be filed by hand. */
async function isStillOpen({ cases }: World, { data: { reference } }: Draft): Promise<boolean> {
  if (typeof reference !== 'string') return true;
  const found = await cases.get(reference);
  return found !== undefined && isHandOver(found);
}
