import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toOrderChanges } from '../../src/partner-center/audit-records.ts';
import { toAvailabilities } from '../../src/partner-center/availabilities.ts';
import { toCart, toCheckout } from '../../src/partner-center/carts.ts';
import { toCustomerProfile, toCustomers } from '../../src/partner-center/customers.ts';
import { toEntitlements } from '../../src/partner-center/entitlements.ts';
import { kindOf, readFailure } from '../../src/partner-center/errors.ts';
import { toRestrictions } from '../../src/partner-center/inventory.ts';
import { toDownloadLink, toDownloadOptions, toProductKey } from '../../src/partner-center/keys.ts';
import { fromCancellation, toOrder, toOrders } from '../../src/partner-center/orders.ts';
import { toBillingCycles, toProduct, toProducts, toSku, toSkus } from '../../src/partner-center/products.ts';
import { segmentsFor, toQualifications } from '../../src/partner-center/qualifications.ts';
import { hasConfirmedAgreement, isDirectlySigned, toAccountStatus } from '../../src/partner-center/readiness.ts';
import { fromTicket, toTicket, toTopics } from '../../src/partner-center/service-requests.ts';
import { fromDeletion, toSubscription, toSubscriptions } from '../../src/partner-center/subscriptions.ts';
import { amount, shape, text } from '../../src/partner-center/wire.ts';

/** Bodies that Microsoft published or clients recorded. They are not part of this repository. */
const samples = resolve(import.meta.dirname, '../../../shared/reference/samples');

/** A test that reads one of them; skipped where the folder is missing. */
function reads(file: string, check: (body: unknown) => void): void {
  it(file, function () {
    const path = resolve(samples, `${file}.json`);
    if (!existsSync(path)) return this.skip();
    check(JSON.parse(readFileSync(path, 'utf8')));
  });
}

