import assert from 'node:assert/strict';
import type { ReadinessProblem } from '../../src/domain/customers/readiness.ts';
import type { OutsideMeaning } from '../../src/domain/errors.ts';
import type { Restriction, Sku } from '../../src/domain/orders/catalog.ts';
import { anAvailability, aPerson, aSku, eur, outside } from '../support/fakes/samples.ts';
import { createFakeWorld } from '../support/fakes/world.ts';
import { type FakeConversation, startFakeConversation } from './fake-conversation.ts';

async function toReview(world = createFakeWorld()): Promise<FakeConversation> {
  const played = startFakeConversation(world);
  await played.says('buy contoso');
  await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
  await played.presses('Review order', { quantity: '2' });
  assert.match(played.last().view.text, /Please check the order/);
  return played;
}

const shown = (played: FakeConversation): string => played.last().view.text;
const ordered = ({ world }: FakeConversation): number => world.partnerCenter.orders.length;

describe('the review of an order above the approval limit', () => {
  const above = { policy: { approvalLimits: { EUR: 999 } } };

  for (const role of ['global-admin', 'sales-agent'] as const) {
    it(`tells a ${role} the limit and that an admin agent confirms it`, async () => {
      const world = createFakeWorld(above);
      world.roles.set(aPerson().id, [role]);

      const { view } = (await toReview(world)).last();

      assert.match(
        view.text,
        /Orders above 999\.00 EUR are confirmed by an admin agent only\. This one costs 1,000\.00/,
      );
      assert.doesNotMatch(view.text, /global administrator/);
      assert.ok(view.buttons.includes('Hand over'));
    });
  }

  it('lets an admin agent confirm it', async () => {
    const played = await toReview(createFakeWorld(above));

    assert.doesNotMatch(shown(played), /Orders above/);
    await played.presses('Confirm');

    assert.equal(ordered(played), 1);
  });
});

/** What may come to be in the way of an order, and how the card says so. */
const obstacles = [
  ['the reseller relationship has ended', { relationship: 'advisor' }, /no reseller relationship with you/],
  ['the account is no longer allowed', { account: 'NotAllowed' }, /account status: NotAllowed/],
  ['the agreement is gone', { agreement: 'missing' }, /has not accepted the Microsoft Customer Agreement/],
  ['its qualification is gone', { segments: [] }, /lacks a qualification that Microsoft asks for/],
] as const;

