import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toAddressCheck, toCountryRules } from '../../src/partner-center/addresses.ts';
import {
  fromConfirmation,
  isDirectlySigned,
  toConfirmation,
  toConfirmations,
  toTemplate,
} from '../../src/partner-center/agreements.ts';
import { toAuditRecords, toOrderChanges } from '../../src/partner-center/audit-records.ts';
import { toAvailabilities } from '../../src/partner-center/availabilities.ts';
import { fromCorrection, toBillingProfile } from '../../src/partner-center/billing-profile.ts';
import { fromCartLine, toCart, toCheckout } from '../../src/partner-center/carts.ts';
import { toCustomerProfile, toCustomers } from '../../src/partner-center/customers.ts';
import { toDirectoryRoles } from '../../src/partner-center/directory-roles.ts';
import { toEntitlements } from '../../src/partner-center/entitlements.ts';
import { kindOf, readFailure } from '../../src/partner-center/errors.ts';
import { toEvent } from '../../src/partner-center/events.ts';
import { fromInventoryCheck, toRestrictions } from '../../src/partner-center/inventory.ts';
import { toDownloadLink, toDownloadOptions, toProductKey } from '../../src/partner-center/keys.ts';
import { fromCancellation, toOrder, toOrders } from '../../src/partner-center/orders.ts';
import { fromAddress } from '../../src/partner-center/postal-address.ts';
import { toBillingCycles, toProduct, toProducts, toSku, toSkus } from '../../src/partner-center/products.ts';
import { toProvisioning } from '../../src/partner-center/provisioning.ts';
import { segmentsFor, toQualifications, toVetting } from '../../src/partner-center/qualifications.ts';
import { toAccountStatus } from '../../src/partner-center/readiness.ts';
import { fromNote, fromTicket, toTicket, toTopics } from '../../src/partner-center/service-requests.ts';
import { fromDeletion, toSubscription, toSubscriptions } from '../../src/partner-center/subscriptions.ts';
import { toToken } from '../../src/partner-center/token-endpoint.ts';
import { fromRegistration, toRegistration, toTestResult } from '../../src/partner-center/webhooks.ts';

/** Bodies that Microsoft published or clients recorded. They are not part of this repository. */
const samples = resolve(import.meta.dirname, '../../../shared/reference/samples');

const covered = new Set<string>();

/** A test that reads one of them; all of them are skipped where the folder is missing. */
function reads(file: string, check: (body: unknown) => void): void {
  covered.add(`${file}.json`);
  it(file, () => check(JSON.parse(readFileSync(resolve(samples, `${file}.json`), 'utf8'))));
}

