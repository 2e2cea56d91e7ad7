import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { SlotWanted } from '../../src/domain/work/send-slots.ts';
import { eachDatabase } from '../support/databases.ts';

const windows = [{ most: 2, ms: 60_000 }];

eachDatabase('the moments at which may be sent', (database) => {
  it('are shared by all processes, and each is taken once', async () => {
    const { storage, other } = database();
    const one: SlotWanted = { key: randomUUID(), windows, sentAgo: [] };

    const taken = await Promise.all(
      [storage, other, storage, other].map(({ sendSlots }) => sendSlots.take([one], 200_000)),
    );

    const waits = taken.map(({ waitMs }) => Math.round(waitMs / 10_000)).sort((a, b) => a - b);
    assert.deepEqual(waits, [0, 0, 6, 6]);
    assert.ok(taken.every(({ isTaken }) => isTaken));
  });

  it('are not taken where they are too far ahead, and count what was sent without asking', async () => {
    const { storage, other } = database();
    const [full, free] = [randomUUID(), randomUUID()];
    const both = [
      { key: full, windows, sentAgo: [1_000, 2_000] },
      { key: free, windows, sentAgo: [] },
    ];

    const refused = await storage.sendSlots.take(both, 5_000);
    const there = await other.sendSlots.take([{ key: full, windows, sentAgo: [] }], 5_000);
    const elsewhere = await other.sendSlots.take([{ key: free, windows, sentAgo: [] }], 5_000);

    assert.equal(refused.isTaken, false);
    assert.ok(refused.waitMs > 55_000 && refused.waitMs <= 58_000, String(refused.waitMs));
    assert.equal(there.isTaken, false);
    assert.deepEqual(elsewhere, { waitMs: 0, isTaken: true });
  });
});
