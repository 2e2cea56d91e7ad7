import assert from 'node:assert/strict';
import { anExposure, minutesLater } from './records.ts';
import { eachDatabase } from './support.ts';

eachDatabase('exposures', (database) => {
  it('are listed by order, oldest first', async () => {
    const { storage, other } = database();
    const later = anExposure({ at: minutesLater(1), what: 'link', personName: 'Bo' });
    const earlier = anExposure({ orderId: later.orderId });
    await storage.exposures.add(later);
    await storage.exposures.add(earlier);
    await storage.exposures.add(anExposure());

    assert.deepEqual(await other.exposures.ofOrder(later.orderId), [earlier, later]);
  });

  it('are left out once withdrawn, but stay in the books', async () => {
    const { storage, query } = database();
    const exposure = anExposure();
    const id = await storage.exposures.add(exposure);

    await storage.exposures.withdraw(id);

    assert.deepEqual(await storage.exposures.ofOrder(exposure.orderId), []);
    const rows = await query('select what from software_desk.exposures where order_id = $1', [exposure.orderId]);
    assert.deepEqual(rows, [{ what: 'key' }]);
  });

  it('throw when they cannot be written', async () => {
    const nobody = anExposure({ personId: undefined });

    await assert.rejects(database().storage.exposures.add(nobody));
  });
});
