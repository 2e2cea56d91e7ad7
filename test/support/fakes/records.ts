import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Approvals } from '../../../src/domain/approvals/approval.ts';
import type {
  Audit,
  AuditEntry,
  AuditExport,
  AuditSubject,
  Decision,
  ReviewedLook,
} from '../../../src/domain/audit/audit.ts';
import { entriesOf as subjectEntries } from '../../../src/domain/audit/audit-subject.ts';
import { type Case, closingOf, demandMove, isClosed, isHandOver } from '../../../src/domain/cancellations/case.ts';
import type { CaseEvent } from '../../../src/domain/cancellations/case-event.ts';
import type { Cases } from '../../../src/domain/cancellations/cases.ts';
import type { OutsideLook } from '../../../src/domain/cancellations/changes.ts';
import type { TicketFiles } from '../../../src/domain/cancellations/ticket-files.ts';
import type { Tracking } from '../../../src/domain/cancellations/tracking.ts';
import type { AgreementConfirmation, AgreementConfirmations } from '../../../src/domain/customers/agreement.ts';
import type { Differences } from '../../../src/domain/differences/difference.ts';
import { Refusal } from '../../../src/domain/errors.ts';
import {
  type KeyReveal,
  type KeyReveals,
  type RefusedReveal,
  viewersIn,
} from '../../../src/domain/keys/key-reveals.ts';
import { looksIn } from '../../../src/domain/keys/looks.ts';
import type { BoundReveal, RevealTokens } from '../../../src/domain/keys/reveal-tokens.ts';
import type { Leak, Leaks } from '../../../src/domain/leaks/leak.ts';
import { asOpen } from '../../../src/domain/leaks/report-leak.ts';
import type { DailyDigests } from '../../../src/domain/notices/daily-digests.ts';
import type { NewNotice, Notice, Notices } from '../../../src/domain/notices/notice.ts';
import type { Reminder, ReminderDecision, Reminders } from '../../../src/domain/notices/reminders.ts';
import type { CustomerRecords } from '../../../src/domain/orders/customer-records.ts';
import type { KnownOrders } from '../../../src/domain/orders/known-orders.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import { type OrderSubmission, titlesIn } from '../../../src/domain/orders/submission.ts';
import type { OrderSubmissions } from '../../../src/domain/orders/submissions.ts';
import type { Contact } from '../../../src/domain/people/contact.ts';
import type { SentMessage } from '../../../src/domain/people/place.ts';
import { fold } from '../../../src/domain/search/fold.ts';
import type { Attempt, Attempts, EndedAttempt } from '../../../src/domain/work/attempts.ts';
import { type Lease, type Leases, newLease } from '../../../src/domain/work/leases.ts';
import { createFakeApprovals, type FakeApprovals } from './approvals.ts';
import { createFakeDailyDigests } from './daily-digests.ts';
import { createFakeDifferences, type KeptDifference } from './differences.ts';
import { createFakeLeaks, type FakeLeaks } from './leaks.ts';
import { pageOf } from './page-of.ts';
import { createFakeSessions, type FakeSessions } from './sessions.ts';
import { createFakeTicketFiles, type FakeTicketFiles } from './ticket-files.ts';
import { createFakeTracking } from './tracking.ts';

/** Everything that was written, to be looked at, and to be put there by a test. */
export interface Written {
  readonly orderSubmissions: Map<string, OrderSubmission>;
  readonly cases: Map<string, Case>;
  readonly events: CaseEvent[];
  readonly attempts: Attempt[];
  readonly notices: Notice[];
  readonly noticeMessages: Map<string, SentMessage>;
  readonly decisions: ReminderDecision[];
  /** `work-case SD-7K2M9Q`: what is done later even if this process dies. */
  readonly jobs: string[];
  readonly keyReveals: Map<string, KeyReveal & Partial<RefusedReveal> & { readonly isWithdrawn?: boolean }>;
  /** By their records. */
  readonly outsideLooks: Map<string, OutsideLook>;
  readonly agreementConfirmations: Map<string, AgreementConfirmation & { readonly takenAt?: Date }>;
  readonly reminders: Reminder[];
}

type BrokenRecord = 'keyReveals' | 'agreementConfirmations' | 'orderSubmissions' | 'cases' | 'attempts';

export interface Records extends FakeSessions {
  readonly approvals: Approvals;
  readonly orderSubmissions: OrderSubmissions;
  readonly cases: Cases;
  readonly ticketFiles: TicketFiles;
  readonly tracking: Tracking;
  readonly attempts: Attempts;
  readonly notices: Notices;
  readonly keyReveals: KeyReveals;
  readonly revealTokens: RevealTokens;
  readonly leaks: Leaks;
  readonly agreementConfirmations: AgreementConfirmations;
  readonly audit: Audit;
  readonly knownOrders: KnownOrders;
  readonly customerRecords: CustomerRecords;
  readonly reminders: Reminders;
  readonly leases: Leases;
  readonly differences: Differences;
  readonly dailyDigests: DailyDigests;
  readonly written: Written;
  /** The record cannot be written any more, as when the database is gone. */
  breakDown(record: BrokenRecord): void;
}

interface Shelf {
  readonly written: Written;
  demandIntact(record: BrokenRecord): void;
  /** Those that are new; with the jobs that send them, where they are due. */
  addNotices(notices: readonly NewNotice[], at: Date, state?: 'due' | 'sent'): void;
  endAttempt(ended: EndedAttempt | undefined): void;
}

