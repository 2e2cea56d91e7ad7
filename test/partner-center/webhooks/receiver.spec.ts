import assert from 'node:assert/strict';
import { constants, sign } from 'node:crypto';
import {
  createWebhookReceiver,
  type EventOutcome,
  type PartnerEvent,
  readEvent,
  type WebhookReceiver,
} from '../../../src/partner-center/webhooks/receiver.ts';
import { createIdentity, type Identity } from '../../support/certificates.ts';
import { createFakeTimer } from '../../support/fake-timer.ts';
import { recordLog } from '../../support/recorded-log.ts';
import { type Answer, type Route, type Server, startServer } from '../../support/stub-partner-center.ts';

const customer = '0c39d6d5-c70d-4c55-bc02-f620844f3fd1';
const subscription = '488745B5-2086-4912-802C-6ABB9F7C3638';
const now = new Date('2026-03-01T12:00:00Z');

const microsoft = 'Microsoft Corporation';
const issuerAddress = 'http://www.microsoft.com/pkiops/certs/issuing.crt';
const root = createIdentity({ name: 'Trusted Root', organization: 'DigiCert Inc', isAuthority: true });
const issuing = createIdentity({ name: 'Issuing CA', organization: microsoft, isAuthority: true, issuer: root });
const name = 'pcnotifications-dispatch.microsoft.com';
const leafFacts = { name, altNames: [name], issuer: issuing, issuerAddress };
const leaf = createIdentity(leafFacts);

const address = 'https://3psostorageacct.blob.core.windows.net/cert/pcnotifications-dispatch.microsoft.com.cer';

function event(more: object = {}) {
  return {
    EventName: 'subscription-updated',
    ResourceUri: `http://api.partnercenter.microsoft.com/webhooks/v1/customers/${customer}/subscriptions/${subscription}`,
    ResourceName: 'subscription',
    AuditUri: null,
    ResourceChangeUtcDate: '2026-03-01T11:59:00.1234567+00:00',
    ...more,
  };
}

interface Delivery {
  readonly signer?: Identity;
  readonly body?: Buffer;
  readonly headers?: Record<string, string | undefined>;
  readonly hash?: string;
}

function delivery({
  signer = leaf,
  body = Buffer.from(JSON.stringify(event())),
  headers = {},
  hash = 'sha256',
}: Delivery = {}) {
  const signature = sign(hash, body, signer.key).toString('base64');
  return {
    body,
    headers: {
      authorization: `Signature ${signature}`,
      'x-ms-certificate-url': address,
      'x-ms-signature-algorithm': `rsa-${hash}`,
      ...headers,
    },
  };
}

/** A receiver with what it saw; certificates lie in `answers`. */
function openReceiver(answers: Record<string, Uint8Array | Error>, more: object = {}) {
  const events: PartnerEvent[] = [];
  const outcomes: EventOutcome[] = [];
  const fetched: string[] = [];
  const marks = new Set<string>();
  const timer = createFakeTimer();
  const log = recordLog();
  const { lines } = log;
  const receiver = createWebhookReceiver({
    roots: [root.pem],
    now: () => now,
    timer,
    fetchCertificate: async (certificateUrl) => {
      fetched.push(certificateUrl);
      const found = answers[certificateUrl] ?? new Error('not there');
      if (found instanceof Error) throw found;
      return found;
    },
    accept: async (mark, event) => {
      if (marks.has(mark)) return false;
      marks.add(mark);
      events.push(event);
      return true;
    },
    log,
    count: (outcome) => outcomes.push(outcome),
    ...more,
  });
  return { receiver, events, outcomes, fetched, timer, lines };
}

const elsewhere = 'https://moved.blob.core.windows.net/cert/pcnotifications-dispatch.microsoft.com.cer';

/** An event of its own. */
function numbered(n: number): Buffer {
  const ResourceChangeUtcDate = new Date(now.getTime() - 60_000 - n * 1000).toISOString();
  return Buffer.from(JSON.stringify(event({ ResourceChangeUtcDate })));
}

/** Posts of somebody who names an address of their own in each. */
async function flood(receiver: WebhookReceiver, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const certificateUrl = `https://x${at}.blob.core.windows.net/cert.cer`;
    await receiver.handle(delivery({ headers: { 'x-ms-certificate-url': certificateUrl } }));
  }
}

const good = { [address]: leaf.certificate.raw, [issuerAddress]: issuing.certificate.raw };

