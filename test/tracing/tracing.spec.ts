import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { trace } from '../../src/domain/work/trace.ts';
import { createSimulator, defaultAccount, type Simulator } from '../../src/simulator/index.ts';
import { startTracing } from '../../src/tracing/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, referenceOn, servers, toTicketReview } from '../support/cancellation-steps.ts';
import { viewOf } from '../support/card-view.ts';
import { type CollectedSpan, type Collector, startCollector } from '../support/collector.ts';
import { personOf, type Who } from '../support/people.ts';
import { confirmPurchase, toReview } from '../support/purchase-steps.ts';
import { controlSimulator } from '../support/simulator-control.ts';

const admins = 'aaaaaaaa-0000-4000-8000-000000000001';
const sales = 'aaaaaaaa-0000-4000-8000-000000000002';
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
/** The code of a status, as OTLP writes it. */
const failed = 2;

describe('traces', () => {
  let simulator: Simulator;
  let collector: Collector;
  let app: TestApp;
  const control = controlSimulator(() => simulator.url);

  before(async () => {
    const everyNumber = (who: Who) => Array.from({ length: 20 }, (_, index) => personOf(who, index + 1).id);
    const groups = { [admins]: everyNumber('ada'), [sales]: everyNumber('sara') };
    simulator = await createSimulator({ port: 0, mode: 'extended', delaySeconds: 1, groups });
    collector = await startCollector();
    app = await startTestApp({
      ...{ ROLES_SOURCE: 'graph', ADMIN_AGENTS: admins, SALES_AGENTS: sales, HELPDESK_AGENTS: '', GLOBAL_ADMINS: '' },
      PARTNER_CENTER_URL: simulator.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20key',
    });

    const sara = app.in('channel', 'sara');
    await toReview(sara);
    await sara.goes('Hand over');
    await confirmPurchase(sara.as('ada'));
    await app.connector.until(
      () =>
        app.connector
          .messages(sara.in('personal').place)
          .some(({ card }) => card && /Ordered: 2/.test(viewOf(card).text)),
      'the notice to who prepared it',
    );

    const ada = app.in('channel');
    await ada.says(`keys ${servers}`);
    await ada.presses('Get key');
    await toTicketReview(ada, await freshOrder({ ...control, simulatorUrl: simulator.url }));
    const reference = referenceOn(await ada.goes('Submit'));
    await control.advance(3600);
    await app.connector.until(
      () => ada.cards().some(({ view }) => view.text.includes(`${reference} has completed`)),
      'the notice of the cancellation',
    );
    await control.fault({ method: 'GET', path: '^/v1/', status: 403, times: 20 });
    await ada.says('software Fabrikam Polska');
    await app.terminate();
  });
  after(async () => {
    await app?.stop();
    await collector?.close();
    await simulator?.close();
  });

  const named = (name: string): CollectedSpan[] => collector.spans.filter((span) => span.name === name);
  const traceOf = ({ traceId }: CollectedSpan) => collector.spans.filter((span) => span.traceId === traceId);
  const ancestors = (span: CollectedSpan): string[] => {
    const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
    return parent ? [parent.name, ...ancestors(parent)] : [];
  };

  it('lead from the activity over the turn and its calls to the card, and over the job to the notice', () => {
    const [checkout] = named('Partner Center checkoutCart');
    assert.ok(checkout);
    const trace = traceOf(checkout);
    const told = trace.filter((span) => span.name === 'Connector POST' && ancestors(span)[0] === 'job send-notice');
    const drawn = trace.filter((span) => span.name === 'Connector PUT' && ancestors(span)[0] === 'turn');

    assert.deepEqual(
      trace.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name),
      ['activity'],
    );
    assert.deepEqual(ancestors(checkout), ['turn', 'activity']);
    assert.ok(drawn.length > 0);
    assert.ok(told.length > 0);
    for (const span of told) assert.deepEqual(ancestors(span), ['job send-notice', 'turn', 'activity']);
  });

  it('lead from the turn that submitted a cancellation to the notice of its end, which a sweep has found', () => {
    const [filed] = named('Partner Center createServiceRequest');
    assert.ok(filed);
    const told = traceOf(filed).filter((span) => ancestors(span)[0] === 'job send-notice');

    assert.ok(told.length > 0);
    for (const span of told) assert.deepEqual(ancestors(span), ['job send-notice', 'turn', 'activity']);
  });

  it('tell of each call its operation, its status, and the ids that Microsoft asks for', async () => {
    const calls = collector.spans.filter(({ name }) => /^(Partner Center|Graph) /.test(name));
    const ids = (await control.requests()).map(({ requestId }) => requestId);

    for (const operation of ['createCart', 'checkoutCart', 'createServiceRequest', 'getProductKey'])
      assert.ok(
        calls.some(({ facts }) => facts['desk.operation'] === operation),
        operation,
      );
    assert.ok(calls.some(({ facts }) => facts['desk.operation'] === 'askGraph'));
    for (const { name, facts } of calls) {
      assert.match(facts['http.response.status_code'] ?? '', /^\d{3}$/, name);
      for (const id of ['microsoft.request_id', 'microsoft.correlation_id']) assert.match(facts[id] ?? '', guid, name);
    }
    const [checkout] = named('Partner Center checkoutCart');
    assert.ok(ids.includes(checkout?.facts['microsoft.request_id'] ?? ''));
    assert.ok(named('Connector POST').every(({ facts }) => facts['http.response.status_code'] === '201'));
    assert.ok(named('Entra token').length > 0);
  });

  it('tell what a failed call met by its code', () => {
    const refused = collector.spans.filter(({ facts }) => facts['http.response.status_code'] === '403');

    assert.ok(refused.length > 0);
    for (const { status, facts } of refused)
      assert.deepEqual([status.code, facts['error.type']], [failed, 'forbidden']);
  });

  it('go to the collector as it wants to be asked, from a service with a name', () => {
    const [first = ''] = collector.texts;

    assert.match(first, /^\/v1\/traces /);
    assert.match(first, /"x-key":"a key"/);
    assert.match(first, /"service.name","value":\{"stringValue":"software-desk"/);
  });

  it('tell no name, no secret and nothing that somebody wrote', () => {
    const said = collector.texts.join('\n');
    const { clientSecret, refreshToken } = defaultAccount();
    const whose = [
      'Ada',
      'Nowak',
      'Sara',
      'Wilk',
      'Contoso',
      'Fabrikam',
      'contoso',
      'partner.example',
      'wrong edition',
      '48 22',
    ];

    for (const word of [...whose, clientSecret, refreshToken, 'SMPLE-', 'eyJ', 'Bearer', '/v1/customers', 'Windows'])
      assert.ok(!said.includes(word), word);
    assert.match(app.log.join(''), /Nowak|Contoso|checkoutCart/);
  });
});

