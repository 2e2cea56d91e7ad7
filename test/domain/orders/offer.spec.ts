import assert from 'node:assert/strict';
import { choicesOf, demandQuantity, offerOf, titleOf } from '../../../src/domain/orders/offer.ts';
import { withoutRepeats } from '../../../src/domain/orders/titles.ts';
import { aCustomer, anAvailability, anItem, aProduct, aSku, eur, outside } from '../../support/fakes/samples.ts';
import { createFakeWorld } from '../../support/fakes/world.ts';

describe('an offer', () => {
  const offer = (world = createFakeWorld(), item = anItem()) => offerOf(world, aCustomer(), item, aProduct());

  it('has a fresh catalogue id, the term, and the price for all of it', async () => {
    const { availability, term, price } = await offer();

    assert.equal(availability.catalogItemId, 'DG7GMGF0D5RK:0005:AVAIL1');
    assert.equal(term.billingCycle, 'one_time');
    assert.deepEqual(price, { unit: eur(500), total: eur(1000) });
  });

  it('is refused when the edition has gone', async () => {
    const world = createFakeWorld();
    world.partnerCenter.skus = [];

    await assert.rejects(offer(world), { code: 'item-unavailable', facts: { item: 'Windows Server 2022' } });
  });

  it('is refused where the customer must do something elsewhere first, and names that', async () => {
    const world = createFakeWorld();
    world.partnerCenter.skus = [aSku({ needsBefore: ['AzureSubscriptionRegistration'] })];

    await assert.rejects(offer(world), {
      code: 'needs-before',
      facts: { item: titleOf(aProduct(), aSku()), needs: ['AzureSubscriptionRegistration'] },
    });
  });

  const gone: [string, Parameters<typeof anAvailability>[0]][] = [
    ['it is not on sale', { isPurchasable: false }],
    ['it is on sale in another country only', { country: 'FR' }],
    ['it is on sale in another segment only', { segment: 'education' }],
    ['its terms have changed', { terms: [{ duration: 'P1Y', billingCycle: 'annual' }] }],
    ['its billing has changed', { terms: [{ billingCycle: 'monthly' }] }],
  ];
  for (const [why, overrides] of gone) {
    it(`is refused when ${why}`, async () => {
      const world = createFakeWorld();
      world.partnerCenter.availabilities = [anAvailability(overrides)];

      await assert.rejects(offer(world), { code: 'item-unavailable' });
    });
  }

  it('is found among several of the same segment by its term', async () => {
    const world = createFakeWorld();
    const yearly = { terms: [{ duration: 'P1Y', billingCycle: 'annual' }] };
    world.partnerCenter.availabilities = [
      anAvailability(yearly),
      anAvailability({
        catalogItemId: 'DG7GMGF0D5RK:0005:THREE',
        terms: [{ duration: 'P3Y', billingCycle: 'triennial' }],
      }),
    ];

    const found = await offer(world, anItem({ termDuration: 'P3Y', billingCycle: 'triennial' }));

    assert.equal(found.availability.catalogItemId, 'DG7GMGF0D5RK:0005:THREE');
  });

  for (const quantity of [0, -1, 101, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`is refused for a quantity of ${quantity}`, async () => {
      await assert.rejects(offer(createFakeWorld(), anItem({ quantity })), {
        code: 'quantity-out-of-range',
        facts: { minimum: 1, maximum: 100 },
      });
    });
  }

  it('takes the least and the greatest quantity', () => {
    demandQuantity(aSku({ minimumQuantity: 8, maximumQuantity: 16 }), 8);
    demandQuantity(aSku({ minimumQuantity: 8, maximumQuantity: 16 }), 16);
  });

  it('is refused when the inventory check holds something against it, and checked only where it must be', async () => {
    const world = createFakeWorld();
    const restrictions = [{ said: 'Sold out in DE' }, { said: 'Another' }];
    world.partnerCenter.restrictions = restrictions;
    await offer(world);
    world.partnerCenter.skus = [aSku({ needsInventoryCheck: true })];

    await assert.rejects(offer(world), {
      code: 'restricted',
      facts: { item: aSku().title, restrictions },
    });
    world.partnerCenter.restrictions = [];
    await offer(world);
  });

  it('is refused without a price: nothing is sold for an unknown amount', async () => {
    const world = createFakeWorld();
    world.partnerCenter.price = undefined;

    await assert.rejects(offer(world), { code: 'price-unknown' });
  });

  it('lets Partner Center’s failure through', async () => {
    const world = createFakeWorld();
    world.partnerCenter.fail('availabilities', outside('throttled'));

    await assert.rejects(offer(world), { kind: 'throttled' });
  });

  it('is chosen among what is on sale in the customer’s country, in whatever letters that is written', async () => {
    const world = createFakeWorld();
    world.partnerCenter.availabilities = [anAvailability({ country: 'de' }), anAvailability({ country: 'FR' })];

    assert.equal((await choicesOf(world, aCustomer(), aSku())).length, 1);
  });

  it('has a title that does not say the same twice', () => {
    assert.equal(
      titleOf({ title: 'Office LTSC' }, { title: 'Office LTSC Standard 2024' }),
      'Office LTSC Standard 2024',
    );
    assert.equal(titleOf({ title: 'SQL Server' }, { title: '2 Core' }), 'SQL Server – 2 Core');
    const standard = 'Windows Server 2025 Standard';
    for (const sku of [
      `${standard} - 16 Core`,
      `${standard} - ${standard} - 16 Core`,
      `${standard} ${standard} - 16 Core`,
    ])
      assert.equal(titleOf({ title: standard }, { title: sku }), `${standard} - 16 Core`);
    const core = 'SQL Server 2022 Standard - 2 Core License Pack';
    assert.equal(titleOf({ title: 'SQL Server 2022 Standard Core' }, { title: core }), core);
    assert.equal(withoutRepeats('Office – Office'), 'Office');
    for (const title of ['New New York', 'SQL Server 2022 Standard - 2 Core License Pack', 'CAL - 1 User CAL', ''])
      assert.equal(withoutRepeats(title), title);
  });
});
