import { commandButton, openButton } from '../cards/buttons.ts';
import type { Button, Card } from '../cards/card.ts';
import { caseFoundCard, customerFoundCard, orderFoundCard } from '../cards/found.ts';
import type { CardContext } from '../cards/render.ts';
import { recordRefusal } from '../domain/audit/refused-decision.ts';
import { demand } from '../domain/people/demand.ts';
import type { World } from '../domain/world.ts';
import { wordsFor } from '../words/index.ts';

import { describe, type Log } from './engine/describe.ts';
import { readOnce } from './engine/facts.ts';
import { ownWords } from './engine/languages.ts';
import type { Incoming } from './engine/messenger.ts';
import { orderNamedIn } from './extension-message.ts';
import { type Asking, type Found, findByLink, findCases, findCustomers, findOrders } from './extension-search.ts';

export type Subject = 'orders' | 'cases' | 'customers';

type Asked = Pick<Incoming, 'turnId' | 'who' | 'language' | 'answerBy'>;

/** What somebody who writes a message looks for, to put its card into the conversation. */
export interface Search extends Asked {
  readonly subject: Subject;
  /** Empty at first: then what is likeliest. */
  readonly text: string;
  readonly skip: number;
  readonly count: number;
}

/** A link to one of our own records, in a message that somebody writes. */
export interface PastedLink extends Asked {
  readonly url: string;
}

/** A row of the list that whoever searches sees; the card is what everybody in the conversation gets. */
export interface SearchResult {
  readonly title: string;
  readonly text: string;
  readonly card: Card;
  /** What is typed to see it. */
  readonly command: string;
}

/** `text`: why there is nothing to choose from. */
export type SearchAnswer =
  | { readonly kind: 'results'; readonly results: readonly SearchResult[] }
  | { readonly kind: 'text'; readonly text: string };

export interface Extension {
  /** Never throws. */
  search(search: Search): Promise<SearchAnswer>;
  /** What is to be begun in a dialog; about the order that the message names, where it does. */
  commandIn(command: 'keys' | 'cancel', message: readonly string[]): string;
  /** Nothing where the link is not ours, or whoever pastes it may not see what it leads to. Never throws. */
  unfurl(link: PastedLink): Promise<SearchResult | undefined>;
}

interface ExtensionParts {
  readonly world: World;
  /** Where our pages are; without it cards of the extension begin a conversation instead of opening the tab. */
  readonly publicUrl?: string;
  readonly log: Log;
}

const searches = { orders: findOrders, cases: findCases, customers: findCustomers } as const;
const sendingMs = 300;

/**
 * Searches of the message extension, and links that unfold. The list is for whoever asks, the card for everybody in the
 * conversation, which may be one that the bot is no member of: see docs/teams.md, "Message extension".
 */
export function createExtension({ world, publicUrl, log }: ExtensionParts): Extension {
  function toAsking({ who, language }: Asked): Asking {
    const facts = readOnce({ ...world, askedBy: who.id }, new Map(), new Map());
    return { world, facts, who, words: ownWords({ who }), shared: wordsFor(language) };
  }

  function resultOf(asking: Asking, found: Found): SearchResult {
    const context: CardContext = {
      words: asking.shared,
      timeZone: asking.who.timeZone,
      isSimulated: world.isSimulated,
    };
    const { title, text } = found;
    return { title, text, card: drawCard(context, found, publicUrl), command: commandOf(found) };
  }

  /** In time, or a sentence: Teams shows an empty list as if there were nothing. */
  async function within<T>(asked: Asked, work: Promise<T>, late: () => T): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const leftMs = Math.max(0, asked.answerBy - sendingMs - performance.now());
    const tooLate = new Promise<T>((resolve) => {
      timer = setTimeout(() => resolve(late()), leftMs);
    });
    return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
  }

  /** In a few words; that it was refused is written down, and nobody waits for that. */
  function explain(error: unknown, asked: Asked): string {
    recordRefusal(world, asked.who, error).catch((err) =>
      log.error({ turnId: asked.turnId, err }, 'a refusal is not in the audit log'),
    );
    return describe(log, error, { ...asked, isPrivate: true }, { isKept: false });
  }

  async function search(asked: Search): Promise<SearchAnswer> {
    const { subject, who, skip, count } = asked;
    const text = asked.text.trim();
    try {
      await demand(world, who, 'look');
      world.usage.demand('searches', who.id);
      const asking = toAsking(asked);
      const { found, none } = await searches[subject](asking, text, skip + count);
      const results = found.slice(skip, skip + count).map((one) => resultOf(asking, one));
      // Further down there is nothing more, which is no news.
      if (results.length > 0 || skip > 0) return { kind: 'results', results };
      return { kind: 'text', text: none ?? asking.words.extension.nothing(text) };
    } catch (error) {
      return { kind: 'text', text: explain(error, asked) };
    }
  }

  async function unfurl(asked: PastedLink): Promise<SearchResult | undefined> {
    if (publicUrl === undefined) return undefined;
    try {
      await demand(world, asked.who, 'look');
      const asking = toAsking(asked);
      const found = await findByLink(asking, publicUrl, asked.url);
      return found && resultOf(asking, found);
    } catch (error) {
      explain(error, asked);
      return undefined;
    }
  }

  return {
    commandIn: (command, message) => [command, orderNamedIn(message)].filter(Boolean).join(' '),
    search: (asked) =>
      within<SearchAnswer>(asked, search(asked), () => ({ kind: 'text', text: ownWords(asked).extension.slow })),
    unfurl: (asked) => within<SearchResult | undefined>(asked, unfurl(asked), () => undefined),
  };
}

function drawCard(context: CardContext, found: Found, publicUrl: string | undefined): Card {
  const open = (path: string, command: string): Button => {
    const title = context.words.buttons.open;
    return publicUrl === undefined
      ? commandButton(context, command, { title })
      : openButton(title, `${publicUrl.replace(/\/$/, '')}/${path}`);
  };
  const command = commandOf(found);
  if ('order' in found)
    return orderFoundCard(context, found.order, open(`order/${encodeURIComponent(found.order.number)}`, command));
  if ('case' in found) return caseFoundCard(context, found.case, open(`case/${found.case.reference}`, command));
  return customerFoundCard(context, found.customer, open(`customer/${found.customer.id}`, command));
}

function commandOf(found: Found): string {
  if ('order' in found) return `orders ${found.order.number}`;
  return 'case' in found ? `cases ${found.case.reference}` : `software ${found.customer.id}`;
}
