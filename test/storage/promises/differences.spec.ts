import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CaseMove } from '../../../src/domain/cancellations/cases.ts';
import type { Comparison, Difference } from '../../../src/domain/differences/difference.ts';
import type { NewNotice } from '../../../src/domain/notices/notice.ts';
import { aCase, anOrderSubmission, minutesLater } from '../records.ts';
import { eachOwnRecord } from './each-record.ts';

const dayMinutes = 24 * 60;

eachOwnRecord('differences', (kept) => {
  let day = 0;
  /** The comparison of a new day, at its beginning. */
  async function begin(): Promise<Comparison> {
    const { differences } = kept().records;
    day += 2;
    await differences.comparison(minutesLater(day * dayMinutes));
    day += 2;
    const comparison = await differences.comparison(minutesLater(day * dayMinutes));
    assert.ok(comparison);
    return comparison;
  }
  const now = () => minutesLater(day * dayMinutes + 1);
  const anOrderUnknown = (): Difference => ({
    kind: 'order-unknown',
    submissionId: randomUUID(),
    orderId: randomUUID(),
    customerId: randomUUID(),
    customerName: 'Contoso',
  });
  const openNow = async () => (await kept().other.differences.open(undefined, 1000)).items.map((one) => one.difference);
  const toldNow = async () => (await kept().other.differences.told()).map(({ foundAt, ...difference }) => difference);
  /** To its end. */
  async function end(comparison: Comparison, notices: readonly NewNotice[] = []) {
    const { differences } = kept().records;
    const before = (await differences.comparison(now())) ?? comparison;
    await differences.record(before, { step: 'tell', failures: 0 }, { found: [], settled: [] }, now());
    return differences.tell(comparison, notices, now());
  }

  it('are compared once a day, by whoever comes first, from where it was left', async () => {
    const { differences } = kept().records;
    const { other } = kept();
    const comparison = await begin();
    const [first, second] = await Promise.all([differences.comparison(now()), other.differences.comparison(now())]);

    assert.deepEqual(first, comparison);
    assert.deepEqual(second, comparison);
    assert.equal(comparison.step, 'orders');
    assert.ok(comparison.begunAt.getTime() - comparison.since.getTime() >= 3 * dayMinutes * 60_000);
    const nothing = { found: [], settled: [] };
    const further = { step: 'orders', position: 'one', failures: 2 } as const;
    await differences.record(comparison, further, nothing, now());
    assert.deepEqual(await other.differences.comparison(now()), { ...comparison, ...further });
    // Somebody who was slower does not take it back.
    await other.differences.record(comparison, { step: 'cases', failures: 0 }, nothing, now());
    assert.deepEqual(await differences.comparison(now()), { ...comparison, ...further });
    await end(comparison);
    assert.deepEqual(await kept().other.differences.endedAt(), now());
    assert.equal(await differences.comparison(now()), undefined);
  });

  it('are one per kind and subject, and told once, with the notices and their jobs', async () => {
    const { differences, notices } = kept().records;
    const comparison = await begin();
    const one = anOrderUnknown();
    const target = { to: 'person', id: 'p-1' } as const;
    const notice = { kind: 'differences-found', comparedAt: comparison.begunAt, target } as const;
    await differences.record(comparison, comparison, { found: [one, one], settled: [] }, now());
    await differences.record(comparison, comparison, { found: [one], settled: [] }, minutesLater(0));
    assert.deepEqual(
      (await openNow()).filter((other) => 'orderId' in other && other.orderId === ('orderId' in one && one.orderId)),
      [one],
    );
    assert.deepEqual(await toldNow(), []);

    assert.deepEqual(await end(comparison, [notice]), ['order-unknown']);
    assert.deepEqual(await end(comparison, [notice]), []);

    assert.deepEqual(await toldNow(), [one]);
    assert.deepEqual(await differences.told(comparison.begunAt), [{ ...one, foundAt: now() }]);
    assert.deepEqual(await differences.told(minutesLater(1)), []);
    const due = (await notices.due(1000)).filter((found) => found.kind === 'differences-found');
    assert.equal(due.length, 1);
    assert.equal(await kept().jobsFor('send-notice', due[0]?.id ?? ''), 1);

    await differences.record(comparison, comparison, { found: [], settled: [one] }, now());
    assert.deepEqual(await toldNow(), []);
    await differences.record(comparison, comparison, { found: [one], settled: [] }, now());
    assert.deepEqual(await toldNow(), [one], 'it is there again');
    assert.deepEqual(await end(await begin(), [notice]), [], 'and nobody is told again');
    await differences.record(comparison, comparison, { found: [], settled: [one] }, now());
  });

  it('are forgotten where they are settled before anybody was told', async () => {
    const { differences } = kept().records;
    const comparison = await begin();
    const one = anOrderUnknown();
    await differences.record(comparison, comparison, { found: [one], settled: [] }, now());
    await differences.record(comparison, comparison, { found: [], settled: [one] }, now());

    assert.deepEqual(await openNow(), []);
    assert.deepEqual(await end(comparison), []);
  });

  it('stand in the audit log once they were told', async () => {
    const { differences, audit } = kept().records;
    const comparison = await begin();
    const one = anOrderUnknown();
    const about = { customerId: one.customerId };
    await differences.record(comparison, comparison, { found: [one], settled: [] }, now());
    assert.deepEqual(await audit.entries(about, undefined, 5), []);

    await end(comparison);
    const [entry, ...others] = await audit.entries(about, undefined, 5);
    await differences.record(comparison, comparison, { found: [], settled: [one] }, now());
    const [after] = await audit.entries(about, undefined, 5);

    assert.deepEqual(others, []);
    assert.ok(entry?.kind === 'difference' && after?.kind === 'difference');
    assert.deepEqual([entry.difference, entry.settledAt, after.settledAt], [one, undefined, now()]);
    assert.deepEqual(entry.orderNumbers, ['orderId' in one ? one.orderId : '']);
  });

  it('are looked for in the orders and cases of a time, in pages', async () => {
    const { differences, orderSubmissions, cases } = kept().records;
    const at = (minutes: number) => minutesLater(10_000 + minutes);
    const submitted = [1, 2, 3, 4].map((n) => anOrderSubmission({ createdAt: at(n) }));
    for (const one of submitted) await orderSubmissions.insertOnce(one);
    for (const { submissionId } of submitted.slice(0, 3))
      await orderSubmissions.finish(submissionId, { state: 'ordered', orderIds: [submissionId], at: at(5) });
    const idsAfter = async (position?: string) => {
      const { items, isLast } = await differences.submissions(at(1), at(4), position, 2);
      return { ids: items.map(({ submission }) => submission.submissionId), isLast, position: items.at(-1)?.position };
    };
    const first = await idsAfter();
    const second = await idsAfter(first.position);

    const ids = submitted.map(({ submissionId }) => submissionId);
    assert.deepEqual([first.ids, first.isLast], [ids.slice(0, 2), false]);
    assert.deepEqual([second.ids, second.isLast], [ids.slice(2, 3), true], 'what has no cart is left out');

    const moved = async (n: number, move: Pick<CaseMove, 'to' | 'change' | 'reason' | 'ticketId'>) => {
      const { reference } = (await cases.insertOnce(aCase({ reference: `SD-W${n}`, at: at(n) }))).case;
      await cases.advance({ reference, from: 'submitted', at: at(n), ...move });
      return reference;
    };
    const refused = await moved(1, { to: 'refused', change: { kind: 'given-up', by: 'Ada' } });
    const stuck = await moved(2, { to: 'cancelling', change: { kind: 'cancelling' } });
    const unseen = { kind: 'ticket-unseen', ticketId: '26' } as const;
    const waiting = await moved(3, { to: 'needs_person', change: unseen, reason: unseen, ticketId: '26' });
    await moved(60, { to: 'cancelling', change: { kind: 'cancelling' } });
    const range = { since: at(0), until: at(9), stuckAt: at(30) };
    const page = await differences.cases(range, undefined, 2);
    const rest = await differences.cases(range, page.items.at(-1)?.position, 2);

    assert.deepEqual(
      [...page.items, ...rest.items].map(({ found }) => found.reference),
      [refused, stuck, waiting],
    );
    assert.deepEqual([page.isLast, rest.isLast], [false, true]);
    const named = await differences.casesOfTickets([refused], ['26']);
    assert.deepEqual(named.map(({ reference }) => reference).sort(), [refused, waiting].sort());
    assert.deepEqual(await differences.casesOfTickets([], []), []);
  });
});
