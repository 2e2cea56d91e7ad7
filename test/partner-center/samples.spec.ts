import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { areLinesCancelled } from '../../src/domain/orders/order.ts';
import { toToken } from '../../src/microsoft/oauth/token-endpoint.ts';
import { toAuditRecords, toOrderRecords } from '../../src/partner-center/audit/audit-records.ts';
import { toAddressCheck, toCountryRules } from '../../src/partner-center/billing/addresses.ts';
import { toBillingProfile } from '../../src/partner-center/billing/billing-profile.ts';
import { fromAddress } from '../../src/partner-center/billing/postal-address.ts';
import { toAvailabilities } from '../../src/partner-center/catalog/availabilities.ts';
import { fromInventoryCheck, toRestrictions } from '../../src/partner-center/catalog/inventory.ts';
import { toBillingCycles, toProduct, toProducts, toSku, toSkus } from '../../src/partner-center/catalog/products.ts';
import { kindOf } from '../../src/partner-center/client/errors.ts';
import { readFailure } from '../../src/partner-center/client/failure-body.ts';
import { pathOf } from '../../src/partner-center/client/links.ts';
import {
  fromConfirmation,
  isDirectlySigned,
  metadata,
  toConfirmations,
  toTemplate,
} from '../../src/partner-center/customers/agreements.ts';
import { toCustomerProfile, toCustomers } from '../../src/partner-center/customers/customer-resource.ts';
import { segmentsFor, toQualifications, toVetting } from '../../src/partner-center/customers/qualifications.ts';
import { toAccountStatus } from '../../src/partner-center/customers/readiness.ts';
import { toEntitlements } from '../../src/partner-center/keys/entitlements.ts';
import {
  downloadOptions,
  toDownloadLink,
  toDownloadOptions,
  toProductKey,
} from '../../src/partner-center/keys/keys.ts';
import { fromCartLines, toCart, toCheckout } from '../../src/partner-center/orders/carts.ts';
import { fromCancellation, toOrder, toOrders } from '../../src/partner-center/orders/orders.ts';
import { fromDeletion, toSubscription, toSubscriptions } from '../../src/partner-center/orders/subscriptions.ts';
import { fromTicket, toTicket, toTopics } from '../../src/partner-center/tickets/service-requests.ts';
import { toEvent } from '../../src/partner-center/webhooks/receiver.ts';
import { fromRegistration, toRegistration, toTestResult } from '../../src/partner-center/webhooks/registration.ts';
import { skip } from '../support/skip.ts';

/** Bodies that Microsoft published or clients recorded. They are not part of this repository. */
const samples = resolve(import.meta.dirname, '../../../shared/reference/samples');

const covered = new Set<string>();

/** A test that reads one of them; all of them are skipped where the folder is missing. */
function reads(file: string, check: (body: unknown) => void): void {
  covered.add(`${file}.json`);
  it(file, () => check(JSON.parse(readFileSync(resolve(samples, `${file}.json`), 'utf8'))));
}

/** Objects with their property names in lower case, as the service reads them. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), lowered(inner)]));
}

/** A published object without what the client has no use for. */
function without<T extends object>(published: T | undefined, ...names: string[]): Partial<T> {
  return Object.fromEntries(Object.entries(published ?? {}).filter(([name]) => !names.includes(name))) as Partial<T>;
}

