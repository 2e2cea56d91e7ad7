import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eachDatabase } from '../support/databases.ts';

eachDatabase('seen activities', (database) => {
  it('are known in every process once they are marked', async () => {
    const { storage, other } = database();
    const id = randomUUID();

    assert.equal(await other.seen.has(id), false);
    await storage.seen.mark(id);
    await other.seen.mark(id);
    assert.equal(await other.seen.has(id), true);
  });

  it('are forgotten after a day', async () => {
    const { storage, query } = database();
    const id = randomUUID();
    const key = `seen:${id}`;
    await storage.seen.mark(id);

    const [row] = await query<{ expires_at: string }>('select expires_at from software_desk.kept where key = $1', [
      key,
    ]);
    assert.ok(Math.abs(Number(row?.expires_at) - Date.now() - 24 * 3600 * 1000) < 60_000);

    await query(
      `update software_desk.kept set value = jsonb_set(value::jsonb, '{expires}', '1000')::text where key = $1`,
      [key],
    );
    assert.equal(await storage.seen.has(id), false);
  });
});