describe('Confirm', () => {
  for (const [what, change, says] of obstacles) {
    it(`orders nothing where ${what} since the review, and goes on when that is corrected`, async () => {
      const played = await toReview();
      const { partnerCenter } = played.world;
      const before = partnerCenter.readiness;
      partnerCenter.readiness = { ...before, ...change };

      await played.presses('Confirm');
      const missing = shown(played);
      partnerCenter.readiness = before;
      await played.presses('Next: check again');
      if (/Buy for/.test(shown(played))) await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
      await played.presses('Review order', { quantity: '2' });
      const nothingYet = ordered(played);
      await played.presses('Confirm');

      assert.match(missing, /Before you can order for Contoso/);
      assert.match(missing, says);
      assert.equal(nothingYet, 0);
      assert.equal(ordered(played), 1);
    });
  }

  it('says what is in the way of any order before what is wrong with this one', async () => {
    const played = await toReview();
    const { partnerCenter } = played.world;
    partnerCenter.readiness = { ...partnerCenter.readiness, relationship: 'none' };
    partnerCenter.availabilities = [];

    await played.presses('Confirm');

    assert.match(shown(played), /no reseller relationship/);
  });

  it('shows the new price where it changes in the very moment', async () => {
    const played = await toReview();
    const { world } = played;
    const { insertOnce } = world.orderSubmissions;
    world.orderSubmissions.insertOnce = (submission) => {
      world.partnerCenter.price = eur(600);
      return insertOnce(submission);
    };

    await played.presses('Confirm');

    assert.match(shown(played), /⚠ The price has changed from 500\.00 EUR to 600\.00 EUR/);
    assert.equal(ordered(played), 0);
    await played.presses('Confirm');
    assert.equal(ordered(played), 1);
  });

  it('asks nothing again of what was confirmed before', async () => {
    const played = await toReview();
    const { partnerCenter } = played.world;
    const review = played.last();
    partnerCenter.fail('checkout', outside('unreachable'), { isAfterWork: true });
    await played.presses('Confirm');
    partnerCenter.readiness = { ...partnerCenter.readiness, relationship: 'none' };
    const before = partnerCenter.count('readiness');

    await played.presses('Confirm', {}, { on: review });

    assert.match(shown(played), /The order is being placed/);
    assert.equal(partnerCenter.count('readiness'), before);
  });

  const refusals: readonly [OutsideMeaning, ReadinessProblem['point'], RegExp][] = [
    ['agreement-missing', 'agreement', /has not accepted the Microsoft Customer Agreement.*\n.*Let the customer read/],
    ['no-relationship', 'relationship', /no reseller relationship.*\n.*Send them a relationship request/],
    ['account-blocked', 'account', /does not allow orders for Contoso at the moment\..*\n.*Look at the customer/],
    ['not-qualified', 'segment', /lacks a qualification.*\n.*apply for the qualification in Partner Center/],
  ];
  for (const operation of ['createCart', 'checkout']) {
    for (const [meaning, point, says] of refusals) {
      it(`refused at ${operation} for its ${point} says how to correct that, and goes on from there`, async () => {
        const played = await toReview();
        played.world.partnerCenter.fail(operation, outside('declined', { meaning, code: '13605', description: 'No.' }));

        await played.presses('Confirm');
        const told = played.last().view;
        await played.presses('Next: check again');
        if (/Buy for/.test(shown(played))) await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
        await played.presses('Review order', { quantity: '2' });
        await played.presses('Confirm');

        assert.match(
          told.text,
          /⚠ Partner Center declined\. Nothing was ordered.*Partner Center said: “No\. \(13605\)”\./,
        );
        assert.match(told.text, says);
        assert.doesNotMatch(told.text, /ask Microsoft’s support in Partner Center\./);
        assert.equal(told.buttons.includes('Customer agreement'), point === 'agreement');
        assert.match(shown(played), /Ordered: 2 ×/);
        assert.equal(ordered(played), 1);
      });
    }
  }

  it('refused for want of an attestation of the partner says what is attested, and orders when confirmed again', async () => {
    const played = await toReview();
    const refusal = outside('declined', {
      ...{ meaning: 'partner-attestation-missing', code: '900206', description: 'Attestation is missing.' },
    });
    played.world.partnerCenter.fail('createCart', refusal);

    assert.doesNotMatch(shown(played), /attests/);
    await played.presses('Confirm');
    assert.match(
      shown(played),
      /⚠ Partner Center wants an attestation first\. Nothing was.*said: “Attestation is missing\. \(900206\)”\./,
    );
    assert.match(shown(played), /Whoever confirms attests for your company/);
    assert.equal(ordered(played), 0);
    await played.presses('Confirm');

    assert.equal(ordered(played), 1);
    assert.equal(played.world.partnerCenter.carts.at(-1)?.lines[0]?.partnerAttestationAccepted, true);
  });

  it('refused for want of the attestation of an item that did not ask for one goes on in the same way', async () => {
    const played = await toReview();
    played.world.partnerCenter.lineErrors = [
      { code: 'attestation_not_accepted', description: 'Not accepted.', meaning: 'attestation-missing' },
    ];

    await played.presses('Confirm');
    assert.match(shown(played), /Whoever confirms attests that the customer meets the conditions/);
    played.world.partnerCenter.lineErrors = [];
    await played.presses('Confirm');

    assert.equal(ordered(played), 1);
    assert.equal(played.world.partnerCenter.carts.at(-1)?.lines[0]?.attestationAccepted, true);
  });

  it('does not ask twice for an attestation that was given', async () => {
    const played = await toReview();
    const refusal = outside('declined', { meaning: 'partner-attestation-missing', description: 'Missing.' });
    played.world.partnerCenter.fail('createCart', refusal, { times: 2 });

    await played.presses('Confirm');
    await played.presses('Confirm');

    assert.doesNotMatch(shown(played), /wants an attestation first/);
    assert.match(shown(played), /Missing/);
  });

  it('refused in the answer of the checkout for want of the agreement says how to correct that', async () => {
    const played = await toReview();
    played.world.partnerCenter.checkoutErrors = [
      { code: '13605', description: 'No agreement', meaning: 'agreement-missing' },
    ];

    await played.presses('Confirm');

    assert.ok(played.last().view.buttons.includes('Customer agreement'));
  });
});

