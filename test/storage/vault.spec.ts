import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createVault, type Vault } from '../../src/storage/vault.ts';
import { eachDatabase } from '../support/databases.ts';

eachDatabase('the vault', (database) => {
  let pool: Pool;

  before(() => {
    pool = database().pool;
  });

  function vaultOf(...keys: string[]): Vault {
    return createVault(pool, keys);
  }

  it('gives back what was saved last', async () => {
    const name = randomUUID();
    await vaultOf('key').save(name, 'first');
    await vaultOf('key').save(name, 'łast token');

    assert.deepEqual(await vaultOf('key').load(name), { kind: 'found', value: 'łast token' });
    assert.deepEqual(await vaultOf('key').load(randomUUID()), { kind: 'none' });
  });

  it('is part of the storage', async () => {
    const { storage, other } = database();
    await storage.vault.save('token', 'value');

    assert.deepEqual(await other.vault.load('token'), { kind: 'found', value: 'value' });
  });

  it('tells what another key or another name has sealed from nothing', async () => {
    const [name, elsewhere] = [randomUUID(), randomUUID()];
    await vaultOf('key').save(name, 'token');
    await pool.query(
      `insert into software_desk.secrets (name, sealed) select $2, sealed from software_desk.secrets where name = $1`,
      [name, elsewhere],
    );

    assert.deepEqual(await vaultOf('other key').load(name), { kind: 'sealed' });
    assert.deepEqual(await vaultOf('key').load(elsewhere), { kind: 'sealed' });
  });

  it('does not open a row that was cut or changed', async () => {
    const name = randomUUID();
    for (const change of [
      'substring(sealed from 1 for 20)',
      'set_byte(sealed, 45, 255 - get_byte(sealed, 45))',
      `''::bytea`,
    ]) {
      await vaultOf('key').save(name, 'token');
      await pool.query(`update software_desk.secrets set sealed = ${change} where name = $1`, [name]);

      assert.deepEqual(await vaultOf('key').load(name), { kind: 'sealed' });
    }
  });

  it('does not write the secret in the clear', async () => {
    const name = randomUUID();
    await vaultOf('key').save(name, 'a refresh token');

    const { rows } = await pool.query<{ sealed: Buffer }>('select sealed from software_desk.secrets where name = $1', [
      name,
    ]);

    assert.equal(rows[0]?.sealed.includes('refresh'), false);
  });

  it('opens with the key of before, and is sealed with the new one from then on', async () => {
    const name = randomUUID();
    await vaultOf('old').save(name, 'token');

    assert.deepEqual(await vaultOf('new', 'old').load(name), { kind: 'found', value: 'token' });
    assert.deepEqual(await vaultOf('new').load(name), { kind: 'found', value: 'token' });
    assert.deepEqual(await vaultOf('old').load(name), { kind: 'sealed' });
  });

  it('is left as it is by whoever only looks', async () => {
    const name = randomUUID();
    await vaultOf('old').save(name, 'token');

    const looked = await createVault(pool, ['new', 'old'], { isReadOnly: true }).load(name);

    assert.deepEqual(looked, { kind: 'found', value: 'token' });
    assert.deepEqual(await vaultOf('new').load(name), { kind: 'sealed' });
  });

  it('keeps nothing without a key', async () => {
    const name = randomUUID();
    await vaultOf().save(name, 'token');

    assert.deepEqual(await vaultOf().load(name), { kind: 'none' });
    assert.deepEqual(await vaultOf('key').load(name), { kind: 'none' });
  });
});
