import type { CasesPage, DeskData } from '../desk.ts';
import type { PageRow } from '../rows.ts';
import { auditSection } from './audit-section.ts';
import { createCardView } from './card-view.ts';
import { element, section } from './dom.ts';
import { linkedCommand } from './linked.ts';
import { moneySection } from './money-section.ts';
import { openPage } from './open-page.ts';
import { drawRows } from './rows-view.ts';
import { searchForm } from './search-form.ts';

/** Several things may change at once; the lists are read once for all of them. */
const pauseMs = 300;
/** What could not be read is read again after this time. */
const againMs = 15_000;

const page = await openPage();
if (page) {
  const { api, host, root } = page;
  const { words } = api;
  const status = element('p', { role: 'status', class: 'status' });
  const talk = element('div', { class: 'cards' });
  const said = element('input', { id: 'said', type: 'text', autocomplete: 'off', maxlength: '1000' });
  const form = element(
    'form',
    { class: 'say' },
    element('label', { for: 'said' }, words.ask),
    element('div', { class: 'line' }, said, element('button', { type: 'submit', class: 'primary' }, words.send)),
  );
  const cards = createCardView({ api, host, list: talk, status, onTurn: () => readSoon() });
  const run = (row: PageRow): void => {
    if (row.action) void cards.press(row.action.data);
  };
  const lists = element('div', { class: 'lists' });
  const money = element('div', {});
  const search = searchForm(api, run);
  const audit = auditSection(api);
  let open: CasesPage = { rows: [] };
  let timer: number | undefined;
  let nextRead = Number.POSITIVE_INFINITY;
  let openPart: HTMLElement | undefined;
  let problem: string | undefined;
  let reads = 0;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = said.value.trim();
    if (text === '') return;
    said.value = '';
    void cards.say(text);
  });

  function listSection(title: string, rows: readonly PageRow[], none: string, note?: string): HTMLElement {
    const body = rows.length > 0 ? drawRows(rows, run, words) : element('p', { class: 'none' }, none);
    return section(title, ...(note === undefined ? [] : [element('p', { class: 'note' }, note)]), body);
  }

  function openSection({ counted }: DeskData): HTMLElement {
    const made = listSection(words.open, open.rows, words.noneOpen, open.rows.length > 0 ? counted : undefined);
    const { next } = open;
    if (next !== undefined) made.append(moreButton(next));
    return made;
  }

  function moreButton(next: string): HTMLElement {
    const more = element('button', { type: 'button' }, words.more);
    more.addEventListener('click', async () => {
      more.disabled = true;
      try {
        const further = await api.get<CasesPage>(`cases?from=${encodeURIComponent(next)}`);
        const at = open.rows.length;
        open = { ...further, rows: [...open.rows, ...further.rows] };
        draw();
        openPart?.querySelectorAll<HTMLElement>('.row > button')[at]?.focus();
        forgetProblem();
      } catch (error) {
        more.disabled = false;
        tellProblem(api.explain(error));
      }
    });
    return more;
  }

  function draw(): void {
    const focused = document.activeElement?.getAttribute('data-row');
    const { waiting, closing, drafts } = desk;
    openPart = openSection(desk);
    lists.replaceChildren(
      listSection(words.needsYou, waiting, words.nothingNeeds),
      listSection(words.closing, closing, words.nothingCloses),
      openPart,
      listSection(words.drafts, drafts, words.noDrafts),
    );
    money.replaceChildren(moneySection(desk.money, words));
    // What was read anew must not take the keyboard away from whoever is in the middle of it.
    const again = [...lists.querySelectorAll<HTMLElement>('[data-row]')].find((one) => one.dataset.row === focused);
    if (focused) again?.focus();
    audit.hidden = !desk.mayAudit;
  }

  /** What went wrong with the lists stands there until it works again, or something else is said. */
  function tellProblem(text: string): void {
    problem = text;
    status.textContent = text;
  }

  function forgetProblem(): void {
    if (status.textContent === problem) status.textContent = '';
    problem = undefined;
  }

  /** Of two that overlap, the later one counts. As many open cases are read as stand there. */
  async function read(): Promise<void> {
    reads += 1;
    const mine = reads;
    try {
      const shown = open.rows.length;
      const found = await api.get<DeskData>(`desk?shown=${shown}`);
      if (mine !== reads) return;
      // More of them were shown meanwhile: these must not go again.
      if (open.rows.length > shown) return readSoon();
      desk = found;
      open = desk.open;
      draw();
      forgetProblem();
    } catch (error) {
      if (mine !== reads) return;
      tellProblem(api.explain(error));
      readSoon(againMs);
    }
  }

  /** The earliest time counts: changes that follow each other all the time do not put the reading off. */
  function readSoon(ms = pauseMs): void {
    const at = Date.now() + ms;
    if (at >= nextRead) return;
    nextRead = at;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      nextRead = Number.POSITIVE_INFINITY;
      void read();
    }, ms);
  }

  let desk: DeskData = { waiting: [], closing: [], drafts: [], open, counted: '', money: [], mayAudit: false };
  const conversation = element('section', { class: 'talk', 'aria-label': words.conversation }, form, status, talk);
  const side = element('div', { class: 'side' }, conversation);
  const overview = element('div', { class: 'overview' }, lists);
  const isWide = window.matchMedia('(min-width: 960px)');
  /** Beside the lists where there is room; else below them: what needs somebody comes first. */
  function arrange(): void {
    if (isWide.matches) side.append(search, money);
    else overview.append(money, search);
    overview.append(audit);
  }
  isWide.addEventListener('change', arrange);
  arrange();
  root.append(element('h1', {}, document.title), element('div', { class: 'columns' }, side, overview));
  await read();
  host.notifyReady();
  const linked = linkedCommand(host.subPage, window.location.search);
  if (linked !== undefined) void cards.say(linked);
  page.onTheme(() => cards.redraw());
  api.listen(
    (event) => {
      if ('messageId' in event) cards.show(event);
      else readSoon();
    },
    () => readSoon(),
  );
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') readSoon();
  });
}
