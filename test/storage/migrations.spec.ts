import assert from 'node:assert/strict';
import type { NewNotice } from '../../src/domain/notices/notice.ts';
import { migrate, readSteps, type Step } from '../../src/storage/migrations.ts';
import { eachOwnDatabase } from '../support/databases.ts';
import { at } from './records.ts';

const steps = readSteps();

function extraStep(number: number, needsStep = 0): Step {
  return { number, name: 'extra', sql: `create table software_desk.extra_${number} (id integer)`, needsStep };
}

describe('the steps of the schema', () => {
  it('are numbered in the order of their files, each number once', () => {
    const numbers = steps.map((step) => step.number);

    assert.deepEqual(
      numbers,
      [...new Set(numbers)].toSorted((a, b) => a - b),
    );
  });

  it('have a name that says what they do', () => {
    for (const { name } of steps) assert.match(name, /^[a-z]+(-[a-z]+)*$/);
  });
});

/** Some steps up to this one do, and came before there was a release. */
const beforeReleases = 28;

/** What takes away something that the version before reads, calls or writes. */
const takesAway = [
  /\bdrop\s+(table|column|view|function|schema|type|constraint\s+\w+\s+cascade)\b/i,
  /\brename\s+(to|column|constraint)\b/i,
  /\bset\s+schema\b/i,
  /\balter\s+column\s+\w+\s+(set\s+data\s+)?type\b/i,
  /\balter\s+column\s+\w+\s+(set\s+not\s+null|drop\s+default)\b/i,
  /\badd\s+column\s+(?![^,;]*\bdefault\b)[^,;]*\bnot\s+null\b/i,
  /\b(truncate|delete\s+from)\b/i,
];

/** What a version that does not know the step could not work with any more; nothing where the step says so itself. */
function hindersOlderVersions({ sql, needsStep }: Pick<Step, 'sql' | 'needsStep'>): string[] {
  if (needsStep > 0) return [];
  const statements = sql.replace(/--.*$/gm, '').replace(/\$\$[\s\S]*?\$\$/g, '$$$$');
  return takesAway.flatMap((pattern) => pattern.exec(statements)?.[0] ?? []);
}

describe('a step of a released schema', () => {
  it('leaves processes of the version before running, or says from which version on it is', () => {
    const hindering = steps
      .filter(({ number }) => number > beforeReleases)
      .flatMap((step) => hindersOlderVersions(step).map((what) => `${step.number}: ${what}`));

    assert.deepEqual(hindering, []);
  });

  const samples: readonly (readonly [string, number])[] = [
    ['alter table t add column c text', 0],
    ['alter table t add column c text not null default 0; create index i on t (c)', 0],
    ['-- drop table t\nselect 1', 0],
    ['create function f() returns void language sql as $$ delete from t $$', 0],
    ['alter table t add column c text not null', 1],
    ['alter table t drop column c', 1],
    ['alter table t rename to u', 1],
    ['alter table t rename column a to b', 1],
    ['alter table t alter column c type bigint', 1],
    ['alter table t alter column c set not null', 1],
    ['drop table t; truncate u', 2],
  ];
  for (const [sql, count] of samples)
    it(`${count === 0 ? 'may' : 'says so if it does'}: ${sql}`, () => {
      assert.equal(hindersOlderVersions({ sql, needsStep: 0 }).length, count);
      assert.deepEqual(hindersOlderVersions({ sql, needsStep: 7 }), []);
    });
});

eachOwnDatabase('the schema', (database) => {
  const applied = async () =>
    (await database().query<{ step: number }>('select step from software_desk.migrations order by step')).map(
      (row) => row.step,
    );

  it('has every step once, also when it is brought up to date again', async () => {
    await migrate(database().pool);

    assert.deepEqual(
      await applied(),
      steps.map((step) => step.number),
    );
  });

  it('is known again where an older version made it, which noted nothing but the numbers', async () => {
    const { pool, query } = database();
    await query('alter table software_desk.migrations drop column needs_step');

    await migrate(pool);

    assert.deepEqual(
      await applied(),
      steps.map((step) => step.number),
    );
  });

  it('keeps nothing of a step that fails, nor of those before it', async () => {
    const { pool, query } = database();
    const before = await applied();
    const broken = {
      number: 902,
      name: 'broken',
      sql: 'create table software_desk.nothing (id no_such_type)',
      needsStep: 0,
    };

    await assert.rejects(migrate(pool, [...steps, extraStep(901), broken]), /no_such_type/);

    assert.deepEqual(await applied(), before);
    assert.deepEqual(await query(`select 1 from pg_tables where tablename = 'extra_901'`), []);
  });

  it('may be newer than the version that starts, as long as that version can work with it', async () => {
    const { pool } = database();
    await migrate(pool, [...steps, extraStep(903, steps.length)]);

    await migrate(pool);

    assert.ok((await applied()).includes(903));
  });

  it('is left alone by a version that is too old for it, which says what to do', async () => {
    const { pool } = database();
    await migrate(pool, [...steps, extraStep(904, 904)]);

    await assert.rejects(migrate(pool), (error: Error) => {
      assert.equal(error.name, 'DatabaseTooNew');
      for (const part of ['step 904', `up to ${steps.at(-1)?.number}`, 'newer version', 'backup'])
        assert.ok(error.message.includes(part), part);
      return true;
    });
  });
});

