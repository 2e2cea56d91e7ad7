import type { Money } from '../money.ts';
import type { SentMessage } from '../people/place.ts';

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
}

/** One wish to cancel one order or lines of it. `reference` is what people say: `SD-7K2M9Q`. */
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
  /** Why it stands where it stands, for the card: a ticket status, a refusal's text. */
  readonly note?: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly checkedAt?: Date;
}

export interface CaseEvent {
  readonly reference: string;
  readonly from?: CaseState | 'draft';
  readonly to: CaseState;
  readonly who: string;
  readonly why: string;
  readonly at: Date;
}

/** Nothing will change any more by itself. */
export function isClosed(state: CaseState): boolean {
  return state === 'completed' || state === 'refused';
}

/** The last moment of the cancellation window that was open when it was submitted. */
export function closingOf({ content }: Pick<Case, 'content'>): Date | undefined {
  return content.closesAt === undefined ? undefined : new Date(content.closesAt);
}

const handOver = 'hand-over';

/** The note of a case whose ticket a person must file, because Partner Center takes it by no other way. */
export function handOverNote(reason: string): string {
  return reason ? `${handOver}: ${reason}` : handOver;
}

export function isHandOver({ state, note }: Pick<Case, 'state' | 'note'>): boolean {
  return state === 'needs_person' && (note === handOver || note?.startsWith(`${handOver}: `) === true);
}

/** What Partner Center said when it did not cancel at once, or did not take the ticket. */
export function handOverReason(found: Pick<Case, 'state' | 'note'>): string | undefined {
  return isHandOver(found) ? found.note?.slice(`${handOver}: `.length) || undefined : undefined;
}

const signIn = 'sign-in refused';

/** The note of a case that goes on when Partner Center accepts our sign-in again; what it said before stands behind it. */
export function signInNote(before: string | undefined): string {
  return before ? `${signIn}: ${before}` : signIn;
}

export function isWaitingForSignIn({ state, note }: Pick<Case, 'state' | 'note'>): boolean {
  return !isClosed(state) && (note === signIn || note?.startsWith(`${signIn}: `) === true);
}

/** What the note says apart from that. */
export function noteBeside(found: Pick<Case, 'state' | 'note'>): string | undefined {
  return isWaitingForSignIn(found) ? found.note?.slice(`${signIn}: `.length) || undefined : found.note;
}

const givenUp = 'Given up by ';

/** The note of a case that one of us closed: Microsoft refused nothing. */
export function givenUpNote(name: string): string {
  return `${givenUp}${name}.`;
}

export function isGivenUp({ state, note }: Pick<Case, 'state' | 'note'>): boolean {
  return state === 'refused' && note?.startsWith(givenUp) === true;
}

/** What may follow what; the same again where only its ticket or its note changes. A case never leaves `completed`. */
export const nextStates: Readonly<Record<CaseState, readonly CaseState[]>> = {
  submitted: ['submitted', 'filing', 'cancelling', 'completed', 'refused', 'needs_person'],
  filing: ['filing', 'filed', 'refused', 'needs_person', 'completed'],
  filed: ['filed', 'completed', 'needs_person', 'cancelling'],
  cancelling: ['cancelling', 'completed', 'filing', 'refused', 'needs_person'],
  needs_person: ['completed', 'filing', 'filed', 'cancelling', 'refused'],
  completed: [],
  refused: [],
};
