import { chooseCard } from '../cards/choose.ts';
import {
  keysElsewhereCard,
  keysSettledCard,
  placeholderCard,
  readyCard,
  secretCard,
  secretParts,
} from '../cards/keys.ts';
import { purchaseChoices, readPurchase } from '../cards/purchases.ts';
import type { CardContext } from '../cards/render.ts';
import type { CustomerProfile } from '../domain/customers/customer.ts';
import { Refusal } from '../domain/errors.ts';
import { revealItems, type What } from '../domain/keys/reveal-key.ts';
import type { FoundOrder } from '../domain/orders/find-order.ts';
import { type Purchase, purchasesOf } from '../domain/orders/purchases.ts';
import type { World } from '../domain/world.ts';
import { readDetails } from '../words/details.ts';
import { customerQuestion, profileOf } from './choose-customer.ts';
import { type Answer, done, type Fetched, type FirstTurn, flow, start, type Turn } from './engine/flow.ts';
import { orderOrCustomer } from './keys-begin.ts';
import { type Choice, itemsOf, readChoice, readTypedChoice } from './keys-choice.ts';
import {
  ask,
  choicesOf,
  demandOffered,
  type FirstData,
  findOffered,
  findWanted,
  findWantedNow,
  idOf,
  type KeysReply,
  type KeysSteps,
  keysData,
  type OfCustomer,
  type OfOrder,
  originOf,
} from './keys-data.ts';
import { boundBy, giveToken } from './keys-token.ts';
import { narrowPurchases, purchasesNamed } from './understand.ts';

export interface KeysRules {
  readonly seconds: number;
  readonly isDialog: boolean;
  /** A dialog shows a page of ours, which takes away by itself what it shows. */
  readonly hasPages: boolean;
}

/** In pixels: for the choice, then the key with its address. */
const pageSize = { width: 480, height: 560 };

/**
 *   staff   keys 1a2b3c4d5e6f
 *   bot     Version, language, 32 or 64 bit: Get key, Download, Copy link    → ready
 *   staff   Get key
 *   bot     (the key, to this person alone, for a minute; download and link beside it)
 */
export const keysFlow = (rules: KeysRules) =>
  flow<KeysSteps>({
    name: 'keys',
    right: 'keys.reveal',

    async begin(turn, args) {
      const empty: FirstData = { shown: [], isHidden: false, slow: 0, asDialog: rules.isDialog, seenBy: [] };
      if (!args) return ask('customer', empty);
      const details = readDetails(args);
      if (details.isMine) return start('mine', 'keys');
      const found = await orderOrCustomer(turn, details);
      if ('bought' in found) return toOrder(turn, withCustomer({ ...empty, bought: found.bought }, found.customer));
      if (!('order' in found)) return ask('customer', { ...empty, search: found.search }, found.problem);
      const [, wanted] = /^\S+ (\d{1,4})(?!\S)/.exec(args) ?? [];
      const chosen = withOrder(empty, found, wanted);
      const named = keysData.ready.safeParse(chosen);
      if (!named.success) return ask('order', chosen, wanted && turn.words.keys.noLine(found.order.number, wanted));
      askForDownloads(turn, found, named.data.lineNumber);
      return toReady(turn, named.data);
    },

    questions: {
      customer: customerQuestion<KeysSteps, FirstData>({
        data: keysData.customer,
        title: ({ words, data: { search } }) =>
          search ? words.software.several(search) : words.software.whichCustomer,
        canKeep: false,
        onSearch: (turn, search, problem) => ask('customer', { ...turn.data, search }, problem),
        onCustomer: async (turn, { id }) => toOrder(turn, withCustomer(turn.data, await profileOf(turn.facts, id))),
      }),

      order: {
        kind: 'input',
        data: keysData.order,
        heading: (words) => words.inputs.named,
        async show({ context, facts, words, data, entered }) {
          const purchases = await usable(facts, data);
          if (purchases.length === 0)
            throw new Refusal('invalid', { field: 'named', why: words.software.nothing(data.customerName) });
          const title = words.keys.whichOrder(data.customerName);
          return chooseCard(context, 'named', purchaseChoices(words, narrowPurchases(purchases, data.bought)), {
            title,
            canKeep: false,
            value: entered.named,
          });
        },
        async answer(turn, answer) {
          const { facts, words, data } = turn;
          const purchase = readPurchase(words, await usable(facts, data), answer);
          if (!purchase) throw new Refusal('invalid', { field: 'named', why: words.common.chooseOne });
          const { order, line } = purchase;
          return toReady(turn, {
            ...data,
            orderId: order.id,
            orderNumber: order.number,
            lineNumber: line.number,
          });
        },
      },

      ready: {
        kind: 'input',
        data: keysData.ready,
        heading: (words) => words.keys.title,
        busy: ({ keys: { fetching } }, { via }): Readonly<Record<string, string>> =>
          via === 'page' || (rules.hasPages && via === 'dialog')
            ? {}
            : { getKey: fetching, download: fetching, copyLink: fetching },
        async show({ context, facts, data, entered }) {
          const { version, language, architecture } = { ...data, ...entered };
          return readyCard(
            context,
            choicesOf(data, await findOffered(facts, { ...data, version, language, architecture })),
          );
        },
        readTyped: ({ facts, data }, text) => readTypedChoice(facts, data, text),
        answer: (turn, answer) => orElsewhere(turn, turn.data, () => answerReady(turn, answer, rules)),
      },
    },
  });