describe('the form for the customer agreement', () => {
  async function form(fail: boolean, values?: Record<string, string>): Promise<string> {
    const played = startFakeConversation();
    const { partnerCenter } = played.world;
    partnerCenter.readiness = { ...partnerCenter.readiness, agreement: 'missing' };
    if (fail) partnerCenter.fail('billingProfile', outside('unreachable'));
    await played.says('buy contoso');
    await played.presses('Customer agreement');
    if (values) await played.presses('Next', values);
    return shown(played);
  }
  const wrong = { firstName: 'Anna', lastName: 'Lis', email: 'no address', agreedOn: '2026-03-01' };

  it('says that the contact of the billing profile is filled in where it is, and only there', async () => {
    assert.match(await form(false), /The contact of the billing profile is filled in: please check it/);
    assert.match(await form(true), /No contact of the billing profile could be read, so none is filled in/);
    for (const isAway of [false, true]) {
      const asked = await form(isAway, wrong);
      assert.match(asked, /Please give the e-mail address/);
      assert.doesNotMatch(asked, /billing profile/);
    }
  });
});

describe('an edition', () => {
  const editions = [aSku(), aSku({ id: '0006', title: 'Windows Server 2022 Datacenter' })];

  async function chosen(change: Partial<Sku>, restrictions: Restriction[] = []): Promise<FakeConversation> {
    const played = startFakeConversation();
    const [first = aSku(), ...others] = editions;
    played.world.partnerCenter.skus = [{ ...first, ...change }, ...others];
    played.world.partnerCenter.restrictions = restrictions;
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    await played.presses('Review order', { edition: '0005' });
    return played;
  }

  it('that needs something first says so as soon as it is chosen, and where to see to it', async () => {
    const azure = await chosen({ needsBefore: ['AzureSubscriptionRegistration'] });
    const other = await chosen({ needsBefore: ['MoonPhase'] });

    assert.match(shown(azure), /⚠ Windows Server 2022 Standard .* cannot be ordered here\. It is bought for an Azure/);
    assert.doesNotMatch(shown(azure), /AzureSubscriptionRegistration/);
    assert.match(shown(other), /⚠ .* Partner Center asks for something first that it calls "MoonPhase"/);
    for (const played of [azure, other]) assert.match(shown(played), /Which edition/);
  });

  it('that Microsoft holds back says why as soon as it is chosen', async () => {
    const played = await chosen({ needsInventoryCheck: true }, [
      { said: "Restriction identified of type 'Location' with values 'DE'. (NotAvailable)", places: ['DE'] },
    ]);

    assert.match(shown(played), /to this customer now: it cannot be had in Germany at the moment\. Choose another/);
    assert.match(shown(played), /Its own words: “Restriction identified of type 'Location'/);
    assert.match(shown(played), /Which edition/);
  });
});

