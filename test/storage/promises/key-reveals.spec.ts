import assert from 'node:assert/strict';
import { eachDatabase } from '../../support/databases.ts';
import { anExposure, minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

eachRecord('keyReveals', (kept) => {
  it('are listed by order, oldest first', async () => {
    const { records, other } = kept();
    const later = anExposure({ at: minutesLater(1), what: 'link', personName: 'Bo' });
    const earlier = anExposure({ orderId: later.orderId });
    await records.keyReveals.add([later]);
    await records.keyReveals.add([earlier]);
    await records.keyReveals.add([anExposure()]);

    assert.deepEqual(await other.keyReveals.ofOrder(later.orderId), [earlier, later]);
  });

  it('are left out once withdrawn', async () => {
    const { keyReveals } = kept().records;
    const keyReveal = anExposure();

    await keyReveals.withdraw(await keyReveals.add([keyReveal]));

    assert.deepEqual(await keyReveals.ofOrder(keyReveal.orderId), []);
  });

  it('throw when they cannot be written', async () => {
    const nobody = anExposure({ personId: undefined });

    await assert.rejects(kept().records.keyReveals.add([nobody]));
  });
});

eachDatabase('keyReveals', (database) => {
  it('stay in the books when they are withdrawn', async () => {
    const { storage, query } = database();
    const keyReveal = anExposure();

    await storage.keyReveals.withdraw(await storage.keyReveals.add([keyReveal]));

    const rows = await query('select what from software_desk.key_reveals where order_id = $1', [keyReveal.orderId]);
    assert.deepEqual(rows, [{ what: 'key' }]);
  });
});
