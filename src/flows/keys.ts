import { z } from 'zod';
import { chooseCard } from '../cards/choose.ts';
import { readChoice } from '../cards/inputs.ts';
import { keysElsewhereCard, keysSettledCard, readyCard, type Selection, secretCard } from '../cards/keys.ts';
import { purchaseChoices, readPurchase } from '../cards/purchases.ts';
import type { CardContext } from '../cards/render.ts';
import type { CustomerProfile } from '../domain/customers/customer.ts';
import { OutsideError, Refusal } from '../domain/errors.ts';
import type { DownloadOption } from '../domain/keys/entitlement.ts';
import {
  demandUsable,
  isNotOffered,
  notOffered,
  revealDownload,
  revealKey,
  type Wanted,
  withoutEntitlement,
} from '../domain/keys/reveal-key.ts';
import { type FoundOrder, findOrder, orderOf } from '../domain/orders/find-order.ts';
import { type Purchase, purchasesOf } from '../domain/orders/purchases.ts';
import { customerData, customerNamed, customerQuestion, profileOf } from './choose-customer.ts';
import { type Answer, ask, done, flow, type Reply, type Turn } from './flow.ts';
import { need } from './need.ts';

const data = z.object({
  ...customerData,
  country: z.string().optional(),
  orderId: z.string().optional(),
  orderNumber: z.string().optional(),
  lineNumber: z.number().optional(),
  version: z.string().optional(),
  language: z.string().optional(),
  optionId: z.string().optional(),
  option: z.object({ languageName: z.string(), architecture: z.string() }).optional(),
  shown: z.array(z.string()).default([]),
  /** So many times in a row Partner Center took too long for it to be shown. */
  slow: z.number().default(0),
  asDialog: z.boolean().default(false),
});

