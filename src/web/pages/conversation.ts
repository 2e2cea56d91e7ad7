import type { Words } from '../../words/words.ts';
import type { Api, CardContent } from './api.ts';
import { element } from './dom.ts';
import { type OpenedPage, openPage } from './open-page.ts';

export type SecretWords = Words['web']['secret'];
export type TicketWords = Words['web']['ticket'];

export interface Secret {
  readonly about: string;
  readonly secrets: readonly { readonly label: string; readonly text: string; readonly isAddress: boolean }[];
  readonly notes: readonly string[];
  readonly seconds: number;
}

export interface ConversationAnswer {
  readonly card?: CardContent;
  readonly text?: string;
  readonly token?: string;
  readonly secret?: Secret;
  readonly words?: SecretWords;
  readonly ticket?: TicketWords;
}

/** One conversation, wherever it takes place, as this page goes on with it. */
export interface Conversation {
  readonly draft: string;
  /** As it stands now. */
  show(): Promise<ConversationAnswer>;
  /** A press on its card; `token`: for what the press before has given one. */
  press(action: unknown, token?: string): Promise<ConversationAnswer>;
}

export interface OpenedConversation extends OpenedPage {
  readonly conversation: Conversation;
  readonly card: CardContent;
  /** Read out by screen readers, and shown. */
  readonly status: HTMLElement;
}

/** Opens the page on its conversation; where there is none, says so. `show` draws it, with what the server told of it. */
export async function openOn<Told>(
  command: string,
  told: (answer: ConversationAnswer) => Told | undefined,
  show: (opened: OpenedConversation, told: Told) => Promise<void> | void,
): Promise<void> {
  const page = await openPage();
  if (!page) return;
  const { api, root } = page;
  root.classList.add('narrow');
  const status = element('p', { role: 'status', class: 'status' }, api.words.working);
  root.append(status);
  try {
    const conversation = await openConversation(api, command);
    const answer = (await conversation?.show()) ?? {};
    const { card, text } = answer;
    const more = told(answer);
    if (conversation && card && more) await show({ ...page, conversation, card, status }, more);
    else status.textContent = text ?? root.dataset.notOpened ?? '';
  } catch {
    status.textContent = root.dataset.notOpened ?? '';
  }
}

/**
 * The conversation of the page's address (`?draft=…`), or a new one that begins with `command` and the order there
 * (`?order=…&line=…`). Nothing where the address names neither, or the order leads to no conversation.
 */
async function openConversation(api: Api, command: string): Promise<Conversation | undefined> {
  const asked = new URLSearchParams(window.location.search);
  const order = asked.get('order') ?? '';
  const line = asked.get('line') ?? '';
  const named = /^[\w-]{6,60}$/.test(order) ? [command, order, ...(/^\d{1,4}$/.test(line) ? [line] : [])] : undefined;
  const draft = asked.get('draft') ?? (named && (await begin(api, named.join(' '))));
  if (!draft) return undefined;
  const take = async (body: object): Promise<ConversationAnswer> =>
    (await api.post('page-turn', { draft, ...body })).json();
  return {
    draft,
    show: () => take({}),
    press: (action, token) => take({ action, ...(token !== undefined && { token }) }),
  };
}

async function begin(api: Api, text: string): Promise<string | undefined> {
  const { messages } = await api.turn({ text });
  return draftOf(messages.map(({ card }) => card));
}

/** Each button names the conversation that its card belongs to. */
function draftOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if ('draft' in node && typeof node.draft === 'string') return node.draft;
  return Object.values(node)
    .map(draftOf)
    .find((found) => found !== undefined);
}
