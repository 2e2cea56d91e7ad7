import { z } from 'zod';
import { readCardAction } from '../../cards/card-action.ts';
import { asItLooks, clean } from '../../cards/typed-text.ts';
import type { SentFile } from '../../domain/cancellations/ticket-files.ts';
import type { Readers } from '../../domain/people/place.ts';
import { Secret } from '../../domain/secret.ts';
import type { AnswerWay, Incoming, TypedText } from '../../flows/engine/messenger.ts';
import { type Activity, asRecord, placeOf } from './activity.ts';
import { type ExtensionInvoke, parseExtension } from './extension.ts';
import { type FileConsent, readFileConsent } from './file-consent.ts';
import { isMentioned, readMessageText } from './text.ts';

/** What an activity asks of us; `readIncoming` puts it together with who says it. */
export type ParsedActivity =
  | { readonly kind: 'turn'; readonly input: Incoming['input'] }
  /** The app was added to the place: a greeting, where none was there before. */
  | { readonly kind: 'installed'; readonly input: Incoming['input'] }
  /** The app was removed from the place: nothing can be sent there any more. */
  | { readonly kind: 'removed' }
  | { readonly kind: 'ignored' }
  /** Of the message extension, which works in every chat, also where the bot is no member. */
  | { readonly kind: 'extension'; readonly asked: ExtensionInvoke }
  /** Somebody types into an input whose choices are searched. */
  | { readonly kind: 'search'; readonly query: TypedSearch }
  /** Whether a file may be put into somebody's OneDrive. */
  | { readonly kind: 'file-consent'; readonly consent: FileConsent }
  /** An invoke we do not know, or whose value has not the shape of its name. */
  | { readonly kind: 'unknown-invoke' };

/** `top`: so many are wanted at the most; `skip`: without so many of the first. */
export interface TypedSearch {
  readonly dataset: string;
  readonly text: string;
  readonly skip: number;
  readonly top: number;
}

/**
 * What an activity is, without looking at who sent it. Ignored on purpose: deletions of messages, reactions, typing,
 * `conversationUpdate` (the welcome is sent on `installationUpdate`, so that there is one), messages of bots, and
 * channel messages that do not mention us (they come only where somebody granted the app all messages).
 */
export function parseActivity(activity: Activity): ParsedActivity {
  if (activity.from?.role === 'bot') return { kind: 'ignored' };
  if (activity.type === 'message' || activity.type === 'messageUpdate') return parseMessage(activity);
  if (activity.type === 'invoke') return parseInvoke(activity);
  if (activity.type === 'installationUpdate') return parseInstallation(activity);
  return { kind: 'ignored' };
}

/** Who says or presses something where; what it is, `parseActivity` tells. */
export function readIncoming(
  activity: Activity,
  { readers, ...turn }: Pick<Incoming, 'who' | 'language' | 'turnId' | 'answerBy'> & { readonly readers: Readers },
): Omit<Incoming, 'input'> {
  const conversation = activity.conversation;
  if (!conversation) throw new TypeError('An admitted activity has a conversation');
  return {
    ...turn,
    // An invoke needs its own answer each time; a message that comes again needs none.
    activityKey: activity.type === 'invoke' ? undefined : activityKey(activity),
    place: placeOf(conversation),
    isPrivate: isPrivate(activity) || readers !== 'staff',
    ...(readers !== 'staff' && { readers }),
  };
}

/** A targeted message, such as a slash command: nobody else may see its answers. See docs/teams.md, "Targeted messages". */
export function isPrivate(activity: Activity): boolean {
  return activity.recipient?.isTargeted === true || activity.entities.some((entity) => isTreatment(entity));
}

/** The other way in which clients mark a targeted message (reported). */
function isTreatment(entity: unknown): boolean {
  const { type, treatment } = asRecord(entity) ?? {};
  return type === 'activityTreatment' && treatment === 'targeted';
}

/** Message ids are unique within a conversation only, so that is what a delivery is known by. */
export function activityKey({ id, type, conversation }: Activity): string | undefined {
  // A message that is changed is the same message.
  const first = type === 'messageUpdate' ? 'message' : type;
  return id && conversation ? `${conversation.id}|${first}|${id}` : undefined;
}

/** Edited, or restored after it was deleted. */
function isChanged({ type, channelData }: Activity): boolean {
  return type === 'messageUpdate' || (type === 'message' && channelData?.eventType === 'editMessage');
}

/** A message that was changed is another delivery each time. */
export function deliveryKey(activity: Activity): string | undefined {
  if (activity.type === 'invoke') return undefined;
  const key = activityKey(activity);
  return key && isChanged(activity) ? `${key}|${activity.channelData?.eventType}|${activity.text}` : key;
}

