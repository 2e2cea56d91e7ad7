import type { Secret } from '../domain/secret.ts';

/** An Adaptive Card ready to be sent. `summary` is the line shown where cards are not (toasts, lists). */
export interface Card {
  readonly content: Record<string, unknown>;
  readonly summary: string;
}

/** A card for one person's eyes only. It cannot be sent, stored or printed as an ordinary card. */
export type PrivateCard = Secret<Card>;

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