/** All that survives a restart, in memory. `test/storage/promises` holds it to the promises of the database. */
export function createFakeRecords(): Records {
  const written: Written = {
    orderSubmissions: new Map(),
    cases: new Map(),
    events: [],
    attempts: [],
    notices: [],
    noticeMessages: new Map(),
    decisions: [],
    jobs: [],
    keyReveals: new Map(),
    outsideLooks: new Map(),
    agreementConfirmations: new Map(),
    reminders: [],
  };
  const broken = new Set<string>();
  const shelf: Shelf = {
    written,
    demandIntact(record) {
      if (broken.has(record)) throw new Error(`${record}: the database is gone`);
    },
    addNotices(notices, at, state = 'due') {
      for (const notice of notices) demandTarget(notice);
      for (const notice of notices) {
        const id = idOf(notice);
        if (written.notices.some((one) => one.id === id)) continue;
        written.notices.push({ ...notice, id, state, attempts: 0, isMaybeTold: false, createdAt: at });
        if (state === 'due') written.jobs.push(`send-notice ${id}`);
      }
    },
    endAttempt(ended) {
      const index = written.attempts.findIndex((one) => ended && isSameAttempt(one, ended.attempt) && !one.outcome);
      const before = written.attempts[index];
      if (before && ended) written.attempts[index] = { ...before, outcome: ended.outcome };
    },
  };
  const { placedSince, ...knownOrders } = createFakeKnownOrders();
  const attempts = createFakeAttempts(shelf);
  const contacts = new Map<string, Contact>();
  const isSubmitted = (id: string): boolean =>
    written.orderSubmissions.has(id) || [...written.cases.values()].some(({ submissionId }) => submissionId === id);
  const files = createFakeTicketFiles((reference, count) => {
    const found = written.cases.get(reference);
    if (found) written.cases.set(reference, asStored({ ...found, files: count || undefined }));
    written.jobs.push(`work-case ${reference}`);
  });
  const sessions = createFakeSessions(isSubmitted, contacts, files);
  const isOpenDraft = (id: string): boolean => sessions.kept.get(id)?.settled === undefined && sessions.kept.has(id);
  const approvals = createFakeApprovals({
    addNotices: shelf.addNotices,
    isSubmitted,
    isOver: (id) => sessions.kept.has(id) && !isOpenDraft(id),
  });
  const cases = createFakeCases(shelf, contacts, { ...files, isOpenDraft, approvals });
  const leaks = createFakeLeaks(shelf.addNotices);
  const keyReveals = createFakeKeyReveals(shelf, approvals, { leaks, knownOrders });
  const { differences, kept } = createFakeDifferences(shelf);
  return {
    approvals,
    orderSubmissions: createFakeOrderSubmissions(shelf, { attempts, knownOrders, approvals }),
    cases,
    ticketFiles: files.ticketFiles,
    tracking: createFakeTracking(written.cases, knownOrders),
    attempts,
    notices: createFakeNotices(shelf),
    dailyDigests: createFakeDailyDigests(written),
    keyReveals,
    revealTokens: createFakeRevealTokens(),
    leaks,
    agreementConfirmations: createFakeAgreementConfirmations(shelf),
    audit: createFakeAudit({ ...written, differences: kept, leaks: leaks.kept }, knownOrders),
    differences,
    knownOrders,
    customerRecords: {
      async compare(customerId, listed, since) {
        await knownOrders.remember(customerId, listed);
        const placed = placedSince(customerId, since);
        const ids = [...listed.map(({ id }) => id), ...placed].map((id) => id.toLowerCase());
        const open = await cases.openOf(customerId, Number.POSITIVE_INFINITY);
        return { placed, openCases: open.filter(({ content }) => ids.includes(content.orderId.toLowerCase())) };
      },
      async find(text) {
        const known = await knownOrders.find(text);
        if (!known) return undefined;
        const openCase = await cases.openForOrder(known.orderId);
        const refused = await cases.refusedAtOnce(known.orderId);
        const number = (await knownOrders.numbersOf([known.orderId])).get(known.orderId) ?? '';
        const keySeenBy = await keyReveals.viewersOf(known.orderId);
        const begun = await sessions.drafts.openOf({ flow: 'cancel', key: known.orderId });
        const leak = await leaks.openOf(known.orderId);
        return {
          ...known,
          number,
          keySeenBy,
          begun,
          ...(leak && { leak: asOpen(leak) }),
          ...(openCase && { openCase }),
          ...(refused && { refused }),
        };
      },
    },
    reminders: createFakeReminders(written),
    ...sessions,
    leases: createFakeLeases(),
    written,
    breakDown: (record) => void broken.add(record),
  };
}

