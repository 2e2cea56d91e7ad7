import assert from 'node:assert/strict';
import type { TicketContent } from '../../../src/domain/cancellations/tickets.ts';
import { closeBenches, items, requestId, startBench } from '../../support/partner-center-client.ts';
import type { Route } from '../../support/stub-partner-center.ts';

const topic = 'CSP purchase/refund on behalf of customers';
const topics = {
  json: items([
    { id: 1, name: 'Other' },
    { id: 32444672, name: topic.toUpperCase() },
  ]),
};
const ticket: TicketContent = {
  title: 'Refund for order c403d91b21d2',
  description: 'Tenant: contoso.com\nCase SD-7K2M9Q',
  impact: 'moderate',
  topic,
  contact: { name: 'Anna Maria Nowak', email: 'anna@partner.example', phone: '+48 22 555 01 00' },
};

describe('attaching a file', () => {
  afterEach(closeBenches);

  const file = { name: 'contract.final.pdf', size: 8, type: 'pdf', bytes: Buffer.from('%PDF-1.4') } as const;
  const call = 'POST /v1/servicerequests/2611220000000001/filelinks';

  it('sends its name in two parts and its content, under the request id', async () => {
    const { center, server } = await startBench({ [call]: { status: 201, json: { id: 'f-1' } } });

    await center.tickets.attach('2611220000000001', file, requestId);

    const [post] = server.requests;
    assert.deepEqual(post?.body, {
      ...{ fileNameWithoutExtension: 'contract.final', fileExtension: 'pdf', fileSize: 8 },
      content: 'JVBERi0xLjQ=',
    });
    assert.equal(post?.headers['ms-requestid'], requestId);
  });

  for (const status of [404, 405, 410])
    it(`is \`not-offered\` where the call answers ${status}`, async () => {
      const { center } = await startBench({ [call]: { status } });

      await assert.rejects(center.tickets.attach('2611220000000001', file, requestId), { kind: 'not-offered', status });
    });

  it('shows in the ticket, under either name of its ending', async () => {
    const fileLinks = [
      { fileNameWithoutExtension: 'a', fileExtension: '.pdf', fileSize: '8' },
      { fileNameWithoutExtension: 'b', extensionType: 'png', fileSize: 9 },
      {},
    ];
    const { center } = await startBench({
      'GET /v1/servicerequests/2611220000000001': { json: { id: '2611220000000001', fileLinks } },
    });

    assert.deepEqual((await center.tickets.get('2611220000000001'))?.files, [
      { name: 'a.pdf', size: 8 },
      { name: 'b.png', size: 9 },
      { name: '', size: 0 },
    ]);
  });
});

describe('creating a ticket', () => {
  afterEach(closeBenches);

  it('looks the topic up by name and sends the form’s fields', async () => {
    const { center, server } = await startBench({
      'GET /v1/servicerequests/supporttopics': topics,
      'POST /v1/servicerequests/en-US': {
        status: 201,
        json: { id: 616122292874576, title: ticket.title, status: 'none', createdDate: '0001-01-01T00:00:00' },
      },
    });

    const created = await center.tickets.create({ ...ticket, title: `${ticket.title}${'x'.repeat(300)}` }, requestId);

    assert.deepEqual(created, { id: '616122292874576', status: 'none', title: ticket.title, description: '' });
    const post = server.requests[1];
    assert.deepEqual(post?.body, {
      title: `${ticket.title}${'x'.repeat(300)}`.slice(0, 255),
      description: ticket.description,
      severity: 'moderate',
      supportTopicId: '32444672',
      supportTopicName: topic,
      primaryContact: {
        firstName: 'Anna Maria',
        lastName: 'Nowak',
        email: 'anna@partner.example',
        phoneNumber: '+48 22 555 01 00',
      },
    });
    assert.equal(post?.headers['ms-requestid'], requestId);
    assert.match(String(post?.headers.authorization), /^Bearer user-/);
  });

  for (const status of [404, 405, 410]) {
    it(`is \`not-offered\` where the topics answer ${status}`, async () => {
      const { center, server } = await startBench({ 'GET /v1/servicerequests/supporttopics': { status } });

      await assert.rejects(center.tickets.create(ticket, requestId), { kind: 'not-offered', status });
      assert.equal(server.requests.length, 1);
    });

    it(`is \`not-offered\` where the create call answers ${status}`, async () => {
      const { center } = await startBench({
        'GET /v1/servicerequests/supporttopics': topics,
        'POST /v1/servicerequests/en-US': { status },
      });

      await assert.rejects(center.tickets.create(ticket, requestId), { kind: 'not-offered', status });
    });
  }

  it('is `not-offered` where there is no such topic', async () => {
    const { center } = await startBench({ 'GET /v1/servicerequests/supporttopics': { json: items([]) } });

    await assert.rejects(center.tickets.create(ticket, requestId), { kind: 'not-offered' });
  });

  for (const id of ['SR-1', '12345678901', '', null]) {
    it(`is not believed where the answer’s id is none: ${id}`, async () => {
      const { center } = await startBench({
        'GET /v1/servicerequests/supporttopics': topics,
        'POST /v1/servicerequests/en-US': { status: 201, json: { id, status: 'none' } },
      });

      await assert.rejects(center.tickets.create(ticket, requestId), { kind: 'unexpected' });
    });
  }

  it('is refused otherwise as Partner Center says', async () => {
    const { center } = await startBench({
      'GET /v1/servicerequests/supporttopics': topics,
      'POST /v1/servicerequests/en-US': { status: 400, json: { title: 'Bad', status: 400, detail: 'Title too long.' } },
    });

    await assert.rejects(center.tickets.create(ticket, requestId), {
      kind: 'declined',
      description: 'Title too long.',
    });
  });
});

