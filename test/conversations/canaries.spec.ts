import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  freshOrder,
  referenceOn,
  servers,
  ticketAnswers,
  ticketsNaming,
  toNowReview,
  toTicketReview,
} from '../support/cancellation-steps.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { everyRow, filesWith, readDatabase } from '../support/database-contents.ts';
import { toReview } from '../support/purchase-steps.ts';

/** What must not get any further than the answer in which it came, however it is named there. */
const canaries = {
  key: 'CNRY1-8JKLM-9PQRS-7TVWX-6YZAB',
  download: 'https://download.example/office.iso?sig=canary-of-a-download',
  bearer: 'Bearer canary-of-a-bearer-token-0123456789',
  jwt: 'eyJjYW5hcnkiOiJvZiBhIHRva2VuIn0.eyJzdWIiOiJjYW5hcnkgb2YgYSB0b2tlbiJ9.c2lnbmF0dXJl-canary',
  password: 'https://desk:canary-of-a-password@sign-in.example/',
};
const parts = [
  canaries.key,
  'canary-of-a-download',
  'canary-of-a-bearer-token',
  'eyJjYW5hcnkiOiJvZiBhIHRva2VuIn0',
  'canary-of-a-password',
];
const all = Object.values(canaries).join(' and ');

/** Refusals in the shapes that were seen (docs/partner-center.md), each with all canaries in each of its texts. */
const bodies = [
  { code: canaries.key, description: `It failed for ${all}.`, data: [all, canaries.key], source: 'PartnerFD' },
  { error: { code: canaries.jwt, message: all, innererror: { reason: all } } },
  { errorCode: 3001, errorDescription: `{"error":"${canaries.key}","error_description":"${all}"}`, title: all },
  { error: canaries.key, error_description: all, details: [{ key: canaries.key, value: all }] },
  `It failed for ${all}.`,
];

/** Also in each header; those with meaning of their own come with the answers that have them. */
const headers = {
  'MS-CorrelationId': canaries.key,
  'MS-RequestId': canaries.bearer,
  'Set-Cookie': `session=${canaries.jwt}`,
  'WWW-Authenticate': `Bearer error="invalid", error_description="${canaries.key} ${canaries.download}"`,
  'X-Trace': all,
};

const statuses = [400, 403, 404, 409, 500];