function createFakeOrderSubmissions(
  { written, demandIntact, addNotices, endAttempt }: Shelf,
  {
    attempts,
    knownOrders,
    approvals,
  }: { readonly attempts: Attempts; readonly knownOrders: KnownOrders; readonly approvals: FakeApprovals },
): OrderSubmissions {
  const change = (submissionId: string, changed: (before: OrderSubmission) => Partial<OrderSubmission>): void => {
    const before = written.orderSubmissions.get(submissionId);
    if (before) written.orderSubmissions.set(submissionId, asStored({ ...before, ...changed(before) }));
  };
  return {
    async insertOnce(submission, _lease, approval) {
      demandIntact('orderSubmissions');
      const before = written.orderSubmissions.get(submission.submissionId);
      if (before && (before.personId !== submission.personId || !isSame(before.content, submission.content)))
        throw new Refusal('other-content', {});
      if (before) return { submission: before, isNew: false };
      approvals.use(approval, submission.createdAt);
      const { reason: _, ...added } = submission;
      written.orderSubmissions.set(submission.submissionId, asStored(added));
      written.jobs.push(`finish-order ${submission.submissionId}`);
      return { submission: added, isNew: true };
    },
    get: async (submissionId) => written.orderSubmissions.get(submissionId),
    newestOf: async (customerId, limit) =>
      [...written.orderSubmissions.values()]
        .filter(({ content }) => isSameId(content.customerId, customerId))
        .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
        .slice(0, limit),
    newestBy: async (personId, limit) =>
      [...written.orderSubmissions.values()]
        .filter((one) => one.personId === personId)
        .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
        .slice(0, limit),
    async recordCart(submissionId, { id, attempt, at, next }) {
      demandIntact('orderSubmissions');
      change(submissionId, ({ cartId = id }) => ({ cartId }));
      endAttempt({ attempt, outcome: 'done' });
      const first = written.orderSubmissions.get(submissionId)?.cartId ?? id;
      return { id: first, next: await attempts.open(next, at) };
    },
    async recordReason(submissionId, reason) {
      change(submissionId, ({ state, reason: before }) => ({ reason: state === 'accepted' ? reason : before }));
    },
    async finish(submissionId, { state, orderIds, placed, reason, at, notices = [], ended }) {
      demandIntact('orderSubmissions');
      endAttempt(ended);
      if (placed) await knownOrders.rememberPlaced(placed.customerId, placed.orders, at);
      const before = written.orderSubmissions.get(submissionId);
      if (!before || before.state === 'ordered') return false;
      addNotices(notices, at);
      change(submissionId, (before) => ({ state, orderIds: orderIds ?? before.orderIds, reason }));
      return true;
    },
    setCard: async (submissionId, card) => change(submissionId, () => ({ card })),
  };
}

function createFakeCases(
  { written, demandIntact, addNotices, endAttempt }: Shelf,
  contacts: Map<string, Contact>,
  files: Pick<FakeTicketFiles, 'take' | 'endCase'> & {
    readonly isOpenDraft: (id: string) => boolean;
    readonly approvals: FakeApprovals;
  },
): Cases {
  const all = (): Case[] => [...written.cases.values()];
  const isOpen = ({ state }: Case): boolean => !isClosed(state);
  const change = (reference: string, changed: Partial<Case>): Case | undefined => {
    const before = written.cases.get(reference);
    if (!before) return undefined;
    const after = asStored({ ...before, ...changed });
    written.cases.set(reference, after);
    return after;
  };
  const followers = new Map<string, Set<string>>();
  const latest = (found: readonly Case[]): Case | undefined => found.toSorted(by(({ changedAt }) => changedAt)).at(-1);
  return {
    async insertOnce({ at, draftId, preparers: _, ...wanted }, _lease, approval) {
      demandIntact('cases');
      const before = all().find((one) => one.submissionId === wanted.submissionId);
      if (before && (before.requesterId !== wanted.requesterId || !isSame(before.content, wanted.content)))
        throw new Refusal('other-content', {});
      if (before) return { case: before, isNew: false };
      const open = all().find((one) => one.content.orderId === wanted.content.orderId && isOpen(one));
      if (open) throw new Refusal('case-open', { reference: open.reference, order: open.content.orderNumber });
      const { reference, requesterId: id, requesterName: name, content } = wanted;
      files.approvals.use(approval, at);
      if (written.cases.has(reference)) throw new Error(`the case reference ${reference} is taken`);
      const begun = { state: 'submitted', timesWaiting: 0, timesTakenUp: 0, createdAt: at, changedAt: at } as const;
      const count = files.take(reference, draftId);
      const added = asStored<Case>({ ...wanted, ...begun, ...(count > 0 && { files: count }) });
      written.cases.set(reference, added);
      const submitted = { kind: 'submitted', reason: content.reason } as const;
      written.events.push({ reference, from: 'draft', to: 'submitted', by: { id, name }, change: submitted, at });
      written.jobs.push(`work-case ${reference}`);
      const { contactName, contactEmail: email, contactPhone: phone } = content;
      if (email) contacts.set(id, { name: contactName, email, phone });
      return { case: added, isNew: true };
    },
    get: async (reference) => written.cases.get(reference),
    bySubmission: async (submissionId) => all().find((one) => one.submissionId === submissionId),
    openForOrder: async (orderId) => all().find((one) => one.content.orderId === orderId && isOpen(one)),
    completedForOrder: async (orderId) =>
      latest(all().filter((one) => one.content.orderId === orderId && one.state === 'completed')),
    async refusedAtOnce(orderId) {
      const event = written.events.findLast(
        ({ reference, from, to }) =>
          written.cases.get(reference)?.content.orderId === orderId &&
          from === 'cancelling' &&
          (to === 'filing' || to === 'refused'),
      );
      const found = event && written.cases.get(event.reference);
      return found && { case: found, change: event.change, at: event.at };
    },
    withTicket: async (ticketId) =>
      all()
        .filter((one) => one.state !== 'refused' && one.ticketId === ticketId)
        .sort(by(({ createdAt }) => createdAt)),
    openOf: async (customerId, limit) =>
      all()
        .filter((one) => isOpen(one) && one.content.customerId.toLowerCase() === customerId.toLowerCase())
        .sort(by(({ createdAt }) => createdAt))
        .slice(0, limit),
    async toFileByHand(now, until, limit, past) {
      const closing = all().filter((one) => {
        const closesAt = closingOf(one);
        return isHandOver(one) && closesAt && closesAt > now && closesAt <= until;
      });
      return pageOf(closing, (one) => `${closingOf(one)?.toISOString()} ${one.reference}`, past, limit);
    },
    recent: async (limit, customerIds) => {
      const theirs = customerIds?.map((id) => id.toLowerCase());
      const newest = all()
        .filter(({ content }) => theirs?.includes(content.customerId.toLowerCase()) ?? true)
        .sort(by(({ createdAt }) => createdAt))
        .toReversed();
      const waiting = newest.filter(({ state }) => state === 'needs_person').slice(0, limit);
      return newest.filter((one, index) => index < limit || waiting.includes(one));
    },
    async advance({ reference, from, to, ending, ticketId, reason, by: doer, change: changed, at, ...more }) {
      demandIntact('cases');
      demandMove(reference, from, to);
      const before = written.cases.get(reference);
      if (before?.state !== from) return undefined;
      addNotices(more.notices ?? [], at);
      const { toFollowers } = more;
      if (toFollowers)
        addNotices(
          [...(followers.get(reference) ?? [])].map((id) => ({ ...toFollowers, target: { to: 'person', id } })),
          at,
        );
      endAttempt(more.ended);
      const event = { reference, from, to, ...(doer && { by: doer }), change: changed, at };
      written.events.push(asStored<CaseEvent>(event));
      if (to === 'completed' || to === 'refused') files.endCase(reference, files.isOpenDraft);
      if (more.isTakenUp) written.jobs.push(`work-case ${reference}`);
      return change(reference, {
        state: to,
        changedAt: at,
        timesWaiting: before.timesWaiting + (to === 'needs_person' ? 1 : 0),
        timesTakenUp: before.timesTakenUp + (more.isTakenUp ? 1 : 0),
        ...(ending && { ending }),
        ...(ticketId !== undefined && { ticketId: ticketId ?? undefined }),
        ...(reason !== undefined && { reason: reason ?? undefined }),
      });
    },
    async follow(reference, personId) {
      const found = written.cases.get(reference);
      if (!found || isClosed(found.state)) return false;
      followers.set(reference, (followers.get(reference) ?? new Set()).add(personId));
      change(reference, { followers: followers.get(reference)?.size });
      return true;
    },
    async unfollow(reference, personId) {
      followers.get(reference)?.delete(personId);
      change(reference, { followers: followers.get(reference)?.size || undefined });
    },
    followers: async (reference) => [...(followers.get(reference) ?? [])],
    setCard: async (reference, card) => void change(reference, { card }),
    history: async (reference) => written.events.filter((event) => event.reference === reference),
  };
}

