import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PartnerCenterError } from '../../src/partner-center/client/errors.ts';
import { createPartnerCenter, type PartnerCenter } from '../../src/partner-center/index.ts';
import { createWebhookReceiver, type EventOutcome } from '../../src/partner-center/webhooks/receiver.ts';
import { createSimulator, type Simulator } from '../../src/simulator/index.ts';
import { recordLog } from '../support/recorded-log.ts';

/** The calls around an order, end to end against the stand-in that was written without looking at this client. */
describe('the client at the simulator', () => {
  let simulator: Simulator;
  let center: PartnerCenter;
  before(async () => {
    simulator = await createSimulator({ port: 0, mode: 'extended', delaySeconds: 0 });
    const log = recordLog();
    center = createPartnerCenter({ url: simulator.url, ...simulator.credentials, clock: simulator, log });
  });
  after(async () => {
    await center.close();
    await simulator.close();
  });

  async function someCustomer(
    isWanted: (readiness: Awaited<ReturnType<typeof center.customers.readiness>>) => boolean,
  ) {
    const { found } = await center.customers.search('', 40);
    for (const one of found) if (isWanted(await center.customers.readiness(one.id))) return one;
    throw new Error('no such customer in the seed');
  }

  it('signs in with multi-factor authentication', async () => {
    assert.equal(await center.isMfaCompliant(), true);
  });

  it('confirms an agreement, also twice', async () => {
    const customer = await someCustomer(({ agreement }) => agreement === 'missing');
    const contact = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@contoso.example' };
    const agreedAt = new Date(simulator.now().getTime() - 86_400_000);

    assert.match((await center.agreements.template()).link ?? '', /^https:/);
    await center.agreements.confirm(customer.id, { contact, agreedAt });
    await center.agreements.confirm(customer.id, { contact, agreedAt });

    assert.equal((await center.customers.readiness(customer.id)).agreement, 'confirmed');
    const confirmations = await center.agreements.confirmations(customer.id);
    assert.deepEqual(confirmations, [{ contact, agreedAt }]);
    const [record] = await center.changes.ofCustomer(customer.id, agreedAt);
    assert.equal(record?.operation, 'create_agreement');
  });

  it('reads the contact of the billing profile', async () => {
    const { found } = await center.customers.search('', 1);

    const { contact } = await center.billingProfiles.of(found[0]?.id ?? '');

    assert.notEqual(contact.email, '');
  });

  it('hears an event it has registered for, and knows it is the simulator’s', async () => {
    const outcomes: EventOutcome[] = [];
    const events: string[] = [];
    const log = recordLog();
    const receiver = createWebhookReceiver({
      simulatorUrl: simulator.url,
      now: () => simulator.now(),
      accept: async (_mark, { name }) => events.push(name) > 0,
      log,
      count: (outcome) => outcomes.push(outcome),
    });
    const arrived = Promise.withResolvers<void>();
    const listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { status } = await receiver.handle({ headers: request.headers, body: Buffer.concat(chunks) });
      response.statusCode = status;
      response.end();
      arrived.resolve();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/webhooks/partner-center`;

    await center.webhooks.ensure(url, ['test-created', 'subscription-updated', 'not-on-offer']);
    const { registration } = await center.webhooks.ensure(url, ['subscription-updated', 'test-created']);
    const correlationId = await center.webhooks.test();
    await arrived.promise;
    listener.close();

    assert.deepEqual(registration?.events, ['test-created', 'subscription-updated']);
    assert.deepEqual([events, outcomes], [['test-created'], ['accepted']]);
    let status = '';
    for (let look = 0; look < 50 && status !== 'completed'; look += 1) {
      status = (await center.webhooks.testResult(correlationId)).status;
    }
    assert.equal(status, 'completed');
  });
});

describe('the client at a simulator whose pages are small', () => {
  it('sees as much as in one page', async () => {
    const seededAt = new Date('2026-03-01T12:00:00Z');
    const seen = await Promise.all(
      [500, 2].map(async (pageSize) => {
        const options = { port: 0, mode: 'extended', delaySeconds: 0, seededAt, pageSize } as const;
        const simulator = await createSimulator(options);
        const { url, credentials } = simulator;
        const center = createPartnerCenter({ url, ...credentials, clock: simulator, log: recordLog() });
        const { found } = await center.customers.search('Contoso', 1);
        const customerId = found[0]?.id ?? '';
        const [product] = await center.catalog.products(customerId);
        const lists = [
          (await center.ordering.orders(customerId)).map(({ id }) => id),
          (await center.ordering.subscriptions(customerId)).map(({ id }) => id),
          (await center.keys.entitlements(customerId, 'US')).map(({ orderId, productId }) => [orderId, productId]),
          (await center.catalog.products(customerId)).map(({ id }) => id),
          (await center.catalog.skus(customerId, product?.id ?? '')).map(({ id }) => id),
        ];
        await Promise.all([center.close(), simulator.close()]);
        return lists;
      }),
    );

    assert.deepEqual(seen[1], seen[0]);
    for (const list of (seen[0] ?? []).filter((_, at) => at !== 1 && at !== 4)) assert.ok(list.length > 2);
  });
});

describe('the client at a simulator that wants the partner’s attestation', () => {
  it('gives it where it is told to, and is refused without it', async () => {
    const simulator = await createSimulator({
      port: 0,
      mode: 'extended',
      delaySeconds: 0,
      needsPartnerAttestation: true,
    });
    const { url, credentials } = simulator;
    const center = createPartnerCenter({ url, ...credentials, clock: simulator, log: recordLog() });
    const { found } = await center.customers.search('Contoso', 1);
    const customerId = found[0]?.id ?? '';
    const [offer] = await center.catalog.availabilities(customerId, 'DG7GMGF0D5RK', '0001');
    const line = { catalogItemId: offer?.catalogItemId ?? '', quantity: 1, billingCycle: 'one_time' };

    const refused = await center.ordering.createCart(customerId, [line], randomUUID()).catch((error: unknown) => error);
    const attested = { ...line, partnerAttestationAccepted: true };
    const cart = await center.ordering.createCart(customerId, [attested], randomUUID());
    await Promise.all([center.close(), simulator.close()]);

    assert.ok(refused instanceof PartnerCenterError);
    assert.deepEqual([refused.code, refused.meaning], ['900206', 'partner-attestation-missing']);
    assert.deepEqual(cart.lineErrors, []);
  });
});
