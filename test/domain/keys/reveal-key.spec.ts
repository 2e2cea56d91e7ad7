import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Refusal } from '../../../src/domain/errors.ts';
import type { KeyReveal } from '../../../src/domain/keys/key-reveals.ts';
import { demandUsable, revealItems, type Wanted } from '../../../src/domain/keys/reveal-key.ts';
import { builtInPolicy } from '../../../src/domain/policy.ts';
import { Secret } from '../../../src/domain/secret.ts';
import {
  aCustomer,
  aLeak,
  aLine,
  anEntitlement,
  anOrder,
  aPerson,
  aVersion,
  outside,
} from '../../support/fakes/samples.ts';
import { createFakeWorld } from '../../support/fakes/world.ts';

const ada = aPerson();
const justKey = { items: ['key'] } as const;
const wanted = (overrides: Partial<Wanted> = {}): Wanted => ({
  customer: aCustomer(),
  order: anOrder(),
  entitlement: anEntitlement(),
  version: aVersion(),
  ...overrides,
});

const aLook = (at: Date): KeyReveal => ({
  ...{ personId: ada.id, personName: ada.name, customerId: 'c-1', orderId: 'another', item: 'Office', at },
  what: 'key',
});

describe('revealing a key', () => {
  it('writes down who, what and when before it asks for the key', async () => {
    const world = createFakeWorld();
    world.keys.productKey = async () => {
      assert.equal(world.written.keyReveals.size, 1);
      return new Secret('SMPLE');
    };

    const { key } = await revealItems(world, ada, wanted(), justKey);

    assert.equal(key?.reveal(), 'SMPLE');
    assert.deepEqual(await world.keyReveals.ofOrder(anOrder().id), [
      {
        personId: ada.id,
        personName: 'Ada Nowak',
        customerId: aCustomer().id,
        customerName: 'Contoso',
        orderId: anOrder().id,
        what: 'key',
        item: 'Windows Server 2022 Standard',
        productId: anEntitlement().productId,
        at: world.clock.now(),
      },
    ]);
  });

  it('fetches nothing when that cannot be written down', async () => {
    const world = createFakeWorld();
    world.breakDown('keyReveals');

    await assert.rejects(revealItems(world, ada, wanted(), justKey), (error: Refusal) => {
      assert.equal(error.code, 'not-recorded');
      assert.match(String(error.cause), /database is gone/);
      return true;
    });
    assert.deepEqual(world.partnerCenter.calls, []);
  });

  it('is refused while a leak of the order is reported: nothing is fetched, and nobody is asked to approve it', async () => {
    const approvals = { ...builtInPolicy.approvals, revealsAnHour: 1 };
    const world = createFakeWorld({ policy: { approvals } });
    world.roles.set('p-2', ['admin-agent']);
    await world.keyReveals.add([aLook(world.clock.now())]);
    await world.leaks.report(aLeak({ orderId: anOrder().id }), []);
    const origin = { draftId: 'draft-1', preparers: [], placeId: '19:thread', isPrivate: false };

    for (const items of [{ items: ['key'] }, { items: ['key', 'link'], origin }] as const)
      await assert.rejects(revealItems(world, ada, wanted(), items), { code: 'leak-reported' });

    assert.deepEqual(world.partnerCenter.calls, []);
    assert.deepEqual(await world.approvals.waiting(10), []);
  });

  it('is for an admin agent only, by the role of this moment', async () => {
    for (const roles of [[], ['sales-agent'], ['helpdesk-agent'], ['global-admin']] as const) {
      const world = createFakeWorld();
      world.freshRoles.set(ada.id, roles);

      await assert.rejects(revealItems(world, ada, wanted(), justKey), { code: 'not-allowed' });
      assert.equal(world.written.keyReveals.size, 0);
      assert.deepEqual(world.partnerCenter.calls, []);
    }
  });

  it('takes the row back when there was no key to see', async () => {
    for (const [error, code] of [
      [outside('not-found'), 'key-not-ready'],
      [outside('declined', { meaning: 'not-ready' }), 'key-not-ready'],
      [outside('not-offered', { description: 'Not here.' }), 'keys-not-offered'],
      [outside('declined', { description: 'Not here.' }), 'keys-not-offered'],
    ] as const) {
      const world = createFakeWorld();
      world.partnerCenter.fail('productKey', error);

      await assert.rejects(revealItems(world, ada, wanted(), justKey), (refusal) => {
        assert.ok(refusal instanceof Refusal);
        const title = 'Windows Server 2022 Standard';
        const about = code === 'keys-not-offered' ? { item: title, version: title, said: { text: 'Not here.' } } : {};
        assert.deepEqual([refusal.code, refusal.facts], [code, { order: '1a2b3c4d5e6f', ...about }]);
        return true;
      });
      assert.deepEqual(await world.keyReveals.ofOrder(anOrder().id), []);
    }
  });

  it('takes the row back when Partner Center does not answer, and lets the failure through', async () => {
    const world = createFakeWorld();
    world.partnerCenter.fail('productKey', outside('unreachable'));

    await assert.rejects(revealItems(world, ada, wanted(), justKey), { kind: 'unreachable' });
    assert.deepEqual(await world.keyReveals.ofOrder(anOrder().id), []);
  });

  const unusable: [string, Partial<Wanted>, string][] = [
    ['of a cancelled order', { order: anOrder({ status: 'cancelled' }) }, 'key-revoked'],
    [
      'of a cancelled line',
      { order: anOrder({ lines: [aLine({ quantity: 0 }), aLine({ number: 1 })] }) },
      'key-revoked',
    ],
    ['that Partner Center calls revoked', { version: aVersion({ keyState: 'Revoked' }) }, 'key-revoked'],
    ['of an order that is still pending', { order: anOrder({ status: 'pending' }) }, 'key-not-ready'],
  ];
  for (const [what, overrides, code] of unusable) {
    it(`refuses one ${what}, and asks nobody`, async () => {
      const world = createFakeWorld();

      await assert.rejects(revealItems(world, ada, wanted(overrides), justKey), { code });
      assert.equal(world.written.keyReveals.size, 0);
      assert.deepEqual(world.partnerCenter.calls, []);
    });
  }

  it('gives one of the line that was not cancelled', async () => {
    const order = anOrder({ lines: [aLine({ quantity: 0 }), aLine({ number: 1 })] });

    demandUsable(order, 1);
    await revealItems(
      createFakeWorld(),
      ada,
      wanted({ order, entitlement: anEntitlement({ lineNumber: 1 }) }),
      justKey,
    );
  });

  it('goes for downloads and links by the same rules, and for a key and its address together', async () => {
    const world = createFakeWorld();
    const both = { items: ['key', 'link'], optionId: 'en-64' } as const;

    const shown = await revealItems(world, ada, wanted(), both);
    await revealItems(world, ada, wanted(), { items: ['download'], optionId: 'en-64' });

    assert.match(shown.address?.reveal() ?? '', /en-64/);
    assert.ok(shown.key);
    assert.deepEqual(
      [...world.written.keyReveals.values()].map(({ what }) => what),
      ['key', 'link', 'download'],
    );
    world.freshRoles.set(ada.id, ['sales-agent']);
    await assert.rejects(revealItems(world, ada, wanted(), both), { code: 'not-allowed' });
  });

  it('takes back both rows where one of two could not be fetched', async () => {
    const world = createFakeWorld();
    world.partnerCenter.fail('downloadLink', outside('unreachable'));

    await assert.rejects(revealItems(world, ada, wanted(), { items: ['key', 'link'] }), { kind: 'unreachable' });
    assert.deepEqual(await world.keyReveals.ofOrder(anOrder().id), []);
  });
});

describe('a secret', () => {
  it('prints as [secret] everywhere, and gives itself only when asked', () => {
    const secret = new Secret('SMPLE-12345');
    const printed = [
      String(secret),
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      inspect(secret, { showHidden: true }),
    ];

    for (const text of printed) assert.doesNotMatch(text, /SMPLE/);
    assert.equal(JSON.stringify(secret), '"[secret]"');
    assert.deepEqual(Object.keys(secret), []);
    assert.equal(secret.reveal(), 'SMPLE-12345');
  });
});