function createFakeAttempts({ written, demandIntact, endAttempt }: Shelf): Attempts {
  return {
    async open(step) {
      demandIntact('attempts');
      const last = written.attempts.findLast((one) => isSame(one.step, step));
      if (last && last.outcome !== 'conflict') return last;
      const attempt = { step, number: (last?.number ?? 0) + 1, requestId: randomUUID() };
      written.attempts.push(attempt);
      return attempt;
    },
    async end(ended) {
      demandIntact('attempts');
      endAttempt(ended);
    },
  };
}

function createFakeNotices({ written, addNotices }: Shelf): Notices {
  const beingSent = new Set<string>();
  const change = (id: string, changed: (before: Notice) => Notice | undefined): Notice | undefined => {
    const index = written.notices.findIndex((notice) => notice.id === id);
    const before = written.notices[index];
    const after = before && changed(before);
    if (after) written.notices[index] = after;
    return after;
  };
  return {
    add: async (wanted, at) => addNotices(wanted, at),
    recordShown: async (shown, at) => addNotices(shown, at, 'sent'),
    get: async (id) => written.notices.find((notice) => notice.id === id),
    async take(id) {
      if (beingSent.has(id)) change(id, (before) => ({ ...before, isMaybeTold: true }));
      const due = written.notices.find((notice) => notice.id === id && notice.state === 'due');
      if (due) beingSent.add(id);
      return due;
    },
    async giveBack(id) {
      beingSent.delete(id);
    },
    async settle(id, state, message) {
      const isDue = (before: Notice) => (before.state === 'due' ? { ...before, state } : undefined);
      const isSettled = change(id, isDue) !== undefined;
      if (isSettled && message) written.noticeMessages.set(id, message);
      return isSettled;
    },
    windowMessages: async (orderNumber, personId) =>
      written.notices.flatMap((notice) => {
        const isIt =
          notice.kind === 'window-closing' && notice.orderNumber === orderNumber && notice.personId === personId;
        const message = written.noticeMessages.get(notice.id);
        return isIt && message ? [message] : [];
      }),
    messagesAbout: async (kind, reference) =>
      written.notices.flatMap((notice) => {
        const message = written.noticeMessages.get(notice.id);
        const isAbout = notice.kind === kind && 'reference' in notice && notice.reference === reference;
        const isEnd = notice.kind === 'leak-told' && notice.step === 'lifted';
        return isAbout && message && !isEnd ? [message] : [];
      }),
    isReviewTold: async (quarter) =>
      written.notices.some((one) => one.kind === 'review-due' && one.quarter === quarter),
    async toOthers(id) {
      const one = written.notices.find((notice) => notice.id === id);
      return written.notices.flatMap((other) => {
        const { state, target } = other;
        return one && other !== one && idOf({ ...other, target: one.target }) === id ? [{ state, target }] : [];
      });
    },
    async countFailure(id, isMaybeTold) {
      beingSent.delete(id);
      const counted = change(id, (before) => ({
        ...before,
        attempts: before.attempts + 1,
        isMaybeTold: before.isMaybeTold || isMaybeTold,
      }));
      return counted?.attempts ?? 0;
    },
    toTarget: async ({ to, id }, since, limit) =>
      written.notices
        .filter(({ target, createdAt }) => target.to === to && target.id === id && createdAt >= since)
        .slice(0, limit),
    due: async (limit) =>
      written.notices
        .filter(({ state }) => state === 'due')
        .sort(by(({ createdAt }) => createdAt))
        .slice(0, limit),
  };
}

