import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { examineDatabase } from '../../src/storage/examine.ts';
import { createIdentity, type Identity } from '../support/certificates.ts';
import { forOneTest, freshDatabase, onServer } from '../support/databases.ts';
import { skip } from '../support/skip.ts';
import { type Difference, examine, given, paths, refused } from './set-up.ts';

/** The steps of docs/operations.md, "Changing secrets", as an operator goes them: each looked at by `npm run doctor`. */
describe('changing secrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sd-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (text: string): string => {
    const path = join(folder, `${randomUUID()}.pem`);
    writeFileSync(path, `${text}\n`);
    return path;
  };

  /** What is wrong, where the directory takes a sign-in only if this is so. */
  async function wrongWhere(
    path: string,
    isTaken: (form: URLSearchParams) => boolean,
    { variables, ...difference }: Difference,
  ): Promise<string[]> {
    const route = ({ text }: { readonly text: string }) =>
      isTaken(new URLSearchParams(text)) ? given() : refused(7000215, 'invalid_client');
    const found = await examine({
      ...difference,
      variables: { ROLES_SOURCE: 'static', ...variables },
      routes: { [path]: route },
    });
    return found.flatMap(({ level, code }) => (level === 'note' ? [] : [code]));
  }

  it('of the bot: both passwords work meanwhile, the new one afterwards', async () => {
    const takes =
      (...secrets: string[]) =>
      (form: URLSearchParams) =>
        secrets.includes(form.get('client_secret') ?? '');
    const withNew = { variables: { MicrosoftAppPassword: '', MicrosoftAppPassword_FILE: file('new') } };

    assert.deepEqual(await wrongWhere(paths.token, takes('password', 'new'), {}), []);
    assert.deepEqual(await wrongWhere(paths.token, takes('password', 'new'), withNew), []);
    assert.deepEqual(await wrongWhere(paths.token, takes('new'), withNew), []);
    assert.deepEqual(await wrongWhere(paths.token, takes('new'), {}), ['bot-sign-in']);
  });

  it('of Partner Center: the new client secret, from a file, with the new consent', async () => {
    // `next` is what the directory gives in exchange.
    const takes = (form: URLSearchParams) =>
      form.get('client_secret') === 'new' && [null, 'new-consent', 'next'].includes(form.get('refresh_token'));
    const secret = { PARTNER_CENTER_CLIENT_SECRET: '', PARTNER_CENTER_CLIENT_SECRET_FILE: file('new') };
    const consent = { PARTNER_CENTER_REFRESH_TOKEN: '', PARTNER_CENTER_REFRESH_TOKEN_FILE: file('new-consent') };

    assert.deepEqual(await wrongWhere(paths.partnerCenterToken, takes, { variables: secret }), [
      'partner-center-sign-in',
    ]);
    assert.deepEqual(await wrongWhere(paths.partnerCenterToken, takes, { variables: { ...secret, ...consent } }), []);
  });

  it('of Partner Center: a new certificate beside the old one, then alone', async () => {
    const [old, next] = [createIdentity({ name: 'desk' }), createIdentity({ name: 'desk' })];
    const printOf = ({ certificate }: Identity) => createHash('sha256').update(certificate.raw).digest('base64url');
    const takes =
      (...identities: Identity[]) =>
      (form: URLSearchParams) => {
        const header = decodeProtectedHeader(form.get('client_assertion') ?? '') as { readonly 'x5t#S256'?: string };
        return identities.map(printOf).includes(header['x5t#S256'] ?? '');
      };
    const using = ({ pem, keyPem }: Identity) => ({ variables: { PARTNER_CENTER_CLIENT_SECRET: file(pem + keyPem) } });

    assert.deepEqual(await wrongWhere(paths.partnerCenterToken, takes(old, next), using(old)), []);
    assert.deepEqual(await wrongWhere(paths.partnerCenterToken, takes(old, next), using(next)), []);
    assert.deepEqual(await wrongWhere(paths.partnerCenterToken, takes(next), using(next)), []);
    assert.deepEqual(await wrongWhere(paths.partnerCenterToken, takes(next), using(old)), ['partner-center-sign-in']);
  });

  it('of the service account: the new refresh token counts, whatever was stored for the old one', async () => {
    const fingerprint = (token: string) => createHash('sha256').update(token).digest('hex').slice(0, 16);
    const stored = new Map([[fingerprint('old-consent'), 'exchanged-for-the-old-one']]);
    const facts = {
      isServer: true,
      version: 160_000,
      encoding: 'UTF8',
      isReadOnly: false,
      clockMs: 0,
      latencyMs: 1,
      freeConnections: 90,
      hasRights: true,
      neededStep: 0,
      knownStep: 1,
      hasRegistered: true,
      serviceUrls: [],
    };
    const load = async (print: string) => {
      const value = stored.get(print);
      return value === undefined ? { kind: 'none' as const } : { kind: 'found' as const, value };
    };
    const database = { kind: 'open' as const, facts, refreshTokens: { load }, close: async () => undefined };
    const used: (string | null)[] = [];
    const takes = (form: URLSearchParams) => {
      if (form.has('refresh_token')) used.push(form.get('refresh_token'));
      return true;
    };
    const withToken = (token: string) => ({ database, variables: { PARTNER_CENTER_REFRESH_TOKEN: token } });

    assert.deepEqual(await wrongWhere(paths.partnerCenterToken, takes, withToken('old-consent')), []);
    assert.equal(used.splice(0)[0], 'exchanged-for-the-old-one');
    assert.deepEqual(await wrongWhere(paths.partnerCenterToken, takes, withToken('new-consent')), []);
    assert.equal(used[0], 'new-consent');
  });

  it('of the database: a second user of the role that owns the tables, then without the first', async function () {
    if (!process.env.DATABASE_URL) skip(this, 'it needs DATABASE_URL');
    const { databaseUrl = '' } = await forOneTest(freshDatabase());
    const url = new URL(databaseUrl);
    const [owner, first, second] = ['owner', 'first', 'second'].map(
      (name) => `desk_${name}_${randomUUID().slice(0, 8)}`,
    );
    const database = url.pathname.slice(1);
    await onServer(
      databaseUrl,
      `create role ${owner}; create role ${first} login password 'x' in role ${owner}; grant create on database ${database} to ${owner};
       do $$ declare one record; begin
         for one in select nspname from pg_namespace where nspname in ('software_desk', 'software_desk_jobs') loop
           execute format('alter schema %I owner to ${owner}', one.nspname);
         end loop;
         for one in select oid::regclass as name from pg_class where relkind in ('r', 'p')
           and relnamespace in ('software_desk'::regnamespace, 'software_desk_jobs'::regnamespace) loop
           execute format('alter table %s owner to ${owner}', one.name);
         end loop;
       end $$`,
    );
    const looksRightTo = async (user = '') => {
      url.username = user;
      url.password = 'x';
      const found = await examineDatabase({ databaseUrl: url.href, dataDir: 'none', vaultKeys: [] });
      if (found.kind === 'open') await found.close();
      return found.kind === 'open' && found.facts.hasRights;
    };
    try {
      assert.equal(await looksRightTo(first), true);
      await onServer(databaseUrl, `create role ${second} login password 'x' in role ${owner}`);
      assert.equal(await looksRightTo(second), true);
      await onServer(databaseUrl, `drop role ${first}`);
      assert.equal(await looksRightTo(first), false);
      assert.equal(await looksRightTo(second), true);
    } finally {
      await onServer(
        databaseUrl,
        `reassign owned by ${owner} to current_user; drop owned by ${owner}; drop role ${second}; drop role ${owner}`,
      );
    }
  });
});