describe('one ticket', () => {
  afterEach(closeBenches);

  it('shows its last note and when it was closed', async () => {
    const { center, server } = await startBench({
      'GET /v1/servicerequests/616122292874576': {
        json: {
          id: '616122292874576',
          title: 'A &amp; B',
          description: 'd',
          status: 'AttentionNeeded',
          lastClosedDate: '2026-02-03T10:00:00',
          notes: [
            { text: 'newest', createdDate: '2026-02-02T00:00:00' },
            { text: 'older', createdDate: '2026-02-01T00:00:00' },
          ],
        },
      },
    });

    assert.deepEqual(await center.tickets.get('616122292874576'), {
      id: '616122292874576',
      status: 'attention_needed',
      title: 'A & B',
      description: 'd',
      closedAt: new Date('2026-02-03T10:00:00Z'),
      lastNote: 'newest',
    });
    assert.equal(server.requests[0]?.headers.includeorganizationrequests, 'true');
  });

  it('is asked for without the organisation where the account may not see that', async () => {
    const { center, server } = await startBench({
      'GET /v1/servicerequests/1': ({ headers }) =>
        headers.includeorganizationrequests ? { status: 403 } : { json: { id: '1', status: 1 } },
    });

    assert.equal((await center.tickets.get('1'))?.status, 'open');
    assert.equal(server.requests.length, 2);
  });

  it('that nobody knows is `undefined`', async () => {
    const { center } = await startBench({ 'GET /v1/servicerequests/1': { status: 404, json: { title: 'Not Found' } } });

    assert.equal(await center.tickets.get('1'), undefined);
  });
});

describe('the list of tickets', () => {
  afterEach(closeBenches);

  const all = Array.from({ length: 230 }, (_, n) => ({ id: n + 1, status: n % 50 === 7 ? 2 : 'open' }));

  it('is read page by page, by status', async () => {
    const { center, server } = await startBench({
      'GET /v1/servicerequests': ({ query }) => {
        const offset = Number(query.get('offset'));
        return { json: items(all.slice(offset, offset + Number(query.get('size')))) };
      },
    });

    const found = await center.tickets.list('open');

    assert.equal(found.length, 225);
    assert.ok(found.every(({ status }) => status === 'open'));
    assert.deepEqual(
      server.requests.map(({ query }) => query.get('offset')),
      ['0', '100', '200'],
    );
    assert.equal(server.requests[0]?.query.get('Field'), 'Status');
    assert.equal(server.requests[0]?.query.get('Value'), 'open');
  });

  it('goes on where the service gives shorter pages than asked for', async () => {
    const { center } = await startBench({
      'GET /v1/servicerequests': ({ query }) => {
        const offset = Number(query.get('offset'));
        return { json: { ...items(all.slice(offset, offset + 40)), totalCount: all.length } };
      },
    });

    assert.equal((await center.tickets.list('open')).length, 225);
  });

  it('ends where the service ignores the offset', async () => {
    const { center, server } = await startBench({ 'GET /v1/servicerequests': { json: items(all.slice(0, 100)) } });

    assert.equal((await center.tickets.list('closed')).length, 2);
    assert.equal(server.requests.length, 2);
  });
});

describe('issue types', () => {
  afterEach(closeBenches);

  it('are listed where the call still lives, and not offered where it is gone', async () => {
    const { center, server, timer } = await startBench({
      'GET /v1/servicerequests/supporttopics': [topics, { status: 410 }],
    });

    assert.deepEqual((await center.tickets.topics())[0], { id: '1', name: 'Other' });
    await center.tickets.topics();
    assert.equal(server.requests.length, 1, 'they are kept for some minutes');
    timer.advance(11 * 60_000);
    await assert.rejects(center.tickets.topics(), { kind: 'not-offered' });
  });
});