const asked: Readonly<Record<string, What | undefined>> = { getKey: 'key', download: 'download', copyLink: 'link' };

async function answerReady(turn: Turn<OfOrder>, answer: Answer, rules: KeysRules): Promise<KeysReply> {
  const { facts, words, context, ownContext, data } = turn;
  if (answer.do === 'done') return done(keysSettledCard(context, choicesOf(data, await findOffered(facts, data))));
  if (answer.do === 'hide') return ask('ready', data);
  const bound = await boundBy(turn, answer);
  const what = bound?.items[0] ?? asked[answer.do];
  const choice = await readChoice(turn, bound ? { ...answer, values: { ...bound.choice } } : answer);
  const hasChosen = Object.keys(answer.values).length > 0;
  if (!what) return ask('ready', choice.data, choice.problem ?? (hasChosen ? undefined : words.common.pressButton));
  if (rules.hasPages && answer.via === 'dialog') {
    const path = `/web/key?draft=${encodeURIComponent(turn.draftId)}`;
    return { kind: 'page', page: { path, title: ownContext.words.keys.title, ...pageSize }, data: choice.data };
  }
  const items = bound?.items ?? itemsOf(what, answer.values);
  const hasAddress = items.some((one) => one !== 'key');
  if (hasAddress && choice.problem) return ask('ready', choice.data, choice.problem);
  if (hasAddress && choice.offered.away) throw choice.offered.away;
  if (answer.page && !bound) return giveToken(turn, answer.page, choice, items);
  return reveal(turn, answer, choice, items, rules);
}

/** Neither a right, nor whether the order stands, nor a key is ever answered from what was known before. */
async function reveal(
  turn: Turn<OfOrder>,
  answer: Answer,
  { data, offered, optionId }: Choice,
  items: readonly What[],
  rules: KeysRules,
): Promise<KeysReply> {
  const { world, facts, words, who, ownContext } = turn;
  const wanted = await anew(turn, async () => {
    const found = await findWantedNow(world, facts, data);
    demandOffered(found, offered);
    return found;
  });
  const slow = data.slow + 1;
  const choice = {
    version: idOf(offered.version),
    language: offered.option?.languageCode,
    architecture: offered.option?.architecture,
  };
  return {
    kind: 'secret',
    reveal: (where) =>
      orElsewhere(turn, data, () =>
        anew(turn, async (): Promise<Fetched<OfOrder>> => {
          const { key, address, keyReveals } = await revealItems(world, who, wanted, {
            ...{ items, optionId, choice, origin: originOf(turn) },
          });
          const { seconds } = rules;
          const until = new Date(Date.now() + seconds * 1000);
          const { customerName, orderNumber } = data;
          const isWindow = answer.via === 'dialog' || answer.via === 'page';
          const closing = isWindow ? 'close' : where === 'answer' ? 'hide' : 'done';
          const { version, option } = offered;
          const shown = { customerName, orderNumber, version, option, key, address, seconds, until, closing } as const;
          return {
            kind: 'fetched',
            secret: secretCard(ownContext, shown),
            parts: secretParts(ownContext, shown),
            keyReveals,
            data: after(turn, data, items, closing),
          };
        }),
      ),
    placeholder: placeholderCard(ownContext),
    late: { data: { ...data, slow }, problem: slow > 1 ? words.keys.tooLateAgain : words.keys.tooLate },
  };
}

