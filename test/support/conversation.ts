import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { languages } from '../../src/domain/people/languages.ts';
import { wordsFor } from '../../src/words/index.ts';
import { type CardView, filledIn, type InputView, viewOf } from './card-view.ts';
import { personOf, type Who } from './people.ts';
import type { Json } from './simulator-control.ts';
import type { Message, StubConnector } from './stub-connector.ts';

/** Where people talk: a thread in a channel, a group chat, their own chat with the bot, or a thread in a shared channel. */
export type Where = 'channel' | 'group' | 'personal' | 'shared';

/** What Teams sends: a message, a pressed button, or anything else. */
export interface Activity {
  readonly [name: string]: unknown;
}

export type Choice = InputView['choices'][number];

export type Values = Readonly<Record<string, string>>;

/** A card as it stands in a message. */
export interface Shown {
  readonly message: Pick<Message, 'id'>;
  readonly view: CardView;
}

/** What came back at once, in the answer of the invoke. */
export interface InvokeAnswer {
  readonly status: number;
  readonly card?: CardView;
  readonly said?: string;
  readonly text: string;
  /** How long the person waited, in milliseconds. */
  readonly tookMs: number;
}

export interface DialogAnswer {
  readonly status: number;
  readonly kind: string;
  readonly card?: CardView;
  readonly said?: string;
  /** The page that the dialog shows. */
  readonly url?: string;
  readonly text: string;
}

/** A file as Teams hands it to a bot: its name, and where it can be fetched for a while. */
export interface FileSent {
  readonly name: string;
  readonly url: string;
}

/** One person's side of a conversation. */
export interface Conversation {
  readonly place: string;
  readonly person: { readonly id: string; readonly name: string };
  /** Types a message, with the mention in a channel, and returns the newest card that came of it. */
  says(text: string): Promise<CardView>;
  /** Sends files that lie at these addresses, with words or without, and returns the newest card that came of it. */
  sends(files: readonly FileSent[], text?: string): Promise<CardView>;
  /** Presses a button of the newest card, or of `on`, and returns the answer of the invoke. */
  presses(title: string, values?: Values, on?: Shown): Promise<InvokeAnswer>;
  /** The same, for a button that changes the card: what everybody sees then. */
  goes(title: string, values?: Values, on?: Shown): Promise<CardView>;
  /** Types into an input of the newest card, or of `on`, whose choices are searched: what Teams shows then. */
  types(label: string, text: string, on?: Shown): Promise<readonly Choice[]>;
  /** The activity that this is; `dataset`: what a changed client sends as the name of the list. */
  typing(text: string, dataset: string): Activity;
  /** Presses a button that opens a dialog, or one within it (`on`). */
  opens(title: string, on?: Shown, values?: Values): Promise<DialogAnswer>;
  /** The activity that such a press is, to be sent by hand or twice. */
  press(title: string, values?: Values, on?: Shown): Activity;
  /** The message that such words are. */
  words(text: string): Activity;
  /** The newest message with a card that everybody in the place sees, as it stands now. */
  card(): Shown;
  /** All of them, oldest first. */
  cards(): Shown[];
  /** The messages that were sent to this person alone, oldest first; taken away or not. */
  targeted(): Message[];
  /** Somebody else in the same thread, or in a chat of their own. */
  as(who: Who): Conversation;
  /** The same person elsewhere. */
  in(where: Where): Conversation;
  /** The same person in the same place, whose Teams is in another language. */
  speaking(locale: string): Conversation;
}

/** The side of Teams that a conversation needs: where activities go, and where the bot's messages arrive. */
export interface Teams {
  readonly connector: StubConnector;
  post(activity: Activity): Promise<Response>;
}

/** Of everybody in a conversation, and of the conversation. */
export const tenantId = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';

function placeOf(where: Where, number: number, personId: string): string {
  const digits = String(number).padStart(5, '0');
  if (where === 'personal') return `a:29:${personId}`;
  if (where === 'shared') return `19:shared${digits}@thread.tacv2;messageid=17000000${digits}`;
  return where === 'group' ? `19:${digits}@thread.v2` : `19:general@thread.tacv2;messageid=17000000${digits}`;
}

