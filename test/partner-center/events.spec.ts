import assert from 'node:assert/strict';
import { constants, sign } from 'node:crypto';
import {
  createEventDoor,
  type EventDoor,
  type EventOutcome,
  type PartnerEvent,
  readEvent,
} from '../../src/partner-center/events.ts';
import { createIdentity, type Identity } from '../support/certificates.ts';
import { createFakeTimer } from '../support/fake-timer.ts';
import { recordLog } from '../support/recorded-log.ts';
import { type Answer, type Route, type Server, startServer } from '../support/stub-partner-center.ts';

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

/** A door with what it saw; certificates lie in `places`. */
function openDoor(places: Record<string, Uint8Array | Error>, more: object = {}) {
  const events: PartnerEvent[] = [];
  const outcomes: EventOutcome[] = [];
  const fetched: string[] = [];
  const marks = new Set<string>();
  const timer = createFakeTimer();
  const log = recordLog();
  const { lines } = log;
  const door = createEventDoor({
    roots: [root.pem],
    now: () => now,
    timer,
    fetchCertificate: async (place) => {
      fetched.push(place);
      const found = places[place] ?? new Error('not there');
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
  return { door, events, outcomes, fetched, timer, lines };
}

const elsewhere = 'https://moved.blob.core.windows.net/cert/pcnotifications-dispatch.microsoft.com.cer';

/** An event of its own. */
function numbered(n: number): Buffer {
  const ResourceChangeUtcDate = new Date(now.getTime() - 60_000 - n * 1000).toISOString();
  return Buffer.from(JSON.stringify(event({ ResourceChangeUtcDate })));
}

/** Posts of somebody who names an address of their own in each. */
async function flood(door: EventDoor, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const place = `https://x${at}.blob.core.windows.net/cert.cer`;
    await door.handle(delivery({ headers: { 'x-ms-certificate-url': place } }));
  }
}

const good = { [address]: leaf.certificate.raw, [issuerAddress]: issuing.certificate.raw };

describe('a webhook event', () => {
  it('of Partner Center is handed on with its ids', async () => {
    const { door, events, outcomes, fetched } = openDoor(good);

    assert.deepEqual(await door.handle(delivery()), { status: 200 });

    const at = new Date('2026-03-01T11:59:00.123Z');
    assert.deepEqual(events, [
      { name: 'subscription-updated', customerId: customer, subscriptionId: subscription, at },
    ]);
    assert.deepEqual(outcomes, ['accepted']);
    assert.deepEqual(fetched, [address, issuerAddress]);
  });

  it('may carry its signature in x-ms-signature, beside any Authorization', async () => {
    const { door, outcomes } = openDoor(good);
    const { body, headers } = delivery();

    const moved = { ...headers, authorization: 'Bearer something', 'x-ms-signature': headers.authorization };
    await door.handle({ body, headers: moved });

    assert.deepEqual(outcomes, ['accepted']);
  });

  it('may be signed with a longer hash', async () => {
    const { door, outcomes } = openDoor(good);

    await door.handle(delivery({ hash: 'sha512' }));

    assert.deepEqual(outcomes, ['accepted']);
  });

  it('is verified over the bytes as they came', async () => {
    const { door, outcomes } = openDoor(good);
    const body = Buffer.from(`\ufeff  ${JSON.stringify(event(), undefined, 3)}\r\n`);

    await door.handle(delivery({ body }));
    await door.handle({ ...delivery({ body }), body: Buffer.from(JSON.stringify(event())) });

    assert.deepEqual(outcomes, ['accepted', 'forged']);
  });

  it('keeps the certificate by its address', async () => {
    const { door, fetched, timer } = openDoor(good);

    for (const second of [1, 2, 3]) {
      const ResourceChangeUtcDate = `2026-03-01T11:00:0${second}Z`;
      await door.handle(delivery({ body: Buffer.from(JSON.stringify(event({ ResourceChangeUtcDate }))) }));
    }
    assert.equal(fetched.length, 2);

    timer.advance(61 * 60_000);
    await door.handle(delivery());
    assert.equal(fetched.length, 4);
  });

  it('is accepted after the certificate was replaced at its address', async () => {
    const next = createIdentity(leafFacts);
    const places: Record<string, Uint8Array> = { ...good };
    const { door, outcomes, timer } = openDoor(places);
    await door.handle(delivery());

    places[address] = next.certificate.raw;
    const body = Buffer.from(JSON.stringify(event({ EventName: 'invoice-ready' })));
    await door.handle(delivery({ signer: next, body }));
    timer.advance(61_000);
    await door.handle(delivery({ signer: next, body }));

    assert.deepEqual(outcomes, ['accepted', 'forged', 'accepted']);
  });

  it('that comes again is ignored, and counted', async () => {
    const { door, events, outcomes } = openDoor(good);

    await door.handle(delivery());
    assert.deepEqual(await door.handle(delivery()), { status: 200 });

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
      const { door, events, outcomes } = openDoor(good);
      const body = Buffer.from(JSON.stringify(event({ ResourceChangeUtcDate: date })));

      assert.deepEqual(await door.handle(delivery({ body })), { status });

      assert.equal(events.length, outcome === 'accepted' ? 1 : 0);
      assert.deepEqual(outcomes, [outcome]);
    });
  }

  it('that cannot be recorded is a failure, and counted', async () => {
    const { door, outcomes } = openDoor(good, { accept: () => Promise.reject(new Error('no database')) });

    await assert.rejects(door.handle(delivery()), /no database/);

    assert.deepEqual(outcomes, ['failed']);
  });

  for (const header of ['authorization', 'x-ms-certificate-url', 'x-ms-signature-algorithm']) {
    it(`without ${header} is 400`, async () => {
      const { door, outcomes, fetched } = openDoor(good);

      assert.deepEqual(await door.handle(delivery({ headers: { [header]: undefined } })), { status: 400 });
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
      const { door, outcomes } = openDoor(good);

      assert.deepEqual(await door.handle(delivery({ body: Buffer.from(text) })), { status: 400 });
      assert.deepEqual(outcomes, ['malformed']);
    });
  }

  const places: readonly string[] = [
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
  for (const place of places) {
    it(`whose certificate lies at ${place} is 401, and nothing is fetched`, async () => {
      const { door, outcomes, fetched } = openDoor({ [place]: leaf.certificate.raw });

      assert.deepEqual(await door.handle(delivery({ headers: { 'x-ms-certificate-url': place } })), { status: 401 });
      assert.deepEqual(outcomes, ['forged']);
      assert.deepEqual(fetched, []);
    });
  }

  for (const algorithm of ['rsa-md5', 'rsa-sha1', 'hmac-sha256', 'none', 'rsa-toString']) {
    it(`with the algorithm ${algorithm} is 401`, async () => {
      const { door } = openDoor(good);

      const headers = { 'x-ms-signature-algorithm': algorithm };
      assert.deepEqual(await door.handle(delivery({ headers })), { status: 401 });
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
      const { door, events, outcomes, lines } = openDoor({ ...good, [address]: signer.certificate.raw });

      assert.deepEqual(await door.handle(delivery({ signer })), { status: 401 });
      assert.deepEqual(events, []);
      assert.deepEqual(outcomes, ['forged']);
      assert.equal(lines.at(-1)?.level, 'warn');
    });
  }

  it('whose chain goes through what is no authority is 401', async () => {
    const between = createIdentity({ name: 'Not A CA', organization: microsoft, issuer: issuing, issuerAddress });
    const signer = createIdentity({ ...leafFacts, issuer: between, issuerAddress: 'http://www.microsoft.com/x.crt' });
    const { door, outcomes } = openDoor({
      ...good,
      [address]: signer.certificate.raw,
      'http://www.microsoft.com/x.crt': between.certificate.raw,
    });

    assert.deepEqual(await door.handle(delivery({ signer })), { status: 401 });
    assert.deepEqual(outcomes, ['forged']);
  });

  it('whose root nobody trusts is 401', async () => {
    const { door } = openDoor(good, { roots: [createIdentity({ name: 'Other', isAuthority: true }).pem] });

    assert.deepEqual(await door.handle(delivery()), { status: 401 });
  });

  it('signed by another key, or with PSS, is 401', async () => {
    const { door, outcomes } = openDoor(good);
    const body = Buffer.from(JSON.stringify(event()));
    const pss = sign('sha256', body, { key: leaf.key, padding: constants.RSA_PKCS1_PSS_PADDING }).toString('base64');

    await door.handle(delivery({ signer: issuing }));
    await door.handle(delivery({ headers: { authorization: `Signature ${pss}` } }));

    assert.deepEqual(outcomes, ['forged', 'forged']);
  });

  it('whose certificate is no certificate is 401, and it is fetched anew the next time', async () => {
    const places: Record<string, Uint8Array> = { ...good, [address]: Buffer.from('hello') };
    const { door, outcomes } = openDoor(places);
    await door.handle(delivery());

    places[address] = leaf.certificate.raw;
    await door.handle(delivery());

    assert.deepEqual(outcomes, ['forged', 'accepted']);
  });

  it('whose certificate cannot be had now is 401 without being called forged', async () => {
    const { door, outcomes } = openDoor({ [address]: leaf.certificate.raw });

    assert.deepEqual(await door.handle(delivery()), { status: 401 });
    assert.deepEqual(outcomes, ['unverifiable']);
  });

  it('cannot make the bot fetch for ever', async () => {
    const { door, fetched, outcomes, timer } = openDoor({ [elsewhere]: leaf.certificate.raw, ...good });
    await flood(door, 30);
    assert.equal(fetched.length, 10);

    timer.advance(61_000);
    await door.handle(delivery({ headers: { 'x-ms-certificate-url': elsewhere } }));
    assert.equal(outcomes.at(-1), 'accepted');
  });

  it('gets in while somebody floods the door with other addresses', async () => {
    const { door, outcomes } = openDoor(good);
    await flood(door, 30);

    await door.handle(delivery());

    assert.equal(outcomes.at(-1), 'accepted');
  });

  it('gets in during a flood also with another address, once that has proved good', async () => {
    const { door, outcomes, timer } = openDoor({ ...good, [elsewhere]: leaf.certificate.raw });
    const headers = { 'x-ms-certificate-url': elsewhere };
    await door.handle(delivery({ headers, body: numbered(1) }));
    for (const minutes of [0, 1, 70]) {
      timer.advance(minutes * 60_000);
      await flood(door, 30);
      await door.handle({ ...delivery({ headers }), body: numbered(99) });

      await door.handle(delivery({ headers, body: numbered(2 + minutes) }));

      assert.equal(outcomes.at(-1), 'accepted', `${minutes} minutes later`);
    }
  });

  it('gets in with the certificate kept while that cannot be had anew, for a day', async () => {
    const places: Record<string, Uint8Array | Error> = { ...good };
    const { door, outcomes, timer } = openDoor(places);
    await door.handle(delivery({ body: numbered(1) }));
    places[address] = new Error('away');

    timer.advance(61_000);
    await door.handle({ ...delivery(), body: numbered(99) });
    await door.handle(delivery({ body: numbered(2) }));
    timer.advance(2 * 60 * 60_000);
    await door.handle(delivery({ body: numbered(3) }));
    timer.advance(23 * 60 * 60_000);
    await door.handle(delivery({ body: numbered(4) }));

    assert.deepEqual(outcomes, ['accepted', 'unverifiable', 'accepted', 'accepted', 'unverifiable']);
  });

  it('is refused with a certificate that has expired since it was kept', async () => {
    let today = now;
    const signer = createIdentity({ ...leafFacts, to: '2026-03-02' });
    const places = { ...good, [address]: signer.certificate.raw };
    const { door, outcomes } = openDoor(places, { now: () => today });
    await door.handle(delivery({ signer, body: numbered(1) }));

    today = new Date('2026-03-02T00:30:00Z');
    await door.handle(delivery({ signer, body: numbered(2) }));

    assert.deepEqual(outcomes, ['accepted', 'forged']);
  });

  it('cannot have one certificate fetched under many fragments', async () => {
    const { door, fetched } = openDoor(good);

    for (const fragment of ['', '#a', '#b'])
      await door.handle(delivery({ headers: { 'x-ms-certificate-url': `${address}${fragment}` } }));

    assert.deepEqual(fetched, [address, issuerAddress]);
  });

  it('has its certificate fetched once by copies at the same time', async () => {
    const { door, fetched } = openDoor(good);

    await Promise.all([1, 2, 3].map((n) => door.handle(delivery({ body: numbered(n) }))));

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
    const opened = openDoor({}, { fetchCertificate: undefined, ...more(url) });
    const headers = { 'x-ms-certificate-url': `${url}${path}` };
    const answer = await opened.door.handle(delivery({ signer, headers }));
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
    assert.throws(() => openDoor({}, { simulatorUrl: 'https://evil.example' }), RangeError);
  });
});
