import type { Said } from '../errors.ts';

/**
 * Why a case stands where it stands, where its state does not say all of it. `said`: with what Partner Center refused, or
 * what Microsoft wrote on the ticket; where it is absent, they gave no reason.
 */
export type CaseReason =
  /** Partner Center has confirmed the cancellation, which may take a while to show. */
  | { readonly kind: 'accepted' }
  /** Partner Center does not cancel it by itself: a ticket is filed instead. */
  | { readonly kind: 'ticket-wanted'; readonly said?: Said }
  /** It goes on when Partner Center accepts our sign-in again. `before`: why it stood there before. */
  | { readonly kind: 'sign-in-refused'; readonly before?: CaseReason }
  /** Partner Center takes the ticket by no other way than a person. `said`: all that it refused it with, oldest first. */
  | { readonly kind: 'hand-over'; readonly said: readonly Said[] }
  /** `mayChange`: it was not about the order but about a right, the account or the time, which can be put right. */
  | { readonly kind: 'declined'; readonly said?: Said; readonly mayChange?: boolean }
  /** Closed by one of us: nobody refused it. */
  | { readonly kind: 'given-up'; readonly by: string }
  | { readonly kind: 'cancelled-in-part'; readonly said?: Said }
  /** Confirmed a day ago, and still not cancelled. */
  | { readonly kind: 'overdue' }
  | { readonly kind: 'ticket-unseen'; readonly ticketId: string }
  | { readonly kind: 'ticket-asks'; readonly said?: string }
  | { readonly kind: 'ticket-closed'; readonly said?: string }
  /** For two days. */
  | { readonly kind: 'unreachable' }
  /** A sentence that an earlier version wrote, and nothing more is known of. */
  | { readonly kind: 'recorded'; readonly text: string };
