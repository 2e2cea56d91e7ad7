import type { DownloadOption, Version } from '../domain/keys/entitlement.ts';
import { Secret } from '../domain/secret.ts';
import type { Words } from '../words/words.ts';
import { button, openButton } from './buttons.ts';
import type { Button, Card, PrivateCard } from './card.ts';
import { messageCard } from './message.ts';
import { type CardContext, draw, type Fact } from './render.ts';

/** What was chosen: enough to fetch the key or the download, and nothing secret. */
export interface Selection {
  readonly customerName: string;
  readonly orderNumber: string;
  readonly version: Version;
  readonly option?: Pick<DownloadOption, 'languageName' | 'architecture'>;
  /** What was revealed in this conversation so far, for the channel to see where policy wants it. */
  readonly shown: readonly string[];
  /** The buttons open a dialog instead of sending a targeted message. */
  readonly asDialog: boolean;
  /** Partner Center is too slow to show it here: its own pages are the other way. */
  readonly isSlow?: boolean;
}

/** So many reveals are named on the card; all of them are recorded. */
const maxRevealsShown = 10;

function factsOf(words: Words, { customerName, orderNumber, version, option }: Selection): Fact[] {
  const { facts } = words.keys;
  const chosen = option
    ? [
        { title: facts.language, value: option.languageName },
        { title: facts.architecture, value: option.architecture },
      ]
    : [];
  return [
    { title: facts.customer, value: customerName },
    { title: facts.order, value: orderNumber },
    { title: facts.version, value: version.title },
    ...chosen,
  ];
}

/** Everything is chosen: Get key, Download, Copy link. */
export function readyCard(context: CardContext, selection: Selection): Card {
  const { words } = context;
  const look = { asDialog: selection.asDialog };
  return draw(context, {
    title: words.keys.title,
    subtitle: words.keys.privately,
    facts: factsOf(words, selection),
    lines: selection.shown.slice(-maxRevealsShown),
    notes: [words.keys.warning, words.keys.customerToo],
    buttons: [
      ...(selection.version.keyRef ? [button(context, 'getKey', { ...look, style: 'positive' })] : []),
      ...(selection.option ? [button(context, 'download', look), button(context, 'copyLink', look)] : []),
      ...(context.draft?.canGoBack ? [button(context, 'back')] : []),
      button(context, 'done'),
      ...(selection.isSlow ? [openButton(words.keys.notHere.portal, words.keys.notHere.portalUrl)] : []),
    ],
  });
}

/** The settled twin: nothing to press, nothing secret. */
export function keysSettledCard(context: CardContext, selection: Selection): Card {
  const { words } = context;
  return messageCard(
    { ...context, draft: undefined, problem: undefined },
    {
      title: words.keys.title,
      facts: factsOf(words, selection),
      lines: [...selection.shown.slice(-maxRevealsShown), words.keys.settled, words.keys.again(selection.orderNumber)],
    },
  );
}

interface Shown {
  readonly what: 'key' | 'download' | 'link';
  readonly version: string;
  readonly value: Secret<string>;
  /** After these it is taken away; a dialog stays until it is closed. */
  readonly seconds?: number;
  /** `hide`: an answer that replaced the card; `done`: a targeted message that goes away. */
  readonly closing: 'hide' | 'done';
}

/** Stands for a moment where the secret appears, so that the message is known before the secret is in it. */
export function placeholderCard(context: CardContext): Card {
  const { words } = context;
  const bare = { ...context, draft: undefined, problem: undefined };
  return messageCard(bare, { title: words.keys.keyTitle, lines: [words.keys.coming] });
}

/** The one card that unwraps a secret. Its title and summary say nothing: a toast may show them. */
export function secretCard(context: CardContext, { what, version, value, seconds, closing }: Shown): PrivateCard {
  const { words } = context;
  const text = value.reveal();
  const close: Button =
    closing === 'hide' ? button(context, 'hide') : { ...button(context, 'done'), data: { do: 'hideSecret' } };
  const card = draw(
    { ...context, problem: undefined },
    {
      title: words.keys.keyTitle,
      summary: words.keys.keySummary,
      lines: [words.keys.warning],
      secret: { label: what === 'key' ? words.keys.keyOf(version) : words.keys.linkOf(version), text },
      notes: [
        ...(what === 'key' ? [] : [words.keys.linkExpires]),
        seconds === undefined ? words.keys.closeWindow : words.keys.hiddenAfter(seconds),
      ],
      buttons: what === 'download' ? [openButton(words.keys.openDownload, text), close] : [close],
    },
  );
  return new Secret(card);
}

/** What was chosen, where there is nothing to fetch: enough to find it by hand. */
export interface ItemToFind {
  readonly customerName: string;
  readonly orderNumber: string;
  readonly item: string;
  readonly version?: string;
  /** Partner Center's own words. */
  readonly said?: string;
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
      facts: [
        { title: facts.customer, value: customerName },
        { title: facts.order, value: orderNumber },
        { title: facts.item, value: item },
        ...(version ? [{ title: facts.version, value: version }] : []),
      ],
      lines: [notHere.text, notHere.steps, ...(said ? [notHere.said(said)] : [])],
      notes: [words.keys.customerToo, words.keys.warning],
      buttons: [openButton(notHere.portal, notHere.portalUrl), openButton(notHere.adminCenter, notHere.adminCenterUrl)],
    },
  );
}
