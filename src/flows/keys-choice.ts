import { architectureChoices, languageChoices, versionChoices } from '../cards/keys.ts';
import { bestOption, matchingOptions } from '../domain/keys/best-option.ts';
import type { What } from '../domain/keys/reveal-key.ts';
import type { World } from '../domain/world.ts';
import { bare, fold } from '../words/commands.ts';
import type { Answer, Turn } from './engine/flow.ts';
import { findOffered, idOf, type Offered, type OfOrder } from './keys-data.ts';

/** What was chosen on the card, or typed, against what there is. */
export interface Choice {
  readonly data: OfOrder;
  readonly offered: Offered;
  /** The download that was chosen; the likeliest one is no answer to another one that does not exist. */
  readonly optionId?: string;
  /** There is no such download of this version: which there are. */
  readonly problem?: string;
}

/** The version, language and architecture of the card; what is not asked there stays as it was. */
export async function readChoice({ facts, words, data }: Turn<OfOrder>, { values }: Answer): Promise<Choice> {
  const before = await findOffered(facts, data);
  const version = before.versions.some((one) => idOf(one) === values.version) ? values.version : data.version;
  const isOther = version !== undefined && version !== idOf(before.version);
  const offered = isOther ? await findOffered(facts, { ...data, version }) : before;
  const wanted = {
    language: values.language ?? data.language,
    architecture: values.architecture ?? data.architecture,
  };
  const chosen = { ...data, version: idOf(offered.version), ...wanted };
  const { options } = offered;
  const option = bestOption(matchingOptions(options, wanted), wanted, data.country);
  if (option || options.length === 0) return { data: chosen, offered: { ...offered, option }, optionId: option?.id };
  const inLanguage = options.filter(({ languageCode }) => languageCode === wanted.language);
  const known = [...before.options, ...options].find(({ languageCode }) => languageCode === wanted.language);
  const named = [known?.languageName ?? wanted.language, wanted.architecture].filter((part) => part !== undefined);
  const others = inLanguage.length > 0 ? architectureChoices(inLanguage) : languageChoices(options);
  return {
    data: chosen,
    offered,
    problem: words.keys.notThere(
      offered.version.title,
      named.join(' · '),
      others.map(({ title }) => title),
    ),
  };
}

type Named = 'version' | 'language' | 'architecture';

/** `2019`, `german`, `2019 german 64`: as if it were chosen on the card. Nothing where nothing of it is there. */
export async function readTypedChoice(facts: World, data: OfOrder, text: string): Promise<Answer['values']> {
  const { versions, options } = await findOffered(facts, data);
  const lists = [
    ['version', versionChoices(versions)],
    ['language', languageChoices(options)],
    ['architecture', architectureChoices(options)],
  ] as const;
  const find = (typed: string): [Named, string] | undefined => {
    for (const [name, choices] of lists) {
      const fitting = choices.filter(({ title }) => isBeginning(fold(title), typed));
      const [only] = fitting.length === 1 ? fitting : fitting.filter(({ title }) => fold(title) === typed);
      if (only) return [name, only.value];
    }
    return undefined;
  };
  const whole = find(fold(bare(text)));
  if (whole) return Object.fromEntries([whole]);
  const parts = fold(text).split(/[\s,;·]+/);
  return Object.fromEntries(
    parts.flatMap((part) => (part.length > 1 ? [find(part)] : [])).filter((one) => one !== undefined),
  );
}

/** Of the title, or of a word in it. */
function isBeginning(title: string, typed: string): boolean {
  return typed !== '' && (title.startsWith(typed) || title.split(/[\s()-]+/).some((word) => word.startsWith(typed)));
}

/** What was asked for, and what the private card shows already beside it, as long as that may be seen. */
export function itemsOf(what: What, { beside, until }: Answer['values']): readonly What[] {
  const isVisible = Number(until) > Date.now();
  if (isVisible && beside === 'key' && what !== 'key') return ['key', what];
  if (isVisible && beside === 'link' && what === 'key') return ['key', 'link'];
  return [what];
}
