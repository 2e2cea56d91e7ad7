import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { builtInPolicy } from '../../src/domain/policy.ts';
import { readSteps } from '../../src/storage/migrations.ts';
import { transaction } from '../../src/storage/postgres.ts';
import { type AuditAnchor, type AuditProblem, readHead, verifyAudit } from '../../src/storage/verify-audit.ts';
import { eachOwnDatabase } from '../support/databases.ts';
import { aLeak } from '../support/fakes/samples.ts';
import { aCase, aKeyReveal, anOrderSubmission, at } from './records.ts';

eachOwnDatabase('the chain of the audit log', (database) => {
  const problemsOf = async (anchor?: AuditAnchor): Promise<readonly AuditProblem[]> =>
    (await verifyAudit(database().pool, anchor)).problems;

  /** What somebody does who can do everything in the database. */
  const past = async (table: string, sql: string, values?: unknown[]) => {
    await database().query(`alter table software_desk.${table} disable trigger keep_in_audit_chain`);
    await database().query(sql, values);
    await database().query(`alter table software_desk.${table} enable trigger keep_in_audit_chain`);
  };

  /** Does `sql`, lets `check` look, and puts back what the chain and the records were. */
  async function afterwardsAsBefore(check: () => Promise<void>): Promise<void> {
    const { query } = database();
    await query('create table chain_before as select * from software_desk.audit_chain');
    await query('create table head_before as select * from software_desk.audit_head');
    await check();
    await query('delete from software_desk.audit_chain');
    await query('insert into software_desk.audit_chain select * from chain_before');
    await query('update software_desk.audit_head set (id, hash) = (select id, hash from head_before)');
    await query('drop table chain_before, head_before');
    assert.deepEqual(await problemsOf(), []);
  }

  const submission = anOrderSubmission({ personName: 'Zażółć "\\u0000" \n Gęś' });
  const reveal = aKeyReveal();
  let revealId: string;

  before(async () => {
    const { storage } = database();
    await storage.orderSubmissions.insertOnce(submission);
    await storage.orderSubmissions.finish(submission.submissionId, { state: 'ordered', orderIds: [randomUUID()], at });
    await storage.cases.insertOnce(aCase());
    [revealId = ''] = await storage.keyReveals.add([reveal]);
    await storage.keyReveals.withdraw([revealId]);
    await storage.audit.recordExport({ at, personId: 'p-1', personName: 'Ada' });
  });

  it('has each record, and each change of one, in the order in which they were written', async () => {
    const rows = await database().query<{ source: string; event: string }>(
      'select source, event from software_desk.audit_chain order by id',
    );

    assert.deepEqual(
      rows.map(({ source, event }) => `${source} ${event}`),
      [
        'order_submissions added',
        'order_submissions changed',
        'case_events added',
        'key_reveals added',
        'key_reveals changed',
        'audit_exports added',
      ],
    );
    assert.deepEqual(await problemsOf(), []);
  });

  it('has no row for a change that is none, nor for where a card stands', async () => {
    const { storage, pool } = database();
    const { id } = await readHead(pool);

    await storage.orderSubmissions.setCard(submission.submissionId, { placeId: '19:other', messageId: '7' });
    await storage.keyReveals.withdraw([revealId]);

    assert.equal((await readHead(pool)).id, id);
  });

  it('tells that a record was changed past it', async () => {
    const set = (name: string) => past('key_reveals', 'update software_desk.key_reveals set person_name = $1', [name]);
    await set('Bert');

    assert.deepEqual(await problemsOf(), [{ where: `key_reveals ${revealId}`, what: 'record-changed' }]);

    await set(reveal.personName);
    assert.deepEqual(await problemsOf(), []);
  });

  it('tells that a record was added or removed past it', async () => {
    const { query } = database();
    await query('create table exports_before as select * from software_desk.audit_exports');
    await past('audit_exports', 'delete from software_desk.audit_exports');
    const [removed] = await problemsOf();
    await past(
      'audit_exports',
      'insert into software_desk.audit_exports overriding system value select * from exports_before',
    );
    assert.deepEqual(await problemsOf(), []);
    await past(
      'reminder_decisions',
      `insert into software_desk.reminder_decisions
         (person_id, person_name, customer_id, order_id, order_number, choice, closes_at, at)
       values ('p-1', 'Ada', 'c-1', 'o-1', 'abc', 'keep', now(), now())`,
    );
    const [added] = await problemsOf();
    await past('reminder_decisions', 'delete from software_desk.reminder_decisions');

    assert.equal(removed?.what, 'record-removed');
    assert.equal(added?.what, 'record-not-in-chain');
    assert.match(added?.where ?? '', /^reminder_decisions /);
  });

  it('has what Partner Center told of looks, also what it told before the chain had it', async () => {
    const { storage, query } = database();
    const look = { record: 'r1', at, what: 'key', who: 'eve@partner.example', item: 'x', mayBeOurs: false } as const;
    const name = (who: string) =>
      past('outside_looks', `update software_desk.outside_looks set who = '${who}' where record = 'r1'`);
    const isFoundOut = async () => {
      await name('mallory');
      assert.deepEqual(
        (await problemsOf()).map(({ what }) => what),
        ['record-changed'],
      );
      await name('eve@partner.example');
    };
    await storage.keyReveals.addOutside([look]);
    assert.deepEqual(await problemsOf(), []);
    await isFoundOut();

    const step = readSteps().find(({ number }) => number === 116) ?? assert.fail();
    await query('drop trigger keep_in_audit_chain on software_desk.outside_looks');
    await query('alter table software_desk.tracking drop column keys_told_until, drop column links_told_until');
    await storage.keyReveals.addOutside([{ ...look, record: 'r2' }]);
    await transaction(database().pool, async (client) => {
      await client.query(`set local timezone = 'Asia/Kathmandu'`);
      await client.query(step.sql);
    });

    assert.deepEqual(await problemsOf(), []);
    await isFoundOut();
  });

  it('tells that one of its rows was changed', () =>
    afterwardsAsBefore(async () => {
      await database().query(`update software_desk.audit_chain set at = at + interval '1 second' where id = 2`);

      assert.deepEqual(await problemsOf(), [{ where: 'row 2', what: 'changed-in-chain' }]);
    }));

  it('tells that one of its rows was changed, with its hash made anew', () =>
    afterwardsAsBefore(async () => {
      await database().query(
        `update software_desk.audit_chain as changed set content = '{}', hash = software_desk.audit_hash(
           (select hash from software_desk.audit_chain where id = 2), id, at, source, source_key, event, '{}')
         where id = 3`,
      );

      assert.deepEqual((await problemsOf())[0], { where: 'row 4', what: 'changed-in-chain' });
    }));

  it('tells that two of its rows changed places', () =>
    afterwardsAsBefore(async () => {
      await database().query('update software_desk.audit_chain set id = -id where id in (2, 3)');
      await database().query('update software_desk.audit_chain set id = 5 + id where id < 0');

      const where = (await problemsOf()).map((problem) => problem.where);
      assert.deepEqual(where.slice(0, 2), ['row 2', 'row 3']);
    }));

  it('tells that one of its rows was taken out', () =>
    afterwardsAsBefore(async () => {
      await database().query('delete from software_desk.audit_chain where id = 2');

      assert.deepEqual((await problemsOf())[0], { where: 'rows 2 to 2', what: 'missing-in-chain' });
    }));

  it('tells that its end was cut off, also where its head was made to fit, by an anchor kept elsewhere', () =>
    afterwardsAsBefore(async () => {
      const { pool, query } = database();
      const anchor = await readHead(pool);
      await query('delete from software_desk.audit_chain where id = $1', [anchor.id]);

      assert.ok((await problemsOf()).some(({ what }) => what === 'end-cut-off'));

      await query(
        `update software_desk.audit_head set (id, hash) =
           (select id, hash from software_desk.audit_chain order by id desc limit 1)`,
      );
      assert.ok((await problemsOf(anchor)).some(({ what }) => what === 'anchor-differs'));
    }));

  it('accepts the anchor that is its head', async () => {
    const anchor = await readHead(database().pool);

    assert.deepEqual(await problemsOf({ ...anchor, hash: anchor.hash.toUpperCase() }), []);
    assert.deepEqual(await problemsOf({ ...anchor, hash: '0'.repeat(64) }), [
      { where: `row ${anchor.id}`, what: 'anchor-differs' },
    ]);
  });

  const refusing = (code: string) => ({
    begin: `create function software_desk.refuse() returns trigger language plpgsql as
        $$ begin raise exception 'refused by a test' using errcode = '${code}'; end $$;
      create trigger refuse before insert on software_desk.audit_chain for each row execute function software_desk.refuse()`,
    end: 'drop trigger refuse on software_desk.audit_chain; drop function software_desk.refuse()',
  });
  for (const [way, { begin, end }] of Object.entries({
    gone: {
      begin: 'alter table software_desk.audit_chain rename to away',
      end: 'alter table software_desk.away rename to audit_chain',
    },
    full: refusing('53100'),
    'read only': refusing('25006'),
    locked: refusing('55P03'),
  }))
    it(`lets nothing be written that it cannot take, whatever it is: its table is ${way}`, async () => {
      const { storage, query } = database();
      const who = { personId: randomUUID(), personName: 'Ada' };
      const other = anOrderSubmission();
      const aNewCase = aCase();
      const leak = aLeak({ reference: `LK-${randomUUID()}`, orderId: randomUUID() });
      const session = { personId: who.personId, name: 'Ada', expiresAt: new Date(Date.now() + 3600_000) };
      const contact = { firstName: 'Anna', lastName: 'Kowalska', email: 'anna@contoso.example' };
      const agreed = { ...who, customerId: 'c-1', customerName: 'Contoso', contact, agreedAt: at, at };
      const look = { record: randomUUID(), at, what: 'key', who: 'eve', item: '', mayBeOurs: false } as const;
      const rules = { ...builtInPolicy, auditDays: 400 };
      await storage.knownRoles.note({ personId: who.personId, roles: ['admin-agent'], at });
      const writes: Readonly<Record<string, () => Promise<unknown>>> = {
        order: () => storage.orderSubmissions.insertOnce(other),
        'cancellation or ticket': () => storage.cases.insertOnce(aNewCase),
        reveal: () => storage.keyReveals.add([aKeyReveal()]),
        download: () => storage.keyReveals.add([aKeyReveal({ what: 'download' })]),
        copy: () => storage.keyReveals.add([aKeyReveal({ what: 'link' })]),
        'token used twice': () =>
          storage.keyReveals.addRefused([{ ...aKeyReveal(), refusal: 'used', token: randomUUID() }]),
        export: () => storage.audit.recordExport({ at, ...who }),
        refusal: () =>
          storage.audit.recordDecision({ at, ...who, decision: { kind: 'refused', right: 'keys.reveal' } }),
        'sign-in': () => storage.webSessions.put(who.personId, session),
        agreement: () => storage.agreementConfirmations.add({ submissionId: randomUUID(), ...agreed }),
        leak: () => storage.leaks.report(leak, []),
        policy: () => storage.audit.recordPolicy({ at, file: undefined, rules }),
        'role lost': () => storage.knownRoles.note({ personId: who.personId, roles: [], at }),
        'look at Partner Center': () => storage.keyReveals.addOutside([look]),
      };

      await query(begin);
      try {
        for (const [what, write] of Object.entries(writes))
          await assert.rejects(write(), (error: { code?: string }) => error.code === 'SD001', `${what}: ${way}`);
      } finally {
        await query(end);
      }

      assert.equal(await storage.orderSubmissions.get(other.submissionId), undefined);
      assert.equal(await storage.cases.get(aNewCase.reference), undefined);
      assert.equal(await storage.webSessions.get(who.personId, new Date()), undefined);
      assert.equal(await storage.leaks.get(leak.reference), undefined);
      assert.deepEqual(await problemsOf(), []);
    });
});