describe('an account without the role Support request admin', () => {
  afterEach(closeBenches);

  const path = '/v1/servicerequests';
  const lacking: Route = ({ headers }) =>
    headers.includeorganizationrequests
      ? { status: 403, json: { code: 900308, description: 'Privileges are not sufficient.' } }
      : { json: items([{ id: 1, status: 'open' }]) };

  it('sees its own tickets, is told so once, and is not asked for more at each look', async () => {
    const { center, server, lines, timer } = await startBench({ [`GET ${path}`]: lacking });

    for (let look = 0; look < 3; look += 1) {
      assert.equal((await center.tickets.list('open')).length, 1);
      timer.advance(60_000);
    }
    assert.equal(server.requests.length, 4);
    timer.advance(10 * 60_000);
    await center.tickets.list('open');

    assert.equal(server.requests.length, 6);
    const [line, ...others] = lines.filter(({ level }) => level !== 'debug');
    assert.deepEqual(others, []);
    assert.equal(line?.level, 'info');
    assert.match(JSON.stringify(line?.facts), /Support request admin/);
  });

  it('asks for a colleague’s ticket once more before it is said to be unknown', async () => {
    const colleagues = { json: { id: 7, status: 'open' } };
    let isLacking = true;
    const { center } = await startBench({
      [`GET ${path}`]: lacking,
      [`GET ${path}/7`]: ({ headers }) =>
        headers.includeorganizationrequests && !isLacking ? colleagues : { status: isLacking ? 403 : 404 },
    });
    await center.tickets.list('open');
    isLacking = false;

    assert.equal((await center.tickets.get('7'))?.id, '7');
  });

  it('that may see no tickets at all is refused, with what to do', async () => {
    const refusal = { status: 403, json: { code: 900308, description: 'Privileges are not sufficient.' } };
    const { center, lines } = await startBench({ [`GET ${path}`]: refusal });

    await assert.rejects(center.tickets.list('open'), { kind: 'forbidden' });

    assert.deepEqual(
      lines.filter(({ level }) => level !== 'debug').map(({ level }) => level),
      ['error'],
    );
  });
});

describe('tickets that are not closed', () => {
  afterEach(closeBenches);

  const shown = (query: URLSearchParams, all: readonly { id: string; status: string }[], ignores = false) => {
    const isWanted = ({ status }: { status: string }) =>
      query.get('Operator') === 'not_equals' && !ignores
        ? status !== query.get('Value')
        : status === query.get('Value');
    return { json: items(all.filter(isWanted)) };
  };
  const all = [
    { id: '1', status: 'open' },
    { id: '2', status: 'closed' },
    { id: '3', status: 'attention_needed' },
  ];

  it('come in one list', async () => {
    const { center, server } = await startBench({ 'GET /v1/servicerequests': ({ query }) => shown(query, all) });

    assert.deepEqual(
      (await center.tickets.notClosed()).map(({ id }) => id),
      ['1', '3'],
    );
    assert.equal(server.requests.length, 1);
  });

  const others: readonly [string, Route][] = [
    ['is ignored', ({ query }) => shown(query, all, true)],
    [
      'is refused',
      ({ query }) =>
        query.get('Operator') === 'not_equals'
          ? { status: 400, json: { title: 'Bad Request', status: 400, detail: 'Unknown operator.' } }
          : shown(query, all),
    ],
  ];
  for (const [what, route] of others) {
    it(`come in one list of each status where the filter ${what}, which is tried once`, async () => {
      const { center, server } = await startBench({ 'GET /v1/servicerequests': route });

      const first = await center.tickets.notClosed();
      const again = await center.tickets.notClosed();

      for (const found of [first, again]) assert.deepEqual(found.map(({ id }) => id).sort(), ['1', '3']);
      assert.equal(server.requests.length, 1 + 3 + 3);
    });
  }
});

describe('what a ticket of a list says', () => {
  afterEach(closeBenches);

  const listed = (id: string, lastModifiedDate: string) => ({
    id,
    title: 'A ticket',
    status: 'open',
    lastModifiedDate,
  });
  const single = (id: string) => ({ json: { ...listed(id, '2026-02-01T00:00:00Z'), description: `What ${id} says` } });

  it('is read singly where the list leaves it out, once until the ticket changes', async () => {
    let changed = '2026-02-01T00:00:00Z';
    const { center, server } = await startBench({
      'GET /v1/servicerequests': () => ({
        json: items([listed('1', changed), { ...listed('2', changed), description: 'Shown' }]),
      }),
      'GET /v1/servicerequests/1': single('1'),
    });
    const read = async () =>
      (await center.tickets.readWhole(await center.tickets.list('open'))).map((one) => one.description);
    const singles = () => server.requests.filter(({ path }) => path.endsWith('/1')).length;

    assert.deepEqual(await read(), ['What 1 says', 'Shown']);
    assert.deepEqual(await read(), ['What 1 says', 'Shown']);
    assert.equal(singles(), 1);

    changed = '2026-02-02T00:00:00Z';
    await read();
    assert.equal(singles(), 2);
  });

  it('stays unknown where one of them cannot be read', async () => {
    const { center } = await startBench({
      'GET /v1/servicerequests': { json: items([listed('1', ''), listed('2', '')]) },
      'GET /v1/servicerequests/1': { status: 500 },
      'GET /v1/servicerequests/2': single('2'),
    });

    const [first, second] = await center.tickets.readWhole(await center.tickets.list('open'));

    assert.deepEqual([first?.isSummary, second?.description], [true, 'What 2 says']);
  });
});
