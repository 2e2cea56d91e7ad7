import type { ApprovalState } from './approvals/approval-state.ts';
import type { FileFault } from './cancellations/ticket-file.ts';
import type { OpenLeak } from './leaks/leak.ts';
import type { Money } from './money.ts';
import type { Restriction } from './orders/catalog.ts';
import type { Limited } from './people/limits.ts';
import type { Place } from './people/place.ts';
import type { Right, Role } from './people/staff.ts';
import { codeWithoutSecrets, withoutSecrets } from './secret-texts.ts';

type PlaceKind = Place['kind'];

/**
 * With what Partner Center refused something: its code, which tells what is to be done, and its own words, which are
 * quoted and never read. It gives one of them at least.
 */
export interface Said {
  readonly code?: string;
  readonly text?: string;
}

/** Every no the business can give, with the facts its sentence needs. The sentences are in `words/`. */
export interface RefusalFacts {
  'not-allowed': { right: Right; roles: readonly Role[] };
  'above-limit': { total: Money; limit: Money };
  /** A second admin agent has to approve it. `by`: who looks at it, or who said no; `why`: what they said. */
  'needs-approval': {
    reference: string;
    state: 'asked' | 'waiting' | 'rejected';
    by?: string;
    why?: string;
  };
  /** There is nobody else who may. */
  'nobody-approves': Record<string, never>;
  'own-approval': { reference: string };
  'approval-unknown': { reference: string };
  /** `by`: who decided it. */
  'approval-over': { reference: string; state: ApprovalState; by?: string };
  'approval-claimed': { reference: string; by: string };
  /** A limit of the policy: it goes on after so many seconds. `isEverybody`: it is that of all staff together. */
  'too-many': { what: Limited; seconds: number; isEverybody: boolean };
  /** A no without a reason, or a comment without words. */
  'reason-missing': { reference: string };
  /** In characters. */
  'reason-short': { atLeast: number };
  'roles-unknown': { cause: string };
  'not-staff': { why: 'other-tenant' | 'guest' | 'unidentified' };
  /** `command`: what to type for a card of one's own, where the owner's can't be handed over. */
  'not-yours': { owner: string; command?: string };
  /** Handed over, to those who have the right. */
  'waits-for-others': { owner: string; right: Right };
  'draft-gone': Record<string, never>;
  /** Its conversation goes on somewhere else; `owner`: with somebody else. */
  'draft-elsewhere': { owner?: string; where?: PlaceKind };
  /** What it was about, and how it ended. */
  'draft-over': { title: string; outcome: string };
  'draft-outdated': Record<string, never>;
  'still-working': Record<string, never>;
  invalid: { field: string; why: string };
  /** `more`: not all customers could be looked through. */
  'customer-unknown': { text: string; suggestions: readonly string[]; more?: boolean };
  /** `tooManyCustomers`: they were not asked one by one. */
  'order-unknown': { text: string; tooManyCustomers?: boolean };
  'nothing-to-cancel': { text: string };
  /** `typed`: what was given instead. */
  'quantity-out-of-range': { minimum: number; maximum: number; typed?: string };
  'item-unavailable': { item: string };
  /** The customer needs something first, by Partner Center's names. */
  'needs-before': { item: string; needs: readonly string[] };
  /** What the inventory check holds against it, in Microsoft's words. */
  restricted: { item: string; restrictions: readonly Restriction[] };
  'price-unknown': { item: string };
  'price-changed': { was: Money; now: Money };
  'order-declined': { said: readonly Said[] };
  'not-software': { order: string };
  'order-pending': { order: string };
  'already-cancelled': { order: string };
  'case-open': { reference: string; order: string };
  'ticket-of-other-case': { number: string; reference: string };
  'ticket-unknown': { number: string };
  'ticket-about-other': { number: string; title: string };
  'ticket-still-open': { number: string };
  'never-cancellable': { item: string; publisher: string };
  /** A file does not go with a ticket. */
  'file-bad': { name: string; fault: FileFault };
  'too-many-files': { limit: number };
  /** It could not be had from where it lies. */
  'file-not-fetched': { name: string };
  /** It could not be put where the person wants it. */
  'file-not-given': Record<string, never>;
  'file-gone': { name?: string };
  /** What a file is for is over, or somebody else's. */
  'file-owner-gone': Record<string, never>;
  'window-closed': { order: string; closedAt: Date };
  'other-content': Record<string, never>;
  'key-revoked': { order: string };
  /** Keys and downloads of the order are frozen since `at`. */
  'leak-reported': OpenLeak;
  'leak-unknown': { reference: string };
  /** Whoever reported it does not lift it. */
  'own-leak': { reference: string };
  'keys-not-offered': { order: string; item: string; version?: string; said?: Said };
  'key-not-ready': { order: string };
  /** Who looks could not be written down. */
  'not-recorded': Record<string, never>;
  /** What was to be done could not be written into the audit log. */
  'audit-unwritable': Record<string, never>;
  /** The one-time token with which a page asked for a key. */
  'token-refused': { why: 'used' | 'expired' | 'unknown' };
  'no-private-way': Record<string, never>;
}

export type RefusalCode = keyof RefusalFacts;

