import { createCardView } from './card-view.ts';
import { element } from './dom.ts';
import { openPage } from './open-page.ts';

const page = await openPage();
if (page) {
  const { api, host, root } = page;
  const { words } = api;
  const status = element('p', { role: 'status', class: 'status' });
  const list = element('section', { 'aria-label': words.conversation, class: 'conversation' });
  const said = element('input', { id: 'said', type: 'text', autocomplete: 'off', maxlength: '1000' });
  const form = element(
    'form',
    { class: 'say' },
    element('label', { for: 'said' }, words.ask),
    element('div', { class: 'line' }, said, element('button', { type: 'submit', class: 'primary' }, words.send)),
  );
  const cards = createCardView({ api, host, list, status, onTurn: () => undefined });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = said.value.trim();
    if (text === '') return;
    said.value = '';
    void cards.say(text);
  });
  root.append(form, status, list);
  page.onTheme(() => cards.redraw());
  api.listen(
    (event) => {
      if ('messageId' in event) cards.show(event);
    },
    () => undefined,
  );
}
