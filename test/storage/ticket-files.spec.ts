import assert from 'node:assert/strict';
import { prune } from '../../src/storage/prune.ts';
import { createTicketFiles } from '../../src/storage/ticket-files.ts';
import { eachDatabase } from '../support/databases.ts';
import { aDraft } from './records.ts';

eachDatabase('files of tickets in the database', (database) => {
  const canary = 'Kowalska signed it on Tuesday. '.repeat(40_000);

  async function aFile() {
    const { storage } = database();
    const draft = aDraft({ flow: 'cancel', changedAt: new Date().toISOString() });
    await storage.sessions.close({ personId: draft.ownerId, placeId: draft.place.id, draft });
    const bytes = Buffer.from(canary);
    const owner = { of: 'draft', id: draft.id } as const;
    const sent = { owner, personId: 'p-1', name: 'note.txt', type: 'text', bytes } as const;
    const { file } = await storage.ticketFiles.add(sent);
    return { ...file, owner };
  }

  it('are encrypted', async () => {
    const { id } = await aFile();

    const rows = await database().query<{ sealed: Buffer }>(
      'select sealed from software_desk.ticket_file_parts where file_id = $1 order by number',
      [id],
    );
    assert.equal(rows.length, 3);
    for (const { sealed } of rows) assert.equal(sealed.includes('Kowalska'), false);
  });

  it('do not open with another key, in another order, or with a part of another file', async () => {
    const { storage, pool, query } = database();
    const [one, other] = [await aFile(), await aFile()];
    const withOtherKey = createTicketFiles(pool, { enqueue: async () => undefined }, ['another key']);

    assert.equal(await withOtherKey.read(one.id), undefined);
    await query(
      `update software_desk.ticket_file_parts as part set sealed = foreign_part.sealed
       from software_desk.ticket_file_parts as foreign_part
       where part.file_id = $1 and part.number = 1 and foreign_part.file_id = $2 and foreign_part.number = 1`,
      [one.id, other.id],
    );
    assert.equal(await storage.ticketFiles.read(one.id), undefined);
    await query('delete from software_desk.ticket_file_parts where file_id = $1 and number = 2', [other.id]);
    assert.equal(await storage.ticketFiles.read(other.id), undefined);
  });

  it('are read with the key of before, and come once, while the key is changed', async () => {
    const { pool } = database();
    const engine = { enqueue: async () => undefined };
    const owner = { of: 'draft', id: (await aFile()).owner.id } as const;
    const sent = { owner, personId: 'p-1', name: 'letter.txt', type: 'text', bytes: Buffer.from('Dear all') } as const;
    const { file } = await createTicketFiles(pool, engine, ['the old key']).add(sent);
    const changed = createTicketFiles(pool, engine, ['the new key', 'the old key']);

    assert.equal(String(await changed.read(file.id)), 'Dear all');
    assert.equal((await changed.add(sent)).isNew, false);
    const { file: newer } = await changed.add({ ...sent, bytes: Buffer.from('Dear nobody') });
    assert.equal(String(await createTicketFiles(pool, engine, ['the new key']).read(newer.id)), 'Dear nobody');
  });

  it('are pruned when their draft is gone, and kept while it is open', async () => {
    const { storage, pool, query } = database();
    const [open, gone] = [await aFile(), await aFile()];
    await query('delete from software_desk.drafts where id = $1', [gone.owner.id]);
    await query("update software_desk.ticket_files set added_at = now() - interval '2 hours' where id = any ($1)", [
      [open.id, gone.id],
    ]);

    await prune(pool);

    assert.ok(await storage.ticketFiles.read(open.id));
    assert.equal(await storage.ticketFiles.read(gone.id), undefined);
    assert.deepEqual(await query('select from software_desk.ticket_file_parts where file_id = $1', [gone.id]), []);
  });
});