/** Somebody may not, or cannot, do this. Expected; told by its code, shown with the sentence `words/` has for it. */
export class Refusal<C extends RefusalCode = RefusalCode> extends Error {
  readonly code: C;
  readonly facts: RefusalFacts[C];

  /** `cause`: the fault behind it, for the log. */
  constructor(code: C, facts: RefusalFacts[C], options?: { readonly cause: unknown }) {
    super(`refused: ${code}`, options);
    this.name = 'Refusal';
    this.code = code;
    this.facts = facts;
  }
}

export type OutsideKind =
  | 'unreachable'
  | 'throttled'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'not-offered'
  | 'conflict'
  | 'declined'
  | 'unexpected';

/** What a refusal of Partner Center means to a cancellation or an order, told by its room from the code. */
export type OutsideMeaning =
  | 'ticket-needed'
  | 'adjustment-pending'
  | 'use-subscription'
  | 'not-ready'
  | 'no-relationship'
  | 'account-blocked'
  | 'agreement-missing'
  | 'not-qualified'
  | 'attestation-missing'
  | 'partner-attestation-missing';

interface OutsideFacts {
  readonly service: string;
  readonly operation: string;
  readonly kind: OutsideKind;
  readonly status?: number;
  readonly code?: string;
  readonly description?: string;
  readonly meaning?: OutsideMeaning;
  readonly correlationId?: string;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/**
 * A service outside failed or declined. `kind` is what callers act on; `isUncertain` tells that the work may have
 * been done all the same (timeout, broken answer, 5xx), so that it must be read back before it is repeated. What looks like a
 * secret in the texts of others does not get into it.
 */
export class OutsideError extends Error {
  readonly service: string;
  readonly operation: string;
  readonly kind: OutsideKind;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly description: string | undefined;
  readonly meaning: OutsideMeaning | undefined;
  readonly correlationId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(facts: OutsideFacts) {
    const code = facts.code === undefined ? undefined : codeWithoutSecrets(facts.code);
    const came = [facts.status, code].filter((part) => part !== undefined).join(', ');
    super(`Call to '${facts.operation}' failed (${came || facts.kind})`, { cause: facts.cause });
    this.name = 'OutsideError';
    this.service = facts.service;
    this.operation = facts.operation;
    this.kind = facts.kind;
    this.status = facts.status;
    this.code = code;
    this.description = facts.description === undefined ? undefined : withoutSecrets(facts.description);
    this.meaning = facts.meaning;
    this.correlationId = facts.correlationId === undefined ? undefined : codeWithoutSecrets(facts.correlationId);
    this.retryAfterMs = facts.retryAfterMs;
  }

  get isUncertain(): boolean {
    return this.kind === 'unreachable' || this.kind === 'unexpected';
  }

  /** Absent where it gave neither a code nor words. */
  get said(): Said | undefined {
    const { code, description: text } = this;
    return code || text ? { ...(code && { code }), ...(text && { text }) } : undefined;
  }

  /** Worth trying again later without anybody changing anything. */
  get isPassing(): boolean {
    return this.isUncertain || this.kind === 'throttled';
  }
}

/**
 * A message of ours did not get through. `final`: it never will this way; `refused`: Teams does not take it now, which
 * proves nothing until it has been so for minutes; `later`: it was certainly not delivered and may be tried again;
 * `unsure`: it may have been delivered.
 */
export class DeliveryError extends Error {
  readonly kind: 'final' | 'refused' | 'later' | 'unsure';
  readonly status: number | undefined;
  readonly code: string | undefined;
  /** It was said why: the app was removed or blocked there, or the message is gone. Waiting a little changes nothing. */
  readonly hasReason: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: DeliveryError['kind'],
    facts: { status?: number; code?: string; hasReason?: boolean; retryAfterMs?: number; cause?: unknown },
  ) {
    const code = facts.code === undefined ? undefined : codeWithoutSecrets(facts.code);
    super(`A message was not delivered (${kind}${facts.status ? `, ${facts.status}` : ''}${code ? `, ${code}` : ''})`, {
      cause: facts.cause,
    });
    this.name = 'DeliveryError';
    this.kind = kind;
    this.status = facts.status;
    this.code = code;
    this.hasReason = facts.hasReason ?? false;
    this.retryAfterMs = facts.retryAfterMs;
  }

  /** It was not sent, because people from outside would read it; see docs/security.md, "Who reads along". */
  get isWithheld(): boolean {
    return this.code === withheldCode;
  }

  /** The limits of sending leave no room for it soon: it was not tried. */
  get isWithoutRoom(): boolean {
    return this.code === noRoomCode;
  }

  static noRoom(retryAfterMs: number): DeliveryError {
    return new DeliveryError('later', { code: noRoomCode, retryAfterMs });
  }

  static withheld(): DeliveryError {
    return new DeliveryError('refused', { code: withheldCode, hasReason: true });
  }
}

const withheldCode = 'ReadByOutsiders';
const noRoomCode = 'NoRoom';

/**
 * The storage refused to write something because the audit log could not be written, so that nothing of it has happened. Not a
 * `Refusal`: it may be written later, so a job tries again.
 */
export function isAuditUnwritable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SD001';
}
