import type { PlaceReference } from '../../domain/people/references.ts';
import { asShown } from '../../domain/shown-text.ts';
import type { Card } from '../../flows/engine/flow.ts';
import type { InvokeAnswer, WebPage } from '../../flows/engine/messenger.ts';

const cardType = 'application/vnd.microsoft.card.adaptive';
const messageType = 'application/vnd.microsoft.activity.message';
const searchType = 'application/vnd.microsoft.search.searchResponse';
const errorType = 'application/vnd.microsoft.error';

/** The one person a targeted message is for. */
export interface Addressee {
  readonly channelUserId: string;
  readonly name: string;
}

/** A choice of an input. */
export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** The body of a request to the Connector. */
export type OutgoingActivity = Record<string, unknown>;

type Origin = Pick<PlaceReference, 'place' | 'bot'>;

/**
 * A card as a new message. With `onlyFor` the recipient is named, as creating a targeted message demands; without it
 * there is no recipient, and never a `replyToId`: the conversation's id says where. See docs/teams.md, "Targeted messages".
 */
export function cardMessage(card: Card, { place, bot }: Origin, onlyFor?: Addressee): OutgoingActivity {
  return {
    type: 'message',
    from: bot,
    conversation: { id: place.id },
    ...(onlyFor && { recipient: { id: onlyFor.channelUserId, name: onlyFor.name, isTargeted: true } }),
    summary: card.summary,
    attachments: [{ contentType: cardType, content: card.content }],
  };
}

/** The card that takes a message's place. No recipient: an edit of a targeted message that has one is refused. */
export function cardEdit(card: Card, messageId: string, origin: Origin): OutgoingActivity {
  return { ...cardMessage(card, origin), id: messageId };
}

export function textMessage(text: string, { place, bot }: Origin, onlyFor?: Addressee): OutgoingActivity {
  return {
    type: 'message',
    from: bot,
    conversation: { id: place.id },
    ...(onlyFor && { recipient: { id: onlyFor.channelUserId, name: onlyFor.name, isTargeted: true } }),
    text: asShown(text),
    textFormat: 'plain',
  };
}

/** As many as Teams shows. */
const mostSuggestions = 3;

/** Only on a message without attachments: docs/teams.md, "Presence in chat". */
export function withSuggestions(message: OutgoingActivity, suggestions: readonly string[]): OutgoingActivity {
  const actions = suggestions.slice(0, mostSuggestions).map((text) => ({ type: 'imBack', title: text, value: text }));
  return { ...message, suggestedActions: { to: [], actions } };
}

export function typingActivity({ place, bot }: Origin): OutgoingActivity {
  return { type: 'typing', from: bot, conversation: { id: place.id } };
}

/**
 * The body of an invoke's answer: what this client alone shows. There is always one of the right shape; without,
 * Teams says "Unable to reach app" (docs/teams.md, "Answers of invokes").
 */
export function invokeBody(answered: InvokeAnswer): unknown {
  switch (answered.kind) {
    case 'card':
      return { statusCode: 200, type: cardType, value: answered.card.content };
    case 'secret':
      return { statusCode: 200, type: cardType, value: answered.card.reveal().content };
    case 'text':
      return { statusCode: 200, type: messageType, value: answered.text };
    // Only a dialog can show a page, and only a page needs a token.
    case 'page':
    case 'token':
    case 'nothing':
      return { statusCode: 200, type: messageType, value: '' };
  }
}

/** What a dialog says of itself, and where the pages are that it may show. */
export interface DialogFrame {
  readonly title: string;
  /** Absent where there are no pages. */
  readonly publicUrl?: string;
  /** To whom the page's result goes. */
  readonly appId?: string;
}

/** The body of a dialog's answer; none closes the dialog (docs/teams.md, "Dialogs"). */
export function dialogBody(answered: InvokeAnswer, frame: DialogFrame): unknown {
  switch (answered.kind) {
    case 'card':
      return dialogCard(answered.card, frame);
    case 'secret':
      return dialogCard(answered.card.reveal(), frame);
    case 'page':
      return dialogPage(answered, frame);
    case 'text':
      return { task: { type: 'message', value: answered.text } };
    case 'token':
    case 'nothing':
      return undefined;
  }
}

/** What was found for what somebody types into an input; nothing is an answer too (docs/teams.md, "Search while typing"). */
export function choicesBody(results: readonly Choice[]): unknown {
  return { statusCode: 200, type: searchType, value: { results } };
}

/** For an invoke we do not know, in the shape that its kind is read in; HTTP 200 all the same. */
export function unknownBody(name: string | undefined, message: string): unknown {
  const [kind] = (name ?? '').split('/');
  if (kind === 'task') return { task: { type: 'message', value: message } };
  // Of these nobody reads an answer.
  if (kind === 'signin' || kind === 'message') return undefined;
  return { statusCode: 400, type: errorType, value: { code: 'NotSupported', message } };
}

/** Clients that show no pages in dialogs open the same address in the browser. */
function dialogPage({ path, title, width, height }: WebPage, { publicUrl, appId }: DialogFrame): unknown {
  if (publicUrl === undefined) throw new TypeError('There are no pages without PUBLIC_URL');
  const url = `${publicUrl}${path}`;
  const value = { title, width, height, url, fallbackUrl: url, ...(appId && { completionBotId: appId }) };
  return { task: { type: 'continue', value } };
}

function dialogCard(card: Card, { title }: DialogFrame): unknown {
  const value = {
    title,
    height: 'medium',
    width: 'medium',
    card: { contentType: cardType, content: forDialog(card.content) },
  };
  return { task: { type: 'continue', value } };
}

/** In a dialog buttons must be `Action.Submit`, and what opens a dialog does nothing there. */
function forDialog(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(forDialog);
  if (typeof node !== 'object' || node === null) return node;
  const { refresh: _, ...fields } = Object.fromEntries(
    Object.entries(node).map(([name, inner]) => [name, forDialog(inner)]),
  );
  if (fields.type !== 'Action.Execute' && fields.type !== 'Action.Submit') return fields;
  const { verb, fallback: __, ...action } = fields;
  const data = typeof action.data === 'object' && action.data !== null ? { ...action.data } : {};
  Reflect.deleteProperty(data, 'msteams');
  const named = typeof verb === 'string' && !('do' in data) ? { do: verb, ...data } : data;
  return { ...action, type: 'Action.Submit', data: named };
}
