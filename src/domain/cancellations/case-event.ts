import type { CaseEnding, CaseState } from './case.ts';
import type { CaseReason } from './case-reason.ts';

/** One change of a case: what changed, by whom, when. `by` is absent where we did it ourselves. */
export interface CaseEvent {
  readonly reference: string;
  readonly from?: CaseState | 'draft';
  readonly to: CaseState;
  readonly by?: Doer;
  readonly change: CaseChange;
  readonly at: Date;
}

/** The id is absent from what earlier versions recorded. */
export interface Doer {
  readonly id?: string;
  readonly name: string;
}

/** What changed, with its facts; the reasons for which a case may stand where it stands are changes too. */
export type CaseChange =
  | CaseReason
  /** `reason`: the customer's, as somebody typed it. */
  | { readonly kind: 'submitted'; readonly reason: string }
  | { readonly kind: 'cancelling' }
  | { readonly kind: 'filing' }
  | { readonly kind: 'sign-in-over' }
  | { readonly kind: 'ticket-filed'; readonly ticketId: string }
  /** A person brought the number from the portal. `instead`: of this one. */
  | { readonly kind: 'ticket-entered'; readonly ticketId: string; readonly instead?: string }
  /** It bears our reference. */
  | { readonly kind: 'ticket-found'; readonly ticketId: string }
  /** It was answered: Microsoft works on it again. */
  | { readonly kind: 'ticket-answered'; readonly ticketId: string }
  | { readonly kind: 'ticket-closed-since'; readonly ticketId: string }
  /** By a person, after it had waited for one. `instead`: the ticket that is followed no longer. */
  | { readonly kind: 'taken-up'; readonly ending: CaseEnding; readonly instead?: string }
  /** `item`: the part that it was about, where it was not the whole order. */
  | { readonly kind: 'completed'; readonly item?: string };
