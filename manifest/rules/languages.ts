import { type AppPackage, repeated, valueAt } from '../manifest.ts';
import type { UploadRule } from './rule.ts';

const source = 'docs/teams.md, "Languages of the package"';

export const languagesRules: readonly UploadRule[] = [
  {
    id: 'languages-once',
    what: 'Each language is named once, and the default one is not among the others',
    why: 'Teams could not choose',
    source,
    sure: 'documented',
    check: ({ manifest: { localizationInfo } }) => {
      if (!localizationInfo) return [];
      const { defaultLanguageTag, additionalLanguages = [] } = localizationInfo;
      const tags = [defaultLanguageTag, ...additionalLanguages.map(({ languageTag }) => languageTag)];
      return repeated(tags.map((tag) => tag.toLowerCase())).map(
        (tag) => `localizationInfo has the language ${tag} twice`,
      );
    },
  },
  {
    id: 'languages-complete',
    what: 'Every language has both names and both descriptions',
    why: 'the upload demands name.full too, which the schema does not',
    source,
    sure: 'reported',
    check: ({ translations }) =>
      eachTranslation(translations, (texts) =>
        ['name.short', 'name.full', 'description.short', 'description.full'].filter((key) => !texts[key]?.trim()),
      ).map(({ file, key }) => `${file} needs ${key}`),
  },
  {
    id: 'languages-translate-what-is-there',
    what: 'A translation is of something in the manifest',
    why: 'the text of a command or a tab that is not there is refused',
    source,
    sure: 'open',
    check: ({ manifest, translations }) =>
      eachTranslation(translations, (texts) =>
        Object.keys(texts).filter((key) => key !== '$schema' && typeof valueAt(manifest, key) !== 'string'),
      ).map(({ file, key }) => `${file} translates ${key}, which is not in the manifest`),
  },
];

function eachTranslation(
  translations: AppPackage['translations'],
  keysOf: (texts: Readonly<Record<string, string>>) => readonly string[],
): { readonly file: string; readonly key: string }[] {
  return [...translations].flatMap(([file, texts]) => keysOf(texts).map((key) => ({ file, key })));
}
