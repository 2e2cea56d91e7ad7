import type { TicketFile } from '../cancellations/ticket-file.ts';
import type { Place, SentMessage } from '../people/place.ts';

/** Drafts written by another version of the code are not read but refused. Raise it when a flow's data changes shape. */
export const draftVersion = 1;

/**
 * A conversation in the middle. The server holds all of it; the card holds `id`, the step and the submission id.
 * A closed draft stays until it expires, so that a late click is told how it ended.
 */
export interface Draft {
  readonly version: number;
  readonly id: string;
  /** Counts what was written of it: 1 the first time. Whoever read an older one does not write over a newer one. */
  readonly revision: number;
  readonly flow: string;
  /** The question that is waiting for an answer. */
  readonly step: string;
  /** The questions answered before, oldest first: where *Back* leads. */
  readonly trail: readonly string[];
  readonly data: Record<string, unknown>;
  readonly ownerId: string;
  readonly ownerName: string;
  /** Who began it, once somebody else has taken it over. */
  readonly preparer?: { readonly id: string; readonly name: string };
  /** Everybody who had it before its owner. */
  readonly earlierOwners?: readonly string[];
  readonly place: Place;
  /** For one person's eyes only, from its first private message on: whatever follows from it is private. */
  readonly isPrivate: boolean;
  /** May be taken over by anybody with the right. */
  readonly isHandedOver: boolean;
  /** Those who may go on with it have been told. */
  readonly isTold?: boolean;
  /** Whom of them its owner has asked to go on with it. */
  readonly askedId?: string;
  /** What it is about, for the list of drafts; absent for conversations not worth keeping. */
  readonly title?: string;
  /** What it is about, as its flow tells it: two of one person with the same key are one. */
  readonly key?: string;
  /** A cancellation window that closes while it is a draft; times in ISO 8601, UTC. */
  readonly closing?: { readonly orderNumber: string; readonly closesAt: string; readonly askedAt: string };
  /** Made when a confirmation card is drawn; the business key of what it confirms. */
  readonly submissionId?: string;
  /** The confirmation to which yes was typed once: typed again, it counts. */
  readonly yesFor?: string;
  /** That go with its ticket, as they were when the session was opened. */
  readonly files?: readonly TicketFile[];
  /** Where its card hangs. */
  readonly card?: SentMessage;
  /** The place in which others saw it begin, once it has gone on from there: they are told how what comes of it ends. */
  readonly begunIn?: string;
  /** Its cards in places that it has gone on from: how it ends is said there too. */
  readonly cardsElsewhere?: readonly SentMessage[];
  /** Where it hung before, newest first: somebody may press it there. */
  readonly formerCards?: readonly SentMessage[];
  /** It hangs in a message besides whose id Teams did not tell: whoever presses it there names that. */
  readonly hasUnknownCard?: true;
  /** Set when the conversation is over: the card that stays, as it was drawn; `isDiscarded`: how it ended, in no language. */
  readonly settled?: {
    readonly content: Record<string, unknown>;
    readonly summary: string;
    readonly isDiscarded?: true;
  };
  /** Takes the place of a secret that only the presser's client shows: the card as it is without. */
  readonly hidden?: { readonly content: Record<string, unknown>; readonly summary: string };
  /** ISO 8601, UTC. */
  readonly changedAt: string;
}

/** Its card hangs where others see and press it too. */
export function isShared({ place, isPrivate }: Pick<Draft, 'place' | 'isPrivate'>): boolean {
  return place.kind !== 'personal' && !isPrivate;
}
