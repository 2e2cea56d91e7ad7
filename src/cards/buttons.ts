import type { Button } from './card.ts';
import type { CardContext } from './render.ts';

type Doing =
  | 'next'
  | 'addLine'
  | 'removeLine'
  | 'removeFile'
  | 'files'
  | 'back'
  | 'discard'
  | 'later'
  | 'edit'
  | 'confirm'
  | 'agreement'
  | 'submit'
  | 'cancelNow'
  | 'fileTicket'
  | 'byTicket'
  | 'oneForm'
  | 'ticketPage'
  | 'stepByStep'
  | 'software'
  | 'keys'
  | 'cancel'
  | 'getKey'
  | 'download'
  | 'copyLink'
  | 'hide'
  | 'done'
  | 'giveUp'
  | 'remindMe'
  | 'resume'
  | 'handOver'
  | 'language';

interface Look {
  /** Instead of the plain label; begins with it. */
  readonly title?: string;
  readonly style?: Button['style'];
  readonly mode?: Button['mode'];
  /** Sends the inputs with it. */
  readonly withInputs?: boolean;
  /** Opens a dialog instead of changing the card. */
  readonly asDialog?: boolean;
}

/** A button that does `doing`, titled with its label in the words of the context. */
export function button(context: CardContext, doing: Doing, look: Look = {}): Button {
  const { draft } = context;
  const data = { do: doing, draft: draft?.id, step: draft?.step, submission: draft?.submissionId };
  return {
    kind: look.asDialog ? 'dialog' : 'execute',
    title: look.title ?? context.words.buttons[doing],
    style: look.style ?? 'default',
    mode: look.mode,
    inputs: look.withInputs ? 'auto' : 'none',
    data: look.asDialog ? { ...data, msteams: { type: 'task/fetch' } } : data,
  };
}

/** Begins what a person would begin by typing `text`; the conversation of the card, if there is one, is left as it is. */
export function commandButton(context: CardContext, text: string, look: CommandLook = {}): Button {
  const { draft, isPrivate } = context;
  const { title, style = 'default', mode, isInPlace = false, page = isInPlace ? 0 : undefined, top, withInputs } = look;
  return {
    kind: 'execute',
    title: title ?? (text.length > maxTitle ? `${text.slice(0, maxTitle - 1).trimEnd()} …` : text),
    style,
    mode,
    inputs: withInputs ? 'auto' : 'none',
    data: {
      do: 'command',
      draft: draft?.id,
      text,
      ...(page !== undefined && { page: String(page), top }),
      ...(isPrivate && { isPrivate: true }),
    },
  };
}

/** Looks up what is filled in beside it: a customer, an order or a case, as if it had been typed in the chat. */
export function findButton({ words, isPrivate }: CardContext): Button {
  return {
    kind: 'execute',
    title: words.buttons.find,
    style: 'default',
    inputs: 'auto',
    data: { do: 'find', ...(isPrivate && { isPrivate: true }) },
  };
}

/**
 * `page`: the list that the command shows is turned to its row with this number, from 0; `top`: counted from this one. `isInPlace`: what it shows takes the
 * place of the card, for whoever pressed it. `withInputs`: what is filled in to be found (`findButton`) follows the command.
 */
type CommandLook = Pick<Look, 'title' | 'style' | 'mode' | 'withInputs'> & {
  readonly page?: number;
  readonly top?: string;
  readonly isInPlace?: boolean;
};

const maxTitle = 40;

export function openButton(title: string, url: string): Button {
  return { kind: 'open', title, style: 'default', url };
}

/** Next, Back where there is a question before, Save for later, and Discard. */
export function questionButtons(
  context: CardContext,
  options: { readonly canKeep: boolean; readonly extra?: readonly Button[] },
): Button[] {
  return [
    button(context, 'next', { style: 'positive', withInputs: true }),
    ...(context.draft?.canGoBack ? [button(context, 'back')] : []),
    ...(options.extra ?? []),
    ...(options.canKeep ? [button(context, 'later')] : []),
    button(context, 'discard'),
  ];
}
