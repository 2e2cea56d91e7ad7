import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { openStorage } from '../../src/storage/index.ts';
import { afterwards, emptyOnServer, forOneTest, freshDatabase, onServer, opened } from '../support/databases.ts';
import { recordLog } from '../support/recorded-log.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import { anOrderSubmission } from './records.ts';

const dataDir = '/nowhere';

/** The one clear error: what is wrong, where to look, and nothing secret. */
async function refusalOf(databaseUrl: string): Promise<string> {
  const error = await openStorage({ databaseUrl, dataDir, log: recordLog() }).then(
    () => assert.fail('it opened'),
    (reason: Error) => reason,
  );
  assert.equal(error.name, 'DatabaseUnusable');
  assert.match(error.message, /DATABASE_URL/);
  assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`, /hunter2/);
  return error.message;
}

describe('a DATABASE_URL that cannot be used', () => {
  it('is refused when it is no address', async () => {
    assert.match(await refusalOf('mysql://desk:hunter2@db/x'), /postgresql:\/\/user/);
    assert.match(await refusalOf('hunter2'), /not a valid address/);
    assert.match(await refusalOf('postgresql://desk:hunter2@db:notaport/x'), /not a valid address/);
  });

  it('is refused with host, name and user when nobody listens there', async () => {
    const message = await refusalOf('postgresql://desk:hunter2@127.0.0.1:1/books');

    assert.match(message, /127\.0\.0\.1:1\/books, user desk/);
    assert.match(message, /ECONNREFUSED/);
  });

  it('is refused when something else answers there', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(typeof address === 'object' && address);

    await refusalOf(`postgresql://desk:hunter2@127.0.0.1:${address.port}/books`);
    server.close();
  });

  it('is refused when the password or the database is wrong', async function () {
    if (!process.env.DATABASE_URL) skip(this, 'needs DATABASE_URL');
    const wrongPassword = new URL(process.env.DATABASE_URL);
    wrongPassword.password = 'hunter2';
    const wrongName = new URL(process.env.DATABASE_URL);
    wrongName.pathname = '/no_such_database';

    assert.match(await refusalOf(wrongPassword.href), /password authentication failed/);
    assert.match(await refusalOf(wrongName.href), /"no_such_database" does not exist/);
  });
});

describe('a PostgreSQL server', () => {
  before(function () {
    if (!process.env.DATABASE_URL) skip(this, 'needs DATABASE_URL');
  });

  it('may be found empty by several processes at once', async function () {
    this.timeout(40_000);
    const where = await forOneTest(emptyOnServer(`${process.env.DATABASE_URL}`));
    const storages = await Promise.all(Array.from({ length: 4 }, () => opened(where)));

    const submission = anOrderSubmission();
    const written = await Promise.all(storages.map((storage) => storage.orderSubmissions.insertOnce(submission)));
    assert.equal(written.filter((result) => result.isNew).length, 1);
  });

  it('tells all processes the time, however the clock of their machine is set', async () => {
    const where = await forOneTest(freshDatabase());
    const log = recordLog();
    const right = await opened(where);
    const machine = Date.now;
    Date.now = () => machine() + 3 * 3600_000;
    afterwards(async () => {
      Date.now = machine;
    });
    const ahead = await opened(where, log);

    const [row] = await onServer(`${where.databaseUrl}`, 'select clock_timestamp() as at');
    for (const { clock } of [right, ahead])
      assert.ok(Math.abs(clock.now().getTime() - row?.at.getTime()) < 2_000, `${clock.now().toISOString()}`);
    const [warning] = log.lines.filter(({ text }) => text.startsWith('the clock of this machine differs'));
    assert.equal(warning?.facts.seconds, 3 * 3600);
  });

  it('may cut every connection: the next statement connects again', async () => {
    const where = await forOneTest(freshDatabase());
    const log = recordLog();
    const storage = await opened(where, log);
    await storage.orderSubmissions.insertOnce(anOrderSubmission());
    const work = Promise.withResolvers<string>();
    const inWork = storage.leases.hold('key', 0, () => work.promise);

    await onServer(
      `${where.databaseUrl}`,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await waitUntil(() => log.lines.some(({ text }) => text === 'an idle database connection was lost'), 'the loss');
    work.resolve('done');

    assert.equal(await inWork, 'done');
    assert.equal(await storage.isReady(), true);
    assert.equal((await storage.orderSubmissions.insertOnce(anOrderSubmission())).isNew, true);
  });
});