/** What is left of the conversation once it is shown. */
function after(
  { world, words, who, place, context }: Turn<OfOrder>,
  data: OfOrder,
  items: readonly What[],
  closing: 'hide' | 'done' | 'close',
): OfOrder {
  const said = words.keys.shown(who.name, items, world.clock.now(), context.timeZone);
  const isNamed = world.policy.announceReveals || place.kind === 'personal';
  return { ...data, shown: isNamed ? [...data.shown, said] : data.shown, isHidden: closing === 'hide', slow: 0 };
}

/** After a refusal what was known is asked anew. */
async function anew<T>({ forgetFacts }: Turn<OfOrder>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    forgetFacts();
    throw error;
  }
}

/** To the purchase that was named, where it is one; else to those that it may be. */
async function toOrder(turn: FirstTurn, data: OfCustomer): Promise<KeysReply> {
  if (!data.bought) return ask('order', data);
  const { found, isCertain } = purchasesNamed(await usable(turn.facts, data), data.bought);
  const [only] = found;
  if (!only || !isCertain)
    return ask('order', data, found.length > 0 ? undefined : turn.words.software.noneNamed(data.bought));
  const { order, line } = only;
  return toReady(turn, { ...data, orderId: order.id, orderNumber: order.number, lineNumber: line.number });
}

function withCustomer(data: FirstData, customer: CustomerProfile): OfCustomer {
  const { id, name, country } = customer;
  return { ...data, search: undefined, customerId: id, customerName: name, country };
}

/** With the line, where there is only one or one of them was named; else it is to be chosen among those of the order. */
function withOrder(data: FirstData, { customer, order }: FoundOrder, line: string | undefined): OfCustomer {
  const named = order.lines.filter(({ number }) => line === undefined || number === Number(line));
  const lineNumber = named.length === 1 ? named[0]?.number : undefined;
  return { ...withCustomer(data, customer), orderId: order.id, orderNumber: order.number, lineNumber };
}

async function usable(facts: World, { customerId, orderId }: OfCustomer): Promise<Purchase[]> {
  const purchases = await purchasesOf(facts, { id: customerId });
  return purchases.filter(
    (one) => one.isSoftware && one.state !== 'cancelled' && (!orderId || one.order.id === orderId),
  );
}

/** Which languages there are of the product itself is asked at the same time as the titles of its versions. */
function askForDownloads({ facts }: FirstTurn, { customer, order }: FoundOrder, lineNumber: number): void {
  const line = order.lines.find(({ number }) => number === lineNumber);
  if (line) facts.keys.downloadOptions(line, customer.country).catch(() => undefined);
}

/** With several versions there is something to choose, also where none of them is offered here. */
function toReady(turn: FirstTurn, data: OfOrder): Promise<KeysReply> {
  return orElsewhere(turn, data, async () => {
    const { world, facts, who, place, isPrivate } = turn;
    const isNamed = world.policy.announceReveals || place.kind === 'personal' || isPrivate;
    const asked = facts.keyReveals.before(who.id, data.orderId);
    const [wanted, before] = await Promise.all([findWanted(facts, data), asked]);
    const { lastChoices, viewers, leak } = before;
    if (leak) throw new Refusal('leak-reported', leak);
    const { productId, versions } = wanted.entitlement;
    const chosen = { ...data, ...lastChoices[productId], seenBy: isNamed ? [...viewers] : [] };
    if (versions.length === 1) demandOffered(wanted, await findOffered(facts, chosen));
    return ask('ready', chosen);
  });
}

/** Where Partner Center offers nothing by API, the conversation ends in where to find it. */
async function orElsewhere<T>(
  { world, words }: FirstTurn,
  { customerName }: OfCustomer,
  work: () => Promise<T>,
): Promise<T | Extract<KeysReply, { kind: 'done' }>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'keys-not-offered') throw error;
    const { order: orderNumber, ...sought } = (error as Refusal<'keys-not-offered'>).facts;
    const context: CardContext = { words, timeZone: 'UTC', isSimulated: world.isSimulated };
    return done(keysElsewhereCard(context, { customerName, orderNumber, ...sought }));
  }
}
