import { z } from 'zod';
import { draftChoices, draftsCard } from '../cards/drafts.ts';
import { readChoice } from '../cards/inputs.ts';
import { isHandOver } from '../domain/cancellations/case.ts';
import { type Draft, draftVersion } from '../domain/drafts/draft.ts';
import { Refusal } from '../domain/errors.ts';
import type { World } from '../domain/world.ts';
import { askIn, flow, type Turn } from './engine/flow.ts';

const listed = 50;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

type Steps = { list: Record<string, never> };
const ask = askIn<Steps>();

/**
 *   staff   drafts
 *   bot     Buy 2 × … for Contoso · Cancel order …     → list
 *   staff   Resume
 *   bot     (the draft's question, below)
 */
export const drafts = flow<Steps>({
  name: 'drafts',
  right: 'look',
  ownResume: true,
  // What *Open* on a notice and on a row says.
  begin: (_turn, args) => (guid.test(args) ? { kind: 'resume', draftId: args } : ask('list', {})),
  questions: {
    list: {
      kind: 'list',
      data: z.object({}),
      heading: (words) => words.drafts.title,
      async show(turn) {
        return draftsCard(turn.context, await openDrafts(turn), turn.who.id);
      },
      async answer(turn, answer) {
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
