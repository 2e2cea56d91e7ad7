import type { AuditEntry, AuditScope } from './audit.ts';
import type { Case, CaseContent, CaseEnding, CaseEvent, CaseState, Impact } from './case.ts';
import type {
  AddressCheck,
  BillingProfile,
  CountryRules,
  Customer,
  CustomerProfile,
  PostalAddress,
  Readiness,
} from './customer.ts';
import type { Draft } from './draft.ts';
import type { Hindrance, Intent, IntentState } from './intent.ts';
import type { Money } from './money.ts';
import type { DraftReminder, Exposure, Notice, NoticeKind, NoticeTarget, Reminder } from './notice.ts';
import type { Cart, Checkout, Order, Subscription } from './order.ts';
import type { PersonReference, PlaceReference, Posted } from './place.ts';
import type { Policy } from './policy.ts';
import type { Secret } from './secret.ts';
import type { Availability, DownloadOption, Entitlement, Item, Product, Sku, Version } from './software.ts';
import type { Role } from './staff.ts';

export interface Clock {
  now(): Date;
}

/** All calls of the ports to Partner Center can throw `OutsideError`. */
export interface Customers {
  /**
   * Whose name or domain begins with `text`, or, with few customers or where none does, contains it (case ignored; all for
   * ''), by name; at most `limit`. `more` = there are others, or may be: not all customers could be looked through.
   */
  search(text: string, limit: number): Promise<{ found: Customer[]; more: boolean }>;
  /** By tenant GUID, initial domain or custom domain; `undefined` when that is no customer of ours. */
  find(tenant: string): Promise<CustomerProfile | undefined>;
  readiness(customerId: string): Promise<Readiness>;
}

export interface AgreementContact {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phoneNumber?: string;
}

/** The Microsoft Customer Agreement, which the partner confirms for the customer. Public cloud only: else `not-offered`. */
export interface Agreements {
  /** The one in force now. */
  template(): Promise<{ templateId: string; link?: string }>;
  /** Who at the customer agreed, and when. One that exists already counts as done. */
  confirm(customerId: string, confirmation: { contact: AgreementContact; agreedAt: Date }): Promise<void>;
  /** Newest first. */
  confirmations(customerId: string): Promise<{ contact: AgreementContact; agreedAt?: Date }[]>;
}

export interface BillingProfiles {
  of(customerId: string): Promise<BillingProfile>;
  /** Changes the address and nothing else. */
  correctAddress(customerId: string, address: PostalAddress, requestId: string): Promise<BillingProfile>;
}

export interface Addresses {
  /** A bad address is an answer, not an error. */
  check(address: PostalAddress): Promise<AddressCheck>;
  /** `undefined` for a country that Partner Center does not know. */
  rules(country: string): Promise<CountryRules | undefined>;
}

export interface Catalog {
  /** All software on offer to the customer, by title. */
  products(customerId: string): Promise<Product[]>;
  skus(customerId: string, productId: string): Promise<Sku[]>;
  /** What can be bought now, all segments the customer may buy; fresh at each call. */
  availabilities(customerId: string, productId: string, skuId: string): Promise<Availability[]>;
  /** One product by id, whatever its kind; `undefined` when the catalogue no longer knows it. May be cached. */
  product(productId: string, country: string): Promise<Product | undefined>;
  sku(productId: string, skuId: string, country: string): Promise<Sku | undefined>;
  /** From the price sheet of the customer's market; `undefined` when the sheet does not list the item. */
  unitPrice(country: string, item: Omit<Item, 'quantity'>): Promise<Money | undefined>;
  /** What the inventory check holds against buying the item; empty when nothing. */
  restrictions(customerId: string, country: string, productId: string, skuId: string): Promise<string[]>;
}

export interface Ordering {
  createCart(customerId: string, line: CartLine, requestId: string): Promise<Cart>;
  cart(customerId: string, cartId: string): Promise<Cart | undefined>;
  /** Idempotent by itself: an ordered cart answers with its first result. */
  checkout(customerId: string, cartId: string, requestId: string): Promise<Checkout>;
  /** With prices. Fresh orders may be missing for 15 minutes. */
  orders(customerId: string): Promise<Order[]>;
  /** With prices; by long or short id. `undefined` = unknown. */
  order(customerId: string, orderId: string): Promise<Order | undefined>;
  /** Cancels the lines, or the whole order when none are given. Returns the order as the answer showed it. */
  cancel(customerId: string, orderId: string, lines: readonly CancelledLine[], requestId: string): Promise<Order>;
  subscriptions(customerId: string): Promise<Subscription[]>;
  /** Cancels a software subscription (status `deleted`). */
  cancelSubscription(customerId: string, subscriptionId: string, requestId: string): Promise<Subscription>;
}

