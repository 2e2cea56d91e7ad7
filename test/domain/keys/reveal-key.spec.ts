import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Refusal } from '../../../src/domain/errors.ts';
import { demandUsable, revealDownload, revealKey, type Wanted } from '../../../src/domain/keys/reveal-key.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { aCustomer, aLine, anEntitlement, anOrder, aPerson, aVersion, outside } from '../../support/fakes/samples.ts';
import { createFakeWorld } from '../../support/fakes/world.ts';

const ada = aPerson();
const wanted = (overrides: Partial<Wanted> = {}): Wanted => ({
  customer: aCustomer(),
  order: anOrder(),
  entitlement: anEntitlement(),
  version: aVersion(),
  ...overrides,
});

describe('revealing a key', () => {
  it('writes down who, what and when before it asks for the key', async () => {
    const world = createFakeWorld();
    world.keys.productKey = async () => {
      assert.equal(world.written.keyReveals.size, 1);
      return new Secret('SMPLE');
    };

    const { value: key } = await revealKey(world, ada, wanted());

    assert.equal(key.reveal(), 'SMPLE');
    assert.deepEqual(await world.keyReveals.ofOrder(anOrder().id), [
      {
        personId: ada.id,
        personName: 'Ada Nowak',
        customerId: aCustomer().id,
        customerName: 'Contoso',
        orderId: anOrder().id,
        what: 'key',
        item: 'Windows Server 2022 Standard',
        at: world.clock.now(),
      },
    ]);
  });

  it('fetches nothing when that cannot be written down', async () => {
    const world = createFakeWorld();
    world.breakDown('keyReveals');

    await assert.rejects(revealKey(world, ada, wanted()), /database is gone/);
    assert.deepEqual(world.partnerCenter.calls, []);
  });

  it('is for an admin agent only, by the role of this moment', async () => {
    for (const roles of [[], ['sales-agent'], ['helpdesk-agent'], ['global-admin']] as const) {
      const world = createFakeWorld();
      world.freshRoles.set(ada.id, roles);

      await assert.rejects(revealKey(world, ada, wanted()), { code: 'not-allowed' });
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

      await assert.rejects(revealKey(world, ada, wanted()), (refusal) => {
        assert.ok(refusal instanceof Refusal);
        const title = 'Windows Server 2022 Standard';
        const about = code === 'keys-not-offered' ? { item: title, version: title, said: 'Not here.' } : {};
        assert.deepEqual([refusal.code, refusal.facts], [code, { order: '1a2b3c4d5e6f', ...about }]);
        return true;
      });
      assert.deepEqual(await world.keyReveals.ofOrder(anOrder().id), []);
    }
  });

  it('takes the row back when Partner Center does not answer, and lets the failure through', async () => {
    const world = createFakeWorld();
    world.partnerCenter.fail('productKey', outside('unreachable'));

    await assert.rejects(revealKey(world, ada, wanted()), { kind: 'unreachable' });
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

      await assert.rejects(revealKey(world, ada, wanted(overrides)), { code });
      assert.equal(world.written.keyReveals.size, 0);
      assert.deepEqual(world.partnerCenter.calls, []);
    });
  }

  it('gives one of the line that was not cancelled', async () => {
    const order = anOrder({ lines: [aLine({ quantity: 0 }), aLine({ number: 1 })] });

    demandUsable(order, 1);
    await revealKey(createFakeWorld(), ada, wanted({ order, entitlement: anEntitlement({ lineNumber: 1 }) }));
  });

  it('goes for downloads and links by the same rules', async () => {
    const world = createFakeWorld();

    const link = await revealDownload(world, ada, wanted(), { optionId: 'en-64', what: 'link' });
    await revealDownload(world, ada, wanted(), { optionId: 'en-64', what: 'download' });

    assert.match(link.value.reveal(), /en-64/);
    assert.deepEqual(
      [...world.written.keyReveals.values()].map(({ what }) => what),
      ['link', 'download'],
    );
    world.freshRoles.set(ada.id, ['sales-agent']);
    await assert.rejects(revealDownload(world, ada, wanted(), { optionId: 'x', what: 'link' }), {
      code: 'not-allowed',
    });
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
