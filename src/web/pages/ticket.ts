import type { Asked, CardContent, TurnAnswer } from './api.ts';
import { createCardView } from './card-view.ts';
import { type OpenedConversation, openOn, type TicketWords } from './conversation.ts';
import { element } from './dom.ts';

interface TicketFile {
  readonly id: string;
  readonly name: string;
  readonly size: string;
}

await openOn('cancel', ({ ticket }) => ticket, showTicket);

/** The form is the conversation's card; the files that go with the ticket stand below it until it is submitted. */
async function showTicket(opened: OpenedConversation, words: TicketWords): Promise<void> {
  const { api, host, root, onTheme, conversation, card, status } = opened;
  const form = element('article', { class: 'card' });
  const list = element('ul', {});
  const input = element('input', { id: 'files', type: 'file', multiple: '', 'aria-describedby': 'files-problem' });
  const problem = element('p', { id: 'files-problem', role: 'alert', class: 'problem' });
  const files = element(
    'section',
    { class: 'card own', 'aria-labelledby': 'files-title' },
    element('h2', { id: 'files-title' }, words.files),
    element('p', { class: 'note' }, words.limits),
    list,
    element('label', { for: 'files' }, words.add),
    input,
    problem,
  );
  const cards = createCardView({ api: { ...api, turn: take }, host, list: root, status, onTurn: () => undefined });

  function draw(content: CardContent): void {
    cards.draw(withoutOwnButton(content), form);
  }

  async function take(asked: Asked): Promise<TurnAnswer> {
    const answer = await conversation.press('action' in asked ? asked.action : {});
    if (answer.card) draw(answer.card);
    await showFiles(await api.request(address()));
    return { messages: [], text: answer.text };
  }

  function address(more: Readonly<Record<string, string>> = {}): string {
    return `files?${new URLSearchParams({ draft: conversation.draft, ...more })}`;
  }

  /** Once the ticket is submitted, there is nothing to add to here any more. */
  async function showFiles(response: Response): Promise<void> {
    const { files: kept, error } = (await response.json().catch(() => ({}))) as {
      readonly files?: readonly TicketFile[];
      readonly error?: string;
    };
    files.hidden = response.status === 404;
    if (files.hidden) return;
    tellProblem(error ?? (response.ok ? '' : api.words.failed));
    if (kept) list.replaceChildren(...(kept.length > 0 ? kept.map(rowOf) : [element('li', {}, words.none)]));
  }

  function tellProblem(text: string): void {
    problem.textContent = text;
    input.setAttribute('aria-invalid', String(text !== ''));
  }

  function rowOf({ id, name, size }: TicketFile): HTMLElement {
    const remove = element('button', { type: 'button', 'aria-label': `${words.remove}: ${name}` }, words.remove);
    remove.addEventListener('click', async () => {
      remove.disabled = true;
      const left = await api.request(address({ file: id }), { method: 'DELETE' }).catch(() => undefined);
      if (left) await showFiles(left);
      else tellProblem(api.words.failed);
      remove.disabled = false;
      input.focus();
    });
    return element('li', {}, element('span', {}, `${name} (${size}) `), remove);
  }

  input.addEventListener('change', async () => {
    const chosen = [...(input.files ?? [])];
    input.disabled = true;
    for (const file of chosen) {
      status.textContent = words.sending.replace('{name}', file.name);
      const sent = await api
        .request(address({ name: file.name }), { method: 'PUT', body: file })
        .catch(() => undefined);
      status.textContent = '';
      if (sent) await showFiles(sent);
      else tellProblem(api.words.failed);
      // What is wrong with one is to be read before the next one replaces it.
      if (!sent?.ok) break;
    }
    input.value = '';
    input.disabled = false;
  });

  root.replaceChildren(element('h1', { class: 'unseen' }, words.title), form, status, files);
  status.textContent = '';
  document.title = words.title;
  draw(card);
  onTheme(() => cards.redraw());
  await showFiles(await api.request(address()));
}

/** The button that has opened this page leads nowhere else. */
function withoutOwnButton(card: CardContent): CardContent {
  return JSON.parse(JSON.stringify(card), (_, value: unknown) =>
    Array.isArray(value) ? value.filter((one) => one?.data?.do !== 'ticketPage') : value,
  );
}