describe('what Microsoft may hold against the billing address', () => {
  const flaws = { isUnverified: true, lacks: [] };
  const said: readonly [string, object, RegExp][] = [
    [
      'Microsoft’s own sentence, which is no Markdown and not endless',
      { message: `[Click](https://evil.example) ${'no house number, '.repeat(40)}` },
      /cannot verify the billing address of Contoso \(\[Click\]\(https:\/\/evil\.example\) no house.{60,110}…\)\. The order can go on/,
    ],
    [
      'what the address lacks',
      { lacks: ['street', 'city', 'postal-code'] },
      /The profile of Contoso lacks a street, a city and a postal code as its country writes it\. Microsoft cannot verify/,
    ],
    [
      'what the country wants of a customer whose address is good',
      { isUnverified: false, lacks: ['registration-number', 'phone'] },
      /The profile of Contoso lacks the organization’s registration number and a telephone number\. The order can go on/,
    ],
  ];
  for (const [what, change, says] of said) {
    it(`is said before Confirm with ${what}, and keeps nobody from ordering`, async () => {
      const played = startFakeConversation();
      const { partnerCenter } = played.world;
      partnerCenter.readiness = { ...partnerCenter.readiness, address: { ...flaws, ...change } };
      await played.says('buy contoso');
      await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
      await played.presses('Review order', { quantity: '2' });
      const review = shown(played);
      const json = JSON.stringify(played.last().view.json);
      await played.presses('Confirm');

      assert.match(review, says);
      assert.doesNotMatch(json, /[^\\]\[Click/);
      assert.equal(ordered(played), 1);
    });
  }

  it('is still said of a draft from before more was told', async () => {
    const played = await toReview();
    const [draft] = [...played.world.kept.values()];
    assert.ok(draft);
    played.world.kept.set(draft.id, { ...draft, data: { ...draft.data, missing: [{ point: 'address' }] } });
    await played.presses('Save for later');
    played.world.partnerCenter.fail('readiness', outside('unreachable'));

    await played.presses('Resume');

    assert.match(shown(played), /cannot verify the billing address of Contoso\./);
  });
});

describe('an order that was saved for later', () => {
  it('states on Resume what is true by then', async () => {
    const played = await toReview();
    const { partnerCenter } = played.world;
    await played.presses('Save for later');
    const vetting = [{ qualification: 'Education', status: 'denied', reason: 'Not a school' }] as const;
    partnerCenter.readiness = { ...partnerCenter.readiness, vetting };
    partnerCenter.price = eur(600);

    await played.presses('Resume');

    assert.match(shown(played), /Please check the order/);
    assert.match(shown(played), /⚠ The price has changed from 500\.00 EUR to 600\.00 EUR/);
    assert.match(shown(played), /Microsoft denied Contoso the education prices \(Not a school\)/);
    assert.match(shown(played), /Total: 1,200\.00 EUR/);
    await played.presses('Confirm');
    assert.equal(ordered(played), 1);
  });

  it('no longer says what was corrected meanwhile, also when it is resumed from the list of drafts', async () => {
    const played = startFakeConversation();
    const { partnerCenter } = played.world;
    const good = partnerCenter.readiness;
    partnerCenter.readiness = { ...good, vetting: [{ qualification: 'Education', status: 'in-review' }] };
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK' });
    await played.presses('Review order', { quantity: '2' });
    const saved = shown(played);
    await played.presses('Save for later');
    partnerCenter.readiness = good;

    await played.says('drafts');
    await played.presses('Resume');

    assert.match(saved, /Microsoft still reviews/);
    assert.match(shown(played), /Please check the order/);
    assert.doesNotMatch(shown(played), /Microsoft still reviews/);
  });

  it('leads to what is in the way by then', async () => {
    const played = await toReview();
    const { partnerCenter } = played.world;
    await played.presses('Save for later');
    partnerCenter.readiness = { ...partnerCenter.readiness, agreement: 'missing' };

    await played.presses('Resume');

    assert.match(shown(played), /Before you can order for Contoso/);
  });

  it('is shown as it was, and says so, while Partner Center is away', async () => {
    const played = await toReview();
    await played.presses('Save for later');
    played.world.partnerCenter.fail('readiness', outside('unreachable'));

    await played.presses('Resume');

    assert.match(shown(played), /⚠ Partner Center does not answer at the moment, so this is the order as it was saved/);
    assert.match(shown(played), /Total: 1,000\.00 EUR/);
  });

  it('says that the item went off sale meanwhile', async () => {
    const played = await toReview();
    await played.presses('Save for later');
    played.world.partnerCenter.availabilities = [];

    await played.presses('Resume');

    assert.match(shown(played), /⚠ Windows Server 2022 .* cannot be bought for this customer now/);
  });
});

describe('a draft from before there was one card for product, edition and terms', () => {
  for (const step of ['edition', 'terms']) {
    it(`is answered on that card where it waited for its ${step}`, async () => {
      const played = await toReview();
      await played.presses('Edit');
      const [draft] = [...played.world.kept.values()];
      assert.ok(draft);
      played.world.kept.set(draft.id, { ...draft, step, trail: ['product'] });
      await played.presses('Review order', { quantity: '3' });
      const stale = shown(played);
      await played.presses('Review order', { quantity: '3' });

      assert.match(stale, /how many, and how\?/);
      assert.match(shown(played), /Please check the order[\s\S]*Quantity: 3/);
    });
  }
});

describe('an order of several lines', () => {
  const skus = [aSku(), aSku({ id: '0006', title: 'Windows Server 2022 Datacenter' })];

  /** Two lines, and the card for a third one. */
  async function twoLines(): Promise<FakeConversation> {
    const played = startFakeConversation();
    played.world.partnerCenter.skus = skus;
    played.world.partnerCenter.availabilities = skus.map(({ id }) => anAvailability({ skuId: id }));
    await played.says('buy contoso');
    await played.presses('Review order', { product: 'DG7GMGF0D5RK', quantity: '2' });
    await played.presses('Add another line', { edition: '0005', quantity: '2' });
    await played.presses('Review order', { product: 'DG7GMGF0D5RK', quantity: '3' });
    await played.presses('Add another line', { edition: '0006', quantity: '3' });
    return played;
  }

  it('is one cart and one order, with every line on the review and on the order', async () => {
    const played = await twoLines();
    const third = shown(played);
    await played.presses('Review order', {});
    const review = played.last().view;
    await played.presses('Confirm');

    assert.match(
      third,
      /2 × Windows Server 2022 .*\n2 × 500\.00 EUR = 1,000\.00 EUR[\s\S]*\n3 × Windows Server 2022 Datacenter/,
    );
    assert.match(review.text, /2,500\.00 EUR\n2 lines, without tax/);
    assert.match(review.text, /\n3 × Windows Server 2022 Datacenter\n3 × 500\.00 EUR = 1,500\.00 EUR/);
    assert.ok(review.buttons.includes('Confirm: buy 5 for 2,500.00 EUR'));
    const { carts, orders } = played.world.partnerCenter;
    assert.deepEqual(
      carts.map(({ lines }) => lines.map(({ quantity }) => quantity)),
      [[2, 3]],
    );
    assert.equal(orders.length, 1);
    assert.match(shown(played), /Ordered: 2 × .*, 3 × Windows Server 2022 Datacenter/);
    const [{ content } = assert.fail('nothing was written')] = [...played.world.written.orderSubmissions.values()];
    assert.deepEqual([content.total, content.furtherLines?.length], [eur(2500), 1]);
  });

  it('has lines that can be changed and removed, also on the review', async () => {
    const played = await twoLines();
    const rows = played.last();
    const remove = rows.view.button('Remove').data as object;
    assert.deepEqual({ ...remove, draft: '' }, { do: 'removeLine', draft: '', step: 'product', line: '0' });

    await played.presses('Remove', { line: '0' });
    await played.presses('Edit', { line: '0' });
    const changed = shown(played);
    await played.presses('Review order', { product: 'DG7GMGF0D5RK', edition: '0006', quantity: '4' });
    const review = shown(played);
    await played.presses('Add another line');
    const another = shown(played);

    assert.match(changed, /Datacenter: how many, and how\?/);
    assert.match(review, /Quantity: 4[\s\S]*Total: 2,000\.00 EUR/);
    assert.match(another, /Which software, and how many\?\n4 × Windows Server 2022 Datacenter/);
  });

  it('is asked about again where the price of any line has changed', async () => {
    const played = await twoLines();
    await played.presses('Review order', {});
    played.world.partnerCenter.price = eur(600);

    await played.presses('Confirm');

    assert.match(shown(played), /⚠ The price has changed from 500\.00 EUR to 600\.00 EUR/);
    assert.match(shown(played), /3,000\.00 EUR\n2 lines/);
    assert.equal(ordered(played), 0);
  });
});
