import assert from 'node:assert/strict';
import { migrate, readSteps, type Step } from '../../src/storage/migrations.ts';
import { eachOwnDatabase } from '../support/databases.ts';

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