export function startConversation(
  teams: Teams,
  number: number,
  where: Where,
  who: Who,
  locale = 'en-GB',
): Conversation {
  const { connector } = teams;
  const { id, name } = personOf(who, number);
  const place = placeOf(where, number, id);
  const base = {
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: `29:${id}`, name, aadObjectId: id },
    recipient: { id: '28:bot', name: 'Software Desk' },
    conversation: {
      id: place,
      conversationType: { channel: 'channel', group: 'groupChat', personal: 'personal', shared: 'channel' }[where],
      isGroup: where !== 'personal',
      tenantId,
    },
    channelData: { tenant: { id: tenantId }, ...(where === 'shared' && { channel: { type: 'shared' } }) },
    locale,
    localTimezone: 'Europe/Warsaw',
  };

  const shownTo = (message: Message): Shown[] =>
    message.card && !message.isTargeted && !message.isDeleted ? [{ message, view: viewOf(message.card) }] : [];
  const cards = (): Shown[] => connector.messages(place).flatMap(shownTo);
  const last = (): Shown | undefined =>
    connector
      .messages(place)
      .filter(({ card, isTargeted, isDeleted }) => card && !isTargeted && !isDeleted)
      .slice(-1)
      .flatMap(shownTo)[0];

  const newest = (): Shown => last() ?? assert.fail('no card here');

  const dataOf = (title: string, values: Values, on: Shown) => {
    const action = on.view.button(title);
    const data = { ...(action.data as Json), ...(action.associatedInputs === 'none' ? {} : filledIn(on.view, values)) };
    return { action, data };
  };

  const press: Conversation['press'] = (title, values = {}, on = newest()) => {
    const { action, data } = dataOf(title, values, on);
    return {
      ...base,
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: `f:${randomUUID()}`,
      replyToId: on.message.id,
      value: { action: { type: 'Action.Execute', verb: action.verb, data }, trigger: 'manual' },
    };
  };

  const typing: Conversation['typing'] = (text, dataset) => ({
    ...base,
    type: 'invoke',
    name: 'application/search',
    id: `f:${randomUUID()}`,
    value: { kind: 'search', queryText: text, queryOptions: { skip: 0, top: 15 }, dataset },
  });

  const words: Conversation['words'] = (text) => {
    const mentioned = { id: '28:bot', name: 'Software Desk' };
    const mention = { type: 'mention', text: '<at>Software Desk</at>', mentioned };
    const spoken = where !== 'personal' ? { text: `<at>Software Desk</at> ${text}`, entities: [mention] } : { text };
    return { ...base, type: 'message', id: randomUUID(), ...spoken };
  };

  const answerTo = async (activity: Activity, what: string): Promise<CardView> => {
    const before = connector.messages(place).length;
    const response = await teams.post(activity);
    if (response.status !== 200) throw new Error(`${response.status} for ${what}`);
    await connector.until(
      () => connector.messages(place).length > before && !isWorking(last()),
      `an answer to ${what}`,
    );
    return newest().view;
  };

  const presses: Conversation['presses'] = (title, values, on) => pressed(teams, press(title, values, on));

  return {
    place,
    person: { id, name },
    press,
    words,
    presses,
    typing,
    types(label, text, on = newest()) {
      const { dataset } = on.view.input(label);
      return searched(teams, typing(text, dataset ?? assert.fail(`${label} is not searched`)));
    },
    card: newest,
    cards,
    targeted: () =>
      connector.messages(place).filter(({ isTargeted, recipientId }) => isTargeted && recipientId === `29:${id}`),
    as: (other) => startConversation(teams, number, where, other, locale),
    in: (elsewhere) => startConversation(teams, number, elsewhere, who, locale),
    speaking: (other) => startConversation(teams, number, where, who, other),
    says: (text) => answerTo(words(text), `"${text}"`),
    sends(files, text = '') {
      const attachments = files.map(({ name, url }) => ({
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        contentUrl: 'https://partner-my.sharepoint.com/personal/ada/Documents/file',
        name,
        content: { downloadUrl: url, uniqueId: randomUUID(), fileType: name.split('.').at(-1) },
      }));
      const html = { contentType: 'text/html', content: `<p>${text}</p>` };
      return answerTo({ ...words(text), attachments: [html, ...attachments] }, files.map(({ name }) => name).join());
    },
    async goes(title, values, on = newest()) {
      const { status, said } = await presses(title, values, on);
      if (status !== 200) throw new Error(`${status} for "${title}": ${said}`);
      const shown = () => connector.messages(place).find(({ id }) => id === on.message.id)?.card;
      const isChanged = () => {
        const card = shown();
        return card !== undefined && !isDeepStrictEqual(card, on.view.json) && !isWorking({ view: viewOf(card) });
      };
      // Where the machine is slow, the answer is that the card will change.
      if (stillWorking.includes(said ?? '')) await connector.until(isChanged, `the card after "${title}"`);
      return newest().view;
    },
    async opens(title, on = newest(), values = {}) {
      const { action, data } = dataOf(title, values, on);
      const isInside = (action.data as Json).msteams === undefined;
      const response = await teams.post({
        ...base,
        type: 'invoke',
        name: isInside ? 'task/submit' : 'task/fetch',
        id: `f:${randomUUID()}`,
        replyToId: isInside ? undefined : on.message.id,
        value: { data, context: { theme: 'default' } },
      });
      return dialogAnswerOf(response);
    },
  };
}

