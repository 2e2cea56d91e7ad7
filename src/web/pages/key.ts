import type { Asked, CardContent, TurnAnswer } from './api.ts';
import { createCardView } from './card-view.ts';
import { type OpenedConversation, openOn, type SecretWords } from './conversation.ts';
import { element } from './dom.ts';
import { createSecretPanel } from './secret-panel.ts';

type Action = Readonly<Record<string, unknown>>;

await openOn('keys', ({ words }) => words, showKeys);

/** The choice is the conversation's card; what it gives in return for a one-time token is shown beside it, by itself. */
function showKeys(opened: OpenedConversation, words: SecretWords): void {
  const { api, host, root, onTheme, conversation, card, status } = opened;
  const choice = element('article', { class: 'card' });
  const secret = element('section', { class: 'card own', 'aria-label': words.title });
  secret.hidden = true;
  const cards = createCardView({
    api: { ...api, turn: take },
    host,
    list: root,
    status,
    onTurn: () => undefined,
  });
  let current = card;
  let chosen: Action = {};

  const panel = createSecretPanel({
    host,
    words,
    place: secret,
    status,
    onGone() {
      secret.hidden = true;
      choice.hidden = false;
      // With who has seen it; where that is not to be had, as it was.
      conversation.show().then(
        (now) => draw(now.card),
        () => draw(undefined),
      );
    },
  });

  function draw(next: CardContent | undefined): void {
    if (next) current = next;
    cards.draw(current, choice);
  }

  /** A press on the card of the choice. */
  async function take(asked: Asked): Promise<TurnAnswer> {
    const action = 'action' in asked ? (Object(asked.action) as Action) : {};
    chosen = action;
    const text = await press(action);
    if (action.do === 'done') host.closeDialog();
    return { messages: [], text };
  }

  async function press(action: Action): Promise<string> {
    const first = await conversation.press(action);
    if (first.token !== undefined) status.textContent = words.asked;
    const { draft, step } = action;
    const answer =
      first.token === undefined ? first : await conversation.press({ do: action.do, draft, step }, first.token);
    if (answer.card) draw(answer.card);
    if (!answer.secret) return answer.text ?? '';
    choice.hidden = true;
    secret.hidden = false;
    panel.show(answer.secret, moreOf(answer.secret.secrets));
    return '';
  }

  /** What can be had beside what is shown, as the card's own buttons are called. */
  function moreOf(shown: readonly { readonly isAddress: boolean }[]): HTMLElement[] {
    const has = (isAddress: boolean) => shown.some((one) => one.isAddress === isAddress);
    const wanted = has(false) ? (has(true) ? undefined : 'download') : 'getKey';
    const offered = wanted && actionsOf(current).find(({ data }) => Object(data).do === wanted);
    if (!offered) return [];
    const button = element('button', { type: 'button' }, String(offered.title));
    button.addEventListener('click', async () => {
      button.disabled = true;
      const beside = wanted === 'download' ? 'key' : 'link';
      await press({ ...chosen, do: wanted, beside, until: String(panel.until() ?? 0) }).then(
        (text) => {
          if (text) status.textContent = text;
        },
        () => {
          status.textContent = words.failed;
        },
      );
      button.disabled = false;
    });
    return [button];
  }

  root.replaceChildren(element('h1', { class: 'unseen' }, words.title), choice, secret, status);
  status.textContent = '';
  document.title = words.title;
  draw(card);
  onTheme(() => cards.redraw());
}

function actionsOf(node: unknown): Record<string, unknown>[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && String(node.type).startsWith('Action.') ? [{ ...node }] : [];
  return [...own, ...Object.values(node).flatMap(actionsOf)];
}
