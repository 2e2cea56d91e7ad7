import type { Pen } from './draw.ts';

/** A button as the templates want it. Its data holds ids only; everything else stays on the server. */
export interface Button {
  readonly kind: 'execute' | 'dialog' | 'open';
  readonly title: string;
  readonly style: 'default' | 'positive' | 'destructive';
  /** `none`: pressing it neither checks nor sends the inputs. */
  readonly inputs?: 'auto' | 'none';
  readonly data?: Record<string, unknown>;
  readonly url?: string;
}

type Doing =
  | 'next'
  | 'back'
  | 'discard'
  | 'later'
  | 'edit'
  | 'confirm'
  | 'agreement'
  | 'submit'
  | 'cancelNow'
  | 'fileTicket'
  | 'oneForm'
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
  | 'handOver';

interface Look {
  /** Instead of the plain label; begins with it. */
  readonly title?: string;
  readonly style?: Button['style'];
  /** Sends the inputs with it. */
  readonly withInputs?: boolean;
  /** Opens a dialog instead of changing the card. */
  readonly asDialog?: boolean;
}

/** A button that does `doing`, titled with its label in the words of the pen. */
export function button(pen: Pen, doing: Doing, look: Look = {}): Button {
  const { draft } = pen;
  const data = { do: doing, draft: draft?.id, step: draft?.step, submission: draft?.submissionId };
  return {
    kind: look.asDialog ? 'dialog' : 'execute',
    title: look.title ?? pen.words.buttons[doing],
    style: look.style ?? 'default',
    inputs: look.withInputs ? 'auto' : 'none',
    data: look.asDialog ? { ...data, msteams: { type: 'task/fetch' } } : data,
  };
}

export function openButton(title: string, url: string): Button {
  return { kind: 'open', title, style: 'default', url };
}

/** Next, Back where there is somewhere to go, and the two ways out. */
export function questionButtons(
  pen: Pen,
  options: { readonly canKeep: boolean; readonly extra?: readonly Button[] },
): Button[] {
  return [
    button(pen, 'next', { style: 'positive', withInputs: true }),
    ...(pen.draft?.canGoBack ? [button(pen, 'back')] : []),
    ...(options.extra ?? []),
    ...(options.canKeep ? [button(pen, 'later')] : []),
    button(pen, 'discard'),
  ];
}