describe('a webhook event', () => {
  it('of Partner Center is handed on with its ids', async () => {
    const { receiver, events, outcomes, fetched } = openReceiver(good);

    assert.deepEqual(await receiver.handle(delivery()), { status: 200 });

    const at = new Date('2026-03-01T11:59:00.123Z');
    assert.deepEqual(events, [
      { name: 'subscription-updated', customerId: customer, subscriptionId: subscription, at },
    ]);
    assert.deepEqual(outcomes, ['accepted']);
    assert.deepEqual(fetched, [address, issuerAddress]);
  });

  it('may carry its signature in x-ms-signature, beside any Authorization', async () => {
    const { receiver, outcomes } = openReceiver(good);
    const { body, headers } = delivery();

    const moved = { ...headers, authorization: 'Bearer something', 'x-ms-signature': headers.authorization };
    await receiver.handle({ body, headers: moved });

    assert.deepEqual(outcomes, ['accepted']);
  });

  it('may be signed with a longer hash', async () => {
    const { receiver, outcomes } = openReceiver(good);

    await receiver.handle(delivery({ hash: 'sha512' }));

    assert.deepEqual(outcomes, ['accepted']);
  });

  it('is verified over the bytes as they came', async () => {
    const { receiver, outcomes } = openReceiver(good);
    const body = Buffer.from(`\ufeff  ${JSON.stringify(event(), undefined, 3)}\r\n`);

    await receiver.handle(delivery({ body }));
    await receiver.handle({ ...delivery({ body }), body: Buffer.from(JSON.stringify(event())) });

    assert.deepEqual(outcomes, ['accepted', 'forged']);
  });

  it('keeps the certificate by its address', async () => {
    const { receiver, fetched, timer } = openReceiver(good);

    for (const second of [1, 2, 3]) {
      const ResourceChangeUtcDate = `2026-03-01T11:00:0${second}Z`;
      await receiver.handle(delivery({ body: Buffer.from(JSON.stringify(event({ ResourceChangeUtcDate }))) }));
    }
    assert.equal(fetched.length, 2);

    timer.advance(61 * 60_000);
    await receiver.handle(delivery());
    assert.equal(fetched.length, 4);
  });

  it('is accepted after the certificate was replaced at its address', async () => {
    const next = createIdentity(leafFacts);
    const answers: Record<string, Uint8Array> = { ...good };
    const { receiver, outcomes, timer } = openReceiver(answers);
    await receiver.handle(delivery());

    answers[address] = next.certificate.raw;
    const body = Buffer.from(JSON.stringify(event({ EventName: 'invoice-ready' })));
    await receiver.handle(delivery({ signer: next, body }));
    timer.advance(61_000);
    await receiver.handle(delivery({ signer: next, body }));

    assert.deepEqual(outcomes, ['accepted', 'forged', 'accepted']);
  });

  it('that comes again is ignored, and counted', async () => {
    const { receiver, events, outcomes } = openReceiver(good);

    await receiver.handle(delivery());
    assert.deepEqual(await receiver.handle(delivery()), { status: 200 });

    assert.equal(events.length, 1);
    assert.deepEqual(outcomes, ['accepted', 'replayed']);
  });

  const dates: readonly [string, string, 200 | 400, EventOutcome][] = [
    ['nearly three days late', '2026-02-26T12:00:00Z', 200, 'accepted'],
    ['more than three days late', '2026-02-26T11:59:59Z', 400, 'stale'],
    ['nearly an hour ahead', '2026-03-01T13:00:00Z', 200, 'accepted'],
    ['more than an hour ahead', '2026-03-01T13:00:01Z', 400, 'stale'],
  ];
  for (const [when, date, status, outcome] of dates) {
    it(`that is ${when} is ${status}, and counted as ${outcome}`, async () => {
      const { receiver, events, outcomes } = openReceiver(good);
      const body = Buffer.from(JSON.stringify(event({ ResourceChangeUtcDate: date })));

      assert.deepEqual(await receiver.handle(delivery({ body })), { status });

      assert.equal(events.length, outcome === 'accepted' ? 1 : 0);
      assert.deepEqual(outcomes, [outcome]);
    });
  }

  it('that cannot be recorded is a failure, and counted', async () => {
    const { receiver, outcomes } = openReceiver(good, { accept: () => Promise.reject(new Error('no database')) });

    await assert.rejects(receiver.handle(delivery()), /no database/);

    assert.deepEqual(outcomes, ['failed']);
  });

  for (const header of ['authorization', 'x-ms-certificate-url', 'x-ms-signature-algorithm']) {
    it(`without ${header} is 400`, async () => {
      const { receiver, outcomes, fetched } = openReceiver(good);

      assert.deepEqual(await receiver.handle(delivery({ headers: { [header]: undefined } })), { status: 400 });
      assert.deepEqual(outcomes, ['malformed']);
      assert.deepEqual(fetched, []);
    });
  }

  const odd: readonly [string, string][] = [
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['without a name', JSON.stringify(event({ EventName: null }))],
    ['with an odd name', JSON.stringify(event({ EventName: 'a\nb' }))],
    ['without a date', JSON.stringify(event({ ResourceChangeUtcDate: '0001-01-01T00:00:00' }))],
  ];
  for (const [what, text] of odd) {
    it(`that is signed, but ${what}, is 400`, async () => {
      const { receiver, outcomes } = openReceiver(good);

      assert.deepEqual(await receiver.handle(delivery({ body: Buffer.from(text) })), { status: 400 });
      assert.deepEqual(outcomes, ['malformed']);
    });
  }

  const addresses: readonly string[] = [
    'http://3psostorageacct.blob.core.windows.net/cert.cer',
    'https://evil.example/cert.cer',
    'https://blob.core.windows.net/cert.cer',
    'https://x.blob.core.windows.net.evil.example/cert.cer',
    'https://x.blob.core.windows.net:8443/cert.cer',
    'https://user@x.blob.core.windows.net/cert.cer',
    'http://127.0.0.1:3979/cert.cer',
    'file:///etc/passwd',
    'not an address',
  ];
  for (const certificateUrl of addresses) {
    it(`whose certificate lies at ${certificateUrl} is 401, and nothing is fetched`, async () => {
      const { receiver, outcomes, fetched } = openReceiver({ [certificateUrl]: leaf.certificate.raw });

      assert.deepEqual(await receiver.handle(delivery({ headers: { 'x-ms-certificate-url': certificateUrl } })), {
        status: 401,
      });
      assert.deepEqual(outcomes, ['forged']);
      assert.deepEqual(fetched, []);
    });
  }

  for (const algorithm of ['rsa-md5', 'rsa-sha1', 'hmac-sha256', 'none', 'rsa-toString']) {
    it(`with the algorithm ${algorithm} is 401`, async () => {
      const { receiver } = openReceiver(good);

      const headers = { 'x-ms-signature-algorithm': algorithm };
      assert.deepEqual(await receiver.handle(delivery({ headers })), { status: 401 });
    });
  }

  const strangers: readonly [string, () => Identity][] = [
    ['made by itself', () => createIdentity({ name, organization: microsoft, altNames: [name] })],
    ['issued by somebody else', () => createIdentity({ ...leafFacts, issuer: root, name: 'x.microsoft.com' })],
    ['made for somebody else', () => createIdentity({ ...leafFacts, altNames: ['desk.example'] })],
    ['for a name that only looks right', () => createIdentity({ ...leafFacts, altNames: ['xmicrosoft.com'] })],
    ['expired', () => createIdentity({ ...leafFacts, to: '2026-02-01' })],
    ['not yet valid', () => createIdentity({ ...leafFacts, from: '2026-04-01' })],
    ['not signed by its issuer', () => createIdentity({ ...leafFacts, signedBy: leaf.key })],
    ['without the address of its issuer', () => createIdentity({ name, altNames: [name], issuer: issuing })],
    [
      'with an issuer’s address elsewhere',
      () => createIdentity({ ...leafFacts, issuerAddress: 'http://evil.example/issuing.crt' }),
    ],
    ['with a short key', () => createIdentity({ ...leafFacts, bits: 1024 })],
  ];
  for (const [what, make] of strangers) {
    it(`with a certificate ${what} is 401`, async () => {
      const signer = make();
      const { receiver, events, outcomes, lines } = openReceiver({ ...good, [address]: signer.certificate.raw });

      assert.deepEqual(await receiver.handle(delivery({ signer })), { status: 401 });
      assert.deepEqual(events, []);
      assert.deepEqual(outcomes, ['forged']);
      assert.equal(lines.at(-1)?.level, 'warn');
    });
  }

  it('whose chain goes through what is no authority is 401', async () => {
    const between = createIdentity({ name: 'Not A CA', organization: microsoft, issuer: issuing, issuerAddress });
    const signer = createIdentity({ ...leafFacts, issuer: between, issuerAddress: 'http://www.microsoft.com/x.crt' });
    const { receiver, outcomes } = openReceiver({
      ...good,
      [address]: signer.certificate.raw,
      'http://www.microsoft.com/x.crt': between.certificate.raw,
    });

    assert.deepEqual(await receiver.handle(delivery({ signer })), { status: 401 });
    assert.deepEqual(outcomes, ['forged']);
  });

  it('whose root nobody trusts is 401', async () => {
    const { receiver } = openReceiver(good, { roots: [createIdentity({ name: 'Other', isAuthority: true }).pem] });

    assert.deepEqual(await receiver.handle(delivery()), { status: 401 });
  });

  it('signed by another key, or with PSS, is 401', async () => {
    const { receiver, outcomes } = openReceiver(good);
    const body = Buffer.from(JSON.stringify(event()));
    const pss = sign('sha256', body, { key: leaf.key, padding: constants.RSA_PKCS1_PSS_PADDING }).toString('base64');

    await receiver.handle(delivery({ signer: issuing }));
    await receiver.handle(delivery({ headers: { authorization: `Signature ${pss}` } }));

    assert.deepEqual(outcomes, ['forged', 'forged']);
  });

  it('whose certificate is no certificate is 401, and it is fetched anew the next time', async () => {
    const answers: Record<string, Uint8Array> = { ...good, [address]: Buffer.from('hello') };
    const { receiver, outcomes } = openReceiver(answers);
    await receiver.handle(delivery());

    answers[address] = leaf.certificate.raw;
    await receiver.handle(delivery());

    assert.deepEqual(outcomes, ['forged', 'accepted']);
  });

  it('whose certificate cannot be had now is 401 without being called forged', async () => {
    const { receiver, outcomes } = openReceiver({ [address]: leaf.certificate.raw });

    assert.deepEqual(await receiver.handle(delivery()), { status: 401 });
    assert.deepEqual(outcomes, ['unverifiable']);
  });

  it('cannot make the bot fetch for ever', async () => {
    const { receiver, fetched, outcomes, timer } = openReceiver({ [elsewhere]: leaf.certificate.raw, ...good });
    await flood(receiver, 30);
    assert.equal(fetched.length, 10);

    timer.advance(61_000);
    await receiver.handle(delivery({ headers: { 'x-ms-certificate-url': elsewhere } }));
    assert.equal(outcomes.at(-1), 'accepted');
  });

  it('gets in while somebody floods the receiver with other addresses', async () => {
    const { receiver, outcomes } = openReceiver(good);
    await flood(receiver, 30);

    await receiver.handle(delivery());

    assert.equal(outcomes.at(-1), 'accepted');
  });

  it('gets in during a flood also with another address, once that has proved good', async () => {
    const { receiver, outcomes, timer } = openReceiver({ ...good, [elsewhere]: leaf.certificate.raw });
    const headers = { 'x-ms-certificate-url': elsewhere };
    await receiver.handle(delivery({ headers, body: numbered(1) }));
    for (const minutes of [0, 1, 70]) {
      timer.advance(minutes * 60_000);
      await flood(receiver, 30);
      await receiver.handle({ ...delivery({ headers }), body: numbered(99) });

      await receiver.handle(delivery({ headers, body: numbered(2 + minutes) }));

      assert.equal(outcomes.at(-1), 'accepted', `${minutes} minutes later`);
    }
  });

  it('gets in with the certificate kept while that cannot be had anew, for a day', async () => {
    const answers: Record<string, Uint8Array | Error> = { ...good };
    const { receiver, outcomes, timer } = openReceiver(answers);
    await receiver.handle(delivery({ body: numbered(1) }));
    answers[address] = new Error('away');

    timer.advance(61_000);
    await receiver.handle({ ...delivery(), body: numbered(99) });
    await receiver.handle(delivery({ body: numbered(2) }));
    timer.advance(2 * 60 * 60_000);
    await receiver.handle(delivery({ body: numbered(3) }));
    timer.advance(23 * 60 * 60_000);
    await receiver.handle(delivery({ body: numbered(4) }));

    assert.deepEqual(outcomes, ['accepted', 'unverifiable', 'accepted', 'accepted', 'unverifiable']);
  });

  it('is refused with a certificate that has expired since it was kept', async () => {
    let today = now;
    const signer = createIdentity({ ...leafFacts, to: '2026-03-02' });
    const answers = { ...good, [address]: signer.certificate.raw };
    const { receiver, outcomes } = openReceiver(answers, { now: () => today });
    await receiver.handle(delivery({ signer, body: numbered(1) }));

    today = new Date('2026-03-02T00:30:00Z');
    await receiver.handle(delivery({ signer, body: numbered(2) }));

    assert.deepEqual(outcomes, ['accepted', 'forged']);
  });

  it('cannot have one certificate fetched under many fragments', async () => {
    const { receiver, fetched } = openReceiver(good);

    for (const fragment of ['', '#a', '#b'])
      await receiver.handle(delivery({ headers: { 'x-ms-certificate-url': `${address}${fragment}` } }));

    assert.deepEqual(fetched, [address, issuerAddress]);
  });

  it('has its certificate fetched once by copies at the same time', async () => {
    const { receiver, fetched } = openReceiver(good);

    await Promise.all([1, 2, 3].map((n) => receiver.handle(delivery({ body: numbered(n) }))));

    assert.deepEqual(fetched, [address, issuerAddress]);
  });

  it('names ids only where they are ids', () => {
    const read = (ResourceUri: unknown) => {
      const { customerId, subscriptionId } = readEvent(Buffer.from(JSON.stringify(event({ ResourceUri })))) ?? {};
      return [customerId, subscriptionId];
    };

    assert.deepEqual(read(`https://x/v1/Customers/${customer.toUpperCase()}`), [customer, undefined]);
    assert.deepEqual(read(`/customers/${customer}/subscriptions/${subscription}?a=b`), [customer, subscription]);
    assert.deepEqual(read('/customers/../subscriptions/..%2f..'), [undefined, undefined]);
    assert.deepEqual(read(`/customers/${customer}x/subscriptions/short`), [undefined, undefined]);
    assert.deepEqual(read(null), [undefined, undefined]);
  });
});