describe('where no traces are wanted', () => {
  it('no module of OpenTelemetry is loaded, but for the interface that the job engine brings along', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sd-loaded-'));
    const [list, hook] = [join(folder, 'loaded'), join(folder, 'hook.mjs')];
    writeFileSync(
      hook,
      `import { appendFileSync } from 'node:fs';
       import { registerHooks } from 'node:module';
       registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(list)}, url + '\\n'); return next(url, context); } });`,
    );
    try {
      const app = await startTestApp({ NODE_OPTIONS: `--import=${pathToFileURL(hook)}` }, { asProcess: true });
      await app.in('channel').says('help');
      await app.stop();
      const loaded = readFileSync(list, 'utf8').split('\n');

      assert.ok(loaded.some((url) => url.endsWith('/src/tracing/index.ts')));
      assert.deepEqual(
        loaded.filter((url) => /\/@opentelemetry\/(?!api\/)|open-telemetry\.ts/.test(url)),
        [],
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a collector that is away', () => {
  it('is told of in the log once, and holds nobody up', async () => {
    const warned = Promise.withResolvers<string>();
    let lines = 0;
    const warn = (_: object, text: string) => {
      lines += 1;
      warned.resolve(text);
    };
    const away = await startCollector();
    await away.close();
    const tracer = await startTracing({ endpoint: away.url, headers: {} }, { warn });
    for (let count = 0; count < 3; count += 1)
      assert.equal(await trace(tracer, { name: 'turn', kind: 'internal' }, async () => count), count);

    await tracer?.close();

    assert.match(await warned.promise, /^traces were not taken by the collector$/);
    assert.equal(lines, 1);
  });
});
