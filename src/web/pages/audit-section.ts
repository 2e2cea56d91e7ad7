import type { PageRow } from '../rows.ts';
import type { Api } from './api.ts';
import { element, section } from './dom.ts';
import { drawRows } from './rows-view.ts';

interface AuditPage {
  readonly rows: readonly PageRow[];
  readonly next?: string;
}

/** For those who may read it: a page of the log at a time, and all that fits the filter as a file. */
export function auditSection(api: Api): HTMLElement {
  const { words } = api;
  const customer = element('input', { id: 'audit-customer', name: 'customer', type: 'text', maxlength: '200' });
  const since = element('input', { id: 'audit-since', name: 'since', type: 'date' });
  const until = element('input', { id: 'audit-until', name: 'until', type: 'date' });
  const review = element('input', { id: 'audit-review', name: 'review', type: 'checkbox' });
  const show = element('button', { type: 'submit' }, words.show);
  const save = element('button', { type: 'button' }, words.export);
  const status = element('p', { role: 'status', class: 'note' });
  const list = element('div', {});
  const form = element(
    'form',
    { class: 'filter' },
    field(words.customer, customer),
    field(words.since, since),
    field(words.until, until),
    field(words.review, review),
    element('div', { class: 'line' }, show, save),
  );

  const readQuery = (): Record<string, string> => ({
    ...{ customer: customer.value, since: since.value, until: until.value },
    review: review.checked ? 'on' : '',
  });

  let current = readQuery();

  /** What comes when another search has begun is not shown. True where it was. */
  async function add(filter: Record<string, string>, from?: string): Promise<boolean> {
    const query = new URLSearchParams({ ...filter, ...(from !== undefined && { from }) });
    try {
      const { rows, next } = await api.get<AuditPage>(`audit?${query}`);
      if (filter !== current) return false;
      status.textContent = rows.length === 0 && from === undefined ? words.noEntries : '';
      list.append(drawRows(rows, () => undefined, words));
      if (next !== undefined) list.append(moreButton(filter, next));
      return true;
    } catch (error) {
      if (filter === current) status.textContent = api.explain(error);
      return false;
    }
  }

  function moreButton(filter: Record<string, string>, next: string): HTMLElement {
    const more = element('button', { type: 'button' }, words.more);
    more.addEventListener('click', async () => {
      more.disabled = true;
      if (await add(filter, next)) more.remove();
      more.disabled = false;
    });
    return more;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.replaceChildren();
    status.textContent = words.working;
    current = readQuery();
    void add(current);
  });
  save.addEventListener('click', async () => {
    status.textContent = words.working;
    try {
      const file = await (await api.post('audit/export', readQuery())).blob();
      const address = URL.createObjectURL(file);
      element('a', { href: address, download: 'audit.csv' }).click();
      URL.revokeObjectURL(address);
      status.textContent = words.exported;
    } catch (error) {
      status.textContent = api.explain(error);
    }
  });
  return section(words.audit, form, status, list);
}

function field(label: string, input: HTMLInputElement): HTMLElement {
  return element('div', { class: 'field' }, element('label', { for: input.id }, label), input);
}