describe('a webhook event of the simulator', () => {
  const self = createIdentity({ name: 'Simulated Partner Center', organization: microsoft });
  const path = '/certificates/pcnotifications-dispatch.microsoft.com.cer';
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function deliver(route: Route | Answer, more: (url: string) => object, signer = self) {
    server = await startServer({ [`GET ${path}`]: route });
    const { url } = server;
    const opened = openReceiver({}, { fetchCertificate: undefined, ...more(url) });
    const headers = { 'x-ms-certificate-url': `${url}${path}` };
    const answer = await opened.receiver.handle(delivery({ signer, headers }));
    return { ...opened, answer };
  }
  const certificate = { raw: self.certificate.raw };

  it('is accepted with the certificate that lies at the simulator', async () => {
    const { answer, outcomes } = await deliver(certificate, (simulatorUrl) => ({ simulatorUrl }));

    assert.deepEqual(answer, { status: 200 });
    assert.deepEqual(outcomes, ['accepted']);
  });

  it('is refused without a simulator, or with one on another port', async () => {
    assert.deepEqual((await deliver(certificate, () => ({}))).answer, { status: 401 });
    await server?.close();
    assert.deepEqual((await deliver(certificate, () => ({ simulatorUrl: 'http://127.0.0.1:1' }))).answer, {
      status: 401,
    });
    assert.equal(server?.requests.length, 0);
  });

  it('is refused when the certificate names another issuer', async () => {
    const stranger = createIdentity({ name: 'x', organization: 'Contoso' });
    const { answer } = await deliver({ raw: stranger.certificate.raw }, (simulatorUrl) => ({ simulatorUrl }), stranger);

    assert.deepEqual(answer, { status: 401 });
  });

  const answers: readonly [string, Answer, EventOutcome][] = [
    ['is not there', { status: 404 }, 'unverifiable'],
    ['lies behind a redirect', { status: 302, headers: { Location: '/elsewhere' } }, 'unverifiable'],
    ['is too long', { raw: Buffer.alloc(70_000) }, 'forged'],
  ];
  for (const [what, answer, outcome] of answers) {
    it(`is refused when the certificate ${what}`, async () => {
      const { outcomes } = await deliver(answer, (simulatorUrl) => ({ simulatorUrl }));

      assert.deepEqual(outcomes, [outcome]);
    });
  }

  it('cannot be pinned to another machine', () => {
    assert.throws(() => openReceiver({}, { simulatorUrl: 'https://evil.example' }), RangeError);
  });
});