const working = languages.map((language) => wordsFor(language).common.working.title);
const stillWorking: readonly string[] = languages.map((language) => wordsFor(language).common.stillWorking);

function isWorking(shown: Pick<Shown, 'view'> | undefined): boolean {
  return shown?.view.text.split('\n').some((line) => working.some((title) => line.startsWith(title))) ?? false;
}

/** What is found for what somebody types. */
export async function searched(teams: Teams, activity: Activity): Promise<readonly Choice[]> {
  const response = await teams.post(activity);
  const { type, value } = (await response.json()) as Json;
  assert.equal(response.status, 200);
  assert.equal(type, 'application/vnd.microsoft.search.searchResponse');
  return value.results;
}

/** Sends the press and waits for its answer. */
export async function pressed(teams: Teams, activity: Activity): Promise<InvokeAnswer> {
  const begunAt = performance.now();
  const response = await teams.post(activity);
  const text = await response.text();
  const body = text ? (JSON.parse(text) as Json) : {};
  const isCard = body.type === 'application/vnd.microsoft.card.adaptive';
  return {
    status: response.status,
    card: isCard ? viewOf(body.value) : undefined,
    said: typeof body.value === 'string' ? body.value : undefined,
    text,
    tookMs: performance.now() - begunAt,
  };
}

async function dialogAnswerOf(response: Response): Promise<DialogAnswer> {
  const text = await response.text();
  const task = text ? (JSON.parse(text) as Json).task : undefined;
  const card = task?.value?.card?.content;
  return {
    status: response.status,
    kind: task?.type ?? 'closed',
    card: card && viewOf(card),
    said: typeof task?.value === 'string' ? task.value : undefined,
    ...(typeof task?.value?.url === 'string' && { url: task.value.url }),
    text,
  };
}

/** One test that runs in a channel thread and in a personal chat, at the same time. */
export function inBoth(title: string, run: (where: 'channel' | 'personal') => Promise<void>): Mocha.Test {
  return it(title, () => both(run).then(() => undefined));
}

/** Runs it in both places and returns what each run found; a failure tells where. */
export function both<T>(run: (where: 'channel' | 'personal') => Promise<T>): Promise<[T, T]> {
  const told = (where: 'channel' | 'personal'): Promise<T> =>
    run(where).catch((error: Error) => {
      error.message = `in a ${where} conversation: ${error.message}`;
      throw error;
    });
  return Promise.all([told('channel'), told('personal')]);
}
