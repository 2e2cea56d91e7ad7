import type { Said } from '../domain/errors.ts';
import type { DownloadOption, Version } from '../domain/keys/entitlement.ts';
import type { KeyViewer } from '../domain/keys/key-reveals.ts';
import { Secret } from '../domain/secret.ts';
import { button, commandButton, openButton } from './buttons.ts';
import type { Button, Card, PrivateCard, SecretParts } from './card.ts';
import { seenByFact } from './case-status.ts';
import { type Choice, choiceInput, type Input } from './inputs.ts';
import { messageCard } from './message.ts';
import { type CardContext, draw, type Fact } from './render.ts';

/** What there is to choose from, what is chosen of it, and nothing secret. */
export interface KeyChoices {
  readonly customerName: string;
  readonly orderNumber: string;
  readonly versions: readonly Version[];
  readonly version: Version;
  /** The downloads of the version. */
  readonly options: readonly DownloadOption[];
  readonly option?: DownloadOption;
  /** Which downloads there are cannot be told at the moment. */
  readonly areDownloadsAway?: boolean;
  /** What was revealed in this conversation so far, for the channel to see where policy wants it. */
  readonly shown: readonly string[];
  /** Who had looked at keys or downloads of the order before, as far as it is told here. */
  readonly seenBy: readonly KeyViewer[];
  /** Something was shown on this card, and was taken away. */
  readonly isHidden: boolean;
  /** The buttons open a dialog instead of sending a targeted message. */
  readonly asDialog: boolean;
  /** Partner Center is too slow to show it here: its own pages are the other way. */
  readonly isSlow?: boolean;
}

/** So many reveals are named on the card; all of them are recorded. */
const maxRevealsShown = 10;

export function versionChoices(versions: readonly Version[]): Choice[] {
  return versions.map(({ title, productId, skuId }) => ({ title, value: `${productId}:${skuId}` }));
}

export function languageChoices(options: readonly DownloadOption[]): Choice[] {
  const byCode = new Map(options.map((option) => [option.languageCode, option.languageName]));
  return [...byCode].map(([value, title]) => ({ title, value })).sort((a, b) => a.title.localeCompare(b.title));
}

export function architectureChoices(options: readonly DownloadOption[]): Choice[] {
  return [...new Set(options.map(({ architecture }) => architecture))].map((value) => ({ title: value, value }));
}

/** What is asked: whatever has more than one possible answer. The rest is said. */
function questionsOf(
  { words }: CardContext,
  { versions, version, options, option }: KeyChoices,
): { inputs: Input[]; facts: Fact[] } {
  const asked = [
    ['version', versionChoices(versions), `${version.productId}:${version.skuId}`],
    ['language', languageChoices(options), option?.languageCode],
    ['architecture', architectureChoices(options), option?.architecture],
  ] as const;
  return {
    inputs: asked.flatMap(([name, choices, value]) =>
      choices.length > 1 ? [choiceInput(words, name, choices, { value })] : [],
    ),
    facts: asked.flatMap(([name, choices]) =>
      choices[0] && choices.length === 1 ? [{ title: words.inputs[name], value: choices[0].title }] : [],
    ),
  };
}

/** One card: what is wanted, then Get key, Download, Copy link. */
export function readyCard(context: CardContext, choices: KeyChoices): Card {
  const { words } = context;
  const { versions, option, asDialog, areDownloadsAway = false, seenBy } = choices;
  const questions = questionsOf(context, choices);
  const look = { asDialog, withInputs: true };
  const hasKey = versions.some(({ keyRef }) => keyRef) || !option;
  const hasDownload = option !== undefined || areDownloadsAway;
  return draw(context, {
    title: words.keys.of(versions[0]?.title ?? choices.orderNumber),
    subtitle: `${choices.customerName} · ${choices.orderNumber}`,
    about: `${choices.customerName} · ${choices.orderNumber}`,
    icon: 'Key',
    badge: { text: words.keys.privately, style: 'good', icon: 'Eye' },
    lines: [
      ...choices.shown.slice(-maxRevealsShown),
      ...(choices.isHidden ? [words.keys.hiddenAgain] : []),
      ...(areDownloadsAway ? [words.keys.downloadsAway] : []),
    ],
    ...questions,
    facts: [...questions.facts, ...(seenBy.length > 0 ? [seenByFact(context, seenBy)] : [])],
    notes: [words.keys.warning, words.keys.customerToo],
    buttons: [
      ...(hasKey ? [button(context, 'getKey', { ...look, style: 'positive' })] : []),
      ...(hasDownload ? [button(context, 'download', look), button(context, 'copyLink', look)] : []),
      ...(context.draft?.canGoBack ? [button(context, 'back', { mode: 'secondary' })] : []),
      button(context, 'done', { mode: 'secondary' }),
      ...((seenBy.length > 0 || choices.shown.length > 0) && !choices.isSlow
        ? [leakButton(context, choices.orderNumber)]
        : []),
      ...(choices.isSlow ? [openButton(words.keys.notHere.portal, words.keys.notHere.portalUrl)] : []),
    ],
  });
}

/** Asks first what leaked, in a card of its own below. */
function leakButton(context: CardContext, orderNumber: string): Button {
  return commandButton(context, `leak ${orderNumber}`, { title: context.words.buttons.reportLeak, mode: 'secondary' });
}