describe('the published samples', () => {
  before(function () {
    if (existsSync(samples)) return;
    // Skipped is not proved: `.ci/run` sets REQUIRE_SAMPLES, so that it fails without them.
    if (!process.env.REQUIRE_SAMPLES) this.skip();
    assert.fail(`The samples are not there: put the folder reference/samples at ${samples}`);
  });

  reads('artifact-product-key', (body) => {
    assert.equal(toProductKey(body)?.reveal(), 'ABCDE-FGHIJ-12345-67890-KLMNP');
  });

  reads('agreement-direct-sign-status', (body) => assert.equal(isDirectlySigned(body), true));
  reads('agreements-confirmed-list', (body) => {
    const [newest, first] = toConfirmations(body);
    assert.equal(newest?.agreedAt?.toISOString(), '2019-08-27T00:00:00.000Z');
    assert.equal(first?.agreedAt?.toISOString(), '2019-08-26T00:00:00.000Z');
    assert.deepEqual(newest?.contact, {
      firstName: 'Tania',
      lastName: 'Carr',
      email: 'SomeEmail@example.com',
      phoneNumber: '5555550100',
    });
  });
  reads('agreements-metadata-mca', (body) => {
    assert.deepEqual(toTemplate(body), {
      templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
      link: 'https://aka.ms/customeragreement',
    });
  });

  const confirmed = {
    contact: { firstName: 'Tania', lastName: 'Carr', email: 'someone@example.com', phoneNumber: '5555550100' },
    agreedAt: new Date('2018-06-14T00:00:00Z'),
  };
  reads('agreement-confirm-request', (body) => {
    assert.deepEqual(fromConfirmation(confirmed, '117a77b0-9360-443b-8795-c6dedc750cf9'), body);
  });
  reads('agreement-confirm-response', (body) => assert.deepEqual(toConfirmation(body), confirmed));

  reads('address-validation-verified', (body) => {
    const { isVerified, status, suggestions } = toAddressCheck(body);
    assert.deepEqual([isVerified, status], [true, 'VerifiedShippable']);
    assert.deepEqual(suggestions, [
      { line1: '1 Microsoft Way', city: 'Redmond', state: 'WA', postalCode: '98052-8300', country: 'US' },
    ]);
    const [suggestion] = suggestions;
    const { originalAddress } = body as { originalAddress: object };
    assert.deepEqual(suggestion && fromAddress({ ...suggestion, postalCode: '98052' }), originalAddress);
  });

  reads('countryvalidationrules-us', (body) => {
    const { states, postalCodePattern = '', phonePattern = '', ...rules } = toCountryRules(body, '??');
    assert.deepEqual(rules, {
      country: 'US',
      isStateRequired: true,
      isCityRequired: true,
      isPostalCodeRequired: true,
      callingCodes: ['1'],
      cultures: ['en-US', 'es-US'],
      languages: ['en', 'es'],
    });
    assert.equal(states.length, 51);
    assert.match('98052-8300', new RegExp(postalCodePattern));
    assert.doesNotMatch('9805', new RegExp(postalCodePattern));
    assert.match('(425) 555-0100', new RegExp(phonePattern));
  });

  reads('customer-billing-profile', (body) => {
    const profile = toBillingProfile(body);
    assert.deepEqual(profile, {
      companyName: 'CompanyName',
      contact: { firstName: 'FirstName', lastName: 'LastName', email: 'user@example.com', phoneNumber: '5555550100' },
      address: { line1: '1 Microsoft Way', city: 'Redmond', state: 'WA', postalCode: '98052', country: 'US' },
      etag: '<etag>',
    });
    assert.ok(profile.address);
    assert.deepEqual(fromCorrection(body, profile.address), body, 'the same address changes nothing');
  });

  reads('directoryroles-of-user', (body) => {
    assert.deepEqual(toDirectoryRoles(body), [
      { id: '729827e3-9c14-49f7-bb1b-9608f156bbb8', name: 'Helpdesk Administrator' },
      { id: 'fe930be7-5e62-47db-91af-98c3a49a38b1', name: 'User Account Administrator' },
    ]);
  });

  reads('order-provisioning-status', (body) => {
    assert.deepEqual(toProvisioning(body), [
      { lineNumber: 0, status: 'fulfilled', quantities: [{ quantity: 1, status: 'fulfilled' }] },
    ]);
  });

  const ids = {
    customer: '0c39d6d5-c70d-4c55-bc02-f620844f3fd1',
    subscription: '488745B5-2086-4912-802C-6ABB9F7C3638',
  };
  reads('webhook-event-subscription-updated', (body) => {
    const at = new Date('2017-11-16T16:19:06.352Z');
    assert.deepEqual(toEvent(body), { name: 'subscription-updated', at }, 'placeholders are no ids');
    const written = JSON.stringify(body)
      .replace('{{CustomerId}}', ids.customer)
      .replace('{{SubscriptionId}}', ids.subscription);
    assert.deepEqual(toEvent(JSON.parse(written)), {
      name: 'subscription-updated',
      customerId: ids.customer,
      subscriptionId: ids.subscription,
      at,
    });
  });
  reads('webhook-event-test-created', (body) => {
    assert.deepEqual(toEvent(body), { name: 'test-created', at: new Date('2017-11-16T16:19:06.352Z') });
  });

  const callback = '{{YourCallbackUrl}}';
  const events = ['subscription-updated', 'test-created'];
  reads('webhook-registration-request', (body) => assert.deepEqual(fromRegistration(callback, events), body));
  reads('webhook-registration-response', (body) => {
    const subscriberId = 'e82cac64-dc67-4cd3-849b-78b6127dd57d';
    assert.deepEqual(toRegistration(body), { url: callback, events, subscriberId });
  });
  reads('webhook-validation-event-status', (body) => {
    assert.deepEqual(toTestResult(body), {
      status: 'completed',
      attempts: [{ code: 'OK', message: '', isSystemError: false, at: new Date('2017-12-08T21:39:48.238Z') }],
    });
  });

  reads('auditrecords-by-customer', (body) => {
    const [order, licence] = toAuditRecords(body);
    assert.deepEqual(order, {
      at: new Date('2017-06-15T22:56:05.058Z'),
      customerId: '0c39d6d5-c70d-4c55-bc02-f620844f3fd1',
      customerName: 'Relecloud',
      who: 'user@example.com',
      operation: 'create_order',
      status: 'succeeded',
      resource: 'order',
      orderId: 'd51a052e-043c-4a2a-aa37-2bb938cef6c1',
    });
    assert.deepEqual([licence?.operation, licence?.orderId], ['update_customer_user_licenses', undefined]);
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

  const retired = 'https://graph.windows.net';
  for (const [file, resource, scope] of [
    ['auth-app-only-token', retired, undefined],
    ['auth-app-user-token', 'https://api.partnercenter.microsoft.com', 'user_impersonation'],
  ] as const) {
    reads(file, (body) => {
      const token = toToken(body);
      assert.equal(token.access.reveal(), '<removed>');
      assert.equal(token.lifeSeconds, 3600);
      assert.deepEqual([token.resource, token.scope, token.refresh], [resource, scope, undefined]);
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

  reads('cart-create-request', (body) => {
    const perpetual = { catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', quantity: 1, billingCycle: 'one_time' };
    const [sent] = fromCartLine(perpetual).lineItems;
    const { lineItems } = body as { lineItems: object[] };
    assert.deepEqual({ ...sent, id: 3 }, lineItems[3], 'without a term');
  });
  reads('cart-create-attestation-request', (body) => {
    const { lineItems } = body as { lineItems: { participants?: unknown }[] };
    const { participants: _, ...published } = lineItems[1] ?? {};
    const line = { catalogItemId: 'CFQ7TTC0LFLS:0002:CFQ7TTC0KDLJ', quantity: 2, billingCycle: 'monthly' };
    const [sent] = fromCartLine({ ...line, termDuration: 'P1Y' }).lineItems;
    assert.deepEqual({ ...sent, id: 1 }, published);
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

  reads('inventory-check-request', (body) => {
    const sent = fromInventoryCheck('d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d', 'DZH318Z0BQ3P', '0039');
    const published = body as { TargetItems: object[]; InventoryContext: { customerId: string } };
    assert.deepEqual({ ...published.TargetItems[0], SkuId: '0039' }, { ProductId: 'DZH318Z0BQ3P', SkuId: '0039' });
    assert.equal(sent.inventoryContext.customerId, published.InventoryContext.customerId);
    assert.deepEqual(
      Object.keys(sent).map((name) => name.toLowerCase()),
      Object.keys(published).map((name) => name.toLowerCase()),
    );
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
  reads('qualifications-denied', (body) => {
    assert.deepEqual(toQualifications(body), []);
    assert.deepEqual(toVetting(body), [
      {
        qualification: 'Education',
        status: 'denied',
        reason: 'Not an Education Customer',
        since: new Date('2020-12-03T10:37:38.885Z'),
      },
    ]);
  });

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

  reads('servicerequest-update-request', (body) => {
    const published = body as { NewNote: { Text: string } };
    const sent = fromNote(published.NewNote.Text);
    assert.deepEqual(sent, { newNote: { text: 'Sample Note' } });
    assert.ok('newnote' in Object.fromEntries(Object.keys(body as object).map((name) => [name.toLowerCase(), true])));
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

  it('are all read', () => {
    const bodies = readdirSync(samples).filter((file) => file !== 'README.md');
    assert.deepEqual(
      bodies.filter((file) => !covered.has(file)),
      [],
    );
  });
});
