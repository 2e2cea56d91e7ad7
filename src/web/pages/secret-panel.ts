import type { Secret, SecretWords } from './conversation.ts';
import { element } from './dom.ts';
import { type Host, openLink } from './host.ts';

interface PanelParts {
  readonly host: Host;
  readonly words: SecretWords;
  /** Where it is shown. */
  readonly place: HTMLElement;
  readonly status: HTMLElement;
  /** It is gone, by *Hide*, by its time, or because the page was left. */
  readonly onGone: () => void;
}

export interface SecretPanel {
  show(secret: Secret, more: readonly HTMLElement[]): void;
  /** Until when what is shown may be seen, in milliseconds of the clock; nothing where nothing is. */
  until(): number | undefined;
}

/**
 * What is secret stands in the elements of the page and in nothing else, and goes with them: by *Hide*, when its time is
 * over, when the page is left, and, where the browser held the page's timers back meanwhile, as soon as it is seen again.
 */
export function createSecretPanel({ host, words, place, status, onGone }: PanelParts): SecretPanel {
  let endsAt: number | undefined;
  let timer = 0;

  function hide(): void {
    if (endsAt === undefined) return;
    endsAt = undefined;
    window.clearInterval(timer);
    place.replaceChildren();
    status.textContent = words.hidden;
    onGone();
  }

  function hideWhenOver(): void {
    if (endsAt !== undefined && Date.now() >= endsAt) hide();
  }

  document.addEventListener('visibilitychange', hideWhenOver);
  window.addEventListener('pagehide', hide);

  function rowOf({ label, text, isAddress }: Secret['secrets'][number]): HTMLElement {
    const shown = element('p', { class: 'secret', tabindex: '0', 'aria-label': label }, text);
    const copy = element('button', { type: 'button', 'aria-label': `${words.copyOf}${label}` }, words.copyOf + label);
    copy.addEventListener('click', async () => {
      const isCopied = await host.copy(shown.textContent).then(
        () => true,
        () => false,
      );
      status.textContent = isCopied ? words.copied : words.notCopied;
    });
    const open = isAddress ? element('button', { type: 'button', class: 'primary' }, words.open) : undefined;
    open?.addEventListener('click', () => openLink(host, shown.textContent));
    return element('div', { class: 'row' }, element('h3', {}, label), shown, copy, open);
  }

  return {
    until: () => endsAt,
    show({ about, secrets, notes, seconds }, more) {
      window.clearInterval(timer);
      endsAt = Date.now() + seconds * 1000;
      const left = element('p', { class: 'left', role: 'timer' });
      const tick = () => {
        hideWhenOver();
        const still = Math.max(0, Math.ceil(((endsAt ?? 0) - Date.now()) / 1000));
        left.textContent = words.left.replace('{seconds}', String(still));
      };
      const close = element('button', { type: 'button', class: 'primary' }, words.hide);
      close.addEventListener('click', hide);
      place.replaceChildren(
        element('h2', { tabindex: '-1' }, about),
        element('p', {}, words.onlyYou),
        ...secrets.map(rowOf),
        left,
        element('div', { class: 'line' }, close, ...more),
        ...notes.map((note) => element('p', { class: 'note' }, note)),
      );
      tick();
      timer = window.setInterval(tick, 250);
      status.textContent = '';
      place.querySelector('h2')?.focus();
    },
  };
}
