import type { Role } from '../../src/domain/people/staff.ts';
import type { BotAnswer } from '../../src/teams/bot.ts';
import { sayingOf } from '../histories/card-summary.ts';
import type { Answered, Sent, SentPress } from '../histories/events.ts';
import { isDeciding } from '../histories/history-index.ts';
import { type InputView, viewOf } from '../support/card-view.ts';
import { type Connector, chatPrefix, type Json, type Message, personId, threadOf } from './connector.ts';
import { customers, type SimulatedPartnerCenter } from './partner-center.ts';
import type { Random } from './random.ts';
import type { Process, Scheduler } from './scheduler.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

export const people: readonly Person[] = [
  { id: personId('1'), name: 'Ada Nowak', role: 'admin-agent' },
  { id: personId('2'), name: 'Ben Kowalski', role: 'admin-agent' },
  { id: personId('3'), name: 'Cleo Santos', role: 'sales-agent' },
];

export interface PeopleHabits {
  /** The mean time between two things that one person does. */
  readonly thinkMs: number;
  /** How often a press is delivered more than once, and how often an old card is pressed. */
  readonly sloppiness: number;
  /** How often something is typed where a card waits for a press. */
  readonly talks: number;
  /** How often somebody hands over what can be handed over. */
  readonly handsOver: number;
  /** How often somebody who types wants to see a key; where they do, they are in their own chats. */
  readonly keys: number;
  /** All of them are after the newest orders, and press twice at once. */
  readonly isOfOneMind: boolean;
}

interface PeopleParts {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly habits: PeopleHabits;
  readonly connector: Connector;
  readonly partnerCenter: SimulatedPartnerCenter;
  /** Who takes an activity now; nobody while all processes are down. */
  readonly receiver: () => Receiver | undefined;
  readonly tell: (event: Sent | Answered) => void;
}

export interface Receiver {
  readonly process: Process;
  handle(body: unknown): Promise<BotAnswer>;
}

export interface People {
  begin(): void;
  /** Nobody does anything any more; what was sent is still answered. */
  stop(): void;
  /** Everybody presses what still decides something on a card of theirs: a crash may have left it there. */
  pressLeftovers(ownerOf: (draftId: string) => string | undefined): void;
}

/** What people press when they know what they want; the others are pressed too, less often. */
const onTheWay = [
  ...['Confirm', 'Submit', 'Cancel now', 'Review order', 'Review ticket', 'Get key', 'File the ticket', 'By ticket'],
  ...['Next', 'Resume'],
];

const answers: Readonly<Record<string, string>> = {
  'Reason for the refund': 'The customer ordered the wrong edition.',
  'Contact e-mail': 'ada.nowak@partner.example',
  'Contact phone': '+48 22 555 01 00',
  'Contact name': 'Ada Nowak',
  Quantity: '2',
};

interface Pressing {
  readonly verb: unknown;
  readonly data: Json;
  readonly values: Readonly<Record<string, string>>;
}

/** How long Teams waits for an answer before it delivers again. */
const patienceMs = 15_000;

