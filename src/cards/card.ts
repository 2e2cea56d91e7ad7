import type { Secret } from '../domain/secret.ts';

/** An Adaptive Card ready to be sent. `summary` is the line shown where cards are not (toasts, lists). */
export interface Card {
  readonly content: Record<string, unknown>;
  readonly summary: string;
}

/** A card for one person's eyes only. It cannot be sent, stored or printed as an ordinary card. */
export type PrivateCard = Secret<Card>;