/** By the real clock, as the database's. */
function createFakeRevealTokens(): RevealTokens {
  const tokens = new Map<string, { readonly bound: BoundReveal; readonly endsAt: number; readonly isUsed: boolean }>();
  return {
    async issue(hash, bound, seconds) {
      tokens.set(hash, { bound, endsAt: Date.now() + seconds * 1000, isUsed: false });
    },
    async use(hash, { personId, tenantId }) {
      const found = tokens.get(hash);
      if (!found) return undefined;
      const { bound, endsAt, isUsed } = found;
      if (bound.personId !== personId || bound.tenantId !== tenantId) return { outcome: 'other-person', bound };
      if (isUsed) return { outcome: 'used', bound };
      if (endsAt <= Date.now()) return { outcome: 'expired', bound };
      tokens.set(hash, { ...found, isUsed: true });
      return { outcome: 'good', bound };
    },
  };
}

/** Here and at Partner Center, oldest first. */
function looksOf({ keyReveals, outsideLooks }: Written, orderId: string): KeyReveal[] {
  const outside = [...outsideLooks.values()].map(
    ({ at, what, who, customerId = '', customerName, item, ...look }): KeyReveal => ({
      ...{ at, what, item, customerId, ...(customerName && { customerName }), orderId: look.orderId ?? '' },
      ...{ personId: who, personName: who, isOutside: true },
    }),
  );
  return [...keyReveals.values()]
    .filter(({ isWithdrawn }) => !isWithdrawn)
    .concat(outside)
    .filter((one) => one.orderId === orderId)
    .sort(by(({ at }) => at));
}

function createFakeKeyReveals(
  { written, demandIntact }: Shelf,
  approvals: FakeApprovals,
  { leaks, knownOrders }: { readonly leaks: FakeLeaks; readonly knownOrders: KnownOrders },
): KeyReveals {
  const shownSince = (since: Date): KeyReveal[] =>
    [...written.keyReveals.values()].filter((one) => one.at > since && !one.isWithdrawn);
  const countOf = (personId: string, since: Date): number => {
    const used = approvals.usedBy(personId) ?? since;
    return shownSince(since).filter((one) => one.personId === personId && one.at >= used).length;
  };
  return {
    countOf: async (personId, since) => countOf(personId, since),
    async add(keyReveals, room) {
      const none = Number.POSITIVE_INFINITY;
      const { person = none, everybody = none, unapproved = none, approval } = room ?? {};
      demandIntact('keyReveals');
      const [first] = keyReveals;
      if (!first) return [];
      const { personId, at } = first;
      for (const { orderId } of keyReveals) leaks.demandNone(orderId);
      approvals.use(approval, at);
      const since = new Date(at.getTime() - 3_600_000);
      const shown = shownSince(since);
      const mine = shown.filter((one) => one.personId === personId).length;
      const isEverybody = shown.length + keyReveals.length > everybody;
      const isMuch =
        mine + keyReveals.length > person || countOf(personId, since) + keyReveals.length > unapproved || isEverybody;
      if (isMuch) throw new Refusal('too-many', { what: 'reveals', seconds: 3600, isEverybody });
      if (keyReveals.some(({ personId }) => !personId)) throw new Error('nobody would have seen it');
      const ids = keyReveals.map((_, index) => String(written.keyReveals.size + 1 + index));
      for (const [index, id] of ids.entries()) {
        const keyReveal = keyReveals[index];
        if (keyReveal) written.keyReveals.set(id, keyReveal);
      }
      return ids;
    },
    async addRefused(refused) {
      demandIntact('keyReveals');
      for (const one of refused) {
        const isSame = (other: KeyReveal) =>
          'token' in other && other.token === one.token && other.personId === one.personId && other.what === one.what;
        const [id] = [...written.keyReveals].find(([, other]) => isSame(other)) ?? [];
        if (id === undefined)
          written.keyReveals.set(String(written.keyReveals.size + 1), { ...one, isWithdrawn: true });
      }
    },
    async addOutside(looks) {
      const near = (one: Date, other: Date) => Math.abs(one.getTime() - other.getTime()) <= 600_000;
      for (const look of looks) {
        const { record, at, what } = look;
        const known = look.orderId === undefined ? undefined : await knownOrders.find(look.orderId);
        const customerId = look.customerId ?? known?.customerId;
        const orderId = known?.orderId ?? look.orderId;
        const isOurs = [...written.keyReveals.values()].some(
          (own) =>
            !own.refusal &&
            near(own.at, at) &&
            (own.what === 'key') === (what === 'key') &&
            (orderId === undefined || own.orderId === orderId) &&
            (customerId === undefined || isSameId(own.customerId, customerId)),
        );
        if (!(look.mayBeOurs && isOurs) && !written.outsideLooks.has(record))
          written.outsideLooks.set(record, asStored({ ...look, orderId, customerId }));
      }
    },
    async withdraw(ids) {
      for (const id of ids) {
        const before = written.keyReveals.get(id);
        if (before) written.keyReveals.set(id, { ...before, isWithdrawn: true });
      }
    },
    async before(personId, orderId) {
      const leak = await leaks.openOf(orderId);
      return {
        ...(leak && { leak: asOpen(leak) }),
        lastChoices: Object.fromEntries(
          [...written.keyReveals.values()]
            .filter((one) => one.personId === personId && one.productId !== undefined && one.choice !== undefined)
            .sort(by(({ at }) => at))
            .map(({ productId = '', choice }) => [productId, choice]),
        ),
        viewers: viewersIn(looksOf(written, orderId)),
      };
    },
    viewersOf: async (orderId) => viewersIn(looksOf(written, orderId)),
    ofOrder: async (orderId) => looksOf(written, orderId),
  };
}

