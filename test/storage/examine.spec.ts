import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { examineDatabase, readDatabaseFacts } from '../../src/storage/examine.ts';
import {
  eachDatabase,
  emptyDatabase,
  emptyOnServer,
  forOneTest,
  freshDatabase,
  onServer,
} from '../support/databases.ts';
import { skip } from '../support/skip.ts';

eachDatabase('a database that is looked at', (database) => {
  it('tells what it is, and what it knows', async () => {
    const { pool, storage } = database();
    await storage.vault.save('refresh-token 0123', 'secret');
    await storage.vault.save('webhook-url', 'https://desk.example/webhooks/partner-center');
    await storage.references.putPlace({
      place: { kind: 'personal', id: 'examined-place' },
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      tenantId: 't',
      bot: { id: 'b', name: 'Desk' },
    });

    const facts = await readDatabaseFacts(pool, true);

    assert.ok(facts.version >= 140_000, `${facts.version}`);
    assert.deepEqual([facts.encoding, facts.isReadOnly, facts.hasRights], ['UTF8', false, true]);
    assert.ok(Math.abs(facts.clockMs) < 10_000, `${facts.clockMs}`);
    assert.ok(facts.latencyMs > 0 && facts.latencyMs < 5_000, `${facts.latencyMs}`);
    assert.ok(facts.neededStep <= facts.knownStep && facts.knownStep >= 91);
    assert.ok(Date.now() - Number(facts.refreshTokenAt) < 60_000);
    assert.equal(facts.hasRegistered, true);
    assert.ok(facts.serviceUrls.includes('https://smba.trafficmanager.net/emea/'), facts.serviceUrls.join());
  });
});

describe('examining a database', () => {
  it('makes none where there is none', async () => {
    const { dataDir } = await forOneTest(emptyDatabase());

    assert.deepEqual(await examineDatabase({ dataDir }), { kind: 'absent' });
  });

  it('opens the one that is there, and gives it back', async () => {
    const where = await forOneTest(freshDatabase());
    for (const _time of ['first', 'second']) {
      const found = await examineDatabase({ ...where, vaultKeys: ['a client secret'] });
      assert.ok(found.kind === 'open');
      assert.deepEqual(await found.refreshTokens.load('0123'), { kind: 'none' });
      await found.close();
    }
  });
});

describe('examining a PostgreSQL server', () => {
  let server = '';
  before(function () {
    server = process.env.DATABASE_URL ?? '';
    if (!server) skip(this, 'it needs DATABASE_URL');
  });

  async function withUser(rights: (user: string, database: string) => string, on: Promise<{ databaseUrl?: string }>) {
    const { databaseUrl = '' } = await on;
    const user = `desk_${randomUUID().slice(0, 8)}`;
    const url = new URL(databaseUrl);
    await onServer(databaseUrl, `create role ${user} login password 'x'; ${rights(user, url.pathname.slice(1))}`);
    try {
      url.username = user;
      url.password = 'x';
      const found = await examineDatabase({ databaseUrl: url.href, dataDir: 'none' });
      if (found.kind === 'open') await found.close();
      return found;
    } finally {
      await onServer(databaseUrl, `drop owned by ${user} cascade; drop role ${user}`);
    }
  }

  it('tells a user who owns nothing from one who may make the tables', async () => {
    const may = await withUser(
      (user, name) => `grant create on database ${name} to ${user}`,
      forOneTest(emptyOnServer(server)),
    );
    const mayNot = await withUser(() => '', forOneTest(emptyOnServer(server)));
    const isNoOwner = await withUser(
      (user, name) =>
        `grant create on database ${name} to ${user}; grant usage, create on schema software_desk to ${user}`,
      forOneTest(freshDatabase()),
    );

    const rights = [may, mayNot, isNoOwner].map((found) => found.kind === 'open' && found.facts.hasRights);
    assert.deepEqual(rights, [true, false, false]);
  });

  it('says why it cannot be used, by PostgreSQL’s code', async () => {
    const url = new URL(server);
    url.pathname = '/no_such_database';
    const missing = await examineDatabase({ databaseUrl: url.href, dataDir: 'none' });
    assert.ok(missing.kind === 'unusable');
    assert.equal(missing.code, '3D000');

    const wrong = new URL(server);
    wrong.username = 'nobody';
    wrong.password = 'wrong';
    const refused = await examineDatabase({ databaseUrl: wrong.href, dataDir: 'none' });
    assert.ok(refused.kind === 'unusable');
    assert.match(refused.code ?? '', /^28/);
    assert.ok(!JSON.stringify(refused).includes('wrong'));
  });

  it('sees a database that takes no writes', async () => {
    const { databaseUrl = '' } = await forOneTest(freshDatabase());
    const name = new URL(databaseUrl).pathname.slice(1);
    await onServer(databaseUrl, `alter database ${name} set default_transaction_read_only = on`);
    const found = await examineDatabase({ databaseUrl, dataDir: 'none' });
    assert.ok(found.kind === 'open');
    assert.equal(found.facts.isReadOnly, true);
    await found.close();
  });
});
