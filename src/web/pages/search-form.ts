import type { PageRow } from '../rows.ts';
import type { Api } from './api.ts';
import { element, section } from './dom.ts';
import { drawRows } from './rows-view.ts';

interface Group {
  readonly title: string;
  readonly rows: readonly PageRow[];
  /** Why there are none. */
  readonly said?: string;
}

/** Searched when it is sent, not while it is typed: each search may ask Partner Center. */
export function searchForm(api: Api, run: (row: PageRow) => void): HTMLElement {
  const { words } = api;
  const input = element('input', { id: 'search', type: 'search', autocomplete: 'off', maxlength: '200' });
  const found = element('div', { class: 'found' });
  const status = element('p', { role: 'status', class: 'note' });
  const form = element(
    'form',
    { role: 'search' },
    element('label', { for: 'search' }, words.searchFor),
    element('div', { class: 'line' }, input, element('button', { type: 'submit' }, words.search)),
  );
  let latest = 0;

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    latest += 1;
    const mine = latest;
    found.replaceChildren();
    if (text === '') return;
    status.textContent = words.working;
    try {
      const groups = await api.get<Group[]>(`search?text=${encodeURIComponent(text)}`);
      if (mine !== latest) return;
      status.textContent = '';
      found.replaceChildren(
        ...groups.map(({ title, rows, said = '' }) =>
          element(
            'div',
            {},
            element('h3', {}, title),
            rows.length > 0 ? drawRows(rows, run, words) : element('p', { class: 'none' }, said),
          ),
        ),
      );
    } catch (error) {
      if (mine === latest) status.textContent = api.explain(error);
    }
  });
  return section(words.search, form, status, found);
}