eachOwnDatabase('what a notice is about, where it was one text', (database) => {
  const target = { to: 'person', id: 'p-1' } as const;
  const facts: readonly (readonly [string, Record<string, string>, NewNotice])[] = [
    ['LK-7K2M9Q reported', {}, { kind: 'leak-told', reference: 'LK-7K2M9Q', step: 'reported', target }],
    ['LK-7K2M9Q lifted', {}, { kind: 'leak-told', reference: 'LK-7K2M9Q', step: 'lifted', target }],
    ['AP-7K2M9Q 2', {}, { kind: 'approval-asked', reference: 'AP-7K2M9Q', time: 2, target }],
    ['AP-7K2M9Q 1', {}, { kind: 'approval-untold', reference: 'AP-7K2M9Q', time: 1, target }],
    ['AP-7K2M9Q 3', {}, { kind: 'approval-told', reference: 'AP-7K2M9Q', time: 3, target }],
    [at.toISOString(), {}, { kind: 'differences-found', comparedAt: at, target }],
    ['2026-Q3', {}, { kind: 'review-due', quarter: '2026-Q3', target }],
    ['2026-11-30', {}, { kind: 'daily-digest', day: '2026-11-30', target }],
    [
      '5f1c p-9',
      { order_number: '1a2b3c4d5e6f', person_id: 'p-9' },
      { kind: 'token-misused', orderNumber: '1a2b3c4d5e6f', personId: 'p-9', tokenHash: '5f1c', target },
    ],
    [
      'submission-1',
      { draft_id: 'draft-1' },
      { kind: 'draft-handed-over', draftId: 'draft-1', occasion: 'submission-1', target },
    ],
  ];
  /** As the versions before write it. */
  const tellAsBefore = async (those: typeof facts) => {
    for (const [occasion, others, { kind }] of those)
      await database().query(
        `insert into software_desk.notices (id, state, created_at, kind, occasion, order_number, person_id, draft_id, target_to, target_id)
         values (gen_random_uuid(), 'due', $1, $2, $3, $4, $5, $6, 'person', 'p-1') on conflict do nothing`,
        [at, kind, occasion, others.order_number, others.person_id, others.draft_id],
      );
  };
  const told = async () =>
    (await database().storage.notices.due(1000)).map(
      ({ id, state, attempts, isMaybeTold, createdAt, ...notice }) => notice,
    );
  const inOrder = (notices: readonly object[]) =>
    notices.map((one) => JSON.stringify(one, Object.keys(one).concat('to', 'id').sort())).sort();
  const wanted = facts.map(([, , notice]) => notice);

  it('is read into columns of their own', async () => {
    const { pool, query } = database();
    await query('drop schema software_desk cascade');
    await migrate(
      pool,
      steps.filter(({ number }) => number < 118),
    );
    await tellAsBefore(facts);

    await migrate(pool);

    assert.deepEqual(inOrder(await told()), inOrder(wanted));
  });

  it('is told once, whichever version tells it first', async () => {
    const { query, storage } = database();
    await query('delete from software_desk.notices');
    await tellAsBefore(facts.filter((_, index) => index % 2 === 0));

    await storage.notices.add(wanted, at);
    await tellAsBefore(facts);

    assert.deepEqual(inOrder(await told()), inOrder(wanted));
    const texts = await query<{ occasion: string }>('select occasion from software_desk.notices');
    assert.deepEqual(texts.map(({ occasion }) => occasion).sort(), facts.map(([occasion]) => occasion).sort());
  });
});