export interface CartLine {
  readonly catalogItemId: string;
  readonly quantity: number;
  readonly billingCycle: string;
  readonly termDuration?: string;
  readonly attestationAccepted?: boolean;
}

export interface CancelledLine {
  readonly number: number;
  readonly catalogItemId: string;
}

export interface Keys {
  /** Every software bought for the customer, with the versions each purchase includes (titles filled in). */
  entitlements(customerId: string, country: string): Promise<Entitlement[]>;
  /** `undefined` where Partner Center offers no downloads by API; throws `not-offered` where it refuses to. */
  downloadOptions(version: Version, country: string): Promise<DownloadOption[] | undefined>;
  /** Throws an `OutsideError` of kind `not-offered` where there is no key API, `not-found` when revoked or not ready. */
  productKey(version: Version): Promise<Secret<string>>;
  downloadLink(version: Version, country: string, optionId: string): Promise<Secret<string>>;
}

export interface Ticket {
  readonly id: string;
  readonly status: 'none' | 'open' | 'closed' | 'attention_needed' | 'unknown';
  readonly title: string;
  readonly description: string;
  readonly lastNote?: string;
  readonly closedAt?: Date;
}

export interface TicketContent {
  readonly title: string;
  readonly description: string;
  readonly impact: Impact;
  /** The issue type, by its name in the portal's list. */
  readonly topic: string;
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string };
}

export interface Tickets {
  /** Throws an `OutsideError` of kind `not-offered` where tickets can't be created by API (404, 405, 410). */
  create(ticket: TicketContent, requestId: string): Promise<Ticket>;
  get(ticketId: string): Promise<Ticket | undefined>;
  /** All tickets in that status. */
  list(status: 'none' | 'open' | 'closed' | 'attention_needed'): Promise<Ticket[]>;
  addNote(ticketId: string, text: string): Promise<void>;
}

/** Partner Center's own audit log: which orders changed since then. One call for all customers. */
export interface Changes {
  ordersChangedSince(since: Date): Promise<{ customerId: string; orderId: string; at: Date }[]>;
}

export interface Staff {
  /** Roles of a person of the staff tenant; empty for a stranger. `fresh`: not from a cache. Throws `Refusal('roles-unknown')`. */
  rolesOf(personId: string, options?: { fresh?: boolean }): Promise<readonly Role[]>;
  /** Object ids of the admin agents known by name to the configuration; for escalation only. */
  adminAgents(): Promise<readonly string[]>;
}

export interface Intents {
  /**
   * Writes the intent and the job that finishes it, in one transaction. A second call with the same submission id
   * changes nothing and returns the first row; `isNew` tells which. Other content or person: `Refusal('other-content')`.
   */
  insertOnce(intent: Intent): Promise<{ intent: Intent; isNew: boolean }>;
  get(submissionId: string): Promise<Intent | undefined>;
  recordCart(submissionId: string, cartId: string): Promise<void>;
  /** How many conflicts have been answered by now; never fewer than before. */
  recordConflicts(submissionId: string, conflicts: number): Promise<void>;
  /** What it waits for; of one that has ended nothing is changed. */
  recordHindrance(submissionId: string, hindrance: Hindrance | undefined): Promise<void>;
  /**
   * How it ended. With `notices` the rows of what must be told are written in the same transaction. What was ordered
   * stays ordered: then nothing of it is written.
   */
  finish(
    submissionId: string,
    outcome: {
      state: IntentState;
      orderIds?: readonly string[];
      note?: string;
      hindrance?: Hindrance;
      at: Date;
      notices?: readonly NewNotice[];
    },
  ): Promise<void>;
  /** Its card shows how it ended: these count as sent, unless they are due already. */
  shown(notices: readonly NewNotice[], at: Date): Promise<void>;
  setCard(submissionId: string, card: Posted): Promise<void>;
}

