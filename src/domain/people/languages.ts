import { createRecentValues } from '../work/recent-values.ts';
import type { SentMessage } from './place.ts';
import type { PersonReference, PlaceReference, References } from './references.ts';

/** What the product speaks. */
export const languages = ['en', 'pl', 'de', 'fr', 'es'] as const;

export type Language = (typeof languages)[number];

/** The language of a tag such as `pl-PL`, where it is one that is spoken here. */
export function languageOf(tag: string): Language | undefined {
  const [primary = ''] = tag.toLowerCase().split(/[-_]/);
  return languages.find((language) => language === primary);
}

const countries: Readonly<Record<Language, readonly string[]>> = {
  en: ['GB', 'IE', 'US', 'AU', 'NZ', 'CA'],
  pl: ['PL'],
  de: ['DE', 'AT', 'LI'],
  fr: ['FR', 'MC'],
  es: ['ES', 'MX', 'AR', 'CL', 'CO', 'PE', 'UY'],
};

/** What is written to somebody in a country (ISO 3166 alpha-2), where nearly everybody there reads it. */
export function languageOfCountry(country: string): Language | undefined {
  return languages.find((language) => countries[language].includes(country.toUpperCase()));
}

/** What people, teams and groups have chosen; the key is the id of one of them. */
export interface LanguageChoices {
  /** One statement. */
  of(keys: readonly string[]): Promise<ReadonlyMap<string, Language>>;
  put(key: string, language: Language, chosenBy: string): Promise<void>;
}

/** How somebody reads a message that nobody has asked for just now. */
export interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

/** `zoneOf`: where several people read it, the times are in the zone of this one, which is named beside them. */
export type ReadAt = Pick<SentMessage, 'placeId' | 'onlyFor'> & { readonly zoneOf?: string };

/** In which language people and places read; see docs/architecture.md, "Languages". */
export interface Languages {
  /** The person's own, and that of what everybody in the place reads. */
  of(
    person: Pick<PersonReference, 'personId' | 'locale'>,
    place: Pick<PlaceReference, 'place' | 'teamId'>,
  ): Promise<{ readonly own: Language; readonly shared: Language }>;
  /** Of a person in their own chat, or of a message that stands or is to stand in a place. */
  reader(to: { readonly personId: string } | ReadAt): Promise<Reader>;
  choose(
    choice: { readonly personId: string } | { readonly placeId: string; readonly by: string },
    language: Language,
  ): Promise<void>;
}

interface LanguageParts {
  readonly choices: LanguageChoices;
  readonly references: Pick<References, 'place' | 'person'>;
  /** Where nobody has chosen, and of people whose own language is not spoken here. */
  readonly byDefault: Language;
  readonly now?: () => number;
}

const keptMs = 60_000;
const mostKept = 10_000;

export function createLanguages({ choices, references, byDefault, now }: LanguageParts): Languages {
  const kept = createRecentValues<Language | undefined>({ most: mostKept, keptMs, now });

  /** In the order of the keys; at most one statement. */
  async function readChoices(...keys: string[]): Promise<(Language | undefined)[]> {
    const known = new Map(keys.map((key) => [key, kept.get(key)]));
    const unknown = keys.filter((key) => !known.get(key));
    const found = unknown.length > 0 ? await choices.of(unknown) : undefined;
    for (const key of unknown) kept.put(key, found?.get(key));
    return keys.map((key) => (known.get(key) ?? { value: found?.get(key) }).value);
  }

  const ownOf = (chosen: Language | undefined, device: string | undefined): Language =>
    chosen ?? (device === undefined ? undefined : languageOf(device)) ?? byDefault;

  async function ofPerson(personId: string): Promise<Reader> {
    const [[chosen], known] = await Promise.all([readChoices(personId), references.person(personId)]);
    return { language: ownOf(chosen, known?.locale), timeZone: known?.timeZone ?? 'UTC' };
  }

  return {
    async of({ personId, locale }, place) {
      if (place.place.kind === 'personal') {
        const own = ownOf((await readChoices(personId))[0], locale);
        return { own, shared: own };
      }
      const [chosen, shared] = await readChoices(personId, keyOf(place));
      return { own: ownOf(chosen, locale), shared: shared ?? byDefault };
    },

    async reader(to) {
      if ('personId' in to) return ofPerson(to.personId);
      if (to.onlyFor !== undefined) return ofPerson(to.onlyFor);
      const place = await references.place(to.placeId);
      if (place?.place.kind === 'personal' && place.personId !== undefined) return ofPerson(place.personId);
      const [shared] = place ? await readChoices(keyOf(place)) : [];
      const whose = to.zoneOf === undefined ? undefined : await references.person(to.zoneOf);
      return { language: shared ?? byDefault, timeZone: whose?.timeZone ?? 'UTC' };
    },

    async choose(choice, language) {
      if ('personId' in choice) {
        await choices.put(choice.personId, language, choice.personId);
        kept.put(choice.personId, language);
        return;
      }
      const place = await references.place(choice.placeId);
      const key = place ? keyOf(place) : choice.placeId;
      await choices.put(key, language, choice.by);
      kept.put(key, language);
    },
  };
}

/** Everybody in a team reads the same language in all its channels and threads. */
function keyOf({ place, teamId }: Pick<PlaceReference, 'place' | 'teamId'>): string {
  return teamId ?? place.id;
}
