import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eachDatabase } from '../support/databases.ts';

eachDatabase('what a host asked to wait', (database) => {
  it('is known in every process, and of that host only', async () => {
    const { storage, other } = database();
    const [host, another] = [randomUUID(), randomUUID()];
    const until = Date.now() + 60_000;

    await storage.rateLimits.hold(host, until);

    assert.equal(await other.rateLimits.heldUntil(host), until);
    assert.equal(await other.rateLimits.heldUntil(another), undefined);
  });

  it('is forgotten when it is over', async () => {
    const { storage, other, query } = database();
    const host = randomUUID();
    await storage.rateLimits.hold(host, Date.now() + 60_000);

    await query(
      `update software_desk.kept set value = jsonb_set(value::jsonb, '{expires}', '1000')::text where key = $1`,
      [`rate-limit:${host}`],
    );

    assert.equal(await other.rateLimits.heldUntil(host), undefined);
  });
});
