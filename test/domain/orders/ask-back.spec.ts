import assert from 'node:assert/strict';
import { doubtsAbout } from '../../../src/domain/orders/ask-back.ts';
import type { OrderSubmission, PurchaseContent } from '../../../src/domain/orders/submission.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { aCustomer, anItem, anOrderSubmission, aPerson, aPurchase, eur, startAt } from '../../support/fakes/samples.ts';
import { createFakeWorld } from '../../support/fakes/world.ts';

const ada = aPerson();
const minutesAgo = (minutes: number): Date => new Date(startAt.getTime() - minutes * 60_000);
const of = (quantity: number, skuId = '0005'): PurchaseContent => aPurchase({ item: anItem({ quantity, skuId }) });

/** What one is asked after these orders, the newest first, were confirmed. */
async function asked(
  content: PurchaseContent,
  earlier: readonly Partial<OrderSubmission>[] = [],
  policy: Partial<Policy> = {},
) {
  const world = createFakeWorld({ policy });
  for (const [index, change] of earlier.entries()) {
    const { submission } = await world.orderSubmissions.insertOnce(
      anOrderSubmission({ submissionId: `earlier-${index}`, createdAt: minutesAgo(60 * 24 * (index + 1)), ...change }),
    );
    if (change.state && change.state !== 'accepted')
      await world.orderSubmissions.finish(submission.submissionId, { state: change.state, at: startAt });
  }
  return doubtsAbout(world, content, ada.id);
}

describe('before an order is placed, one is asked whether it is meant', () => {
  it('where the same was ordered for the customer minutes ago, by whom and when', async () => {
    const colleague = { personId: 'somebody', personName: 'Gert Sowa' };

    const doubts = await asked(of(3), [{ ...colleague, content: of(2), createdAt: minutesAgo(14) }]);

    const at = minutesAgo(14).toISOString();
    const item = 'Windows Server 2022 Standard';
    assert.deepEqual(doubts, [{ kind: 'repeated', submissionId: 'earlier-0', item, quantity: 2, at, by: 'Gert Sowa' }]);
  });

  it('without the name of a colleague who ordered it in private', async () => {
    const [doubt] = await asked(of(2), [{ personId: 'somebody', isPrivate: true, createdAt: minutesAgo(1) }]);
    const [own] = await asked(of(2), [{ isPrivate: true, createdAt: minutesAgo(1) }]);

    assert.equal(doubt?.kind === 'repeated' && doubt.by, undefined);
    assert.equal(own?.kind === 'repeated' && own.by, 'Ada Nowak');
  });

  it('but not for what is longer ago, was declined, or is another item or customer', async () => {
    const recent = { createdAt: minutesAgo(1) };
    const others: Partial<OrderSubmission>[] = [
      { createdAt: minutesAgo(16) },
      { ...recent, state: 'declined' },
      { ...recent, content: of(2, '0006') },
      { ...recent, content: { ...of(2), customerId: aCustomer({ id: 'cccccccc-0000-4000-8000-000000000009' }).id } },
    ];

    for (const other of others) assert.deepEqual(await asked(of(2), [other]), []);
    assert.deepEqual(await asked(of(2), [recent], { askBackMinutes: 0 }), []);
  });

  it('where it is ten times what the customer usually orders of the item', async () => {
    const usual = [{ content: of(3) }, { content: of(500) }, { content: of(2) }];
    const before = { kind: 'unusual', item: 'Windows Server 2022 Standard', usual: 3, isOfItem: true };

    assert.deepEqual(await asked(of(29), usual), []);
    assert.deepEqual(await asked(of(30), usual), [{ ...before, quantity: 30 }]);
    assert.deepEqual(await asked(of(30), usual, { askBackTimes: 11 }), []);
  });

  it('where the item is new for the customer, and it is ten times the most of anything', async () => {
    const usual = [{ content: of(3, '0006') }, { content: of(5, '0007') }];

    assert.deepEqual(await asked(of(49), usual), []);
    assert.deepEqual(
      (await asked(of(50), usual)).map((one) => one.kind === 'unusual' && [one.usual, one.isOfItem]),
      [[5, false]],
    );
  });

  it('where the quantity or the total is very large', async () => {
    const item = 'Windows Server 2022 Standard';
    const total = eur(100_000.01);

    assert.deepEqual(await asked(of(9999)), []);
    assert.deepEqual(await asked(of(10_000)), [{ kind: 'many', item, quantity: 10_000 }]);
    assert.deepEqual(await asked({ ...of(2), total }), [{ kind: 'expensive', total }]);
    assert.deepEqual(await asked({ ...of(2), total: eur(100_000) }), []);
    assert.deepEqual(await asked({ ...of(2), total: { minor: 9_000_000_000, currency: 'XOF' } }), []);
  });
});