describe('a secret in an answer in which nobody expects it', () => {
  let app: TestApp;
  let collector: Collector;
  before(async () => {
    collector = await startCollector();
    const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    app = await startTestApp({ METRICS_TOKEN: 'a token for metrics', ...traced });
  });
  after(async () => {
    await app.stop();
    await collector.close();
  });
  const fail = (index: number, call: Record<string, unknown> = {}) =>
    app.fault({
      ...{ times: 6, path: '^/v1/', ...call, headers },
      ...{ status: statuses[index % statuses.length], body: bodies[index % bodies.length] },
    });

  for (const [index, status] of statuses.entries()) {
    it(`goes no further where what is asked for is answered with ${status}`, async () => {
      const asked = ['software', 'orders Contoso', 'buy Contoso', `keys ${servers}`, 'cancel 0123456789ab', 'cases'];
      for (const [at, words] of asked.entries()) {
        const ada = app.in(at % 2 === 0 ? 'channel' : 'personal');
        await fail(index + at);
        await ada.says(words);
        await app.clearFaults();
      }
    });

    it(`goes no further where what is done is answered with ${status}`, async () => {
      const buyer = app.in('channel');
      await toReview(buyer);
      await fail(index, { method: 'POST', path: index % 2 === 0 ? '/checkout$' : '/carts$' });
      await buyer.presses('Confirm');
      await app.clearFaults();

      const canceller = app.in('personal');
      await toNowReview(canceller, await freshOrder(app));
      await fail(index, { method: 'PATCH' });
      await canceller.presses('Submit');
      await app.clearFaults();

      const asker = app.in('channel');
      await toTicketReview(asker, await freshOrder(app));
      await fail(index, { path: '/servicerequests' });
      await asker.presses('Submit', ticketAnswers);
      await app.clearFaults();

      const holder = app.in('channel');
      await holder.says(`keys ${servers}`);
      await fail(index, { path: '/artifacts/|/entitlements' });
      await holder.presses('Get key', { Version: '2022', Language: 'Polish' });
    });
  }

  it('goes no further where it stands in each object of what Partner Center and Teams answer to what succeeds', async () => {
    await app.fault({ times: 10_000, headers, fields: { ...canaries, details: [all], innererror: { reason: all } } });
    app.connector.addToAnswers({ headers, fields: canaries });
    const [buyer, holder, canceller, asker] = [
      app.in('channel'),
      app.in('channel'),
      app.in('personal'),
      app.in('channel'),
    ];

    for (const words of ['software contoso', 'orders contoso', `keys ${servers}`, 'whoami', 'doctor'])
      await app.in('personal').says(words);
    await buyer.says('buy 1 visio ltsc standard 2024 for adventure works');
    const ordered = await buyer.goes('Confirm');
    await holder.says(`keys ${servers}`);
    const shown = await holder.presses('Get key', { Version: '2022', Language: 'Polish' });
    await toNowReview(canceller, await freshOrder(app));
    const cancelled = await canceller.goes('Submit');
    await toTicketReview(asker, await freshOrder(app));
    const filed = await asker.goes('Submit');
    for (const words of ['cases', 'audit', 'drafts']) await app.in('personal').says(words);
    await app.clearFaults();
    app.connector.addToAnswers({ fields: {} });

    assert.match(ordered.text, /Order number/);
    assert.ok(shown.status === 200);
    assert.match(cancelled.text, /taken the cancellation|is cancelled/);
    assert.match(filed.text, /waiting for Microsoft/);
  });

  it('goes no further where it stands in a note to a ticket', async () => {
    const ada = app.in('personal');
    await toTicketReview(ada, await freshOrder(app));
    const reference = referenceOn(await ada.goes('Submit'));
    const [ticket] = await ticketsNaming(app, reference);
    const { id } = ticket ?? {};
    const newNote = { text: `The key is ${all}.` };
    await app.asPartner('PATCH', `/v1/servicerequests/${id}`, { id, status: 'attention_needed', newNote });

    await app.connector.until(
      () => ada.cards().some(({ view }) => view.text.includes('The key is')),
      'the note on a card',
    );
  });

  it('goes no further where Teams answers with it', async () => {
    for (const status of [400, 403, 404, 500, 502]) {
      const ada = app.in('channel');
      await ada.says(`keys ${servers}`);
      app.connector.plan({ status, headers, body: { error: { code: canaries.key, message: all } } });
      await ada.presses('Get key', { Version: '2022', Language: 'Polish' });
    }
  });

  it('is in no message, no line of the log, no row, no file, no metric and no trace', async () => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    const sent = app.connector.requests.map(
      ({ text, headers: with_, url }) => `${url} ${JSON.stringify(with_)} ${text}`,
    );
    const requests = await app.requests();
    assert.ok(requests.filter(({ status }) => statuses.includes(status)).length > 100);
    const asked = requests.map((request) => JSON.stringify(request));
    await app.terminate();
    assert.ok(collector.spans.some(({ facts }) => facts['http.response.status_code'] === '409'));
    const rows = await readDatabase(app.database, everyRow);
    const files = await filesWith(app.database.dataDir, parts);

    const found = parts.flatMap((part) => [
      ...sent.filter((text) => text.includes(part)).map((text) => `sent: ${around(text, part)}`),
      ...asked.filter((text) => text.includes(part)).map((text) => `asked: ${around(text, part)}`),
      ...collector.texts.filter((text) => text.includes(part)).map((text) => `traced: ${around(text, part)}`),
      ...app.log.filter((line) => line.includes(part)).map((line) => `log: ${around(line, part)}`),
      ...[...rows].flatMap(([table, texts]) =>
        texts.filter((text) => text.includes(part)).map((text) => `${table}: ${around(text, part)}`),
      ),
      ...(metrics.includes(part) ? [`metrics: ${around(metrics, part)}`] : []),
    ]);
    assert.deepEqual([...new Set(found)], []);
    assert.deepEqual(
      files.filter((path) => !path.includes('simulator')),
      [],
    );
  });
});

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 90), at + part.length + 20);
}
