import assert from 'node:assert/strict';
import { readSamples, type Sample, samplesStatement } from '../../src/storage/samples.ts';
import { eachOwnDatabase } from '../support/databases.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** As Prometheus writes them. */
const written = (samples: readonly Sample[]): string[] =>
  samples.map(({ metric, labels, value }) => {
    const list = Object.entries(labels).map(([name, text]) => `${name}="${text}"`);
    return `${metric}{${list.join(',')}} ${Math.round(value)}`;
  });

eachOwnDatabase('what there is', (database) => {
  const now = new Date();
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const insert = (table: string, rows: readonly object[]) =>
    database().query(
      `insert into software_desk.${table} select * from json_populate_recordset(null::software_desk.${table}, $1)`,
      [JSON.stringify(rows)],
    );

  it('is nothing at first, and is told as 0', async () => {
    const lines = written(await readSamples(database().pool, now));

    for (const line of [
      'desk_orders{state="accepted"} 0',
      'desk_orders_oldest_seconds{state="accepted"} 0',
      'desk_cases{state="needs_person"} 0',
      'desk_windows_closing{what="case",days="3"} 0',
      'desk_notices_due{} 0',
      'desk_notices_due_oldest_seconds{} 0',
      'desk_notices_of_the_day{state="untold"} 0',
      'desk_reveals_of_the_day{what="key"} 0',
      'desk_differences_open{} 0',
      'desk_audit_rows{} 0',
      'desk_jobs{queue="finish-order",state="ready"} 0',
      'desk_jobs_oldest_seconds{queue="finish-order"} 0',
    ])
      assert.ok(lines.includes(line), `${line}\n${lines.join('\n')}`);
    assert.ok(!lines.some((line) => line.startsWith('desk_refresh_token_age_seconds')), 'there is none');
    assert.match(lines.join('\n'), /^desk_schema_step\{\} \d{3}$/m);
  });

  it('is counted by state, with the age of the oldest', async () => {
    const order = {
      content: {},
      person_id: 'p',
      person_name: 'P',
      place_id: 'x',
      customer_id: 'c',
      customer_name: 'C',
      conflicts: 0,
      is_private: false,
      order_ids: [],
    };
    const orders = [
      { state: 'accepted', created_at: ago(30) },
      { state: 'accepted', created_at: ago(100) },
      { state: 'needs_person', created_at: ago(7000) },
      { state: 'ordered', created_at: ago(9999) },
    ];
    await insert(
      'order_submissions',
      orders.map((one, n) => ({
        ...order,
        ...one,
        submission_id: `s${n}`,
        fingerprint: `f${n}`,
        cart_request_id: `a${n}`,
        checkout_request_id: `b${n}`,
      })),
    );
    const notice = {
      kind: 'order-placed',
      target_to: 'place',
      attempts: 0,
      is_private: false,
      is_maybe_told: false,
      is_being_sent: false,
      submission_id: 's0',
    };
    const notices = [
      { state: 'due', created_at: ago(400) },
      { state: 'untold', created_at: ago(50) },
      { state: 'untold', created_at: ago(90_000) },
      { state: 'sent', created_at: ago(5) },
    ];
    await insert(
      'notices',
      notices.map((one, n) => ({
        ...notice,
        ...one,
        subject: `s${n}`,
        target_id: `t${n}`,
        id: `00000000-0000-4000-8000-00000000000${n}`,
      })),
    );
    await database().storage.vault.save('refresh-token 0123', 'secret');
    await database().query(`update software_desk.secrets set changed_at = now() - interval '40 days'`);

    const lines = written(await readSamples(database().pool, now));

    for (const line of [
      'desk_orders{state="accepted"} 2',
      'desk_orders_oldest_seconds{state="accepted"} 100',
      'desk_orders{state="needs_person"} 1',
      'desk_orders_oldest_seconds{state="needs_person"} 7000',
      'desk_notices_due{} 1',
      'desk_notices_due_oldest_seconds{} 400',
      'desk_notices_of_the_day{state="untold"} 1',
      'desk_refresh_token_age_seconds{} 3456000',
    ])
      assert.ok(lines.includes(line), `${line}\n${lines.join('\n')}`);
  });

  it('is found without reading any table of ours from its beginning to its end', async () => {
    const { pool } = database();
    const client = await pool.connect();
    try {
      await client.query('begin; set local enable_seqscan = off');
      const text = samplesStatement.replaceAll('$1', `'${now.toISOString()}'::timestamptz`);
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`);
      const [found] = rows[0]?.['QUERY PLAN'] ?? [];
      const nodes = nodesOf(found?.Plan ?? assert.fail('no plan'));
      const read = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
      // Those have a row, or one for each queue, step and secret.
      assert.deepEqual(
        [...new Set(read)].filter((name) => !['audit_head', 'queue', 'migrations', 'secrets'].includes(name ?? '')),
        [],
      );
      assert.ok(nodes.filter(({ 'Node Type': type }) => /Index/.test(type)).length > 15);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('has the jobs as the job engine counts them every ten seconds', async () => {
    await database().query(`
      update software_desk_jobs.queue set ready_count = 3, ready_oldest_seconds = 77, failed_count = 2
      where name = 'check-customer'`);

    const lines = written(await readSamples(database().pool, now));

    assert.ok(lines.includes('desk_jobs{queue="check-customer",state="ready"} 3'));
    assert.ok(lines.includes('desk_jobs{queue="check-customer",state="failed"} 2'));
    assert.ok(lines.includes('desk_jobs_oldest_seconds{queue="check-customer"} 77'));
  });
});
