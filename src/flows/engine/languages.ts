import type { CardContext } from '../../cards/render.ts';
import { type Draft, draftVersion } from '../../domain/drafts/draft.ts';
import type { ReadAt } from '../../domain/people/languages.ts';
import type { World } from '../../domain/world.ts';
import { type Words, wordsFor } from '../../words/index.ts';
import type { Flow } from './flow.ts';
import type { Incoming } from './messenger.ts';

type Reading = Pick<Incoming, 'who' | 'language' | 'isPrivate'>;

/** The words of an answer: the person's own where nobody else reads it, else those of the place. */
export function wordsOf({ who, language, isPrivate }: Reading, draft?: Pick<Draft, 'isPrivate'>): Words {
  return wordsFor(isPrivate || draft?.isPrivate ? who.language : language);
}

/** For what only this person gets to see, such as the answer of the invoke. */
export function ownWords({ who }: Pick<Incoming, 'who'>): Words {
  return wordsFor(who.language);
}

/** With what a card is drawn that goes to a person, or to a place, without their having asked for it just now. */
export async function contextAt(
  { languages, isSimulated }: Pick<World, 'languages' | 'isSimulated'>,
  to: { readonly personId: string } | ReadAt,
): Promise<CardContext> {
  const { language, timeZone } = await languages.reader(to);
  return { words: wordsFor(language), timeZone, isSimulated };
}

/** What the draft is about, in these words and not in those of the turn that wrote it. */
export function titleIn(words: Words, flows: readonly Flow[], draft: Draft): string | undefined {
  const { title, flow, data, version } = draft;
  if (title === undefined || version !== draftVersion) return title;
  return flows.find(({ name }) => name === flow)?.title(words, data) ?? title;
}