export interface NewCase {
  readonly reference: string;
  readonly submissionId: string;
  readonly ending: CaseEnding;
  readonly content: CaseContent;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly placeId: string;
  readonly card?: Posted;
  readonly at: Date;
}

export interface Cases {
  /** As `Intents.insertOnce`; additionally `Refusal('case-open')` when the order has an open case of anybody. */
  insertOnce(wanted: NewCase): Promise<{ case: Case; isNew: boolean }>;
  get(reference: string): Promise<Case | undefined>;
  bySubmission(submissionId: string): Promise<Case | undefined>;
  openForOrder(orderId: string): Promise<Case | undefined>;
  completedForOrder(orderId: string): Promise<Case | undefined>;
  /** Following this ticket, or completed by it. */
  withTicket(ticketId: string): Promise<Case[]>;
  /** Not closed, oldest look first. */
  open(limit: number): Promise<Case[]>;
  /** All of the customer's that are not closed; letters' case is ignored. */
  openOf(customerId: string): Promise<Case[]>;
  /** The newest ones, open and closed. */
  recent(limit: number): Promise<Case[]>;
  /**
   * One transaction: moves the case only if it still stands in `from` (which may be `to`), records who, when and why,
   * and writes everything that belongs to the move. False = somebody else was faster, and nothing was written.
   */
  advance(move: CaseMove): Promise<boolean>;
  setCard(reference: string, card: Posted): Promise<void>;
  looked(reference: string, at: Date): Promise<void>;
  history(reference: string): Promise<CaseEvent[]>;
}

export interface CaseMove {
  readonly reference: string;
  readonly from: CaseState;
  readonly to: CaseState;
  readonly ending?: CaseEnding;
  readonly who: string;
  readonly why: string;
  readonly at: Date;
  /** Which ticket is followed from now on; `null` = none. Absent, it stays as it is. */
  readonly ticketId?: string | null;
  /** `null` takes it away. Absent, it stays as it is. */
  readonly note?: string | null;
  /** What must be told. */
  readonly notices?: readonly NewNotice[];
  /** There is work to do again: with the job that does it, as in `insertOnce`. */
  readonly hasJob?: boolean;
}

export interface NewNotice {
  readonly kind: NoticeKind;
  readonly subject: string;
  readonly target: NoticeTarget;
}

export interface Notices {
  /** Inserted once per kind, subject and target, with the job that sends them, in one transaction. */
  add(notices: readonly NewNotice[], at: Date): Promise<void>;
  get(id: string): Promise<Notice | undefined>;
  /** `due → sent | unsure | escalated`; false when it is no longer due. */
  settle(id: string, state: 'sent' | 'unsure' | 'escalated'): Promise<boolean>;
  /** Counts a failed try and returns how many there were. */
  failed(id: string): Promise<number>;
  due(limit: number): Promise<Notice[]>;
}

export interface Exposures {
  /** Written before the key is fetched; when this throws, no key is fetched. Returns the row's id. */
  add(exposure: Exposure): Promise<string>;
  /** The secret could not be fetched after all: the row stays for the audit, but nobody has seen anything. */
  withdraw(id: string): Promise<void>;
  /** What was shown, oldest first; withdrawn rows left out. */
  ofOrder(orderId: string): Promise<Exposure[]>;
}

/** A person of ours tells Microsoft that a customer accepted the agreement. */
export interface Declaration {
  readonly submissionId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly contact: AgreementContact;
  readonly agreedAt: Date;
  readonly personId: string;
  readonly personName: string;
  readonly at: Date;
}

/** Who declared what: Partner Center's own log names our service account only. */
export interface Declarations {
  /** Written before Partner Center is told; again under the same submission id it changes nothing. */
  add(declaration: Declaration): Promise<void>;
  /** Partner Center has it. */
  taken(submissionId: string, at: Date): Promise<void>;
}

/** Who of the staff did what, as the records above tell it. */
export interface Audit {
  /** Newest first, beginning with the entry at the cursor `from`, else with the newest. */
  entries(about: AuditScope, from: string | undefined, limit: number): Promise<AuditEntry[]>;
}

export interface Reminders {
  /** Once per person and order; asking again changes the place. */
  put(reminder: Reminder): Promise<void>;
  /** All whose window closes after `now` and not after `until`, soonest first. */
  closing(now: Date, until: Date): Promise<Reminder[]>;
  removeForOrder(orderId: string): Promise<void>;
}