type Data = z.infer<typeof data>;

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
  flow<Data>({
    name: 'keys',
    right: 'keys.reveal',
    data,

    async begin({ world, words }, args) {
      const empty: Data = { shown: [], slow: 0, asDialog: rules.isDialog };
      if (!args) return ask('customer', empty);
      const [text = '', line] = args.split(' ');
      const found = await orderOrCustomer({ world }, args, text);
      if ('search' in found) return ask('customer', { ...empty, search: found.search });
      if (!('order' in found)) return ask('order', withCustomer(empty, found));
      const chosen = withOrder(empty, found, line ? Number(line) : undefined);
      return needsLine(found, chosen)
        ? ask('order', withCustomer(chosen, found.customer))
        : toVersion({ world, words }, chosen);
    },

    questions: {
      customer: customerQuestion<Data>(
        ({ words, data }) => (data.search ? words.software.several(data.search) : words.software.whichCustomer),
        false,
        (turn, customer) => ask('order', withCustomer(turn.data, customer)),
      ),

      order: {
        heading: (words) => words.inputs.named,
        async show({ context, world, words, data, entered }) {
          const purchases = await usable(world, data);
          if (purchases.length === 0)
            throw new Refusal('invalid', { field: 'named', why: words.software.nothing(need(data.customerName)) });
          const title = words.keys.whichOrder(need(data.customerName));
          return chooseCard(context, 'named', purchaseChoices(words, purchases), {
            title,
            canKeep: false,
            value: entered.named,
          });
        },
        async answered(turn, answer) {
          const { world, words, data } = turn;
          const purchase = need(readPurchase(words, await usable(world, data), answer));
          const found = need(await orderOf(world, need(data.customerId), purchase.order.id));
          return toVersion(turn, withOrder(data, found, purchase.line.number));
        },
      },

      version: {
        heading: (words) => words.inputs.version,
        async show({ context, world, words, data, entered }) {
          const { entitlement } = await wantedOf(world, data);
          const choices = entitlement.versions.map((version) => ({ title: version.title, value: idOf(version) }));
          return chooseCard(context, 'version', choices, {
            title: words.keys.whichVersion,
            subtitle: about(data),
            canKeep: false,
            value: entered.version ?? choices[0]?.value,
          });
        },
        async answered(turn, answer) {
          const { entitlement } = await wantedOf(turn.world, turn.data);
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
        heading: (words) => words.inputs.language,
        async show({ context, world, words, data, entered }) {
          const choices = languagesOf(await optionsOf(world, data));
          return chooseCard(context, 'language', choices, {
            title: words.keys.whichLanguage,
            subtitle: about(data),
            canKeep: false,
            value: entered.language,
          });
        },
        async answered(turn, answer) {
          const choices = languagesOf(await optionsOf(turn.world, turn.data));
          return toArchitecture(turn, {
            ...turn.data,
            language: readChoice(turn.words, 'language', choices, answer),
            optionId: undefined,
          });
        },
      },

      architecture: {
        heading: (words) => words.inputs.architecture,
        async show({ context, world, words, data, entered }) {
          const choices = architecturesOf(await optionsOf(world, data), data.language);
          return chooseCard(context, 'architecture', choices, {
            title: words.keys.whichArchitecture,
            subtitle: about(data),
            canKeep: false,
            value: entered.architecture,
          });
        },
        async answered(turn, answer) {
          const options = await optionsOf(turn.world, turn.data);
          const choices = architecturesOf(options, turn.data.language);
          return ask('ready', withOption(turn.data, options, readChoice(turn.words, 'architecture', choices, answer)));
        },
      },

      ready: {
        heading: (words) => words.keys.title,
        async show({ context, world, data }) {
          return readyCard(context, selectionOf(data, await wantedOf(world, data)));
        },
        answered: (turn, answer) => orElsewhere(turn, turn.data, () => reveal(turn, answer, rules)),
      },
    },
  });

async function reveal(turn: Turn<Data>, answer: Answer, rules: KeysRules): Promise<Reply<Data>> {
  const { world, words, who, context, data, place } = turn;
  const wanted = await wantedOf(world, data);
  const what = ({ getKey: 'key', download: 'download', copyLink: 'link' } as const)[answer.do];
  if (!what) {
    if (answer.do === 'done' || answer.do === 'hide') return done(keysSettledCard(context, selectionOf(data, wanted)));
    return ask('ready', data, words.common.pressButton);
  }
  if (place.kind === 'personal' && answer.via === 'message') return ask('ready', data, words.keys.pressInstead);
  const { value, keyReveal } =
    what === 'key'
      ? await revealKey(world, who, wanted)
      : await revealDownload(world, who, wanted, { optionId: need(data.optionId), what });
  const said = words.keys.shown(who.name, what, world.clock.now(), context.timeZone);
  const shown = world.policy.announceReveals || place.kind === 'personal' ? [...data.shown, said] : data.shown;
  const closing = place.kind === 'personal' && !rules.isDialog ? 'hide' : 'done';
  const seconds = answer.via === 'dialog' ? undefined : rules.seconds;
  const secret = secretCard(context, { what, version: wanted.version.title, value, seconds, closing });
  const after = { ...data, shown, slow: 0 };
  const slow = data.slow + 1;
  return {
    kind: 'privately',
    secret,
    keyReveal,
    data: after,
    settled: keysSettledCard(context, selectionOf(after, wanted)),
    late: { data: { ...data, slow }, problem: slow > 1 ? words.keys.tooLateAgain : words.keys.tooLate },
  };
}

type Found = FoundOrder | CustomerProfile | { search: string };

/** `keys contoso` as well as `keys 1a2b3c4d5e6f`. An id has digits and no blanks. */
async function orderOrCustomer({ world }: Pick<Turn<unknown>, 'world'>, args: string, first: string): Promise<Found> {
  if (/\d/.test(first) && first.length >= 10 && !first.includes('.')) return findOrder(world, first);
  const named = await customerNamed(world, args);
  return 'customer' in named ? named.customer : named;
}

function withCustomer(data: Data, customer: CustomerProfile): Data {
  const { id, name, country } = customer;
  return { ...data, search: undefined, customerId: id, customerName: name, country };
}

function withOrder(data: Data, { customer, order }: FoundOrder, line: number | undefined): Data {
  const lineNumber = line ?? (order.lines.length === 1 ? order.lines[0]?.number : undefined);
  return { ...withCustomer(data, customer), orderId: order.id, orderNumber: order.number, lineNumber };
}

function needsLine({ order }: FoundOrder, { lineNumber }: Data): boolean {
  return lineNumber === undefined && order.lines.length > 1;
}

type World = Turn<unknown>['world'];

async function usable(world: World, data: Data): Promise<Purchase[]> {
  const purchases = await purchasesOf(world, await profileOf(world, need(data.customerId)));
  return purchases.filter(
    (one) => one.isSoftware && one.state !== 'cancelled' && (!data.orderId || one.order.id === data.orderId),
  );
}

type Looking = Pick<Turn<unknown>, 'world' | 'words'>;

/** To the first question that has more than one possible answer. */
function toVersion(turn: Looking, data: Data): Promise<Reply<Data>> {
  return orElsewhere(turn, data, async () => {
    const { entitlement } = await wantedOf(turn.world, data);
    const [only, ...others] = entitlement.versions;
    return only && others.length === 0 ? toLanguage(turn, { ...data, version: idOf(only) }) : ask('version', data);
  });
}

function toLanguage(turn: Looking, data: Data): Promise<Reply<Data>> {
  return orElsewhere(turn, data, async () => {
    const languages = languagesOf(await optionsOf(turn.world, data));
    return languages.length > 1
      ? ask('language', data)
      : toArchitecture(turn, { ...data, language: languages[0]?.value });
  });
}

/** Where Partner Center offers nothing by API, the conversation ends in where to find it. */
async function orElsewhere(
  { world, words }: Looking,
  data: Data,
  work: () => Promise<Reply<Data>>,
): Promise<Reply<Data>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'keys-not-offered') throw error;
    const { order: orderNumber, ...sought } = (error as Refusal<'keys-not-offered'>).facts;
    const context: CardContext = { words, timeZone: 'UTC', isSimulated: world.isSimulated };
    return done(keysElsewhereCard(context, { customerName: need(data.customerName), orderNumber, ...sought }));
  }
}

