import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eachDatabase } from '../support/databases.ts';

eachDatabase('contacts', (database) => {
  it('are remembered per person, the last one given', async () => {
    const { storage, other } = database();
    const personId = randomUUID();
    await storage.contacts.put(personId, { name: 'Ada', phone: '+49 30 1' });
    await storage.contacts.put(personId, { name: 'Ada', email: 'ada@example.com' });

    assert.deepEqual(await other.contacts.of(personId), { name: 'Ada', email: 'ada@example.com' });
    assert.equal(await other.contacts.of(randomUUID()), undefined);
  });
});