function createFakeAgreementConfirmations({ written, demandIntact }: Shelf): AgreementConfirmations {
  return {
    async add(confirmation) {
      demandIntact('agreementConfirmations');
      if (!written.agreementConfirmations.has(confirmation.submissionId))
        written.agreementConfirmations.set(confirmation.submissionId, confirmation);
    },
    async recordTaken(submissionId, at) {
      const before = written.agreementConfirmations.get(submissionId);
      if (before) written.agreementConfirmations.set(submissionId, { takenAt: at, ...before });
    },
  };
}

function isOf(subject: AuditSubject, entry: AuditEntry): boolean {
  const { kinds = [], decisions = [], withRefusedLooks = false } = subjectEntries(subject);
  if (entry.kind === 'decision') return decisions.includes(entry.decision.kind);
  return kinds.includes(entry.kind) || (withRefusedLooks && entry.kind === 'secret' && entry.refusal !== undefined);
}

interface Decided {
  readonly at: Date;
  readonly personId?: string;
  readonly personName?: string;
  readonly decision: Decision;
}

/** All that was written, as entries; those of one moment stand by kind and number. */
function createFakeAudit(
  written: Written & {
    readonly differences: readonly KeptDifference[];
    readonly leaks: ReadonlyMap<string, Leak>;
  },
  knownOrders: KnownOrders,
): Audit {
  const exports: AuditExport[] = [];
  const decisions: Decided[] = [];
  const told = (kind: AuditEntry['kind'], id: string, at: Date) => ({
    cursor: `${at.toISOString()} ${kind} ${id.padStart(40, '0')}`,
    at,
  });
  const numbersOf = async (ids: readonly string[]) => {
    const numbers = await knownOrders.numbersOf(ids);
    return ids.map((id) => numbers.get(id) ?? id);
  };

  async function entriesOf(
    kinds?: readonly AuditEntry['kind'][],
  ): Promise<{ entry: AuditEntry; orderIds: readonly string[] }[]> {
    const all: { entry: AuditEntry; orderIds: readonly string[] }[] = [];
    // Most of what is written: not drawn where nobody asks for it.
    const areWanted = (kind: AuditEntry['kind']): boolean => kinds?.includes(kind) ?? true;
    for (const { submissionId, createdAt, personName: who, content, orderIds, state, reason } of [
      ...(areWanted('order') ? written.orderSubmissions.values() : []),
    ]) {
      const { customerId, customerName, item, total } = content;
      const itemTitle = titlesIn(content);
      const orderNumbers = await numbersOf(orderIds);
      const about = { who, customerId, customerName, orderNumbers, quantity: item.quantity, itemTitle, total, state };
      const entry = { kind: 'order', ...told('order', submissionId, createdAt), ...about, reason } as const;
      all.push({ entry: asStored(entry), orderIds });
    }
    for (const [
      id,
      { at, personName: who, customerId, customerName, orderId, what, item, isWithdrawn = false, refusal },
    ] of [...written.keyReveals]) {
      const about = {
        who,
        customerId,
        customerName,
        orderNumbers: await numbersOf([orderId]),
        what,
        item,
        isWithdrawn,
        refusal,
      };
      all.push({ entry: asStored({ kind: 'secret', ...told('secret', id, at), ...about }), orderIds: [orderId] });
    }
    for (const [index, { difference, foundAt, toldIn, settledAt }] of written.differences.entries()) {
      if (!toldIn) continue;
      const { customerId = '', customerName } = difference;
      const orderIds = 'orderId' in difference && difference.orderId !== undefined ? [difference.orderId] : [];
      const about = { customerId, customerName, orderNumbers: await numbersOf(orderIds), difference, settledAt };
      const entry = { kind: 'difference', ...told('difference', String(index + 1), foundAt), ...about } as const;
      all.push({ entry: asStored(entry), orderIds });
    }
    const events = areWanted('case') ? written.events : [];
    for (const [index, { reference, from, to, by: doer, change, at }] of events.entries()) {
      const found = written.cases.get(reference);
      if (!found) continue;
      const { customerId, customerName, orderId } = found.content;
      const orderNumbers = await numbersOf([orderId]);
      const about = { who: doer?.name, customerId, customerName, orderNumbers, reference, from, to, change };
      all.push({
        entry: asStored({ kind: 'case', ...told('case', String(index), at), ...about }),
        orderIds: [orderId],
      });
    }
    for (const { submissionId, at, personName: who, customerId, customerName, contact, agreedAt, takenAt } of [
      ...written.agreementConfirmations.values(),
    ]) {
      const about = {
        who,
        customerId,
        customerName,
        orderNumbers: [],
        contact,
        agreedAt,
        isTaken: takenAt !== undefined,
      };
      all.push({ entry: { kind: 'agreement', ...told('agreement', submissionId, at), ...about }, orderIds: [] });
    }
    for (const [index, { at, personName: who, customer, since, before }] of exports.entries()) {
      const about = {
        who,
        customerId: customer?.id ?? '',
        customerName: customer?.name,
        orderNumbers: [],
        since,
        before,
      };
      all.push({ entry: asStored({ kind: 'export', ...told('export', String(index), at), ...about }), orderIds: [] });
    }
    for (const [index, { at, what, who, customerId = '', customerName, orderId, item }] of [
      ...written.outsideLooks.values(),
    ].entries()) {
      const orderIds = orderId === undefined ? [] : [orderId];
      const about = { who, customerId, customerName, orderNumbers: await numbersOf(orderIds), what, item };
      const entry = { kind: 'outside', ...told('outside', String(index), at), ...about } as const;
      all.push({ entry: asStored(entry), orderIds });
    }
    for (const leak of written.leaks.values()) {
      const { reference, customerId, customerName, orderId, leaked, remark, reporter, reportedAt, lifted } = leak;
      const orderNumbers = await numbersOf([orderId]);
      const about = { customerId, customerName, orderNumbers, reference, leaked };
      const add = (step: 'reported' | 'lifted', at: Date, who: string, text: string | undefined) => {
        const entry = { kind: 'leak', ...told('leak', `${reference}-${step}`, at), ...about, who, step, text } as const;
        all.push({ entry: asStored(entry), orderIds: [orderId] });
      };
      add('reported', reportedAt, reporter.name, remark);
      if (lifted) add('lifted', lifted.at, lifted.by.name, lifted.reason);
    }
    for (const [index, { at, personName: who, decision }] of decisions.entries()) {
      const { customerId = '', customerName, orderId } = decision.kind === 'refused-leak' ? decision : {};
      const orderIds = orderId === undefined ? [] : [orderId];
      const of = { customerId, customerName, orderNumbers: await numbersOf(orderIds) };
      const about = { ...(who !== undefined && { who }), ...of, decision };
      all.push({ entry: asStored({ kind: 'decision', ...told('decision', String(index), at), ...about }), orderIds });
    }
    return all;
  }

  return {
    async looks({ customerId, orderId, since, before }, limit) {
      const orders = new Set(
        [...written.keyReveals.values(), ...written.outsideLooks.values()].map((one) => one.orderId),
      );
      const shown = [...orders]
        .flatMap((id = '') => looksOf(written, id))
        .filter(
          (one) =>
            (customerId === undefined || isSameId(one.customerId, customerId)) &&
            (orderId === undefined || one.orderId === orderId) &&
            (!since || one.at >= since) &&
            (!before || one.at < before),
        );
      const byOrder = Map.groupBy(shown.sort(by(({ at }) => at)), (one) => `${one.customerId} ${one.orderId}`);
      const found: ReviewedLook[] = [];
      for (const rows of byOrder.values()) {
        const [first] = rows;
        if (!first) continue;
        const { customerId: ofCustomer, customerName, orderId: id } = first;
        const [orderNumber = id] = await numbersOf([id]);
        const about = { customerId: ofCustomer.toLowerCase(), ...(customerName && { customerName }), orderNumber };
        found.push(...looksIn(rows).map((look) => ({ ...about, ...look })));
      }
      return found.sort(by(({ customerName = '~', orderNumber }) => `${customerName} ${orderNumber}`)).slice(0, limit);
    },
    recordExport: async (exported) => void exports.push(exported),
    async recordDecision(made) {
      const digits = made.decision.kind === 'refused-stranger' ? 10 : 13;
      const isSame = (one: Decided) =>
        one.personId === made.personId &&
        isDeepStrictEqual(one.decision, made.decision) &&
        one.at.toISOString().slice(0, digits) === made.at.toISOString().slice(0, digits);
      if (!decisions.some(isSame)) decisions.push(made);
    },
    async recordPolicy({ at, file, rules }) {
      const fingerprint = JSON.stringify(rules);
      const last = decisions.findLast(({ decision }) => decision.kind === 'policy')?.decision;
      if (last?.kind === 'policy' && last.fingerprint === fingerprint) return;
      decisions.push({ at, decision: { kind: 'policy', ...(file !== undefined && { file }), fingerprint } });
    },
    async entries({ customerId, orderId, since, before, kinds, person, subject }, from, limit, skip = 0) {
      const all = await entriesOf(kinds);
      return all
        .filter(({ entry }) => customerId?.toLowerCase() === undefined || isSameId(entry.customerId, customerId))
        .filter(({ orderIds }) => orderId === undefined || orderIds.includes(orderId))
        .map(({ entry }) => entry)
        .filter(({ kind }) => kinds?.includes(kind) ?? true)
        .filter(({ who = '' }) => fold(who).includes(fold(person ?? '')))
        .filter((entry) => subject === undefined || isOf(subject, entry))
        .filter(({ at }) => (!since || at >= since) && (!before || at < before))
        .filter(({ cursor }) => from === undefined || cursor <= from)
        .sort(by(({ cursor }) => cursor))
        .reverse()
        .slice(skip, skip + limit);
    },
  };
}

