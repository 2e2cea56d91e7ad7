import type { Said } from '../errors.ts';
import type { Money } from '../money.ts';
import type { SentMessage } from '../people/place.ts';
import type { CaseReason } from './case-reason.ts';

export type CaseState = 'submitted' | 'filing' | 'filed' | 'cancelling' | 'completed' | 'refused' | 'needs_person';

/** Which of the two endings: the API cancels at once, or Microsoft's support does, by ticket. */
export type CaseEnding = 'cancel-now' | 'ticket';

export type Impact = 'critical' | 'moderate' | 'minimal';

/** What step 3 of the procedure asks for. All of it is checked before it gets here. */
export interface CaseContent {
  readonly customerId: string;
  readonly customerName: string;
  /** The tenant GUID or domain as it will stand in the ticket. */
  readonly customerTenant: string;
  readonly orderId: string;
  readonly orderNumber: string;
  /** Order or subscription id as it will stand in the ticket. */
  readonly named: string;
  readonly item: string;
  readonly lineNumbers: readonly number[];
  readonly wholeOrder: boolean;
  readonly reason: string;
  readonly amount: Money;
  readonly amountNote?: string;
  readonly impact: Impact;
  readonly title: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
  /** ISO 8601: the last moment of the cancellation window, where one was open. */
  readonly closesAt?: string;
  /** Who prepared it, where somebody else submitted it. */
  readonly preparer?: { readonly id: string; readonly name: string };
  /** The place in which others saw it begin, where it was finished elsewhere. */
  readonly begunIn?: string;
}

/** One cancellation of one order or lines of it, from its submission to its end. `reference` is what people say: `SD-7K2M9Q`. */
export interface Case {
  readonly reference: string;
  readonly submissionId: string;
  readonly state: CaseState;
  readonly ending: CaseEnding;
  readonly content: CaseContent;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly placeId: string;
  /** Submitted in private: what becomes of it is told to the requester alone. */
  readonly isPrivate: boolean;
  readonly card?: SentMessage;
  readonly ticketId?: string;
  readonly reason?: CaseReason;
  /** How many files go with it; absent where none does. */
  readonly files?: number;
  /** How many colleagues want to be told of it too; absent where nobody does. */
  readonly followers?: number;
  /** How often a person has been needed, the present time included. */
  readonly timesWaiting: number;
  /** How often a person has taken it up again after that. */
  readonly timesTakenUp: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly checkedAt?: Date;
}

/** Nothing will change any more by itself. */
export function isClosed(state: CaseState): boolean {
  return state === 'completed' || state === 'refused';
}

/** The last moment of the cancellation window that was open when it was submitted. */
export function closingOf({ content }: Pick<Case, 'content'>): Date | undefined {
  return content.closesAt === undefined ? undefined : new Date(content.closesAt);
}

/** Its ticket is to be filed by a person. */
export function isHandOver({ state, reason }: Pick<Case, 'state' | 'reason'>): boolean {
  return state === 'needs_person' && reason?.kind === 'hand-over';
}

/** What Partner Center said when it did not cancel at once, or did not take the ticket. */
export function messagesAtHandOver({ reason }: Pick<Case, 'reason'>): readonly Said[] {
  return reason?.kind === 'hand-over' ? reason.said : [];
}

export function isGivenUp({ reason }: Pick<Case, 'reason'>): boolean {
  return reason?.kind === 'given-up';
}

export function isWaitingForSignIn({ reason }: Pick<Case, 'reason'>): boolean {
  return reason?.kind === 'sign-in-refused';
}

export function isAccepted({ reason }: Pick<Case, 'reason'>): boolean {
  return reason?.kind === 'accepted';
}

/** Why it stands there, a refused sign-in aside. */
export function reasonBesideSignIn({ reason }: Pick<Case, 'reason'>): CaseReason | undefined {
  return reason?.kind === 'sign-in-refused' ? reason.before : reason;
}

/** What may follow what; the same again where only its ticket or its reason changes. A case never leaves `completed`. */
export const nextStates: Readonly<Record<CaseState, readonly CaseState[]>> = {
  submitted: ['submitted', 'filing', 'cancelling', 'completed', 'refused', 'needs_person'],
  filing: ['filing', 'filed', 'refused', 'needs_person', 'completed'],
  filed: ['filed', 'completed', 'needs_person', 'cancelling'],
  cancelling: ['cancelling', 'completed', 'filing', 'refused', 'needs_person'],
  needs_person: ['completed', 'filing', 'filed', 'cancelling', 'refused'],
  completed: [],
  refused: [],
};

/** A move that no action of ours makes: a mistake in the program. */
class ImpossibleMove extends Error {
  constructor(reference: string, from: CaseState, to: CaseState) {
    super(`the case ${reference} must not go from ${from} to ${to}`);
    this.name = 'ImpossibleMove';
  }
}

/** Throws `ImpossibleMove`. */
export function demandMove(reference: string, from: CaseState, to: CaseState): void {
  if (!nextStates[from].includes(to)) throw new ImpossibleMove(reference, from, to);
}