async function toArchitecture({ world }: Looking, data: Data): Promise<Reply<Data>> {
  const options = await optionsOf(world, data);
  const architectures = architecturesOf(options, data.language);
  return architectures.length > 1
    ? ask('architecture', data)
    : ask('ready', withOption(data, options, architectures[0]?.value));
}

function withOption(data: Data, options: readonly DownloadOption[], optionId: string | undefined): Data {
  const found = options.find(({ id }) => id === optionId);
  return {
    ...data,
    optionId,
    option: found && { languageName: found.languageName, architecture: found.architecture },
  };
}

/** Looks the purchase up as it is now. Throws `key-revoked`, `key-not-ready`, `keys-not-offered`, `order-unknown`. */
async function wantedOf(world: World, data: Data): Promise<Wanted> {
  const customerId = need(data.customerId);
  // At the same time: whoever waits for a key is answered at once or not at all.
  const country = data.country ?? (await profileOf(world, customerId)).country;
  const entitlements = world.keys.entitlements(customerId, country);
  const [found] = await Promise.all([
    orderOf(world, customerId, need(data.orderId)),
    entitlements.catch(() => undefined),
  ]);
  if (!found) throw new Refusal('order-unknown', { text: need(data.orderNumber) });
  const { customer, order } = found;
  const lineNumber = data.lineNumber ?? 0;
  demandUsable(order, lineNumber);
  const all = await entitlements;
  const entitlement = all.find(
    (one) =>
      [one.orderId, one.orderNumber].some((name) => name === order.id || name === order.number) &&
      one.lineNumber === lineNumber,
  );
  const version = entitlement?.versions.find((one) => idOf(one) === data.version) ?? entitlement?.versions[0];
  if (!entitlement || !version) throw withoutEntitlement(order, lineNumber, world.clock.now());
  return { customer, order, entitlement, version };
}

/** None where there is a key at least; throws `keys-not-offered` where there is neither. */
async function optionsOf(world: World, data: Data): Promise<DownloadOption[]> {
  const wanted = await wantedOf(world, data);
  const { version, customer } = wanted;
  let said: OutsideError | undefined;
  const options = await world.keys.downloadOptions(version, customer.country).catch((error) => {
    if (!(error instanceof OutsideError) || !isNotOffered(error)) throw error;
    said = error;
    return undefined;
  });
  if (!options?.length && !version.keyRef) throw notOffered(wanted, said);
  return options ?? [];
}

function selectionOf({ option, shown, asDialog, slow }: Data, { version, customer, order }: Wanted): Selection {
  const isSlow = slow > 1;
  return { customerName: customer.name, orderNumber: order.number, version, option, shown, asDialog, isSlow };
}

function idOf({ productId, skuId }: { productId: string; skuId: string }): string {
  return `${productId}:${skuId}`;
}

function about({ customerName, orderNumber }: Data): string {
  return `${customerName} · ${orderNumber}`;
}

function languagesOf(options: readonly DownloadOption[]): { title: string; value: string }[] {
  const byCode = new Map(options.map((option) => [option.languageCode, option.languageName]));
  return [...byCode].map(([value, title]) => ({ title, value })).sort((a, b) => a.title.localeCompare(b.title));
}

function architecturesOf(
  options: readonly DownloadOption[],
  language: string | undefined,
): { title: string; value: string }[] {
  const ofLanguage = options.filter((option) => language === undefined || option.languageCode === language);
  return ofLanguage.map((option) => ({ title: option.architecture, value: option.id }));
}
