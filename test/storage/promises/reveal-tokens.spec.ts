import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { BoundReveal } from '../../../src/domain/keys/reveal-tokens.ts';
import { eachDatabase } from '../../support/databases.ts';
import { eachRecord } from './each-record.ts';

const by = { personId: 'p-1', tenantId: 't-1' };
const bound: BoundReveal = {
  ...by,
  customerId: 'c-1',
  customerName: 'Contoso',
  orderId: 'o-1',
  orderNumber: '1a2b3c4d5e6f',
  lineNumber: 0,
  item: 'Windows Server 2022 Standard',
  items: ['key'],
  choice: { version: 'DG7:0001', language: 'pl-pl', architecture: '64 Bit' },
};

eachRecord('revealTokens', (kept) => {
  it('give what they were issued for, once, in whatever process they are used', async () => {
    const { records, other } = kept();
    const hash = randomUUID();
    await records.revealTokens.issue(hash, bound, 60);

    assert.deepEqual(await other.revealTokens.use(hash, by), { outcome: 'good', bound });
    assert.deepEqual(await records.revealTokens.use(hash, by), { outcome: 'used', bound });
  });

  it('are good for one of many that come at once', async () => {
    const { records, other } = kept();
    const hash = randomUUID();
    await records.revealTokens.issue(hash, bound, 60);

    const uses = await Promise.all(
      Array.from({ length: 12 }, (_, n) => (n % 2 ? records : other).revealTokens.use(hash, by)),
    );

    const outcomes = uses.map((use) => use?.outcome).sort();
    assert.deepEqual(outcomes, ['good', ...Array.from({ length: 11 }, () => 'used')]);
  });

  it('are for one person of one tenant, and stay good for them when somebody else comes first', async () => {
    const { revealTokens } = kept().records;
    const hash = randomUUID();
    await revealTokens.issue(hash, bound, 60);

    const others = [
      await revealTokens.use(hash, { ...by, personId: 'p-2' }),
      await revealTokens.use(hash, { ...by, tenantId: 't-2' }),
    ];

    assert.deepEqual(
      others.map((use) => use?.outcome),
      ['other-person', 'other-person'],
    );
    assert.equal((await revealTokens.use(hash, by))?.outcome, 'good');
  });

  it('end after their time, and were never there where nobody issued them', async () => {
    const { revealTokens } = kept().records;
    const hash = randomUUID();
    await revealTokens.issue(hash, bound, 0);

    assert.equal((await revealTokens.use(hash, by))?.outcome, 'expired');
    assert.equal(await revealTokens.use(randomUUID(), by), undefined);
  });
});

eachDatabase('revealTokens', (database) => {
  it('stand as what they were issued for, and as nothing that could be used', async () => {
    const { storage, query } = database();
    const hash = randomUUID();
    await storage.revealTokens.issue(hash, bound, 60);

    const [row] = await query('select * from software_desk.reveal_tokens where hash = $1', [hash]);

    assert.deepEqual(Object.keys(row ?? {}).sort(), [
      'bound',
      'expires_at',
      'hash',
      'issued_at',
      'person_id',
      'tenant_id',
      'used_at',
    ]);
  });
});