describe('the published samples', () => {
  reads('artifact-product-key', (body) => {
    assert.equal(toProductKey(body)?.reveal(), 'ABCDE-FGHIJ-12345-67890-KLMNP');
  });

  reads('agreement-direct-sign-status', (body) => assert.equal(isDirectlySigned(body), true));
  reads('agreements-confirmed-list', (body) => assert.equal(hasConfirmedAgreement(body), true));

  reads('auditrecords-by-customer', (body) => {
    assert.deepEqual(toOrderChanges(body), [], 'a created order is no change');
    const written = JSON.stringify(body).replace('create_order', 'update_order');
    assert.deepEqual(toOrderChanges(JSON.parse(written)), [
      {
        customerId: '0c39d6d5-c70d-4c55-bc02-f620844f3fd1',
        orderId: 'd51a052e-043c-4a2a-aa37-2bb938cef6c1',
        at: new Date('2017-06-15T22:56:05.058Z'),
      },
    ]);
  });

  for (const file of ['auth-app-only-token', 'auth-app-user-token']) {
    reads(file, (body) => {
      const token = shape({ access_token: text, expires_in: amount }).parse(body);
      assert.deepEqual(token, { access_token: '<removed>', expires_in: 3600 });
    });
  }

  reads('availabilities-list', (body) => {
    const [offer] = toAvailabilities(body, { cycles: ['one_time'] });
    assert.equal(offer?.catalogItemId, 'DZH318Z0BQ3Q:0001:DZH318XZXVNF');
    assert.equal(offer?.currency, 'USD');
    assert.equal(offer?.isPurchasable, true);
    assert.deepEqual(offer?.terms, [{ duration: 'P1Y', billingCycle: 'one_time' }]);
  });

  reads('availability-with-cancellation-policy', (body) => {
    const [offer] = toAvailabilities([body]);
    assert.deepEqual(offer?.terms, [
      { duration: 'P1Y', billingCycle: 'annual', refundOptions: [{ type: 'full', expiresAfter: 'P1D' }] },
    ]);
  });

  reads('cart-checkout-response', (body) => {
    const { orders, errors } = toCheckout(body, 'nobody');
    assert.equal(orders.length, 3);
    assert.deepEqual(errors, []);
    const [azure, mixed] = orders;
    assert.equal(azure?.lines[0]?.subscriptionId, 'EF2E1307-86E6-40E3-A794-872403FBD31C');
    assert.equal(mixed?.number, '0a3624c6e47d');
    assert.equal(mixed?.status, 'pending');
    assert.equal(mixed?.customerId, '28045616-f6b9-462f-9701-0d89b5e65c44');
    const biztalk = mixed?.lines[2];
    assert.deepEqual(biztalk, {
      number: 2,
      catalogItemId: 'DG7GMGF0DWM3:0002:DG7GMGF0DT1M',
      productId: 'DG7GMGF0DWM3',
      skuId: '0002',
      title: 'BizTalk Server 2016 Branch',
      quantity: 1,
    });
  });

  reads('cart-create-response', (body) => {
    const cart = toCart(body);
    assert.equal(cart.id, '3655b1a0-b1c9-4268-9824-577fdbc4d0be');
    assert.equal(cart.expiresAt.toISOString(), '2019-01-16T01:00:54.418Z');
    assert.deepEqual(cart.lineErrors, []);
  });

  reads('cart-create-attestation-response', (body) => {
    const cart = toCart(body);
    assert.equal(cart.status, 'Active');
    assert.equal(cart.expiresAt.toISOString(), '2021-08-25T17:30:11.240Z');
  });

  reads('customer-by-id', (body) => {
    assert.deepEqual(toCustomerProfile(body), {
      id: 'eebd1b55-5360-4438-a11d-5c06918c3014',
      name: '1kl as kjk',
      domain: 'abcdefgh1234.ccsctp.net',
      customDomains: ['abcdefgh1234.ccsctp.net'],
      country: 'US',
      relationship: 'reseller',
    });
  });

  reads('customers-filter-starts-with', (body) => {
    const found = toCustomers(body);
    assert.equal(found.length, 3);
    assert.deepEqual(found[1], {
      id: '7b26b357-9ca3-48b8-a58e-4febe2662a5d',
      name: 'Contoso',
      domain: 'ContosoCorpCo.onmicrosoft.com',
    });
  });

  reads('customers-list', (body) => assert.equal(toCustomers(body).length, 2));

  reads('entitlements-software-with-expiry', (body) => {
    const [perpetual, subscription] = toEntitlements(body);
    assert.equal(perpetual?.orderId, '4teYMtWYEeKM77JftGLIQYMOZPTwyOEV1');
    assert.equal(perpetual?.orderNumber, '8f3af3dea1ea');
    assert.equal(perpetual?.lineNumber, 0);
    assert.equal(perpetual?.expiresAt, undefined);
    assert.deepEqual(
      perpetual?.versions.map(({ productId, skuId, keyRef }) => [productId, skuId, keyRef]),
      [
        ['DG7GMGF0DWM3', '0002', undefined],
        ['DG7GMGF0DWM2', '0001', undefined],
        ['DG7GMGF0DWMK', '0001', undefined],
      ],
    );
    assert.equal(subscription?.lineNumber, 1);
    assert.equal(subscription?.expiresAt?.toISOString(), '2022-01-28T00:00:00.000Z');
  });

  reads('entitlements-with-product-key-artifacts', (body) => {
    const found = toEntitlements(body);
    assert.equal(found.length, 1, 'the reserved instance is no software');
    const versions = found[0]?.versions ?? [];
    assert.deepEqual(
      versions.map(({ productId, keyState }) => [productId, keyState]),
      [
        ['DG7GMGF0DWTK', 'Active'],
        ['DG7GMGF0DWTJ', 'Active'],
        ['DG7GMGF0DWLG', 'Active'],
      ],
    );
    assert.match(String(versions[1]?.keyRef), /^\/customers\/.*\/items\/DG7GMGF0DWTJ:0001:/);
  });

  const failures: readonly [string, number, string | undefined, string, string][] = [
    ['error-400-bad-guid', 400, '2000', 'declined', 'Tenant Id must be a GUID.'],
    ['error-400-quantity-cannot-decrease', 400, '800090', 'declined', 'Subscription quantity cannot be decreased.'],
    [
      'error-404-partner-not-found',
      404,
      '3000',
      'not-found',
      'Partner Organization with partner_id 9999999 could not be found',
    ],
    ['error-429-rate-limit', 429, undefined, 'throttled', 'Rate limit is exceeded. Try again in 57 seconds.'],
    [
      'error-agreement-already-confirmed',
      400,
      '600061',
      'declined',
      'A partner confirmed agreement already exists for the customer.',
    ],
    [
      'error-400-no-licenses-left',
      400,
      '60012',
      'declined',
      "We're sorry, it looks like you've run out of licenses. Buy more licenses, and then try again.",
    ],
  ];
  for (const [file, status, code, kind, description] of failures) {
    reads(file, (body) => {
      assert.deepEqual(readFailure(body), { ...(code ? { code } : {}), description });
      assert.equal(kindOf(status, code), kind);
    });
  }

  reads('inventory-check-response', (body) => {
    assert.deepEqual(toRestrictions(body, 'DZH318Z0BQ3P', '0039'), [
      "Restriction identified of type 'Location' with values 'japanwest'.",
    ]);
    assert.deepEqual(toRestrictions(body, 'DZH318Z0BQ3P', '000S'), []);
  });

  reads('order-by-id', (body) => {
    const order = toOrder(body, 'nobody');
    assert.equal(order.id, 'YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1');
    assert.equal(order.number, order.id, 'no short form in this one');
    assert.equal(order.createdAt.toISOString(), '2018-03-13T22:49:54.339Z');
    assert.equal(order.lines[0]?.skuId, '002L');
  });

  reads('order-cancel-software-request', (body) => {
    const lines = [{ number: 0, catalogItemId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }];
    assert.deepEqual(fromCancellation('2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', lines), body);
  });

  reads('order-cancel-software-response', (body) => {
    const order = toOrder(body, 'nobody');
    assert.equal(order.number, 'c403d91b21d2');
    assert.equal(order.status, 'completed');
    assert.deepEqual(
      order.lines.map(({ quantity, termDuration }) => [quantity, termDuration]),
      [
        [0, 'P3Y'],
        [1, 'P3Y'],
      ],
    );
  });

  reads('order-create-response-pending', (body) => {
    const order = toOrder(body, 'nobody');
    assert.equal(order.status, 'pending');
    assert.equal(order.number, '5cf72f146967');
    assert.equal(order.lines[0]?.subscriptionId, 'fcddfa52-1da8-4529-d347-50ea51e1e7be');
  });

  reads('orders-list', (body) => {
    const [reservation, online] = toOrders(body, 'nobody');
    assert.equal(reservation?.status, 'pending');
    assert.equal(online?.createdAt.toISOString(), '2018-03-07T01:37:05.253Z');
    assert.equal(online?.lines[0]?.productId, 'E59159FC-6F67-4599-B3CB-17FF4020F643');
  });

  reads('product-by-id-azure', (body) => {
    const { title, publisher, isSoftware } = toProduct(body);
    assert.deepEqual([title, publisher, isSoftware], ['Virtual Machines DSv2 Series', 'Microsoft', false]);
  });

  reads('products-list-mixed-with-software', (body) => {
    const all = toProducts(body);
    const software = all.filter(({ isSoftware }) => isSoftware);
    assert.equal(all.length, 25);
    assert.deepEqual(
      software.map(({ title }) => title),
      [
        'SQL Server 2017 Standard Core',
        'SQL Server 2017 Enterprise Core',
        'Windows Server 2016 Standard',
        'Windows Server 2016 Client Access License',
        'Rights Management Services (RMS) 2016 CAL',
      ],
    );
  });

  reads('products-list-by-customer-skus', (body) => {
    const [first] = toSkus(body, '9DEA7946-EC2C-441E-9FFD-E3B275F7E838');
    assert.equal(first?.title, 'Microsoft Azure');
    assert.equal(first?.maximumQuantity, 1);
    assert.equal(first?.needsInventoryCheck, false);
  });

  reads('qualifications-approved', (body) => {
    assert.deepEqual(toQualifications(body), ['Education']);
    assert.deepEqual(segmentsFor(toQualifications(body)), ['commercial', 'education']);
  });
  reads('qualifications-denied', (body) => assert.deepEqual(toQualifications(body), []));

  reads('servicerequest-by-id', (body) => {
    assert.deepEqual(toTicket(body), {
      id: '616122292874576',
      status: 'open',
      title: 'TrialSR',
      description: 'Ignore this SR',
      lastNote: 'Sample Note',
    });
  });

  reads('servicerequest-create-response', (body) => assert.equal(toTicket(body).status, 'none'));

  reads('servicerequest-create-request', (body) => {
    const contact = { name: 'A B', email: 'a@example.com', phone: '1' };
    const ticket = { title: 'T', description: 'D', impact: 'critical', topic: 'X', contact } as const;
    const known = Object.keys(body as object).map((name) => name.toLowerCase());
    for (const name of Object.keys(fromTicket(ticket, '1'))) assert.ok(known.includes(name.toLowerCase()), name);
  });

  reads('servicerequest-support-topics', (body) => {
    assert.deepEqual(toTopics(body)[1], { id: '32444671', name: 'Cannot manage my profile' });
  });

  reads('sku-by-id-azure-reservation', (body) => {
    const sku = toSku(body, 'nothing');
    assert.equal(sku.productId, 'DZH318Z0BQ3V');
    assert.equal(sku.maximumQuantity, 999_999_999);
    assert.equal(sku.needsInventoryCheck, true);
    assert.equal(sku.needsAttestation, false);
    assert.deepEqual(toBillingCycles(body), ['one_time']);
  });
  reads('skus-list-azure-reservation', (body) => assert.ok(toSkus(body, 'DZH318Z0BQ5S').length >= 2));

  reads('sku-download-link', (body) => {
    assert.match(toDownloadLink(body).reveal(), /^https:\/\/download\.mp\.microsoft\.com\//);
  });

  reads('sku-download-options', (body) => {
    const [arabic, portuguese] = toDownloadOptions(body);
    assert.deepEqual(arabic, {
      id: 'AHYNSDUIJMIgQml0LCBJU08=',
      title: 'Access 2016',
      languageCode: 'ar-SA',
      languageName: 'Arabic (Saudi Arabia)',
      architecture: '32 Bit',
      sizeBytes: 465702912,
    });
    assert.equal(portuguese?.architecture, '64 Bit');
  });

  reads('subscription-by-id-azure', (body) => {
    assert.equal(toSubscription(body).cancellationAllowedUntilAt, undefined);
    assert.match(String(fromDeletion(body).etag), /^eyJ/);
  });
  reads('subscription-by-id-new-commerce', (body) => {
    const { status, cancellationAllowedUntilAt } = toSubscription(body);
    assert.equal(status, 'expired');
    assert.equal(cancellationAllowedUntilAt?.toISOString(), '2021-01-15T00:00:00.000Z');
  });

  reads('subscription-cancel-request', (body) => {
    const active = { ...(body as object), status: 'active' };
    assert.deepEqual(fromDeletion(active), { content: body, etag: undefined });
  });
  reads('subscription-cancel-response', (body) => {
    assert.equal(toSubscription(body).status, 'deleted');
    assert.equal(fromDeletion(body).etag, undefined, 'an empty etag is none');
  });

  reads('subscriptions-list-software', (body) => {
    assert.deepEqual(toSubscriptions(body), [
      {
        id: '924671ba-eab9-45d7-95ed-dbd9477f182b',
        orderId: '12345678901',
        status: 'active',
        cancellationAllowedUntilAt: new Date('2021-11-14T23:59:00Z'),
      },
    ]);
  });

  reads('validationstatus-allowed', (body) => assert.equal(toAccountStatus(body), 'Allowed'));
  reads('validationstatus-not-allowed', (body) => assert.equal(toAccountStatus(body), 'NotAllowed'));
});
