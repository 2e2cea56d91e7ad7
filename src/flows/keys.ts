import { chooseCard } from '../cards/choose.ts';
import { readChoice } from '../cards/inputs.ts';
import { keysElsewhereCard, keysSettledCard, placeholderCard, readyCard, secretCard } from '../cards/keys.ts';
import { purchaseChoices, readPurchase } from '../cards/purchases.ts';
import type { CardContext } from '../cards/render.ts';
import type { CustomerProfile } from '../domain/customers/customer.ts';
import { Refusal } from '../domain/errors.ts';
import { revealDownload, revealKey } from '../domain/keys/reveal-key.ts';
import type { FoundOrder } from '../domain/orders/find-order.ts';
import { type Purchase, purchasesOf } from '../domain/orders/purchases.ts';
import type { World } from '../domain/world.ts';
import { readDetails } from '../words/details.ts';
import { customerQuestion, profileOf } from './choose-customer.ts';
import { type Answer, type Ask, done, type FirstTurn, flow, start, type Turn } from './engine/flow.ts';
import { orderOrCustomer } from './keys-begin.ts';
import {
  about,
  architecturesOf,
  ask,
  type FirstData,
  idOf,
  type KeysReply,
  type KeysSteps,
  keysData,
  languagesOf,
  type OfCustomer,
  type OfOrder,
  optionsOf,
  selectionOf,
  wantedNow,
  wantedOf,
  withOption,
} from './keys-data.ts';
import { narrowedBy, purchasesNamed } from './understand.ts';

export interface KeysRules {
  readonly seconds: number;
  readonly isDialog: boolean;
}

/**
 *   staff   keys 1a2b3c4d5e6f
 *   bot     Which version?        → version
 *   bot     Which language?       → language
 *   bot     32 or 64 bit?         → architecture   (each only if there is a choice)
 *   bot     Get key, Download, Copy link           → ready
 *   staff   Get key
 *   bot     (the key, to this person alone, for a minute)
 */
export const keysFlow = (rules: KeysRules) =>
  flow<KeysSteps>({
    name: 'keys',
    right: 'keys.reveal',

    async begin(turn, args) {
      const empty: FirstData = { shown: [], slow: 0, asDialog: rules.isDialog };
      if (!args) return ask('customer', empty);
      const details = readDetails(args);
      if (details.isMine) return start('mine', 'keys');
      const [, line] = args.split(' ');
      const found = await orderOrCustomer(turn, details);
      if ('bought' in found) return toOrder(turn, withCustomer({ ...empty, bought: found.bought }, found.customer));
      if (!('order' in found)) return ask('customer', { ...empty, search: found.search }, found.problem);
      const chosen = withOrder(empty, found, /^\d+$/.test(line ?? '') ? Number(line) : undefined);
      const named = keysData.ready.safeParse(chosen);
      return named.success ? toVersion(turn, named.data) : ask('order', chosen);
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
          return chooseCard(context, 'named', purchaseChoices(words, narrowedBy(purchases, data.bought)), {
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
          return toVersion(turn, {
            ...data,
            orderId: order.id,
            orderNumber: order.number,
            lineNumber: line.number,
          });
        },
      },

      version: {
        kind: 'input',
        data: keysData.version,
        heading: (words) => words.inputs.version,
        async show({ context, facts, words, data, entered }) {
          const { entitlement } = await wantedOf(facts, data);
          const choices = entitlement.versions.map((version) => ({ title: version.title, value: idOf(version) }));
          return chooseCard(context, 'version', choices, {
            title: words.keys.whichVersion,
            subtitle: about(data),
            canKeep: false,
            value: entered.version ?? choices[0]?.value,
          });
        },
        async answer(turn, answer) {
          const { entitlement } = await wantedOf(turn.facts, turn.data);
          const choices = entitlement.versions.map((version) => ({ title: version.title, value: idOf(version) }));
          return toLanguage(turn, {
            ...turn.data,
            version: readChoice(turn.words, 'version', choices, answer),
            language: undefined,
            optionId: undefined,
          });
        },
      },

      language: {
        kind: 'input',
        data: keysData.language,
        heading: (words) => words.inputs.language,
        async show({ context, facts, words, data, entered }) {
          const choices = languagesOf(await optionsOf(facts, data));
          return chooseCard(context, 'language', choices, {
            title: words.keys.whichLanguage,
            subtitle: about(data),
            canKeep: false,
            value: entered.language,
          });
        },
        async answer(turn, answer) {
          const choices = languagesOf(await optionsOf(turn.facts, turn.data));
          return toArchitecture(turn, {
            ...turn.data,
            language: readChoice(turn.words, 'language', choices, answer),
            optionId: undefined,
          });
        },
      },

      architecture: {
        kind: 'input',
        data: keysData.architecture,
        heading: (words) => words.inputs.architecture,
        async show({ context, facts, words, data, entered }) {
          const choices = architecturesOf(await optionsOf(facts, data), data.language);
          return chooseCard(context, 'architecture', choices, {
            title: words.keys.whichArchitecture,
            subtitle: about(data),
            canKeep: false,
            value: entered.architecture,
          });
        },
        async answer(turn, answer) {
          const options = await optionsOf(turn.facts, turn.data);
          const choices = architecturesOf(options, turn.data.language);
          return ask('ready', withOption(turn.data, options, readChoice(turn.words, 'architecture', choices, answer)));
        },
      },

      ready: {
        kind: 'input',
        data: keysData.ready,
        heading: (words) => words.keys.title,
        async show({ context, facts, data }) {
          return readyCard(context, selectionOf(data, await wantedOf(facts, data)));
        },
        answer: (turn, answer) => orElsewhere(turn, turn.data, () => reveal(turn, answer, rules)),
      },
    },
  });

