import type { Audit } from '../../../src/domain/audit/audit.ts';
import { type Case, type CaseEvent, nextStates } from '../../../src/domain/cancellations/case.ts';
import type { Cases } from '../../../src/domain/cancellations/cases.ts';
import type { AgreementConfirmation, AgreementConfirmations } from '../../../src/domain/customers/agreement.ts';
import { Refusal } from '../../../src/domain/errors.ts';
import type { KeyReveal, KeyReveals } from '../../../src/domain/keys/key-reveals.ts';
import type { Leases } from '../../../src/domain/leases.ts';
import type { NewNotice, Notice, Notices } from '../../../src/domain/notices/notice.ts';
import type { Reminder, Reminders } from '../../../src/domain/notices/reminders.ts';
import type { KnownOrders } from '../../../src/domain/orders/known-orders.ts';
import type { OrderSubmission } from '../../../src/domain/orders/submission.ts';
import type { OrderSubmissions } from '../../../src/domain/orders/submissions.ts';
import { createFakeSessions, type FakeSessions } from './sessions.ts';

export interface Records extends FakeSessions {
  readonly orderSubmissions: OrderSubmissions;
  readonly cases: Cases;
  readonly notices: Notices;
  readonly keyReveals: KeyReveals;
  readonly agreementConfirmations: AgreementConfirmations;
  readonly audit: Audit;
  readonly knownOrders: KnownOrders;
  readonly reminders: Reminders;
  readonly leases: Leases;
  /** What was written, to be looked at. */
  readonly written: {
    readonly orderSubmissions: Map<string, OrderSubmission>;
    readonly cases: Map<string, Case>;
    readonly events: CaseEvent[];
    readonly notices: Notice[];
    /** `work-case SD-7K2M9Q`: what is done later even if this process dies. */
    readonly jobs: string[];
    readonly keyReveals: Map<string, KeyReveal>;
    readonly agreementConfirmations: Map<string, AgreementConfirmation & { takenAt?: Date }>;
    readonly reminders: Reminder[];
  };
  /** The records cannot be written any more, as when the database is gone. */
  breakDown(record: 'keyReveals' | 'agreementConfirmations' | 'orderSubmissions' | 'cases'): void;
}

