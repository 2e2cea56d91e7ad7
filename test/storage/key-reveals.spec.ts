import assert from 'node:assert/strict';
import { eachDatabase } from '../support/databases.ts';
import { anExposure, minutesLater } from './records.ts';

eachDatabase('keyReveals', (database) => {
  it('are listed by order, oldest first', async () => {
    const { storage, other } = database();
    const later = anExposure({ at: minutesLater(1), what: 'link', personName: 'Bo' });
    const earlier = anExposure({ orderId: later.orderId });
    await storage.keyReveals.add(later);
    await storage.keyReveals.add(earlier);
    await storage.keyReveals.add(anExposure());

    assert.deepEqual(await other.keyReveals.ofOrder(later.orderId), [earlier, later]);
  });

  it('are left out once withdrawn, but stay in the books', async () => {
    const { storage, query } = database();
    const keyReveal = anExposure();
    const id = await storage.keyReveals.add(keyReveal);

    await storage.keyReveals.withdraw(id);

    assert.deepEqual(await storage.keyReveals.ofOrder(keyReveal.orderId), []);
    const rows = await query('select what from software_desk.key_reveals where order_id = $1', [keyReveal.orderId]);
    assert.deepEqual(rows, [{ what: 'key' }]);
  });

  it('throw when they cannot be written', async () => {
    const nobody = anExposure({ personId: undefined });

    await assert.rejects(database().storage.keyReveals.add(nobody));
  });
});
