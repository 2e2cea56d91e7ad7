import { type AppPackage, type Manifest, valueAt } from '../manifest.ts';
import type { UploadRule } from './rule.ts';

const source = 'docs/teams.md, "Names and numbers of the package"';

export const namesRules: readonly UploadRule[] = [
  {
    id: 'one-bot',
    what: 'The bot, the message extension and the sign-in are one app',
    why: 'the message extension is answered by the bot, and its dialogs are signed in as it',
    source,
    sure: 'documented',
    check: ({ manifest: { bots = [], composeExtensions = [], webApplicationInfo } }) => {
      const [first, ...others] = [
        ...bots.map(({ botId }) => botId),
        ...composeExtensions.flatMap(({ botId }) => botId ?? []),
        ...(webApplicationInfo ? [webApplicationInfo.id] : []),
      ];
      return others.some((id) => id.toLowerCase() !== first?.toLowerCase())
        ? [
            `bots, composeExtensions and webApplicationInfo must name one app id, but name ${first}, ${others.join(', ')}`,
          ]
        : [];
    },
  },
  {
    id: 'real-id',
    what: 'The app id is not the empty GUID',
    why: 'every package that was never filled in has it',
    source,
    sure: 'open',
    check: ({ manifest: { id } }) => (/^[0-]+$/.test(id) ? [`id must be an id of your own, but is ${id}`] : []),
  },
  {
    id: 'version-number',
    what: 'The version is three numbers',
    why: 'the schema takes any text, the upload compares numbers',
    source,
    sure: 'documented',
    check: ({ manifest: { version } }) =>
      /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version)
        ? []
        : [`version must be three numbers, such as 1.2.3, but is ${version}`],
  },
  {
    id: 'two-names',
    what: 'The full name says more than the short one',
    why: 'equal names are refused',
    source,
    sure: 'documented',
    check: ({ manifest, translations }) =>
      inAllLanguages(manifest, translations, (text) => isSame(text('name.short'), text('name.full'))).map(
        (where) => `${where}name.full must differ from name.short`,
      ),
  },
  {
    id: 'two-descriptions',
    what: 'The full description says more than the short one',
    why: 'equal descriptions are refused',
    source,
    sure: 'documented',
    check: ({ manifest, translations }) =>
      inAllLanguages(manifest, translations, (text) => isSame(text('description.short'), text('description.full'))).map(
        (where) => `${where}description.full must differ from description.short`,
      ),
  },
  {
    id: 'filled-in',
    what: 'Nothing is left to be filled in',
    why: 'a placeholder would be an id, an address or a name',
    source,
    sure: 'reported',
    check: ({ manifest, translations }) =>
      [...JSON.stringify([manifest, ...translations.values()]).matchAll(/\$?\{\{[^}"]*\}\}/g)].map(
        ([placeholder]) => `${placeholder} was not filled in`,
      ),
  },
];

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.trim() === other?.trim();
}

/** The prefix of each language in which it holds; of the manifest itself it is empty. */
function inAllLanguages(
  manifest: Manifest,
  translations: AppPackage['translations'],
  holds: (text: (key: string) => string | undefined) => boolean,
): string[] {
  const ofManifest = (key: string) => String(valueAt(manifest, key));
  return [
    ...(holds(ofManifest) ? [''] : []),
    ...[...translations].filter(([, texts]) => holds((key) => texts[key])).map(([file]) => `${file}: `),
  ];
}