function createFakeKnownOrders(): KnownOrders & { placedSince(customerId: string, since: Date): string[] } {
  const known = new Map<string, { customerId: string; number: string; names: string[]; placedAt?: Date }>();
  const remember = (customerId: string, orders: readonly Order[], placedAt?: Date): void => {
    for (const { id, number, lines } of orders) {
      const names = [number, ...lines.flatMap((line) => line.subscriptionId ?? [])].map((name) => name.toLowerCase());
      known.set(id, { customerId, number, names, placedAt: known.get(id)?.placedAt ?? placedAt });
    }
  };
  return {
    remember: async (customerId, orders) => remember(customerId, orders),
    rememberPlaced: async (customerId, orders, at) => remember(customerId, orders, at),
    async rememberRecords(records) {
      for (const { customerId, orderId, number = orderId, subscriptionIds } of records) {
        if (orderId === undefined || number === undefined) continue;
        const before = known.get(orderId);
        const names = [number, ...subscriptionIds].map((name) => name.toLowerCase());
        const isSame = before?.customerId.toLowerCase() === customerId.toLowerCase();
        known.set(orderId, {
          customerId: before && isSame ? before.customerId : customerId,
          number: before && number === orderId ? before.number : number,
          names: [...new Set([...(before?.names ?? []), ...names])],
          placedAt: before?.placedAt,
        });
      }
    },
    async find(text) {
      const all = [...known].sort(by(([id]) => id));
      const found = all.find(([id]) => id === text) ?? all.find(([, { names }]) => names.includes(text.toLowerCase()));
      return found && { customerId: found[1].customerId, orderId: found[0] };
    },
    numbersOf: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const number = known.get(id)?.number;
          return number === undefined ? [] : [[id, number] as const];
        }),
      ),
    placedSince: (customerId, since) =>
      [...known]
        .flatMap(([id, one]) =>
          one.customerId === customerId && one.placedAt && one.placedAt >= since ? { id, at: one.placedAt } : [],
        )
        .sort(by(({ id }) => id))
        .sort(by(({ at }) => at))
        .map(({ id }) => id),
  };
}