/** What is wanted is read as it is now: neither a right nor a key is ever answered from what was known before. */
async function reveal(turn: Turn<OfOrder>, answer: Answer, rules: KeysRules): Promise<KeysReply> {
  const { world, facts, words, who, context, ownContext, data, place } = turn;
  const what = ({ getKey: 'key', download: 'download', copyLink: 'link' } as const)[answer.do];
  if (!what) {
    if (answer.do !== 'done' && answer.do !== 'hide') return ask('ready', data, words.common.pressButton);
    return done(keysSettledCard(context, selectionOf(data, await wantedOf(facts, data))));
  }
  if (place.kind === 'personal' && answer.via === 'message') return ask('ready', data, words.keys.pressInstead);
  const wanted = await wantedNow(world, data);
  const { value, keyReveal } =
    what === 'key'
      ? await revealKey(world, who, wanted)
      : await revealDownload(world, who, wanted, { optionId: data.optionId ?? '', what });
  const said = words.keys.shown(who.name, what, world.clock.now(), context.timeZone);
  const shown = world.policy.announceReveals || place.kind === 'personal' ? [...data.shown, said] : data.shown;
  const closing = place.kind === 'personal' && !rules.isDialog ? 'hide' : 'done';
  const seconds = answer.via === 'dialog' ? undefined : rules.seconds;
  const after = { ...data, shown, slow: 0 };
  const slow = data.slow + 1;
  return {
    kind: 'secret',
    secret: secretCard(ownContext, { what, version: wanted.version.title, value, seconds, closing }),
    keyReveal,
    data: after,
    placeholder: placeholderCard(ownContext),
    settled: keysSettledCard(context, selectionOf(after, wanted)),
    late: { data: { ...data, slow }, problem: slow > 1 ? words.keys.tooLateAgain : words.keys.tooLate },
  };
}

/** To the purchase that was named, where it is one; else to those that it may be. */
async function toOrder(turn: FirstTurn, data: OfCustomer): Promise<KeysReply> {
  if (!data.bought) return ask('order', data);
  const { found, isCertain } = purchasesNamed(await usable(turn.facts, data), data.bought);
  const [only] = found;
  if (!only || !isCertain)
    return ask('order', data, found.length > 0 ? undefined : turn.words.software.noneNamed(data.bought));
  const { order, line } = only;
  return toVersion(turn, { ...data, orderId: order.id, orderNumber: order.number, lineNumber: line.number });
}

function withCustomer(data: FirstData, customer: CustomerProfile): OfCustomer {
  const { id, name, country } = customer;
  return { ...data, search: undefined, customerId: id, customerName: name, country };
}

/** With the line, where there is only one or one was named; else it is to be chosen among those of the order. */
function withOrder(data: FirstData, { customer, order }: FoundOrder, line: number | undefined): OfCustomer {
  const lineNumber = line ?? (order.lines.length === 1 ? order.lines[0]?.number : undefined);
  return { ...withCustomer(data, customer), orderId: order.id, orderNumber: order.number, lineNumber };
}

async function usable(facts: World, { customerId, orderId }: OfCustomer): Promise<Purchase[]> {
  const purchases = await purchasesOf(facts, { id: customerId });
  return purchases.filter(
    (one) => one.isSoftware && one.state !== 'cancelled' && (!orderId || one.order.id === orderId),
  );
}

/** To the first question that has more than one possible answer. */
function toVersion(turn: FirstTurn, data: OfOrder): Promise<KeysReply> {
  return orElsewhere(turn, data, async () => {
    const { entitlement } = await wantedOf(turn.facts, data);
    const [only, ...others] = entitlement.versions;
    return only && others.length === 0 ? toLanguage(turn, { ...data, version: idOf(only) }) : ask('version', data);
  });
}

function toLanguage(turn: FirstTurn, data: OfOrder): Promise<KeysReply> {
  return orElsewhere(turn, data, async () => {
    const languages = languagesOf(await optionsOf(turn.facts, data));
    return languages.length > 1
      ? ask('language', data)
      : toArchitecture(turn, { ...data, language: languages[0]?.value });
  });
}

/** Where Partner Center offers nothing by API, the conversation ends in where to find it. */
async function orElsewhere(
  { world, words }: FirstTurn,
  { customerName }: OfCustomer,
  work: () => Promise<KeysReply>,
): Promise<KeysReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'keys-not-offered') throw error;
    const { order: orderNumber, ...sought } = (error as Refusal<'keys-not-offered'>).facts;
    const context: CardContext = { words, timeZone: 'UTC', isSimulated: world.isSimulated };
    return done(keysElsewhereCard(context, { customerName, orderNumber, ...sought }));
  }
}

async function toArchitecture({ facts }: FirstTurn, data: OfOrder): Promise<Ask<KeysSteps>> {
  const options = await optionsOf(facts, data);
  const architectures = architecturesOf(options, data.language);
  return architectures.length > 1
    ? ask('architecture', data)
    : ask('ready', withOption(data, options, architectures[0]?.value));
}
