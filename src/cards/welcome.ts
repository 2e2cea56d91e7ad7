import { dayMs, daysLeft, urgentDays } from '../domain/cancellations/cancellation-window.ts';
import { type Case, closingOf, isHandOver } from '../domain/cancellations/case.ts';
import type { Draft } from '../domain/drafts/draft.ts';
import type { Reminder } from '../domain/notices/reminders.ts';
import { withoutFullStop } from '../words/format.ts';
import type { Words } from '../words/words.ts';
import { commandButton, findButton } from './buttons.ts';
import type { Badge, Button, Card, Row } from './card.ts';
import { caseRow } from './cases.ts';
import { type Input, textInput } from './inputs.ts';
import { type CardContext, draw } from './render.ts';

/** A command that there is help for. */
export type Topic = keyof Words['help']['commands'];

interface Reader {
  readonly name: string;
  /** What this person may begin here, with the word that is typed for it. */
  readonly may: ReadonlyMap<Topic, string>;
  /** They have a role that we know. */
  readonly isStaff: boolean;
}

/** What is open and waits for the reader; empty where others read along. */
export interface Waiting {
  readonly cases: readonly Case[];
  readonly drafts: readonly Draft[];
  readonly reminders: readonly Pick<Reminder, 'orderNumber' | 'closesAt'>[];
  readonly now: Date;
}

const maxRows = 3;

/** A greeting: what needs this person, and what they can begin. */
export function welcomeCard(shown: CardContext, reader: Reader, waiting: Waiting): Card {
  const context = { ...shown, draft: undefined };
  const { help } = context.words;
  const rows = rowsOf(context, waiting);
  const needed = rows.length > 0 ? [help.waiting(rows.length)] : [];
  return draw(context, {
    title: help.title,
    subtitle: help.tagline,
    icon: 'Cart',
    summary: `${help.title}: ${needed[0] ?? help.tagline}`,
    lines: [
      needed.length > 0 ? [help.hi(reader.name), ...needed].join(' ') : help.hello(reader.name),
      ...(reader.isStaff ? [] : [help.whoami.nothing]),
    ],
    items: rows.slice(0, maxRows),
    inputs: reader.isStaff ? [findInput(context)] : [],
    notes: [typeWhatYouWant(context, reader, 2), help.mention],
    buttons: beginButtons(context, reader, waiting.cases.length),
  });
}

function findInput(context: CardContext): Input {
  const { words } = context;
  return textInput(words, 'find', {
    optional: true,
    placeholder: words.help.findHint,
    maxLength: 200,
    action: findButton(context),
  });
}

/** All that the reader may begin. */
export function helpCard(shown: CardContext, { name, may, isStaff }: Reader): Card {
  const context = { ...shown, draft: undefined };
  const { help } = context.words;
  const [first] = may.values();
  return draw(context, {
    title: help.overview,
    lines: [help.hello(name), ...(isStaff ? [] : [help.whoami.nothing]), `${help.intro} ${help.mention}`],
    facts: [...may].map(([topic, title]) => ({ title, value: help.commands[topic] })),
    notes: [help.more(`${may.get('help') ?? 'help'} ${first ?? ''}`.trim())],
  });
}

interface About {
  readonly topic: Topic;
  readonly typed: string;
  /** Why the reader may not, and who may. */
  readonly refusal?: string;
  readonly canBegin: boolean;
}

/** One command: what it does, what it needs, what could be typed, and a button that begins it. */
export function topicCard(shown: CardContext, { topic, typed, refusal, canBegin }: About): Card {
  const context = { ...shown, draft: undefined };
  const { help } = context.words;
  const { needs, examples } = help.topics[topic];
  return draw(context, {
    title: help.aboutOne(typed),
    lines: refusal === undefined ? [] : [refusal],
    facts: [
      { title: help.what, value: help.commands[topic] },
      { title: help.need, value: needs },
      { title: help.example, value: examples.join(' · ') },
    ],
    buttons: canBegin ? [commandButton(context, typed, { title: help.labels[topic], style: 'positive' })] : [],
  });
}

/** What was typed is not understood: what may have been meant, as a button, and what could be typed. */
export function notUnderstoodCard(
  shown: CardContext,
  reader: Reader,
  { text, nearest }: { readonly text: string; readonly nearest?: string },
): Card {
  const context = { ...shown, draft: undefined };
  const { help } = context.words;
  const asked = nearest === undefined ? [] : [help.didYouMean(nearest.slice(0, 100))];
  return draw(context, {
    title: withoutFullStop(help.notUnderstood(text.slice(0, 100))),
    lines: reader.isStaff ? asked : [help.whoami.nothing],
    notes: [typeWhatYouWant(context, reader, 3)],
    buttons: nearest === undefined ? [] : [commandButton(context, nearest, { style: 'positive' })],
  });
}