function createFakeReminders({ reminders, decisions }: Written): Reminders {
  const keep = (isKept: (one: Reminder) => boolean): void =>
    void reminders.splice(0, Number.POSITIVE_INFINITY, ...reminders.filter(isKept));
  const closing = (now: Date, until: Date): Reminder[] =>
    reminders.filter(({ closesAt }) => closesAt > now && closesAt <= until);
  const keyOf = ({ closesAt, orderId, personId }: Reminder) => `${closesAt.toISOString()} ${orderId} ${personId}`;
  return {
    async put(reminder) {
      keep(({ personId, orderId }) => personId !== reminder.personId || orderId !== reminder.orderId);
      reminders.push(reminder);
    },
    of: async (personId, orderNumber) =>
      reminders.find((one) => one.personId === personId && one.orderNumber === orderNumber),
    async decide(decision) {
      const { personId, orderNumber, choice } = decision;
      const isOf = (one: { personId: string; orderNumber: string }) =>
        one.personId === personId && one.orderNumber === orderNumber;
      const last = decisions.findLast(isOf);
      if (last?.choice === choice && !reminders.some((one) => isOf(one) && one.askedAt > last.at)) return;
      if (choice === 'keep') keep((one) => one.personId !== personId || one.orderNumber !== orderNumber);
      decisions.push(decision);
    },
    decisions: async (orderNumbers) => [
      ...new Map(
        decisions
          .filter((one) => orderNumbers.includes(one.orderNumber))
          .map((one) => [`${one.orderNumber} ${one.personId}`, one]),
      ).values(),
    ],
    closing: async (now, until, past) => pageOf(closing(now, until), keyOf, past),
    closingFor: async (id, now, until, limit) => {
      const theirs = closing(now, until).filter(({ personId }) => personId === id);
      return pageOf(theirs, keyOf, undefined, limit);
    },
    removeForOrder: async (orderId) => keep((one) => one.orderId !== orderId),
  };
}

/** Nobody waits: a key that somebody holds is not to be had. */
function createFakeLeases(): Leases {
  const held = new Set<string>();
  async function keep<T>({ key }: Lease, work: () => Promise<T>): Promise<T> {
    held.add(key);
    try {
      return await work();
    } finally {
      held.delete(key);
    }
  }
  return {
    keep,
    hold: async (key, _waitMs, work) => (held.has(key) ? undefined : keep(newLease(key), work)),
    demandHeld: async () => undefined,
  };
}

/** Two with the same facts for the same target are one. */
function idOf({ target, ...facts }: NewNotice): string {
  const named = Object.entries(facts).filter(
    ([name, fact]) => fact !== undefined && !/^(id|state|attempts|isMaybeTold|createdAt)$/.test(name),
  );
  const told = named.map(([, fact]) => (fact instanceof Date ? fact.toISOString() : String(fact)));
  return [...told, target.to, target.id].join(' ');
}

function demandTarget({ target }: NewNotice): void {
  if (!['place', 'person'].includes(target.to)) throw new Error(`a notice must not go to ${target.to}`);
}

function isSameAttempt(one: Attempt, other: Attempt): boolean {
  return isSame(one.step, other.step) && one.number === other.number;
}

function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What is undefined is not written. */
function asStored<T extends object>(record: T): T {
  const stored = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    stored.map(([name, value]) => [name, isPlain(value) ? asStored(value) : value]),
  ) as unknown as T;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whatever the order of the fields. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (!isPlain(value)) return value;
  const fields = Object.entries(value).sort(by(([name]) => name));
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)]));
}

function by<T>(keyOf: (one: T) => string | Date): (one: T, other: T) => number {
  return (one, other) => {
    const [key, otherKey] = [keyOf(one), keyOf(other)];
    if (key < otherKey) return -1;
    return key > otherKey ? 1 : 0;
  };
}
