import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describeVerified } from '../../src/cli/audit-verify.ts';
import { builtInPolicy } from '../../src/domain/policy.ts';
import { pruneAudit } from '../../src/storage/prune-audit.ts';
import { type AuditAnchor, readHead, readPruned, verifyAudit } from '../../src/storage/verify-audit.ts';
import { eachOwnDatabase } from '../support/databases.ts';
import { aLeak } from '../support/fakes/samples.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aCase, aKeyReveal, anOrderSubmission, at, minutesLater } from './records.ts';

eachOwnDatabase('pruning the audit log', (database) => {
  const verify = (anchor?: AuditAnchor) => verifyAudit(database().pool, anchor);
  const problemsOf = async (anchor?: AuditAnchor) => (await verify(anchor)).problems;
  const countOf = async (table: string) =>
    (await database().query<{ n: number }>(`select count(*)::int as n from software_desk.${table}`))[0]?.n;
  /** Later than all that was written, also where only whole milliseconds are told. */
  const now = (): Promise<Date> =>
    waitUntil(async () => {
      const [later] = await database().query<{ at: Date }>(
        `select at from (select date_trunc('milliseconds', clock_timestamp()) as at) as now
         where at > (select max(at) from software_desk.audit_chain)`,
      );
      return later?.at;
    }, 'the next millisecond');

  const submission = anOrderSubmission();
  const [old, recent] = [aKeyReveal({ orderId: randomUUID() }), aKeyReveal({ orderId: randomUUID() })];
  const [open, over] = [aLeak({ reference: 'LK-AAAAAA', orderId: randomUUID() }), aLeak({ orderId: randomUUID() })];
  const found = aCase();
  let until: Date;
  let oldHead: AuditAnchor;

  before(async () => {
    const { storage, pool } = database();
    await storage.orderSubmissions.insertOnce(submission);
    await storage.cases.insertOnce(found);
    await storage.leaks.report(open, []);
    await storage.leaks.report(over, []);
    const by = { id: 'p-2', name: 'Bert Lis' };
    await storage.leaks.lift(over.reference, { by, at: minutesLater(1), reason: 'A new key.' }, []);
    // More than one batch.
    for (let n = 0; n < 6; n += 1) await storage.keyReveals.add(Array.from({ length: 100 }, () => old));
    const look = { record: 'old', at, what: 'key', who: 'eve@partner.example', item: '', mayBeOurs: false } as const;
    await storage.keyReveals.addOutside([look]);
    await storage.audit.recordExport({ at, personId: 'p-1', personName: 'Ada' });
    for (const alwaysTicket of [true, false])
      await storage.audit.recordPolicy({ at, file: undefined, rules: { ...builtInPolicy, alwaysTicket } });
    oldHead = await readHead(pool);
    until = await now();
    await storage.keyReveals.add([recent]);
  });

  it('takes nothing where nothing is old enough', async () => {
    assert.equal(await pruneAudit(database().pool, { before: new Date(until.getTime() - 3600_000) }), 0);

    assert.equal(await readPruned(database().pool), undefined);
    assert.deepEqual(await problemsOf(), []);
  });

  it('takes what is old with its records, keeps what is not over, and leaves a chain that is as it was written', async () => {
    const { pool, storage, query } = database();

    const pruned = await pruneAudit(pool, { before: until });

    assert.equal(pruned, oldHead.id);
    assert.deepEqual(await readPruned(pool), oldHead);
    assert.deepEqual(await problemsOf(), []);
    assert.deepEqual(await storage.keyReveals.ofOrder(old.orderId), []);
    assert.equal((await storage.keyReveals.ofOrder(recent.orderId)).length, 1);
    assert.equal(await countOf('audit_exports'), 0);
    assert.ok(await storage.orderSubmissions.get(submission.submissionId));
    assert.equal(await storage.leaks.get(over.reference), undefined);
    assert.equal((await storage.leaks.openOf(open.orderId))?.reference, open.reference);
    assert.equal((await storage.cases.history(found.reference)).length, 1);
    const rows = await query<{ source: string; event: string }>(
      'select source, event from software_desk.audit_chain order by id',
    );
    assert.deepEqual(rows.map(({ source, event }) => `${source} ${event}`).toSorted(), [
      // The policy that applies, and not the one before.
      'audit_decisions kept',
      'case_events kept',
      'key_reveals added',
      'leaks kept',
      'order_submissions kept',
    ]);
    assert.match(
      describeVerified(await verify()),
      new RegExp(`as it was written: 5 rows, behind the pruned row ${oldHead.id}:${oldHead.hash}, the last one `),
    );
  });

  it('knows the anchor at which it was pruned, says of an older one that it is, and goes on from there', async () => {
    const { pool, storage } = database();

    assert.deepEqual(await problemsOf(oldHead), []);
    assert.deepEqual(await problemsOf({ id: oldHead.id, hash: '0'.repeat(64) }), [
      { where: `row ${oldHead.id}`, what: 'anchor-differs' },
    ]);
    assert.deepEqual(await problemsOf({ id: 1, hash: '0'.repeat(64) }), [{ where: 'row 1', what: 'anchor-pruned' }]);
    await storage.orderSubmissions.finish(submission.submissionId, { state: 'ordered', orderIds: [], at });
    assert.deepEqual(await problemsOf(), []);
    assert.equal((await readHead(pool)).id, oldHead.id + 6);
  });

  it('still lets what was changed or taken out be found, also of what it noted again', async () => {
    const { query, pool } = database();
    const past = async (sql: string, values: unknown[] = []) => {
      await query('alter table software_desk.leaks disable trigger keep_in_audit_chain');
      await query(sql, values);
      await query('alter table software_desk.leaks enable trigger keep_in_audit_chain');
    };
    const rename = (name: string) => past('update software_desk.leaks set reporter_name = $1', [name]);
    await rename('Nobody');
    const changed = { where: `leaks ${open.reference}`, what: 'record-changed' };
    assert.deepEqual(await problemsOf(), [changed]);
    await pruneAudit(pool, { before: await now() });
    assert.deepEqual(await problemsOf(), [changed]);
    await rename(open.reporter.name);
    assert.deepEqual(await problemsOf(), []);

    const { id } = (await readPruned(pool)) ?? assert.fail('nothing was pruned');
    await query('create table first_row as select * from software_desk.audit_chain where id = $1', [id + 1]);
    await query('delete from software_desk.audit_chain where id = $1', [id + 1]);
    assert.deepEqual((await problemsOf())[0], { where: `rows ${id + 1} to ${id + 1}`, what: 'missing-in-chain' });
    await query('insert into software_desk.audit_chain select * from first_row');
    await query('drop table first_row');
    assert.deepEqual(await problemsOf(), []);
  });

  it('waits for nobody and loses nothing where others write meanwhile', async () => {
    const { pool, storage, other } = database();
    const before = await now();
    const looks = Array.from({ length: 10 }, () => aKeyReveal());

    await Promise.all([
      pruneAudit(pool, { before }),
      ...looks.map((look) => other.keyReveals.add([look])),
      pruneAudit(pool, { before }),
    ]);

    assert.deepEqual(await problemsOf(), []);
    for (const { orderId } of looks) assert.equal((await storage.keyReveals.ofOrder(orderId)).length, 1);
  });

  it('is no problem for whoever verifies the chain meanwhile', async () => {
    const { pool, storage } = database();
    for (let n = 0; n < 30; n += 1) await storage.keyReveals.add(Array.from({ length: 100 }, () => aKeyReveal()));
    let isOver = false;
    const pruning = pruneAudit(pool, { before: await now() }).finally(() => {
      isOver = true;
    });
    const found = [];
    while (!isOver) found.push(...(await problemsOf()));

    assert.ok((await pruning) >= 3_000);
    assert.deepEqual(found, []);
  });
});