describe('the published samples', () => {
  before(function () {
    if (existsSync(samples)) return;
    // Skipped is not proved: `.ci/run` sets REQUIRE_SAMPLES, so that it fails without them.
    if (!process.env.REQUIRE_SAMPLES) skip(this, 'the published samples are not there');
    assert.fail(`The samples are not there: put the folder reference/samples at ${samples}`);
  });

  reads('artifact-product-key', (body) => {
    assert.equal(toProductKey(body)?.reveal(), 'ABCDE-FGHIJ-12345-67890-KLMNP');
  });

  reads('agreement-direct-sign-status', (body) => assert.equal(isDirectlySigned(body), true));
  reads('agreements-confirmed-list', (body) => {
    const contact = { firstName: 'Tania', lastName: 'Carr', email: 'SomeEmail@example.com', phoneNumber: '5555550100' };
    assert.deepEqual(toConfirmations(body), [
      { contact, agreedAt: new Date('2019-08-27T00:00:00Z') },
      { contact, agreedAt: new Date('2019-08-26T00:00:00Z') },
    ]);
  });
  reads('agreements-metadata-mca', (body) => {
    assert.deepEqual(toTemplate(metadata.parse(body)), {
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
  reads('agreement-confirm-response', (body) => assert.deepEqual(toConfirmations([body]), [confirmed]));

  reads('address-validation-verified', (body) => {
    const { isVerified, suggestions } = toAddressCheck(body);
    assert.equal(isVerified, true);
    assert.deepEqual(suggestions, [
      { line1: '1 Microsoft Way', city: 'Redmond', state: 'WA', postalCode: '98052-8300', country: 'US' },
    ]);
    const [suggestion] = suggestions;
    const { originalAddress } = body as { originalAddress: object };
    assert.deepEqual(suggestion && fromAddress({ ...suggestion, postalCode: '98052' }), originalAddress);
  });

  reads('countryvalidationrules-us', (body) => {
    const rules = toCountryRules(body);
    assert.deepEqual(rules, {
      isStateRequired: true,
      states: [
        ...['AK', 'AL', 'AR', 'AZ', 'CA', 'CO', 'CT', 'DC', 'DE', 'FL', 'GA', 'HI', 'IA', 'ID', 'IL', 'IN', 'KS'],
        ...['KY', 'LA', 'MA', 'MD', 'ME', 'MI', 'MN', 'MO', 'MS', 'MT', 'NC', 'ND', 'NE', 'NH', 'NJ', 'NM', 'NV'],
        ...['NY', 'OH', 'OK', 'OR', 'PA', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VA', 'VT', 'WA', 'WI', 'WV', 'WY'],
      ],
      isPostalCodeRequired: true,
      postalCodePattern: '^\\d{5}(-\\d{4})?$',
    });
    const { postalCodePattern = '' } = rules;
    assert.match('98052-8300', new RegExp(postalCodePattern));
    assert.doesNotMatch('9805', new RegExp(postalCodePattern));
  });

  reads('customer-billing-profile', (body) => {
    assert.deepEqual(toBillingProfile(body), {
      contact: { firstName: 'FirstName', lastName: 'LastName', email: 'user@example.com', phoneNumber: '5555550100' },
    });
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
    const same = {
      customerId: '0c39d6d5-c70d-4c55-bc02-f620844f3fd1',
      customerName: 'Relecloud',
      who: 'user@example.com',
      status: 'succeeded',
    };
    assert.deepEqual(toAuditRecords(body), [
      {
        ...same,
        at: new Date('2017-06-15T22:56:05.058Z'),
        operation: 'create_order',
        resource: 'order',
        orderId: 'd51a052e-043c-4a2a-aa37-2bb938cef6c1',
      },
      {
        ...same,
        at: new Date('2017-06-01T20:09:07.045Z'),
        operation: 'update_customer_user_licenses',
        resource: 'license',
      },
    ]);
    const orderId = 'd51a052e-043c-4a2a-aa37-2bb938cef6c1';
    const order = { customerId: '0c39d6d5-c70d-4c55-bc02-f620844f3fd1', orderId, isChange: false };
    const [made, ...others] = toOrderRecords(body).records;
    assert.deepEqual(others, []);
    assert.deepEqual({ ...made, ...order }, made, 'a created order is no change');
    const written = JSON.stringify(body).replace('create_order', 'update_order');
    const [changed] = (JSON.parse(written) as { items: object[] }).items;
    for (const record of [changed, without(changed, 'customizedData'), without(changed, 'resourceNewValue')]) {
      const [told] = toOrderRecords([record]).records;
      const at = new Date('2017-06-15T22:56:05.058Z');
      assert.deepEqual(
        { ...told, ...order, isChange: true, at },
        told,
        'by the facts of the record, and by what is inside the resource',
      );
      assert.equal(toAuditRecords([record])[0]?.orderId, 'd51a052e-043c-4a2a-aa37-2bb938cef6c1');
    }
  });

  for (const file of ['auth-app-only-token', 'auth-app-user-token']) {
    reads(file, (body) => {
      const token = toToken(body);
      assert.equal(token.access.reveal(), '<removed>');
      assert.equal(token.lifeSeconds, 3600);
      assert.equal(token.refresh, undefined);
      const renewed = toToken({ ...(body as object), expires_in: '1800', refresh_token: 'another' });
      assert.deepEqual([renewed.lifeSeconds, renewed.refresh?.reveal()], [1800, 'another']);
    });
  }

  reads('availabilities-list', (body) => {
    assert.deepEqual(toAvailabilities(body, { cycles: ['one_time'], asked: 'education' }), [
      {
        catalogItemId: 'DZH318Z0BQ3Q:0001:DZH318XZXVNF',
        productId: 'DZH318Z0BQ3Q',
        skuId: '0001',
        segment: 'commercial',
        country: 'US',
        currency: 'USD',
        isPurchasable: true,
        terms: [{ duration: 'P1Y', billingCycle: 'one_time' }],
      },
    ]);
  });

  reads('availability-with-cancellation-policy', (body) => {
    assert.deepEqual(toAvailabilities([body]), [
      {
        catalogItemId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
        productId: 'CFQ7TTC0LH18',
        skuId: '0001',
        segment: 'commercial',
        country: 'US',
        currency: 'USD',
        isPurchasable: true,
        terms: [{ duration: 'P1Y', billingCycle: 'annual', refundOptions: [{ type: 'full', expiresAfter: 'P1D' }] }],
      },
    ]);
  });

  reads('cart-checkout-response', (body) => {
    const same = { customerId: '28045616-f6b9-462f-9701-0d89b5e65c44', currency: 'USD' };
    assert.deepEqual(toCheckout(body, 'nobody'), {
      orders: [
        {
          ...same,
          id: '3c6f2530-1e31-4088-8230-dd1c31a18bce',
          number: '3c6f2530-1e31-4088-8230-dd1c31a18bce',
          createdAt: new Date('2019-01-16T00:48:44.760Z'),
          status: 'completed',
          lines: [
            {
              number: 0,
              catalogItemId: 'MS-AZR-0145P',
              productId: 'MS-AZR-0145P',
              skuId: '',
              title: 'Microsoft Azure',
              quantity: 1,
              termDuration: 'P1Y',
              subscriptionId: 'ef2e1307-86e6-40e3-a794-872403fbd31c',
            },
          ],
        },
        {
          ...same,
          id: '311qiN8iFwkv-XARWMvXRYAwYKMACVqv1',
          number: '0a3624c6e47d',
          createdAt: new Date('2019-01-16T00:48:51.657Z'),
          status: 'pending',
          lines: [
            {
              number: 0,
              catalogItemId: 'DZH318Z0BQ36:004G:DZH318Z08C0S',
              productId: 'DZH318Z0BQ36',
              skuId: '004G',
              title: 'Reserved VM Instance, Standard_NV12, US East 2, 1 Year',
              quantity: 1,
              termDuration: 'P1Y',
            },
            {
              number: 1,
              catalogItemId: 'DZH318Z0BQ36:004J:DZH318Z08B8X',
              productId: 'DZH318Z0BQ36',
              skuId: '004J',
              title: 'Reserved VM Instance, Standard_NV12, US East 2, 3 Years',
              quantity: 1,
              termDuration: 'P3Y',
            },
            {
              number: 2,
              catalogItemId: 'DG7GMGF0DWM3:0002:DG7GMGF0DT1M',
              productId: 'DG7GMGF0DWM3',
              skuId: '0002',
              title: 'BizTalk Server 2016 Branch',
              quantity: 1,
            },
          ],
        },
        {
          ...same,
          id: 'HVu_cO8Ea7fNRQP4ia1QTpZap-kg_7P71',
          number: '55a4e6854d54',
          createdAt: new Date('2019-01-16T00:48:44.451Z'),
          status: 'pending',
          lines: [
            {
              number: 0,
              catalogItemId: 'DZH318Z0BXWC:0002:DZH318Z0BMRV',
              productId: 'DZH318Z0BXWC',
              skuId: '0002',
              title: 'Barracuda WaaS - Medium Plan',
              quantity: 1,
              termDuration: 'P1M',
            },
          ],
        },
      ],
      errors: [],
    });
  });

  reads('cart-create-response', (body) => {
    assert.deepEqual(toCart(body), {
      id: '3655b1a0-b1c9-4268-9824-577fdbc4d0be',
      status: 'Active',
      expiresAt: new Date('2019-01-16T01:00:54.418Z'),
      lineErrors: [],
    });
  });
  reads('cart-create-attestation-response', (body) => {
    assert.deepEqual(toCart(body), {
      id: '3e22b548-647d-4223-9675-1fcb6cb57665',
      status: 'Active',
      expiresAt: new Date('2021-08-25T17:30:11.240Z'),
      lineErrors: [],
    });
  });

  reads('cart-create-request', (body) => {
    const { lineItems } = body as { lineItems: object[] };
    const lineOf = (at: number) => ({ ...lineItems[at], id: 0 });
    const perpetual = { catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', quantity: 1, billingCycle: 'one_time' };
    assert.deepEqual(fromCartLines([perpetual]), { lineItems: [lineOf(3)] }, 'without a term');
    const monthly = { catalogItemId: 'DZH318Z0BXWC:0002:DZH318Z0BMRV', quantity: 1, billingCycle: 'monthly' };
    assert.deepEqual(fromCartLines([{ ...monthly, termDuration: 'P1M' }]), { lineItems: [lineOf(4)] });
    const ten = { catalogItemId: 'DZH318Z0C0WF:0001:DZH318Z0BP69', quantity: 10, billingCycle: 'none' };
    const published = without(lineOf(5), 'renewsTo');
    assert.deepEqual(fromCartLines([{ ...ten, termDuration: 'P1M' }]), { lineItems: [published] });
  });
  reads('cart-create-attestation-request', (body) => {
    const { lineItems } = body as { lineItems: object[] };
    const published = { ...without(lineItems[1], 'participants'), id: 0 };
    const line = { catalogItemId: 'CFQ7TTC0LFLS:0002:CFQ7TTC0KDLJ', quantity: 2, billingCycle: 'monthly' };
    assert.deepEqual(fromCartLines([{ ...line, termDuration: 'P1Y' }]), { lineItems: [published] });
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
    const { contact } = toBillingProfile((body as { billingProfile: unknown }).billingProfile);
    assert.deepEqual(contact, {
      firstName: 'd0d89d776d03471c819bf772191ed728',
      lastName: 'kjkAJJAAAAAAAAAAAAAAAAAAAA',
      email: 'user@example.com',
      phoneNumber: '5555550100',
    });
    for (const name of ['billingProfile', 'companyProfile']) {
      assert.equal(toCustomerProfile(without(body as object, name)).country, 'US', `without ${name}`);
    }
  });

  reads('customers-filter-starts-with', (body) => {
    const relationship = 'reseller';
    assert.deepEqual(toCustomers(body), [
      {
        id: 'c5757d70-06f3-4f23-8367-5a9e55019f94',
        name: 'Contoso190',
        domain: 'contoso190.onmicrosoft.com',
        relationship,
      },
      {
        id: '7b26b357-9ca3-48b8-a58e-4febe2662a5d',
        name: 'Contoso',
        domain: 'ContosoCorpCo.onmicrosoft.com',
        relationship,
      },
      {
        id: 'bfbd6ef0-311f-47ec-bbd7-0fcb7846661b',
        name: 'Contoso',
        domain: 'contosocorpdemo.onmicrosoft.com',
        relationship,
      },
    ]);
  });
  reads('customers-list', (body) => {
    const relationship = 'reseller';
    assert.deepEqual(toCustomers(body), [
      { id: 'b44bb1fb-c595-45b0-9e09-d657365580bf', name: 'companyName', domain: 'domain', relationship },
      { id: '45c44870-ef77-4fdd-b6fe-3dacb075cff2', name: 'companyName', domain: 'domain', relationship },
    ]);
    const { items } = body as { items: unknown[] };
    for (const item of items) assert.equal(toCustomerProfile(item).relationship, 'reseller');
  });

  reads('entitlements-software-with-expiry', (body) => {
    const version = (productId: string, skuId: string) => ({ productId, skuId, title: `${productId}:${skuId}` });
    const same = { orderId: '4teYMtWYEeKM77JftGLIQYMOZPTwyOEV1', orderNumber: '8f3af3dea1ea', quantity: 1 };
    assert.deepEqual(toEntitlements(body), [
      {
        ...same,
        lineNumber: 0,
        productId: 'DG7GMGF0DWM3',
        skuId: '0002',
        versions: [version('DG7GMGF0DWM3', '0002'), version('DG7GMGF0DWM2', '0001'), version('DG7GMGF0DWMK', '0001')],
      },
      {
        ...same,
        lineNumber: 1,
        productId: 'DG7GMGF0DWBQ',
        skuId: '0003',
        expiresAt: new Date('2022-01-28T00:00:00Z'),
        versions: [version('DG7GMGF0DWBQ', '0003'), version('DG7GMGF0DWV1', '0002'), version('DG7GMGF0DWV2', '0002')],
      },
    ]);
  });

  reads('entitlements-with-product-key-artifacts', (body) => {
    const customer = '/customers/18ac2950-8ea9-4dfc-92a4-ff4d4cd57796';
    const line = '0095a02f-1b12-4bb3-a805-f2b71b055ea7';
    const items = `${customer}/artifacts/productkey/groups/2caf524395724e638ef64e109f1f79ca/lineitems/${line}/items`;
    const version = (productId: string, skuId: string) => ({
      ...{ productId, skuId, title: `${productId}:${skuId}`, keyState: 'Active' },
      keyRef: `${items}/${productId}:${skuId}:${line}`,
    });
    const found = toEntitlements(body);
    assert.deepEqual(
      found,
      [
        {
          orderId: 'NUXMSvmS20EQ4kFsZmzkSqb747fqKmNk1',
          lineNumber: 0,
          productId: 'DG7GMGF0DWTK',
          skuId: '0002',
          quantity: 1,
          versions: [version('DG7GMGF0DWTK', '0002'), version('DG7GMGF0DWTJ', '0001'), version('DG7GMGF0DWLG', '0002')],
        },
      ],
      'the reserved instance is no software',
    );
    const { keyRef = '' } = found[0]?.versions[0] ?? {};
    assert.equal(pathOf(keyRef, 'https://api.partnercenter.microsoft.com', 'getProductKey'), `/v1${keyRef}`);
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
      "We're sorry, it looks like you've run out of licenses. Buy more licenses, and then try again. LicenseQuotaExceededException : Subscription with Account 0c39d6d5-c70d-4c55-bc02-f620844f3fd1 and SKU f8a1db68-be16-40ed-86d5-cb42ce701560 does not have any available licenses left.",
    ],
  ];
  for (const [file, status, code, kind, description] of failures) {
    reads(file, (body) => {
      assert.deepEqual(readFailure(body), { ...(code ? { code } : {}), description });
      assert.equal(kindOf(status, code), kind);
    });
  }

  reads('inventory-check-response', (body) => {
    const said = "Restriction identified of type 'Location' with values 'japanwest'. (NotAvailableForSubscription)";
    const restriction = { said, places: ['japanwest'] };
    assert.deepEqual(toRestrictions(body, 'DZH318Z0BQ3P', '0039'), [restriction]);
    assert.deepEqual(toRestrictions(body, 'DZH318Z0BQ3P', '0038'), [restriction]);
    assert.deepEqual(toRestrictions(body, 'DZH318Z0BQ3P', '000S'), []);
    assert.deepEqual(toRestrictions(body, 'DZH318Z0BQ3P', '0011'), []);
    assert.deepEqual(toRestrictions(body, 'DZH318Z0BQ3Q', '0039'), [], 'of another product');
  });

  reads('inventory-check-request', (body) => {
    const sent = fromInventoryCheck('d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d', 'DZH318Z0BQ3P', '0039');
    const published = body as { TargetItems: object[]; InventoryContext: object };
    const whole = {
      TargetItems: published.TargetItems.map((item) => ({ ...item, SkuId: '0039' })),
      InventoryContext: without(published.InventoryContext, 'azureSubscriptionId', 'armRegionName'),
    };
    assert.deepEqual(lowered(sent), lowered(whole));
  });

  reads('order-by-id', (body) => {
    assert.deepEqual(toOrder(body, 'nobody'), {
      id: 'YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1',
      number: 'YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1',
      customerId: 'b0d70a69-4c42-4b27-b17b-91a835d8686a',
      createdAt: new Date('2018-03-13T22:49:54.339Z'),
      status: 'completed',
      currency: 'USD',
      lines: [
        {
          number: 0,
          catalogItemId: 'DZH318Z0BQ4Z:002L:DZH318Z0CMNP',
          productId: 'DZH318Z0BQ4Z',
          skuId: '002L',
          title: 'Reserved_VM_Instance_Standard_NC12_AU_East_1_Year',
          quantity: 1,
        },
      ],
    });
  });

  reads('order-cancel-software-request', (body) => {
    const lines = [{ number: 0, catalogItemId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }];
    assert.deepEqual(fromCancellation('2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', lines), body);
    assert.deepEqual(
      fromCancellation('2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', []),
      without(body as object, 'lineItems'),
      'the whole order',
    );
  });

  reads('order-cancel-software-response', (body) => {
    const order = toOrder(body, 'nobody');
    assert.deepEqual(order, {
      id: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1',
      number: 'c403d91b21d2',
      customerId: '45411344-b09d-47e7-9653-542006bf9766',
      createdAt: new Date('2019-12-12T17:33:56.130Z'),
      status: 'completed',
      currency: 'USD',
      lines: [
        {
          number: 0,
          catalogItemId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS',
          productId: 'DG7GMGF0FKZV',
          skuId: '0003',
          title: 'SQL Server Enterprise - 2 Core License Pack - 3 year',
          quantity: 0,
          termDuration: 'P3Y',
        },
        {
          number: 1,
          catalogItemId: 'DG7GMGF0DVT7:000C:DG7GMGF0FVZM',
          productId: 'DG7GMGF0DVT7',
          skuId: '000C',
          title: 'Windows Server CAL - 1 Device CAL - 3 year',
          quantity: 1,
          termDuration: 'P3Y',
        },
      ],
    });
    assert.deepEqual([areLinesCancelled(order, [0]), areLinesCancelled(order, [1])], [true, false]);
  });

  reads('order-create-response-pending', (body) => {
    assert.deepEqual(toOrder(body, 'nobody'), {
      id: '5cf72f146967',
      number: '5cf72f146967',
      customerId: 'f81d98dd-c2f4-499e-a194-5619e260344e',
      createdAt: new Date('2021-08-17T18:13:11.312Z'),
      status: 'pending',
      currency: 'USD',
      lines: [
        {
          number: 0,
          catalogItemId: 'CFQ7TTC0LH0Z:0001:CFQ7TTC0K18P',
          productId: 'CFQ7TTC0LH0Z',
          skuId: '0001',
          title: 'AI Builder Capacity add-on',
          quantity: 1,
          termDuration: 'P1M',
          subscriptionId: 'fcddfa52-1da8-4529-d347-50ea51e1e7be',
        },
      ],
    });
  });

  reads('orders-list', (body) => {
    const same = { customerId: 'b0d70a69-4c42-4b27-b17b-91a835d8686a', currency: 'USD' };
    assert.deepEqual(toOrders(body, 'nobody'), [
      {
        ...same,
        id: '9qg-ErcO-4MPbPqq_3MIQaS7bn8W6HfG1',
        number: '9qg-ErcO-4MPbPqq_3MIQaS7bn8W6HfG1',
        createdAt: new Date('2018-03-15T02:17:15.645Z'),
        status: 'pending',
        lines: [
          {
            number: 0,
            catalogItemId: 'DZH318Z0BQ4B:000Z:DZH318Z0DSPL',
            productId: 'DZH318Z0BQ4B',
            skuId: '000Z',
            title: 'Reserved_VM_Instance_Standard_D1_AP_East_1_Year',
            quantity: 1,
          },
        ],
      },
      {
        ...same,
        id: 'eeba9d00-7b46-443a-917e-22887a8fc993',
        number: 'eeba9d00-7b46-443a-917e-22887a8fc993',
        createdAt: new Date('2018-03-07T01:37:05.253Z'),
        status: 'completed',
        lines: [
          {
            number: 0,
            catalogItemId: 'E59159FC-6F67-4599-B3CB-17FF4020F643',
            productId: 'E59159FC-6F67-4599-B3CB-17FF4020F643',
            skuId: '',
            title: 'Azure Active Directory Premium P2',
            quantity: 1,
            subscriptionId: 'db8c695b-1c3c-4c55-b697-771503dd46bf',
          },
        ],
      },
    ]);
  });

  reads('product-by-id-azure', (body) => {
    const known = { id: 'DZH318Z0BQ3Q', title: 'Virtual Machines DSv2 Series', isSoftware: false };
    assert.deepEqual(toProduct(body), { ...known, publisher: 'Microsoft' });
    for (const name of ['publisherName', 'isMicrosoftProduct']) {
      assert.equal(toProduct(without(body as object, name)).publisher, 'Microsoft', `without ${name}`);
    }
  });

  reads('products-list-mixed-with-software', (body) => {
    const azure = [
      ['9DEA7946-EC2C-441E-9FFD-E3B275F7E838', 'Windows Azure Global'],
      ['DZH318Z0BQ4C', 'DSv2 Series'],
      ['DZH318Z0BQ4B', 'D Series'],
      ['DZH318Z0BQ4Z', 'NC Series'],
      ['DZH318Z0BQ4R', 'ESv3 Series'],
      ['DZH318Z0BQ4X', 'Fv2 Series'],
      ['DZH318Z0BQ4P', 'FS Series'],
      ['DZH318Z0BQ4S', 'DS Series'],
      ['DZH318Z0BQ4W', 'M Series'],
      ['DZH318Z0BQ4L', 'Ev3 Series'],
      ['DZH318Z0BQ4V', 'L Series'],
      ['DZH318Z0BQ4K', 'Dv3 Series'],
      ['DZH318Z0BQ34', 'Dv2 Series'],
      ['DZH318Z0BQ5B', 'ND Series'],
      ['DZH318Z0BQ4J', 'H Series'],
      ['DZH318Z0BQ35', 'B Series'],
      ['DZH318Z0BQ4T', 'NV Series'],
      ['DZH318Z0BQ51', 'F Series'],
      ['DZH318Z0BQ5T', 'NCv2 Series'],
      ['DZH318Z0BQ50', 'DSv3 Series'],
    ].map(([id, title]) => ({ id, title, publisher: '', isSoftware: false }));
    const software = [
      ['DG7GMGF0DWBM', 'SQL Server 2017 Standard Core'],
      ['DG7GMGF0DWBQ', 'SQL Server 2017 Enterprise Core'],
      ['DG7GMGF0DWT5', 'Windows Server 2016 Standard'],
      ['DG7GMGF0DS1K', 'Windows Server 2016 Client Access License'],
      ['DG7GMGF0DWSN', 'Rights Management Services (RMS) 2016 CAL'],
    ].map(([id, title]) => ({ id, title, publisher: '', isSoftware: true }));
    assert.deepEqual(toProducts(body), [...azure, ...software]);
  });

  reads('products-list-by-customer-skus', (body) => {
    const same = { minimumQuantity: 1, maximumQuantity: 1, needsInventoryCheck: false, needsAttestation: false };
    assert.deepEqual(
      toSkus(body, 'nothing'),
      [
        {
          ...same,
          productId: '9DEA7946-EC2C-441E-9FFD-E3B275F7E838',
          id: 'MS-AZR-0145P',
          title: 'Microsoft Azure',
          needsBefore: [],
        },
        { ...same, productId: 'DZH318Z0BPS6', id: '0001', title: 'Microsoft Azure plan', needsBefore: [] },
      ],
      'the agreements, by either name, are looked at for every order',
    );
    const { items } = body as { items: unknown[] };
    assert.deepEqual(items.map(toBillingCycles), [['monthly'], ['one_time']]);
  });

  reads('qualifications-approved', (body) => {
    assert.deepEqual(toQualifications(body), ['Education']);
    assert.deepEqual(segmentsFor(toQualifications(body)), ['commercial', 'education']);
    assert.deepEqual(toVetting(body), []);
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
      createdAt: new Date('2016-12-22T20:31:17.240Z'),
      changedAt: new Date('2017-01-09T23:31:15.373Z'),
      lastNote: 'Sample Note',
    });
  });

  reads('servicerequest-create-response', (body) => {
    assert.deepEqual(
      toTicket(body),
      { id: '616122292874576', status: 'none', title: 'TrialSR', description: 'Ignore this SR' },
      'not closed: its dates are not set yet',
    );
  });

  reads('servicerequest-create-request', (body) => {
    const contact = { name: 'Maria de la Cruz', email: 'maria@example.com', phone: '5555550100' };
    const topic = 'Cannot manage my profile';
    const ticket = { title: 'TrialSR', description: 'Ignore this SR', impact: 'critical', topic, contact } as const;
    const sent = lowered(fromTicket(ticket, '32444671')) as Record<string, unknown>;
    const { supporttopicname, primarycontact, ...required } = sent;
    const published = lowered(body) as Record<string, unknown>;
    const { title, description, severity, supporttopicid } = published;
    assert.deepEqual(required, { title, description, severity, supporttopicid });
    assert.ok('supporttopicname' in published && 'primarycontact' in published);
    assert.equal(supporttopicname, topic);
    assert.deepEqual(primarycontact, {
      firstname: 'Maria de la',
      lastname: 'Cruz',
      email: 'maria@example.com',
      phonenumber: '5555550100',
    });
  });

  reads('servicerequest-support-topics', (body) => {
    assert.deepEqual(toTopics(body), [
      { id: '32444667', name: 'Partner Center Issues' },
      { id: '32444671', name: 'Cannot manage my profile' },
    ]);
  });

  const reserved = {
    minimumQuantity: 1,
    maximumQuantity: 999_999_999,
    needsInventoryCheck: true,
    needsAttestation: false,
    needsBefore: ['AzureSubscriptionRegistration'],
  };
  reads('sku-by-id-azure-reservation', (body) => {
    const title = 'Reserved VM Instance, Standard_D32s_v3, US West 2, 3 Years';
    assert.deepEqual(toSku(body, 'nothing'), { ...reserved, productId: 'DZH318Z0BQ3V', id: '00G1', title });
    assert.deepEqual(toBillingCycles(body), ['one_time']);
  });
  reads('skus-list-azure-reservation', (body) => {
    const same = { ...reserved, productId: 'DZH318Z0BQ5S' };
    assert.deepEqual(toSkus(body, 'nothing'), [
      { ...same, id: '0001', title: 'Reserved VM Instance, Standard_ND12s, US West 2, 1 Year' },
      { ...same, id: '0002', title: 'Reserved VM Instance, Standard_ND6s, US West 2, 1 Year' },
    ]);
  });

  reads('sku-download-link', (body) => {
    assert.equal(
      toDownloadLink(body).reveal(),
      'https://download.mp.microsoft.com/pr/Access_2016_Arabic_32_X21-12345.ISO?t=e4uk89s4-e49e-41a9-a0a4-70dcec1f5e80&d=50&e=5635566218&h=12bf676fc611435eb310540123c115bd',
    );
  });

  reads('sku-download-options', (body) => {
    assert.deepEqual(toDownloadOptions(downloadOptions(body)), [
      {
        id: 'AHYNSDUIJMIgQml0LCBJU08=',
        title: 'Access 2016',
        languageCode: 'ar-SA',
        languageName: 'Arabic (Saudi Arabia)',
        architecture: '32 Bit',
        sizeBytes: 465702912,
      },
      {
        id: 'NRTSJILOXNQgQml0LCBJU08=',
        title: 'Access 2016',
        languageCode: 'pt-BR',
        languageName: 'Portuguese (Brazil)',
        architecture: '64 Bit',
        sizeBytes: 552275968,
      },
    ]);
  });

  reads('subscription-by-id-azure', (body) => {
    assert.deepEqual(
      toSubscription(body),
      {
        id: 'a356ac8c-e310-44f4-bf85-c7f29044af99',
        orderId: 'B23FDEDD-D6BD-415A-8B71-3624C81C9644',
        status: 'active',
        termStartedAt: new Date('2016-05-10T00:00:00Z'),
      },
      'without a window',
    );
    assert.deepEqual(fromDeletion(body), {
      content: { ...(body as object), status: 'deleted' },
      etag: 'eyJpZCI6ImEzNTZhYzhjLWUzMTAtNDRmNC1iZjg1LWM3ZjI5MDQ0YWY5OSIsInZlcnNpb24iOjJ9',
    });
  });
  reads('subscription-by-id-new-commerce', (body) => {
    assert.deepEqual(toSubscription(body), {
      id: 'a4c1340d-6911-4758-bba3-0c4c6007d161',
      orderId: '34b37d7340cc',
      status: 'expired',
      cancellationAllowedUntilAt: new Date('2021-01-15T00:00:00Z'),
      termStartedAt: new Date('2021-01-14T16:57:14.498Z'),
      termDuration: 'P1Y',
      refundOptions: [{ type: 'full', until: new Date('2021-01-15T00:00:00Z') }],
    });
    assert.deepEqual(fromDeletion(body), { content: { ...(body as object), status: 'deleted' }, etag: undefined });
  });

  reads('subscription-cancel-request', (body) => {
    const active = { ...(body as object), status: 'active' };
    assert.deepEqual(fromDeletion(active), { content: body, etag: undefined });
  });
  reads('subscription-cancel-response', (body) => {
    assert.deepEqual(toSubscription(body), {
      id: '6e7aa601-629e-461b-8933-0898c3cc3c7c',
      orderId: 'ImxjLNL4_fOc-2KoyOxGTZcrlIquzls11',
      status: 'deleted',
      cancellationAllowedUntilAt: new Date('2019-01-10T00:21:45.926Z'),
      termStartedAt: new Date('2019-01-09T00:21:45.926Z'),
      termDuration: 'P1M',
      refundOptions: [{ type: 'full', until: new Date('2019-01-10T00:21:45.926Z') }],
    });
    assert.equal(fromDeletion(body).etag, undefined, 'an empty etag is none');
  });

  reads('subscriptions-list-software', (body) => {
    assert.deepEqual(toSubscriptions(body), [
      {
        id: '924671ba-eab9-45d7-95ed-dbd9477f182b',
        orderId: '12345678901',
        status: 'active',
        cancellationAllowedUntilAt: new Date('2021-11-14T23:59:00Z'),
        termStartedAt: new Date('2021-10-15T21:28:18.478Z'),
        termDuration: 'P3Y',
      },
    ]);
  });

  reads('validationstatus-allowed', (body) => assert.equal(toAccountStatus(body), 'Allowed'));
  reads('validationstatus-not-allowed', (body) => assert.equal(toAccountStatus(body), 'NotAllowed'));

  /** Of calls that the product does not make. */
  const unused = [
    'directoryroles-of-user.json',
    'order-provisioning-status.json',
    'servicerequest-update-request.json',
  ];

  it('are all read, but for those of calls that are not made', () => {
    const bodies = readdirSync(samples).filter((file) => file !== 'README.md');
    assert.deepEqual(
      bodies.filter((file) => !covered.has(file)),
      unused,
    );
  });
});