/** People who buy, cancel, file tickets and get keys, who press twice, and press what is out of date. */
export function createPeople(parts: PeopleParts): People {
  const { scheduler, random, habits, connector, partnerCenter, receiver, tell } = parts;
  let isOver = false;
  let lastId = 0;

  const nextId = (): string => {
    lastId += 1;
    return String(lastId);
  };

  /** Mostly where they alone talk, which is a thread of their own as often as their chat. */
  function placeOf({ id }: Person): string {
    if (habits.keys > 0) return `${chatPrefix}${id}`;
    const place = random.below(10);
    if (place < 2) return threadOf('0');
    return place < 6 ? threadOf(id.slice(0, 1)) : `${chatPrefix}${id}`;
  }

  function think(person: Person): void {
    const ms = -Math.log(1 - random.next()) * habits.thinkMs;
    scheduler.after(ms, undefined, () => {
      if (isOver) return;
      act(person);
      think(person);
    });
  }

  function act(person: Person): void {
    const place = placeOf(person);
    const seen = connector
      .messages(place)
      .slice(-12)
      .filter(({ onlyFor, isDeleted }) => !isDeleted && (onlyFor === undefined || onlyFor === person.id));
    const withButtons = seen.filter(({ versions }) =>
      versions.at(-1)?.summary.buttons.some(({ draft }) => draft !== undefined),
    );
    const message = random.isTrue(habits.sloppiness) ? random.pick(seen) : withButtons.at(-1);
    if (message && habits.talks > 0 && random.isTrue(habits.talks)) says(person, place, inBetween());
    else if (!message || random.isTrue(0.1)) says(person, place, words());
    else presses(person, message);
  }

  const inBetween = (): string =>
    random.pick(['back', 'yes', 'next', '3', 'drafts', 'The customer ordered it twice.']) ?? '';

  function words(): string {
    const newest = habits.isOfOneMind ? 2 : 30;
    const order = random.pick([...partnerCenter.orders.values()].slice(-newest))?.number ?? '';
    if (habits.keys > 0 && random.isTrue(habits.keys)) return `keys ${order}`;
    if (habits.isOfOneMind && random.isTrue(0.5)) return `cancel ${order}`;
    const customer = random.pick(customers)?.name ?? '';
    const product = random.pick(['windows server 2022', 'sql server standard']) ?? '';
    const texts = [
      `buy ${1 + random.below(3)} ${product} for ${customer}`,
      `buy ${1 + random.below(3)} ${product} for ${customer}`,
      ...[`buy ${customer}`, `cancel ${order}`, `cancel ${order}`, `cancel ${order}`, `keys ${order}`],
      random.pick(['yes', 'back', 'discard', 'The customer ordered it by mistake.']) ?? '',
      random.pick(['cases', 'drafts', 'help', `orders ${customer}`, `remind ${order}`]) ?? '',
    ];
    return random.pick(texts) ?? 'help';
  }

  function frame({ id, name }: Person, place: string) {
    const isChat = place.startsWith(chatPrefix);
    return {
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/teams/',
      from: { id: `29:${id}`, name, aadObjectId: id },
      recipient: { id: '28:bot', name: 'Software Desk' },
      conversation: { id: place, conversationType: isChat ? 'personal' : 'channel', isGroup: !isChat, tenantId },
      channelData: { tenant: { id: tenantId } },
      locale: 'en-GB',
      localTimezone: 'Europe/Warsaw',
    };
  }

  function says(person: Person, place: string, text: string): void {
    const isChat = place.startsWith(chatPrefix);
    const mentioned = { id: '28:bot', name: 'Software Desk' };
    const mention = { type: 'mention', text: '<at>Software Desk</at>', mentioned };
    const spoken = isChat ? { text } : { text: `<at>Software Desk</at> ${text}`, entities: [mention] };
    const id = `t${nextId()}`;
    const activity = { ...frame(person, place), type: 'message', id, ...spoken };
    deliver(person, place, activity, { kind: 'text', text });
    if (random.isTrue(habits.sloppiness)) later(() => deliver(person, place, activity, { kind: 'text', text }));
  }

  function pressLeftovers(ownerOf: (draftId: string) => string | undefined): void {
    for (const message of connector.all()) {
      const version = message.versions.at(-1);
      const left = version?.summary.buttons.find(({ doing, draft }) => isDeciding(doing) && draft !== undefined);
      const person = people.find(({ id }) => id === ownerOf(left?.draft ?? ''));
      const button = version && buttonsOf(version.card).find(({ title }) => title === left?.title);
      if (message.isDeleted || !person || !version || !button) continue;
      press(person, message, pressOf(version.card, button), `p${nextId()}`);
    }
  }

  function presses(person: Person, message: Message): void {
    const version = random.isTrue(habits.sloppiness) ? random.pick(message.versions) : message.versions.at(-1);
    const button = version && choose(version.card, version.summary.buttons);
    if (!version || !button) return;
    const pressing = pressOf(version.card, button);
    const id = `p${nextId()}`;
    press(person, message, pressing, id);
    if (habits.isOfOneMind) press(person, message, pressing, `p${nextId()}`);
    if (!random.isTrue(habits.sloppiness)) return;
    for (let times = random.below(3); times >= 0; times -= 1)
      later(() => press(person, message, pressing, random.isTrue(0.3) ? id : `p${nextId()}`));
  }

  function press(person: Person, { id: replyToId, place }: Message, pressing: Pressing, id: string): void {
    const { verb, data, values } = pressing;
    const action = { type: 'Action.Execute', verb, data: { ...data, ...values } };
    const activity = {
      ...frame(person, place),
      ...{ type: 'invoke', name: 'adaptiveCard/action', id, replyToId, value: { action, trigger: 'manual' } },
    };
    deliver(person, place, activity, pressed(data, replyToId));
  }

  function later(work: () => void): void {
    const ms = random.pick([0, 20, 400, 3_000, 20_000]) ?? 0;
    scheduler.after(random.between(0, ms), undefined, work);
  }

  function choose(card: Json, buttons: readonly { readonly title: string }[]): Json | undefined {
    const all = buttonsOf(card);
    const handing = habits.handsOver > 0 && random.isTrue(habits.handsOver) ? ['Hand over'] : [];
    const wanted = [...handing, ...onTheWay].find((title) => buttons.some((one) => one.title.startsWith(title)));
    const found = all.find(({ title }) => wanted !== undefined && String(title).startsWith(wanted));
    return found && random.isTrue(0.9) ? found : random.pick(all);
  }

  function pressOf(card: Json, button: Json): Pressing {
    const data = (button.data ?? {}) as Json;
    const isWithInputs = button.associatedInputs !== 'none';
    const values: Record<string, string> = {};
    for (const input of isWithInputs ? viewOf({ ...card }).inputs : []) {
      const value = entered(input);
      if (value !== '') values[input.id] = value;
    }
    return { verb: button.verb, data, values };
  }

  function entered(input: InputView): string {
    if (input.value !== '' && !random.isTrue(0.05)) return input.value;
    const answer = answers[input.label];
    if (answer !== undefined) return answer;
    return random.pick(input.choices)?.value ?? input.value;
  }

  /** Goes to one of the processes; where no answer comes, Teams delivers it again, once or twice. */
  function deliver(person: Person, place: string, activity: Json, what: Sent['what'], tries = 0): void {
    const delivery = `d${nextId()}`;
    const activityId = String(activity.id);
    scheduler.after(random.between(5, 120), undefined, () => {
      const to = receiver();
      const sentAt = scheduler.now();
      const facts = { delivery, activityId, person: person.id, place, what };
      tell({ kind: 'sent', at: sentAt, ...facts, ...(to && { process: to.process.name }) });
      let isAnswered = false;
      const patience = scheduler.after(patienceMs, undefined, () => {
        isAnswered = true;
        tell({ kind: 'answered', at: scheduler.now(), delivery, status: 0, ms: patienceMs });
        if (tries < 2 && random.isTrue(0.7)) deliver(person, place, activity, what, tries + 1);
      });
      if (!to) return;
      scheduler.after(0, to.process, () => {
        to.handle(activity).then(
          ({ status, body }) => {
            if (isAnswered) return;
            isAnswered = true;
            scheduler.cancel(patience);
            const at = scheduler.now();
            tell({ kind: 'answered', at, delivery, status, ms: at - sentAt, ...toldBy(body as Json | undefined) });
          },
          (error: unknown) => {
            throw error;
          },
        );
      });
    });
  }

  function toldBy(body: Json | undefined): Partial<Answered> {
    const { type, value } = body ?? {};
    if (type === 'application/vnd.microsoft.card.adaptive') return { card: connector.read(value as Json) };
    return typeof value === 'string' && value !== '' ? { said: value, ...sayingOf(value) } : {};
  }

  return {
    begin() {
      for (const person of people) think(person);
    },
    stop() {
      isOver = true;
    },
    pressLeftovers,
  };
}

const tenantId = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';

function pressed(data: Json, message: string): SentPress {
  const { do: doing, draft, step, submission } = data;
  return {
    ...{ kind: 'press', doing: String(doing ?? ''), message },
    ...(typeof draft === 'string' && { draft }),
    ...(typeof step === 'string' && { step }),
    ...(typeof submission === 'string' && { submission }),
  };
}

function buttonsOf(card: Json): Json[] {
  const found: Json[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null) {
      const { type } = node as Json;
      if (type === 'Action.Execute') found.push(node as Json);
      for (const value of Object.values(node)) walk(value);
    }
  };
  walk(card);
  return found;
}