/** Everything that survives a restart, in memory, with the promises of `ports.ts`. */
export function createFakeRecords(): Records {
  const written = {
    orderSubmissions: new Map<string, OrderSubmission>(),
    cases: new Map<string, Case>(),
    events: [] as CaseEvent[],
    notices: [] as Notice[],
    jobs: [] as string[],
    keyReveals: new Map<string, KeyReveal>(),
    agreementConfirmations: new Map<string, AgreementConfirmation & { takenAt?: Date }>(),
    reminders: [] as Reminder[],
  };
  const broken = new Set<string>();
  const demandIntact = (record: string): void => {
    if (broken.has(record)) throw new Error(`${record}: the database is gone`);
  };

  function addNotices(notices: readonly NewNotice[], at: Date, state: Notice['state'] = 'due'): void {
    for (const { kind, subject, target } of notices) {
      const id = `${kind} ${subject} ${target.to} ${target.id}`;
      if (written.notices.some((notice) => notice.id === id)) continue;
      written.notices.push({ id, kind, subject, target, state, attempts: 0, createdAt: at });
    }
  }

  const changeIntent = (submissionId: string, change: Partial<OrderSubmission>): void => {
    const before = written.orderSubmissions.get(submissionId);
    if (before) written.orderSubmissions.set(submissionId, { ...before, ...change });
  };
  const changeCase = (reference: string, change: Partial<Case>): void => {
    const before = written.cases.get(reference);
    if (before) written.cases.set(reference, { ...before, ...change });
  };
  const isOpen = (found: Case): boolean => found.state !== 'completed' && found.state !== 'refused';
  const allCases = (): Case[] => [...written.cases.values()];

  const orderSubmissions: OrderSubmissions = {
    async insertOnce(submission) {
      demandIntact('orderSubmissions');
      const before = written.orderSubmissions.get(submission.submissionId);
      if (before && (before.personId !== submission.personId || !isSame(before.content, submission.content)))
        throw new Refusal('other-content', {});
      if (!before) written.orderSubmissions.set(submission.submissionId, submission);
      return { submission: before ?? submission, isNew: !before };
    },
    get: async (submissionId) => written.orderSubmissions.get(submissionId),
    async recordCart(submissionId, cartId) {
      demandIntact('orderSubmissions');
      changeIntent(submissionId, { cartId });
    },
    async recordConflicts(submissionId, conflicts) {
      demandIntact('orderSubmissions');
      changeIntent(submissionId, { conflicts });
    },
    async recordBlocker(submissionId, blocker) {
      if (written.orderSubmissions.get(submissionId)?.state === 'accepted') changeIntent(submissionId, { blocker });
    },
    async finish(submissionId, { at, notices = [], ...outcome }) {
      demandIntact('orderSubmissions');
      if (written.orderSubmissions.get(submissionId)?.state === 'ordered') return;
      changeIntent(submissionId, { orderIds: [], blocker: undefined, ...outcome });
      addNotices(notices, at);
    },
    shown: async (notices, at) => addNotices(notices, at, 'sent'),
    setCard: async (submissionId, card) => changeIntent(submissionId, { card }),
  };

  const cases: Cases = {
    async insertOnce({ at, ...wanted }) {
      demandIntact('cases');
      const before = allCases().find((one) => one.submissionId === wanted.submissionId);
      if (before && (before.requesterId !== wanted.requesterId || !isSame(before.content, wanted.content)))
        throw new Refusal('other-content', {});
      if (before) return { case: before, isNew: false };
      const open = allCases().find((one) => one.content.orderId === wanted.content.orderId && isOpen(one));
      if (open) throw new Refusal('case-open', { reference: open.reference, order: open.content.orderNumber });
      const added: Case = { ...wanted, state: 'submitted', createdAt: at, changedAt: at };
      written.cases.set(added.reference, added);
      written.jobs.push(`work-case ${added.reference}`);
      return { case: added, isNew: true };
    },
    get: async (reference) => written.cases.get(reference),
    bySubmission: async (submissionId) => allCases().find((one) => one.submissionId === submissionId),
    openForOrder: async (orderId) => allCases().find((one) => one.content.orderId === orderId && isOpen(one)),
    completedForOrder: async (orderId) =>
      allCases().find((one) => one.content.orderId === orderId && one.state === 'completed'),
    withTicket: async (ticketId) => allCases().filter((one) => one.state !== 'refused' && one.ticketId === ticketId),
    open: async (limit) => allCases().filter(isOpen).slice(0, limit),
    openOf: async (customerId) =>
      allCases().filter((one) => isOpen(one) && one.content.customerId.toLowerCase() === customerId.toLowerCase()),
    recent: async (limit) => allCases().slice(0, limit),
    async advance({ reference, from, to, ending, ticketId, note, who, why, at, notices = [], hasJob }) {
      demandIntact('cases');
      const before = written.cases.get(reference);
      if (before?.state !== from) return false;
      if (!nextStates[from].includes(to)) throw new Error(`a case must not go from ${from} to ${to}`);
      changeCase(reference, {
        state: to,
        changedAt: at,
        ...(ending && { ending }),
        ...(ticketId !== undefined && { ticketId: ticketId ?? undefined }),
        ...(note !== undefined && { note: note ?? undefined }),
      });
      written.events.push({ reference, from, to, who, why, at });
      addNotices(notices, at);
      if (hasJob) written.jobs.push(`work-case ${reference}`);
      return true;
    },
    setCard: async (reference, card) => changeCase(reference, { card }),
    looked: async (reference, checkedAt) => changeCase(reference, { checkedAt }),
    history: async (reference) => written.events.filter((event) => event.reference === reference),
  };

  const notices: Notices = {
    add: async (wanted, at) => addNotices(wanted, at),
    get: async (id) => written.notices.find((notice) => notice.id === id),
    async settle(id, state) {
      const index = written.notices.findIndex((notice) => notice.id === id && notice.state === 'due');
      const before = written.notices[index];
      if (before) written.notices[index] = { ...before, state };
      return before !== undefined;
    },
    async failed(id) {
      const index = written.notices.findIndex((notice) => notice.id === id);
      const before = written.notices[index];
      if (!before) return 0;
      written.notices[index] = { ...before, attempts: before.attempts + 1 };
      return before.attempts + 1;
    },
    due: async (limit) => written.notices.filter((notice) => notice.state === 'due').slice(0, limit),
  };

  let exposed = 0;
  const agreementConfirmations: AgreementConfirmations = {
    async add(agreementConfirmation) {
      demandIntact('agreementConfirmations');
      if (!written.agreementConfirmations.has(agreementConfirmation.submissionId))
        written.agreementConfirmations.set(agreementConfirmation.submissionId, agreementConfirmation);
    },
    async taken(submissionId, at) {
      const before = written.agreementConfirmations.get(submissionId);
      if (before) written.agreementConfirmations.set(submissionId, { takenAt: at, ...before });
    },
  };

  const keyReveals: KeyReveals = {
    async add(keyReveal) {
      demandIntact('keyReveals');
      const id = `keyReveal-${++exposed}`;
      written.keyReveals.set(id, keyReveal);
      return id;
    },
    withdraw: async (id) => void written.keyReveals.delete(id),
    ofOrder: async (orderId) => [...written.keyReveals.values()].filter((keyReveal) => keyReveal.orderId === orderId),
  };

  const known = new Map<string, { customerId: string; number: string; names: string[]; placedAt?: Date }>();
  const remember = (customerId: string, orders: Parameters<KnownOrders['remember']>[1], placedAt?: Date): void => {
    for (const { id, number, lines } of orders) {
      const names = [number, ...lines.flatMap((line) => line.subscriptionId ?? [])].map((name) => name.toLowerCase());
      known.set(id, { customerId, number, names, placedAt: placedAt ?? known.get(id)?.placedAt });
    }
  };
  const knownOrders: KnownOrders = {
    remember: async (customerId, orders) => remember(customerId, orders),
    placed: async (customerId, orders, at) => remember(customerId, orders, at),
    async find(text) {
      const found = [...known].find(([id, { names }]) => id === text || names.includes(text.toLowerCase()));
      return found && { customerId: found[1].customerId, orderId: found[0] };
    },
    numberOf: async (orderId) => known.get(orderId)?.number,
    placedSince: async (customerId, since) =>
      [...known]
        .filter(([, one]) => one.customerId === customerId && one.placedAt && one.placedAt >= since)
        .map(([id]) => id),
  };

  const reminders: Reminders = {
    async put(reminder) {
      await reminders.removeForOrder(reminder.orderId);
      written.reminders.push(reminder);
    },
    closing: async (now, until) => written.reminders.filter(({ closesAt }) => closesAt > now && closesAt <= until),
    async removeForOrder(orderId) {
      written.reminders.splice(0, Infinity, ...written.reminders.filter((one) => one.orderId !== orderId));
    },
  };

  const sessions = createFakeSessions(
    (id) => written.orderSubmissions.has(id) || allCases().some(({ submissionId }) => submissionId === id),
  );

  return {
    orderSubmissions,
    cases,
    notices,
    keyReveals,
    agreementConfirmations,
    // The log is one statement of the database; what it tells is proved there.
    audit: { entries: async () => [] },
    knownOrders,
    reminders,
    ...sessions,
    leases: createFakeLeases(),
    written,
    breakDown: (record) => void broken.add(record),
  };
}

/** Nobody waits: a key that somebody holds is not to be had. */
function createFakeLeases(): Leases {
  const held = new Set<string>();
  return {
    async hold(key, _waitMs, work) {
      if (held.has(key)) return undefined;
      held.add(key);
      try {
        return await work();
      } finally {
        held.delete(key);
      }
    },
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
