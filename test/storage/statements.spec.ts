import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Case } from '../../src/domain/cancellations/case.ts';
import type { CaseMove } from '../../src/domain/cancellations/cases.ts';
import type { NewNotice } from '../../src/domain/notices/notice.ts';
import { newLease } from '../../src/domain/work/leases.ts';
import { eachOwnDatabase, type TestDatabase } from '../support/databases.ts';
import { aCase, anOrderSubmission, at } from './records.ts';

/** How many statements were sent to the database meanwhile, `begin` and `commit` included. */
async function statementsOf({ pool }: TestDatabase, work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const { connect } = pool;
  const counted = new Map<PoolClient, PoolClient['query']>();
  const watch = (client: PoolClient): void => {
    const { query } = client;
    counted.set(client, query);
    const counting: typeof query = (...given: unknown[]) => {
      count += 1;
      return Reflect.apply(query, client, given);
    };
    Object.assign(client, { query: counting });
  };
  const connecting = (callback?: (error: Error | undefined, client: PoolClient, done: () => void) => void) => {
    if (!callback) {
      return Reflect.apply(connect, pool, []).then((client: PoolClient) => {
        if (!counted.has(client)) watch(client);
        return client;
      });
    }
    return Reflect.apply(connect, pool, [
      (error: Error | undefined, client: PoolClient, done: () => void) => {
        if (client && !counted.has(client)) watch(client);
        callback(error, client, done);
      },
    ]);
  };
  Object.assign(pool, { connect: connecting });
  try {
    await work();
  } finally {
    Object.assign(pool, { connect });
    for (const [client, query] of counted) Object.assign(client, { query });
  }
  return count;
}

eachOwnDatabase('what it costs', (database) => {
  const count = (work: () => Promise<unknown>): Promise<number> => statementsOf(database(), work);

  async function submitted(): Promise<Case> {
    return (await database().storage.cases.insertOnce(aCase())).case;
  }

  function noticesOf({ reference }: Case): NewNotice[] {
    return ['p-1', 'p-2'].map((id) => ({ kind: 'case-completed', reference, target: { to: 'person', id } }));
  }

  it('to submit an order or a case: all at once, and one more to look the second time', async () => {
    const { orderSubmissions, cases } = database().storage;
    const [order, wanted] = [anOrderSubmission(), aCase()];

    assert.equal(await count(() => orderSubmissions.insertOnce(order, newLease(`order:${randomUUID()}`))), 5);
    assert.equal(await count(() => orderSubmissions.insertOnce(order)), 5);
    assert.equal(await count(() => cases.insertOnce(wanted, newLease(`case:${randomUUID()}`))), 6);
    assert.equal(await count(() => cases.insertOnce(wanted)), 6);
  });

  it('to open an attempt, and again to send it once more, and to end it: one each', async () => {
    const { attempts } = database().storage;
    const step = { of: 'order', id: randomUUID(), round: 0, name: 'checkout' } as const;
    const attempt = await attempts.open(step, at);

    assert.equal(await count(() => attempts.open({ ...step, id: randomUUID() }, at)), 1);
    assert.equal(await count(() => attempts.open(step, at)), 1);
    assert.equal(await count(() => attempts.end({ attempt, outcome: 'done' }, at)), 1);
  });

  it('to record a cart, and to finish an order of which nothing is to be told: one', async () => {
    const { orderSubmissions, attempts } = database().storage;
    const { submissionId } = (await orderSubmissions.insertOnce(anOrderSubmission())).submission;
    const step = { of: 'order', id: submissionId, round: 0 } as const;
    const cart = await attempts.open({ ...step, name: 'create-cart' }, at);
    const next = { ...step, name: 'checkout' } as const;
    const attempt = await attempts.open(next, at);

    const recorded = { id: 'cart-1', attempt: cart, at, next };
    assert.equal(await count(() => orderSubmissions.recordCart(submissionId, recorded)), 1);
    const ended = { attempt, outcome: 'done' } as const;
    assert.equal(await count(() => orderSubmissions.finish(submissionId, { state: 'ordered', ended, at })), 1);
  });

  it('to move a case: one, with its event and the end of the attempt', async () => {
    const { cases, attempts } = database().storage;
    const { reference } = await submitted();
    const attempt = await attempts.open({ of: 'case', id: reference, round: 0, name: 'cancel-order' }, at);
    const ended = { attempt, outcome: 'done' } as const;
    const move: CaseMove = {
      reference,
      from: 'submitted',
      to: 'cancelling',
      change: { kind: 'cancelling' },
      at,
      ended,
    };

    assert.equal(await count(() => cases.advance(move)), 1);
    assert.equal((await cases.history(reference)).length, 2);
  });

  it('to end a case that is to be told of: three, and one for each job', async () => {
    const { cases } = database().storage;
    const found = await submitted();
    const { reference } = found;
    const notices = noticesOf(found);
    const move: CaseMove = {
      reference,
      from: 'submitted',
      to: 'completed',
      change: { kind: 'completed' },
      at,
      notices,
    };

    assert.equal(await count(() => cases.advance(move)), 3 + notices.length);
  });
});
