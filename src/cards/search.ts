import type { CardContext } from './render.ts';

export type { Choice } from './inputs.ts';

/** What can be searched while somebody types into the input of that name. */
export type Searched = 'customer' | 'product';

/** More than that are not shown by Teams; so many are in the card before anything is typed. */
export const shownAtMost = 15;

/**
 * Where the choices of an input are searched: for the conversation that the card belongs to. It is only ever looked up:
 * docs/teams.md, "Search while typing".
 */
export function datasetOf({ draft }: CardContext, searched: Searched): string | undefined {
  return draft && `${searched}/${draft.id}`;
}

/** `undefined` for what is no name of ours. */
export function readDataset(dataset: string): { readonly searched: Searched; readonly draftId: string } | undefined {
  const [, searched, draftId] = /^(customer|product)\/([0-9a-f-]{36})$/.exec(dataset) ?? [];
  return draftId === undefined ? undefined : { searched: searched as Searched, draftId };
}