function parseMessage(activity: Activity): ParsedActivity {
  const data = asRecord(activity.value);
  // `Action.Submit` comes as a message with a value and without text; a button that types has both.
  // See docs/teams.md, "Card actions that arrive as messages".
  if (data && (typeof data.do === 'string' || !activity.text)) {
    return { kind: 'turn', input: readAction(activity, data, 'message') };
  }
  const place = activity.conversation && placeOf(activity.conversation);
  if (place?.kind !== 'personal' && !isPrivate(activity) && !isMentioned(activity)) return { kind: 'ignored' };
  const said = readMessageText(activity);
  const files = place?.kind === 'personal' ? filesIn(activity) : [];
  const unread = said.text === '' && files.length === 0 ? unreadIn(activity) : undefined;
  const isAgain = isChanged(activity);
  return {
    kind: 'turn',
    input: {
      kind: 'text',
      ...said,
      ...(unread && { unread }),
      ...(files.length > 0 && { files }),
      ...(isAgain && { isChanged: true }),
    },
  };
}

/** More than these in one message are not looked at. */
const mostFiles = 20;
const sentFile = z.object({ downloadUrl: z.string().min(1).max(8000) });

/** Files that Teams has put where the bot can fetch them (docs/teams.md, "Files"). Only a personal chat has them. */
function filesIn({ attachments }: Activity): SentFile[] {
  return attachments.slice(0, mostFiles).flatMap((one) => {
    if (one?.contentType.toLowerCase() !== 'application/vnd.microsoft.teams.file.download.info') return [];
    const { success, data } = sentFile.safeParse(one.content);
    return success ? [{ name: clean(one.name ?? ''), address: new Secret(data.downloadUrl) }] : [];
  });
}

/** What stands in place of words. The text of a message comes as HTML too, with pictures in it. */
function unreadIn({ text, attachments }: Activity): TypedText['unread'] {
  const types = attachments.map((one) => one?.contentType.toLowerCase() ?? '');
  const html = attachments.map((one) => (typeof one?.content === 'string' ? one.content : '')).join(' ');
  if (types.some((type) => /forward|messagereference/.test(type)) || /<attachment\b/i.test(`${text} ${html}`))
    return 'forwarded';
  if (types.some((type) => type.startsWith('image/')) || /<img\b/i.test(html)) return 'picture';
  return types.some((type) => type !== '' && !type.startsWith('text/')) ? 'file' : undefined;
}

function parseInvoke(activity: Activity): ParsedActivity {
  const value = asRecord(activity.value);
  if (activity.name === 'adaptiveCard/action') {
    const action = asRecord(value?.action);
    if (!action) return { kind: 'unknown-invoke' };
    const isAutomatic = value?.trigger === 'automatic';
    return { kind: 'turn', input: readAction(activity, action.data, 'invoke', { verb: action.verb, isAutomatic }) };
  }
  if (activity.name === 'task/fetch' || activity.name === 'task/submit') {
    return { kind: 'turn', input: readAction(activity, value?.data, 'dialog') };
  }
  if (activity.name?.startsWith('composeExtension/')) return { kind: 'extension', asked: parseExtension(activity) };
  if (activity.name === 'application/search') return parseSearch(value);
  if (activity.name === 'fileConsent/invoke') {
    const consent = readFileConsent(value);
    return consent ? { kind: 'file-consent', consent } : { kind: 'unknown-invoke' };
  }
  return { kind: 'unknown-invoke' };
}

const mostChoices = 15;

function parseSearch(value: Record<string, unknown> | undefined): ParsedActivity {
  const { dataset, queryText, queryOptions } = value ?? {};
  if (typeof dataset !== 'string') return { kind: 'unknown-invoke' };
  const { skip, top } = asRecord(queryOptions) ?? {};
  const text = typeof queryText === 'string' ? asItLooks(queryText).slice(0, mostTyped) : '';
  const count = (given: unknown, otherwise: number) =>
    typeof given === 'number' && given >= 0 ? Math.min(Math.floor(given), mostChoices) : otherwise;
  return { kind: 'search', query: { dataset, text, skip: count(skip, 0), top: count(top, mostChoices) } };
}

/** More than any name or title has. */
const mostTyped = 200;

function parseInstallation({ action }: Activity): ParsedActivity {
  if (action?.startsWith('remove')) return { kind: 'removed' };
  return action === 'add' ? { kind: 'installed', input: { kind: 'text', text: 'hi' } } : { kind: 'ignored' };
}

function readAction(
  activity: Activity,
  data: unknown,
  via: AnswerWay,
  { verb, isAutomatic = false }: { verb?: unknown; isAutomatic?: boolean } = {},
): Incoming['input'] {
  // Some clients name no message like this.
  const messageId = activity.replyToId === '-1' ? undefined : activity.replyToId;
  return { kind: 'action', action: readCardAction(data, verb), messageId, via, isAutomatic };
}