/** Which customer an order belongs to: Partner Center can only be asked the other way round. */
export interface KnownOrders {
  remember(customerId: string, orders: readonly Order[]): Promise<void>;
  /** As `remember`, for orders that we have just placed: Partner Center's list may lack them for a while. */
  placed(customerId: string, orders: readonly Order[], at: Date): Promise<void>;
  /** By id, short number or subscription id; letters' case is ignored except in the id itself. */
  find(text: string): Promise<{ customerId: string; orderId: string } | undefined>;
  /** The short number of an order that was seen before. */
  numberOf(orderId: string): Promise<string | undefined>;
  /** Ids of the orders we placed for the customer since then. */
  placedSince(customerId: string, since: Date): Promise<string[]>;
}

/** Conversations in the middle; they expire by themselves (30 days after the last change). */
export interface Drafts {
  put(draft: Draft): Promise<void>;
  get(id: string): Promise<Draft | undefined>;
  remove(id: string): Promise<void>;
  /** All that have not expired, newest first. */
  list(): Promise<Draft[]>;
  /** Which draft a typed answer of this person in this place belongs to. */
  setWaiting(placeId: string, personId: string, draftId: string | undefined): Promise<void>;
  waiting(placeId: string, personId: string): Promise<string | undefined>;
  /** One per draft: again replaces it. It expires a day after the window, whatever becomes of the draft. */
  putReminder(reminder: DraftReminder): Promise<void>;
  removeReminder(draftId: string): Promise<void>;
  reminders(): Promise<DraftReminder[]>;
}

/** How Microsoft may reach a person about a ticket: what they gave last time. */
export interface Contacts {
  of(personId: string): Promise<Contact | undefined>;
  put(personId: string, contact: Contact): Promise<void>;
}

export interface Contact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface References {
  putPlace(reference: PlaceReference): Promise<void>;
  place(placeId: string): Promise<PlaceReference | undefined>;
  forgetPlace(placeId: string): Promise<void>;
  putPerson(reference: PersonReference): Promise<void>;
  person(personId: string): Promise<PersonReference | undefined>;
}

/** Activities that were handled already; Teams delivers some twice. Marks expire after a day. */
export interface Seen {
  has(activityId: string): Promise<boolean>;
  mark(activityId: string): Promise<void>;
}

/** Work that must happen later even if this process dies. Names and payloads hold no secret. */
export interface Jobs {
  /** Takes the message away (or edits it to its settled twin) after a real-time delay. */
  hideLater(hide: { card: Posted; draftId?: string }, seconds: number): Promise<void>;
}

/** A right to be the only one working on something, that ends by itself when its holder dies. */
export interface Leases {
  /**
   * Runs `work` while nobody else in any process holds `key`. Waits up to `waitMs` for it; `undefined` when it was not
   * to be had. The lease is extended while the work runs and given back when it ends.
   */
  hold<T>(key: string, waitMs: number, work: () => Promise<T>): Promise<T | undefined>;
}

/** Tells people what happened. Implemented where cards are made; the domain says only what. */
export interface Notify {
  /** The case or order changed: its card, wherever it was posted, is drawn again. Never throws. */
  caseChanged(reference: string): Promise<void>;
  orderChanged(submissionId: string): Promise<void>;
}

/** Everything an action may need. One bundle, made in `app.ts`. */
export interface World {
  readonly clock: Clock;
  readonly customers: Customers;
  readonly catalog: Catalog;
  readonly ordering: Ordering;
  readonly keys: Keys;
  readonly tickets: Tickets;
  readonly changes: Changes;
  readonly agreements: Agreements;
  readonly billingProfiles: BillingProfiles;
  readonly staff: Staff;
  readonly intents: Intents;
  readonly cases: Cases;
  readonly notices: Notices;
  readonly exposures: Exposures;
  readonly declarations: Declarations;
  readonly audit: Audit;
  readonly knownOrders: KnownOrders;
  readonly reminders: Reminders;
  readonly drafts: Drafts;
  readonly contacts: Contacts;
  readonly leases: Leases;
  readonly notify: Notify;
  readonly policy: Policy;
  /** True while the simulator answers: every card then says so. */
  readonly isSimulated: boolean;
}