/** The settled twin: nothing to press, nothing secret. */
export function keysSettledCard(context: CardContext, choices: KeyChoices): Card {
  const { words } = context;
  const { facts } = words.keys;
  const { customerName, orderNumber, version, option, shown } = choices;
  return messageCard(
    { ...context, draft: undefined, problem: undefined },
    {
      title: words.keys.of(version.title),
      about: `${customerName} · ${orderNumber}`,
      facts: [
        { title: facts.customer, value: customerName },
        { title: facts.order, value: orderNumber },
        { title: facts.version, value: version.title },
        ...(option
          ? [
              { title: facts.language, value: option.languageName },
              { title: facts.architecture, value: option.architecture },
            ]
          : []),
      ],
      lines: [...shown.slice(-maxRevealsShown), words.keys.settled, words.keys.again(orderNumber)],
    },
  );
}

/** What is shown to one person, and how it goes away. */
export interface ShownSecret extends Pick<KeyChoices, 'customerName' | 'orderNumber' | 'version' | 'option'> {
  readonly key?: Secret<string>;
  /** Of the download: to be opened and to be copied. */
  readonly address?: Secret<string>;
  readonly seconds: number;
  readonly until: Date;
  /** `hide`: an answer that replaced the card; `done`: a targeted message that goes away; `close`: a dialog. */
  readonly closing: 'hide' | 'done' | 'close';
}

/** Stands for a moment where the secret appears, so that the message is known before the secret is in it. */
export function placeholderCard(context: CardContext): Card {
  const { words } = context;
  const bare = { ...context, draft: undefined, problem: undefined };
  return messageCard(bare, { title: words.keys.keyTitle, lines: [words.keys.coming] });
}

/** The one card that unwraps a secret. Its title and summary say nothing: a toast may show them. */
export function secretCard(context: CardContext, shown: ShownSecret): PrivateCard {
  const { words, timeZone } = context;
  const { version, option, seconds, until, closing } = shown;
  const key = shown.key?.reveal();
  const address = shown.address?.reveal();
  const { about, secrets, notes } = partsOf(context, shown);
  const close: Button =
    closing === 'hide'
      ? button(context, 'hide', { style: 'positive' })
      : { ...button(context, 'done', { style: 'positive' }), data: { do: 'hideSecret' } };
  // What is asked for from here comes beside what is shown here, as long as that may be seen.
  const more = (doing: 'getKey' | 'download' | 'copyLink', beside: 'key' | 'link'): Button => {
    const plain = button(context, doing);
    return { ...plain, data: { ...plain.data, beside, until: until.getTime() } };
  };
  const card = draw(
    { ...context, problem: undefined },
    {
      title: words.keys.keyTitle,
      subtitle: about,
      icon: 'Key',
      badge: { text: words.keys.onlyYou, style: 'good', icon: 'Eye' },
      summary: words.keys.keySummary,
      secrets: secrets.map(({ label, text }) => ({ label, text })),
      lines: [
        closing === 'close'
          ? words.keys.closeWindow(until, timeZone)
          : words.keys.hiddenAfter(seconds, until, timeZone),
      ],
      notes,
      buttons: [
        close,
        ...(address === undefined ? [] : [openButton(words.keys.openDownload, address)]),
        ...(address === undefined && option ? [more('download', 'key'), more('copyLink', 'key')] : []),
        ...(key === undefined && version.keyRef ? [more('getKey', 'link')] : []),
      ],
    },
  );
  return new Secret(card);
}

/** The same for a page, which draws it itself and has its own buttons. */
export function secretParts(context: CardContext, shown: ShownSecret): Secret<SecretParts> {
  return new Secret(partsOf(context, shown));
}

function partsOf({ words }: CardContext, { version, option, seconds, ...shown }: ShownSecret): SecretParts {
  const { keyOf, linkOf, linkExpires, warning } = words.keys;
  const chosen = option ? [option.languageName, option.architecture] : [];
  const secrets = [
    ...(shown.key ? [{ label: keyOf(version.title), text: shown.key.reveal(), isAddress: false }] : []),
    ...(shown.address ? [{ label: linkOf(version.title), text: shown.address.reveal(), isAddress: true }] : []),
  ];
  return {
    about: [version.title, shown.customerName, shown.orderNumber, ...chosen].join(' · '),
    secrets,
    notes: [...(shown.address ? [linkExpires] : []), warning],
    seconds,
  };
}

/** What was chosen, where there is nothing to fetch: enough to find it by hand. */
export interface ItemToFind {
  readonly customerName: string;
  readonly orderNumber: string;
  readonly item: string;
  readonly version?: string;
  readonly said?: Said;
}

/** Where Partner Center offers no keys by API: where to find them. */
export function keysElsewhereCard(
  context: CardContext,
  { customerName, orderNumber, item, version, said }: ItemToFind,
): Card {
  const { words } = context;
  const { notHere, facts } = words.keys;
  return messageCard(
    { ...context, draft: undefined },
    {
      title: notHere.title,
      about: `${customerName} · ${orderNumber}`,
      facts: [
        { title: facts.customer, value: customerName },
        { title: facts.order, value: orderNumber },
        { title: facts.item, value: item },
        ...(version ? [{ title: facts.version, value: version }] : []),
      ],
      lines: [notHere.text, notHere.steps, words.common.portalMfa, ...(said ? [notHere.said(said)] : [])],
      notes: [words.keys.customerToo, words.keys.warning],
      buttons: [openButton(notHere.portal, notHere.portalUrl), openButton(notHere.adminCenter, notHere.adminCenterUrl)],
    },
  );
}
