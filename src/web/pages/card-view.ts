import { type Action, AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SubmitAction } from 'adaptivecards';
import type { Api, Asked, CardContent, Message, TurnAnswer } from './api.ts';
import { type Host, openLink } from './host.ts';
import { hostConfig } from './teams-themes.ts';

type Origin = { readonly messageId?: string; readonly isDialog?: boolean };

interface Shown {
  readonly element: HTMLElement;
  content: CardContent;
  timer?: number;
}

/** The cards of a page. A press runs the turn and puts what comes of it in place of the card, or below. */
export interface CardView {
  /** Draws a message, or draws it anew; without a card it goes. */
  show(message: Message): void;
  /** Draws a card that is no message of its own. */
  draw(card: CardContent, place: HTMLElement): void;
  /** Presses what is no button of a card, such as a row of a list. */
  press(action: unknown): Promise<void>;
  /** What was typed. */
  say(text: string): Promise<void>;
  /** Everything in the colours of the theme that counts now. */
  redraw(): void;
}

interface CardViewParts {
  readonly api: Api;
  readonly host: Host;
  /** Where messages go, the newest first. */
  readonly list: HTMLElement;
  /** Read out by screen readers, and shown. */
  readonly status: HTMLElement;
  /** A turn has ended: lists may have changed. */
  readonly onTurn: () => void;
}

export function createCardView({ api, host, list, status, onTurn }: CardViewParts): CardView {
  const shown = new Map<string, Shown>();
  const loose = new Map<HTMLElement, CardContent>();

  function render(content: CardContent, place: HTMLElement, from: Origin = {}): void {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(hostConfig(host.theme()));
    card.onExecuteAction = (action) => press(action, place, from);
    card.parse({ ...content });
    const drawn = card.render();
    // The renderer names only the element around a list that can be searched.
    for (const input of drawn?.querySelectorAll('.ac-choiceSetInput-filtered') ?? []) {
      const named = input.closest('[aria-labelledby]')?.getAttribute('aria-labelledby');
      if (named) input.setAttribute('aria-labelledby', named);
    }
    place.replaceChildren(...(drawn ? [drawn] : []));
  }

  function press(action: Action, place: HTMLElement, from: Origin): void {
    if (action instanceof OpenUrlAction) {
      if (action.url) openLink(host, action.url);
      return;
    }
    if (!(action instanceof SubmitAction || action instanceof ExecuteAction)) return;
    const { data = {} } = action;
    const asked = { ...(action instanceof ExecuteAction && { do: action.verb }), ...Object(data) };
    const opensDialog = asked.msteams?.type === 'task/fetch';
    void take({ action: asked, ...from, ...(opensDialog && { isDialog: true }) }, place);
  }

  /** `place`: the card that was pressed; it cannot be pressed again until there is an answer. */
  async function take(asked: Asked, place?: HTMLElement): Promise<void> {
    if (place?.inert) return;
    status.textContent = api.words.working;
    place?.setAttribute('aria-busy', 'true');
    if (place) place.inert = true;
    try {
      const answer = await api.turn(asked);
      status.textContent = answer.text ?? '';
      showAnswer(answer, asked, place);
    } catch (error) {
      status.textContent = api.explain(error);
    } finally {
      place?.removeAttribute('aria-busy');
      if (place) place.inert = false;
      onTurn();
    }
  }

  function showAnswer(
    { messages, card, secret, hideAfterSeconds, page }: TurnAnswer,
    asked: Asked,
    place?: HTMLElement,
  ): void {
    for (const message of messages) show(message);
    if (page) void host.openDialog(page, api.words.close).then(onTurn);
    const { messageId, isDialog } = 'action' in asked ? asked : {};
    const from: Origin = { messageId, isDialog };
    if (place && card) render(card, place, from);
    if (place && secret) showSecret(place, secret, from, hideAfterSeconds);
    const drawn = messages.filter(({ card: content }) => content);
    const last = drawn.findLast(({ isChange }) => !isChange) ?? drawn.at(-1);
    const element = last && shown.get(last.messageId)?.element;
    if (element) bringIntoView(element);
  }

  /** In place of the card; it is in the page only, and goes by itself whatever the server does. */
  function showSecret(place: HTMLElement, secret: CardContent, { messageId, isDialog }: Origin, seconds = 60): void {
    const from: Origin = { messageId, isDialog };
    const message = messageId === undefined ? undefined : shown.get(messageId);
    render(secret, place, from);
    const hide = () => {
      if (message) render(message.content, place, from);
      else place.replaceChildren();
    };
    const timer = window.setTimeout(hide, seconds * 1000);
    if (message) message.timer = timer;
  }

  function show({ messageId, card, isChange }: Message): void {
    const known = shown.get(messageId);
    window.clearTimeout(known?.timer);
    if (!card) {
      known?.element.remove();
      shown.delete(messageId);
      return;
    }
    const element = known?.element ?? document.createElement('article');
    element.className = 'card';
    // What was settled stands behind what goes on.
    if (!known && isChange) list.append(element);
    else if (!known) list.prepend(element);
    shown.set(messageId, { element, content: card });
    render(card, element, { messageId });
  }

  return {
    show,
    draw(card, place) {
      loose.set(place, card);
      render(card, place);
    },
    press: (action) => take({ action }),
    say: (text) => take({ text }),
    redraw() {
      for (const [messageId, { element, content }] of shown) render(content, element, { messageId });
      for (const [place, content] of loose) {
        if (place.isConnected) render(content, place);
        else loose.delete(place);
      }
    },
  };
}

/** Texts of cards are never Markdown: what would be taken for it is escaped in them. */
AdaptiveCard.onProcessMarkdown = (text, result) => {
  const plain = text.replace(/\\([^\w\s])/g, '$1');
  const html = plain.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`).replace(/\n/g, '<br>');
  Object.assign(result, { didProcess: true, outputHtml: html });
};

function bringIntoView(element: HTMLElement): void {
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'auto' : 'smooth' });
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