const telling: readonly Topic[] = ['buy', 'keys', 'cancel', 'software', 'orders', 'cases'];

function typeWhatYouWant({ words: { help } }: CardContext, { may }: Reader, most: number): string {
  const examples = telling
    .filter((topic) => may.has(topic))
    .flatMap((topic) => help.topics[topic].examples.slice(0, 1));
  const all = may.get('help') ?? 'help';
  return help.orType(examples.length > 0 ? examples.slice(0, most) : help.topics.whoami.examples.slice(0, 1), all);
}

const likely: readonly Topic[] = ['buy', 'software', 'cases', 'orders', 'whoami', 'language'];
const further: readonly Topic[] = ['drafts', 'audit', 'whoami'];

/** What is filled in to be found can be for them. */
const withFound: readonly Topic[] = ['buy', 'software', 'orders'];

/** Three, and the rest in the menu; cases with how many need somebody. */
function beginButtons(context: CardContext, { may }: Reader, waitingCases: number): Button[] {
  const { labels } = context.words.help;
  const first = likely.filter((topic) => may.has(topic)).slice(0, 3);
  const rest = further.filter((topic) => may.has(topic) && !first.includes(topic));
  const begin = (topic: Topic, look: Pick<Button, 'mode'> & { readonly style?: Button['style'] }): Button =>
    commandButton(context, may.get(topic) ?? topic, {
      title: topic === 'cases' && waitingCases > 0 ? `${labels.cases} (${waitingCases})` : labels[topic],
      withInputs: withFound.includes(topic),
      ...look,
    });
  return [
    ...first.map((topic, at) => begin(topic, { style: at === 0 ? 'positive' : 'default' })),
    ...rest.map((topic) => begin(topic, { mode: 'secondary' })),
  ];
}

/** What closes soonest first, then what needs a person, then drafts, newest first. */
export function rowsOf(context: CardContext, { cases, drafts, reminders, now }: Waiting): Row[] {
  const rows: { readonly row: Row; readonly closesAt?: Date }[] = [
    ...reminders.map((reminder) => ({ row: reminderRow(context, reminder, now), closesAt: reminder.closesAt })),
    ...cases.map((found) => ({
      row: caseRow(context, found),
      closesAt: isHandOver(found) ? soonOf(closingOf(found), now) : undefined,
    })),
    ...drafts.map((draft) => {
      const closesAt = soonOf(draft.closing && new Date(draft.closing.closesAt), now);
      return { row: draftRow(context, draft, closesAt && daysBadge(context.words, closesAt, now)), closesAt };
    }),
  ];
  const timeOf = (at: Date | undefined): number => at?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return rows.toSorted((one, other) => timeOf(one.closesAt) - timeOf(other.closesAt)).map(({ row }) => row);
}

/** Only where it still closes, and within days. */
function soonOf(closesAt: Date | undefined, now: Date): Date | undefined {
  const left = closesAt ? closesAt.getTime() - now.getTime() : -1;
  return left >= 0 && left <= urgentDays * dayMs ? closesAt : undefined;
}

export function reminderRow(
  context: CardContext,
  { orderNumber, closesAt }: Pick<Reminder, 'orderNumber' | 'closesAt'>,
  now: Date,
): Row {
  const { words, timeZone } = context;
  return {
    heading: words.notices.closing(orderNumber, closesAt, timeZone),
    details: [],
    badge: daysBadge(words, closesAt, now),
    action: commandButton(context, `orders ${orderNumber}`, { title: words.buttons.open }),
  };
}

export function draftRow(
  context: CardContext,
  { id, title, flow, ownerName, isHandedOver, changedAt }: Draft,
  closing: Badge | undefined,
): Row {
  const { words, timeZone } = context;
  const changed = words.drafts.changed(new Date(changedAt), timeZone);
  const state: Badge = isHandedOver
    ? { text: words.drafts.waiting, style: 'warning', icon: 'Person' }
    : { text: words.help.draft, style: 'subtle' };
  return {
    heading: title ?? flow,
    details: [isHandedOver ? `${words.drafts.handedOver(ownerName)} · ${changed}` : changed],
    badge: closing ?? state,
    action: commandButton(context, `drafts ${id}`, { title: words.buttons.open }),
  };
}

function daysBadge(words: Words, closesAt: Date, now: Date): Badge {
  return { text: words.software.shortly(daysLeft({ closesAt }, now), true), style: 'warning', icon: 'Clock' };
}
