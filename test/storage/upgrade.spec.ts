import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { CaseState } from '../../src/domain/cancellations/case.ts';
import type { CaseReason } from '../../src/domain/cancellations/case-reason.ts';
import type { NewNotice } from '../../src/domain/notices/notice.ts';
import type { OrderReason } from '../../src/domain/orders/submission.ts';
import type { Attempt, Step, StepName } from '../../src/domain/work/attempts.ts';
import { en } from '../../src/words/en.ts';
import {
  emptyDatabase,
  emptyOnServer,
  type FreshDatabase,
  onServer,
  openTestDatabase,
  type TestDatabase,
} from '../support/databases.ts';
import { aCase, aCaseContent, anOrderSubmission, at, minutesLater } from './records.ts';

const dump = readFileSync(new URL('./fixtures/schema-5.sql', import.meta.url), 'utf8');

/** Tables that have another name by now. */
const renamed: Readonly<Record<string, string>> = {
  intents: 'order_submissions',
  exposures: 'key_reveals',
  declarations: 'agreement_confirmations',
};

const ada = '11111111-1111-4111-8111-111111111111';
const contoso = 'cccccccc-0000-4000-8000-000000000001';
const north = { id: 'cccccccc-0000-4000-8000-0000000000ff', name: 'Zażółć "North" \\ Gęś' };
const closesAt = new Date('2026-04-09T23:59:59.999Z');
const eur = (minor: number) => ({ minor, currency: 'EUR' });

/** What a fresh database of the tests has already. */
const withoutSchema = 'drop schema if exists software_desk cascade; drop schema if exists software_desk_jobs cascade;';

/** A database as that version left it, and then opened by this one. */
async function upgraded(where: FreshDatabase): Promise<TestDatabase> {
  if (where.databaseUrl) await onServer(where.databaseUrl, withoutSchema + dump);
  else {
    const database = await PGlite.create({ dataDir: join(where.dataDir, 'postgres') });
    await database.exec(withoutSchema + dump);
    await database.close();
  }
  return openTestDatabase(where);
}

/** The request ids that were computed: one for each act of a submission, another each time that it was another request. */
function computedId(submission: string, act: string, times = 0): string {
  const text = `${submission}:${times > 0 ? `${act}-${times + 1}` : act}`;
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const server = process.env.DATABASE_URL;
const kinds = { PGlite: emptyDatabase, ...(server && { PostgreSQL: () => emptyOnServer(server) }) };

for (const [kind, fresh] of Object.entries(kinds)) {
  describe(`a database that an earlier version filled (${kind})`, () => {
    let database: TestDatabase;
    before(async function () {
      this.timeout(60_000);
      database = await upgraded(await fresh());
    });
    after(() => database.close());

    it('still has every row', async () => {
      const counts = new Map<string, number>();
      for (const [, table = ''] of dump.matchAll(/^INSERT INTO software_desk\.(\w+)/gm))
        if (table !== 'migrations' && table !== 'kept') counts.set(table, (counts.get(table) ?? 0) + 1);
      assert.ok(counts.size >= 9);

      for (const [table, count] of counts) {
        const name = renamed[table] ?? table;
        const rows = await database.query<{ count: number }>(
          `select count(*)::integer as count from software_desk.${name}`,
        );
        assert.deepEqual([name, rows[0]?.count], [name, count]);
      }
    });

    it('still has its drafts, and knows when to remind of them', async () => {
      const { drafts } = database.storage;

      assert.equal((await drafts.get('draft-2'))?.isHandedOver, true);
      assert.deepEqual(
        (await drafts.closing(minutesLater(0), closesAt)).map(({ draftId, orderNumber }) => [draftId, orderNumber]),
        [['draft-1', 'n-drafted']],
      );
    });

    it('still has the steps of its drafts, by the names that they have now', async () => {
      const draft = await database.storage.drafts.get('draft-3');

      assert.equal(draft?.step, 'confirmGiveUp');
      assert.deepEqual(draft.trail, ['handOver', 'confirmCancelNow']);
      assert.equal(draft.data.reference, 'SD-HANDOVER');
    });

    const reasons: Readonly<Record<string, CaseReason | undefined>> = {
      'SD-SUBMITTED': undefined,
      'SD-CONFLICTS': undefined,
      'SD-ACCEPTED': { kind: 'accepted' },
      'SD-COMPLETED': undefined,
      'SD-REFUSED': { kind: 'declined', said: { code: '800099', text: 'Not for you' } },
      'SD-INPART': { kind: 'cancelled-in-part', said: { text: 'No' } },
      'SD-FILING': { kind: 'ticket-wanted', said: { code: '900117', text: 'The window has passed.' } },
      'SD-FILINGSIGNIN': {
        kind: 'sign-in-refused',
        before: { kind: 'ticket-wanted', said: { code: '900117', text: 'The window has passed.' } },
      },
      'SD-CANCELLINGSIGNIN': { kind: 'sign-in-refused' },
      'SD-FILED': undefined,
      'SD-HANDOVER': { kind: 'hand-over', said: [] },
      'SD-HANDOVERSAID': {
        kind: 'hand-over',
        said: [
          { code: '900117', text: 'The window has passed.' },
          { code: '600', text: 'Title too long' },
        ],
      },
      'SD-ASKSSAID': { kind: 'ticket-asks', said: 'Which server?' },
      'SD-WAITING': { kind: 'ticket-asks' },
      'SD-CLOSEDSAID': { kind: 'ticket-closed', said: 'Refund denied.' },
      'SD-CLOSED': { kind: 'ticket-closed' },
      'SD-UNKNOWNTICKET': { kind: 'ticket-unseen', ticketId: '9999999999' },
      'SD-DAYAGO': { kind: 'overdue' },
      'SD-TWODAYS': { kind: 'unreachable' },
      'SD-GIVENUP': { kind: 'given-up', by: 'Bert "B." Łis' },
      'SD-ASKS': { kind: 'recorded', text: 'Ask Ada.' },
    };
    for (const [reference, reason] of Object.entries(reasons)) {
      it(`knows why ${reference} stands where it stands (${reason?.kind ?? 'nothing'})`, async () => {
        const found = await database.storage.cases.get(reference);

        assert.deepEqual(found?.reason, reason);
      });
    }

    // Partner Center's own words stand behind what they mean by now.
    it('says of each case what it said before', async () => {
      const rows = await database.query<{ reference: string; note: string }>(
        'select reference, note from software_desk.cases where note is not null',
      );
      assert.ok(rows.length > 15);
      for (const { reference, note } of rows) {
        const reason = (await database.storage.cases.get(reference))?.reason;
        assert.ok(reason, reference);
        const said = en.caseReason(reason);
        const parts = note.split(': ').map((part) => RegExp.escape(part.replace(/\.$/, '')));
        assert.ok(
          said === note ||
            /^(accepted|hand-over|sign-in refused)/.test(note) ||
            new RegExp(parts.join('.*')).test(said),
          `${reference}: ${said}`,
        );
      }
    });

    it('says of each change what it said before, and by whom', async () => {
      const rows = await database.query<{ reference: string; who: string; why: string }>(
        'select reference, who, why from software_desk.case_events order by id',
      );
      const references = [...new Set(rows.map(({ reference }) => reference))];
      const histories = await Promise.all(references.map((one) => database.storage.cases.history(one)));
      const told = histories.flat().map(({ reference, by, change }) => {
        return `${reference} ${by?.name ?? 'Software Desk'} ${en.caseChange(change)}`;
      });
      const before = rows.map(({ reference, who, why }) => `${reference} ${who} ${why}`);
      assert.deepEqual(told.sort(), before.sort());
    });

    it('finds cases by their customer, however the id is written, and those to be filed by hand', async () => {
      const { cases } = database.storage;

      assert.deepEqual(
        (await cases.openOf(north.id, 100)).map(({ reference, content }) => [reference, content.customerName]),
        [['SD-SUBMITTED', north.name]],
      );
      const toFile = await cases.toFileByHand(minutesLater(0), closesAt);
      assert.deepEqual(
        toFile.map(({ reference }) => reference),
        ['SD-HANDOVER'],
      );
    });

    it('knows how often a case needed a person, and was taken up again', async () => {
      const counts = async (reference: string) => {
        const found = await database.storage.cases.get(reference);
        return [found?.timesWaiting, found?.timesTakenUp];
      };

      assert.deepEqual(await counts('SD-TAKENUP'), [2, 1]);
      assert.deepEqual(await counts('SD-TAKENUPNOW'), [1, 1]);
      assert.deepEqual(await counts('SD-UNKNOWNTICKET'), [2, 0]);
      assert.deepEqual(await counts('SD-FILED'), [0, 0]);
    });

    const orders: Readonly<Record<string, OrderReason | undefined>> = {
      ordered: undefined,
      accepted: undefined,
      'with-errors': { kind: 'ordered-with-errors', said: [{ code: '800099', text: 'The add-on was left out' }] },
      declined: {
        kind: 'declined',
        said: [
          { code: '10003', text: 'Not in stock' },
          { code: '10004', text: 'Nor elsewhere' },
        ],
      },
      'price-changed': { kind: 'price-changed', was: eur(50_000), now: eur(51_250) },
      'price-gone': { kind: 'price-changed', was: eur(50_000) },
      'agreement-missing': {
        kind: 'declined',
        said: [{ code: '800061', text: 'The agreement is missing' }],
        missing: { point: 'agreement' },
      },
      'not-qualified': {
        kind: 'declined',
        said: [{ code: '800062', text: `Call to 'test' failed` }, { code: '800062' }],
        missing: { point: 'segment', segment: 'commercial' },
      },
      'not-on-sale': { kind: 'not-on-sale' },
      unclear: { kind: 'unclear', said: [{ code: '800070', text: 'Cart is ordered' }] },
      'unclear-without-words': { kind: 'unclear', said: [] },
      unreachable: { kind: 'unreachable' },
      'sign-in-for-two-days': { kind: 'sign-in-refused' },
      'sign-in': { kind: 'sign-in-refused' },
    };
    for (const [name, reason] of Object.entries(orders)) {
      it(`knows why the order "${name}" stands where it stands`, async () => {
        assert.deepEqual((await database.storage.orderSubmissions.get(`order-${name}`))?.reason, reason);
      });
    }

    const opened = (step: Step): Promise<Attempt> => database.storage.attempts.open(step, at);

    it('sends what an order was in the middle of under the same request id as before', async () => {
      const stored = await database.query<{ id: string; cart: string; checkout: string }>(
        `select submission_id as id, cart_request_id as cart, checkout_request_id as checkout
         from software_desk.order_submissions where state = 'accepted'`,
      );
      const first = (name: string) => stored.find(({ id }) => id === `order-${name}`);
      const next = async (name: string, step: StepName) => {
        const { number, requestId, outcome } = await opened({ of: 'order', id: `order-${name}`, round: 0, name: step });
        return [number, requestId, outcome];
      };

      assert.deepEqual(await next('accepted', 'create-cart'), [1, first('accepted')?.cart, undefined]);
      const cart = first('cart-in-conflict')?.cart ?? '';
      assert.deepEqual(await next('cart-in-conflict', 'create-cart'), [3, computedId(cart, 'again', 2), undefined]);
      const checkout = first('checkout-in-conflict')?.checkout ?? '';
      assert.deepEqual(await next('checkout-in-conflict', 'checkout'), [
        2,
        computedId(checkout, 'again', 1),
        undefined,
      ]);
    });

    for (const [name, round, step, number, act, times] of [
      ['conflicts', 0, 'cancel-order', 3, 'cancel', 2],
      ['cancelling-sign-in', 0, 'cancel-order', 1, 'cancel', 0],
      ['subscriptions', 0, 'cancel-subscription:subscription-B', 2, 'subscription-B', 1],
      ['taken-up-now', 1, 'cancel-order', 2, 'cancel', 2],
      ['filing', 0, 'create-ticket', 1, 'ticket', 0],
      ['taken-up', 1, 'create-ticket', 1, 'ticket', 1],
    ] as const) {
      it(`asks for "${step}" of the case "${name}" under the same request id as before`, async () => {
        const reference = `SD-${name.replaceAll('-', '').toUpperCase()}`;

        const attempt = await opened({ of: 'case', id: reference, round, name: step });

        assert.deepEqual(
          [attempt.number, attempt.requestId, attempt.outcome],
          [number, computedId(`case-${name}`, act, times), undefined],
        );
      });
    }

    it('tells again nothing that was told, and knows what it owes', async () => {
      const notices = await Promise.all(
        (await database.query<{ id: string }>('select id from software_desk.notices')).map(async ({ id }) => {
          const notice = await database.storage.notices.get(id);
          assert.ok(notice);
          return notice;
        }),
      );
      const again: NewNotice[] = notices;

      await database.storage.notices.add(again, minutesLater(0));

      const [{ count } = { count: 0 }] = await database.query<{ count: number }>(
        'select count(*)::integer as count from software_desk.notices',
      );
      assert.equal(count, notices.length);
      const facts = notices.map(({ id, state, attempts, isMaybeTold, createdAt, ...notice }) => notice);
      const toAda = { to: 'person', id: ada } as const;
      const toPlace = { to: 'place', id: '19:thread' } as const;
      const closing = { kind: 'window-closing', personId: ada, hours: 24, closesAt, target: toPlace } as const;
      const expected: NewNotice[] = [
        { kind: 'case-completed', reference: 'SD-COMPLETED', target: toPlace },
        { kind: 'case-needs-person', reference: 'SD-TAKENUP', time: 2, target: toAda },
        { kind: 'case-needs-person', reference: 'SD-WAITING', time: 1, days: 1, target: toAda },
        { kind: 'order-declined', submissionId: 'order-declined', target: toPlace },
        { ...closing, orderNumber: 'n-filed' },
        { ...closing, orderNumber: 'n-drafted', draftId: 'draft-1' },
        { ...closing, orderNumber: 'n-hand-over', reference: 'SD-HANDOVER' },
        { kind: 'draft-handed-over', draftId: 'draft-2', occasion: 'order-of-draft-2', target: toAda },
        { kind: 'draft-handed-over', draftId: 'draft-2', occasion: 'sara', target: toAda },
        { kind: 'draft-discarded', draftId: 'draft-3', target: { to: 'person', id: 'sara' } },
      ];
      for (const one of expected) {
        const key = (notice: object) => JSON.stringify(Object.entries(notice).sort());
        assert.ok(facts.map(key).includes(key(one)), JSON.stringify(one));
      }
    });

    it('tells in the audit log of whom each key was, where that is known anywhere', async () => {
      const entries = await database.storage.audit.entries({}, undefined, 1000);
      const shown = entries.flatMap((entry) =>
        entry.kind === 'secret' ? [[entry.customerId.toLowerCase(), entry.customerName]] : [],
      );

      assert.deepEqual(
        shown.sort(),
        [
          [north.id, north.name],
          [contoso, 'Contoso'],
          ['nobody-knows', undefined],
        ].sort(),
      );
      const ofNorth = await database.storage.audit.entries({ customerId: north.id.toUpperCase() }, undefined, 100);
      assert.deepEqual(
        ofNorth.map(({ kind }) => kind),
        ['secret', 'agreement', 'agreement', 'case', 'order'],
      );
    });

    describe('in which what Partner Center said is a text', () => {
      const texts = [
        ['Too late. (900117)', { code: '900117', text: 'Too late.' }],
        ['No "right" – 900308', { code: '900308', text: 'No "right"' }],
        ['800086', { code: '800086' }],
        ['No (really), see 12', { text: 'No (really), see 12' }],
        ['First (600); then (900117)', { code: '600', text: 'First (600); then (900117)' }],
      ] as const;
      /** As the version before wrote it, and as a process of it may still write it. */
      const asText = (facts: object) => JSON.stringify({ version: 1, ...facts });

      for (const [text, said] of texts)
        it(`reads "${text}"`, async () => {
          const { storage, query } = database;
          const { reference } = (await storage.cases.insertOnce(aCase())).case;
          const wanted = { kind: 'ticket-wanted', said: text };
          const keep = (reason: object) =>
            query('update software_desk.cases set reason = $2 where reference = $1', [reference, asText(reason)]);
          const kept = async () => (await storage.cases.get(reference))?.reason;

          await keep(wanted);
          assert.deepEqual(await kept(), { kind: 'ticket-wanted', said });
          await keep({ kind: 'sign-in-refused', before: wanted });
          assert.deepEqual(await kept(), { kind: 'sign-in-refused', before: { kind: 'ticket-wanted', said } });
          await keep({ kind: 'hand-over', said: [text, 'Title too long (600)'] });
          const handedOver = await kept();
          assert.ok(handedOver?.kind === 'hand-over');
          assert.deepEqual(handedOver.said.at(-1), { code: '600', text: 'Title too long' });
          await keep({ kind: 'ticket-asks', said: text });
          assert.deepEqual(await kept(), { kind: 'ticket-asks', said: text });
        });

      it('reads it in the history of a case and in an order too, and in the audit log', async () => {
        const { storage, query } = database;
        const { reference, content } = (await storage.cases.insertOnce(aCase())).case;
        await query(
          `insert into software_desk.case_events (reference, from_state, to_state, change, at, customer_id, customer_name,
            order_id) values ($1, 'cancelling', 'refused', $2, $3, $4, $5, $6)`,
          [
            ...[reference, asText({ kind: 'declined', said: 'Too late. (900117)' }), at],
            ...[content.customerId, content.customerName, content.orderId],
          ],
        );
        const submission = anOrderSubmission();
        await storage.orderSubmissions.insertOnce(submission);
        await query('update software_desk.order_submissions set reason = $2 where submission_id = $1', [
          submission.submissionId,
          asText({ kind: 'unclear', said: ['Cart is ordered – 800070'] }),
        ]);

        const said = { code: '900117', text: 'Too late.' };
        assert.deepEqual((await storage.cases.history(reference)).at(-1)?.change, { kind: 'declined', said });
        const told = await storage.audit.entries({ orderId: content.orderId }, undefined, 10);
        assert.ok(told.some((entry) => entry.kind === 'case' && entry.change.kind === 'declined'));
        assert.deepEqual((await storage.orderSubmissions.get(submission.submissionId))?.reason, {
          kind: 'unclear',
          said: [{ code: '800070', text: 'Cart is ordered' }],
        });
      });

      it('leaves what says nothing in the form that the version before reads', async () => {
        const { storage, query } = database;
        const { reference } = (await storage.cases.insertOnce(aCase())).case;
        const move = async (from: CaseState, to: CaseState, reason: CaseReason) => {
          await storage.cases.advance({ reference, from, to, change: { kind: 'cancelling' }, reason, at });
          const [row] = await query<{ reason: { version: number; said?: unknown } }>(
            'select reason from software_desk.cases where reference = $1',
            [reference],
          );
          return [row?.reason.version, row?.reason.said];
        };
        const said = { code: '900117', text: 'Too late.' };

        assert.deepEqual(await move('submitted', 'cancelling', { kind: 'accepted' }), [1, undefined]);
        assert.deepEqual(await move('cancelling', 'filing', { kind: 'ticket-wanted', said }), [2, said]);
      });
    });

    describe('on which a process of that version still works', () => {
      /** The statements of that version. */
      const former = {
        advance: `update software_desk.cases set state = $3, ending = coalesce($4, ending), changed_at = $5,
            ticket_id = case when $6::boolean then $7 else ticket_id end,
            note = case when $8::boolean then $9 else note end
          where reference = $1 and state = $2`,
        event: `insert into software_desk.case_events (reference, from_state, to_state, who, why, at)
          values ($1, $2, $3, $4, $5, $6)`,
        notice: `insert into software_desk.notices (id, kind, subject, target_to, target_id, state, created_at)
          values (gen_random_uuid(), $1, $2, $3, $4, 'due', $5)
          on conflict (kind, subject, target_to, target_id) do nothing`,
        insertCase: `insert into software_desk.cases (reference, submission_id, fingerprint, order_id, state, ending, content,
            requester_id, requester_name, place_id, card, created_at, changed_at)
          values ($1, $2, $3, $4, 'submitted', $5, $6, $7, $8, $9, $10, $11, $11) on conflict do nothing`,
        insertOrder: `insert into software_desk.intents (submission_id, fingerprint, state, content, person_id, person_name,
            place_id, card, cart_request_id, checkout_request_id, cart_id, order_ids, note, created_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (submission_id) do nothing`,
        finish: `update software_desk.intents set state = $2, order_ids = coalesce($3, order_ids), note = $4, hindrance = $5
          where submission_id = $1 and state <> 'ordered'`,
        reveal: `insert into software_desk.exposures (person_id, person_name, customer_id, order_id, what, item, at)
          values ($1, $2, $3, $4, $5, $6, $7) returning id::text`,
      };

      it('has its cases known to this version, with their reasons, changes and counts', async () => {
        const { storage, query } = database;
        const wanted = aCase({ content: aCaseContent({ reason: 'a\u0000 \ud83d', closesAt: closesAt.toISOString() }) });
        const { reference, content, requesterName: who } = wanted;
        await query(former.insertCase, [
          ...[reference, wanted.submissionId, 'fingerprint', content.orderId, wanted.ending, content],
          ...[wanted.requesterId, who, wanted.placeId, undefined, at],
        ]);
        await query(former.event, [reference, 'draft', 'submitted', who, 'a reason', at]);
        const move = async (from: string, to: string, note: string | null, why: string) => {
          await query(former.advance, [reference, from, to, null, at, false, null, true, note]);
          await query(former.event, [reference, from, to, 'Software Desk', why, at]);
        };

        await move('submitted', 'needs_person', 'hand-over: Too late.', 'by hand');
        const handedOver = await storage.cases.get(reference);
        await move('needs_person', 'filing', null, 'taken up again');
        const takenUp = await storage.cases.get(reference);

        assert.deepEqual(handedOver?.reason, { kind: 'hand-over', said: [{ text: 'Too late.' }] });
        assert.deepEqual([handedOver.timesWaiting, handedOver.timesTakenUp], [1, 0]);
        assert.deepEqual([takenUp?.reason, takenUp?.timesWaiting, takenUp?.timesTakenUp], [undefined, 1, 1]);
        const entries = await storage.audit.entries({ orderId: content.orderId }, undefined, 10);
        assert.deepEqual(
          entries.map((entry) => entry.kind === 'case' && [entry.who, entry.customerName, entry.change]),
          [
            [undefined, 'Contoso', { kind: 'recorded', text: 'taken up again' }],
            [undefined, 'Contoso', { kind: 'recorded', text: 'by hand' }],
            ['Ada', 'Contoso', { kind: 'submitted', reason: 'a reason' }],
          ],
        );
      });

      it('knows the reasons that this version writes, where it acts on them', async () => {
        const { storage, query } = database;
        const { reference } = (await storage.cases.insertOnce(aCase())).case;
        const noteOf = async () =>
          (
            await query<{ note: string | null }>('select note from software_desk.cases where reference = $1', [
              reference,
            ])
          )[0]?.note;
        const move = async (from: CaseState, to: CaseState, reason: CaseReason | null) => {
          await storage.cases.advance({ reference, from, to, change: { kind: 'cancelling' }, reason, at });
          return noteOf();
        };

        assert.equal(await move('submitted', 'cancelling', { kind: 'accepted' }), 'accepted');
        assert.equal(await move('cancelling', 'cancelling', { kind: 'sign-in-refused' }), 'sign-in refused');
        const said = { code: '900117', text: 'Too late.' };
        assert.equal(await move('cancelling', 'filing', { kind: 'ticket-wanted', said }), 'Too late. (900117)');
        assert.equal(await move('filing', 'needs_person', { kind: 'hand-over', said: [{ text: 'No' }] }), 'hand-over');
        assert.equal(await move('needs_person', 'refused', { kind: 'given-up', by: 'Ada' }), 'Given up by Ada.');
        const [event] = await query('select who, why from software_desk.case_events where reference = $1 order by id', [
          reference,
        ]);
        assert.deepEqual(event, { who: 'Ada', why: 'submitted' });
      });

      it('has its orders and keys known to this version', async () => {
        const { storage, query } = database;
        const { submissionId, content, personId, personName, placeId, createdAt } = anOrderSubmission();
        await query(former.insertOrder, [
          ...[submissionId, 'fingerprint', 'accepted', content, personId, personName, placeId, undefined],
          ...['cart-request', 'checkout-request', undefined, [], undefined, createdAt],
        ]);
        await query(former.finish, [
          submissionId,
          'declined',
          null,
          'No',
          '{"kind":"missing","missing":{"point":"agreement"}}',
        ]);
        await query(former.reveal, ['p-1', 'Ada', 'c-1', 'an order of then', 'key', 'Windows', at]);

        const submission = await storage.orderSubmissions.get(submissionId);
        const missing = { point: 'agreement' };
        assert.deepEqual(submission?.reason, { kind: 'declined', said: [{ text: 'No' }], missing });
        assert.equal((await storage.keyReveals.ofOrder('an order of then')).length, 1);
        const told = await storage.audit.entries({ customerId: content.customerId }, undefined, 10);
        assert.ok(told.some((entry) => entry.kind === 'order' && entry.state === 'declined'));
      });

      it('tells nothing that this version has told, nor the other way round', async () => {
        const { storage, query } = database;
        const target = { to: 'person', id: 'p-1' } as const;
        const closing = { orderNumber: 'o-1', personId: 'p-1', hours: 1, closesAt } as const;
        const facts: readonly [string, NewNotice][] = [
          ['SD-BOTH', { kind: 'case-completed', reference: 'SD-BOTH', target }],
          ['SD-BOTH', { kind: 'case-needs-person', reference: 'SD-BOTH', time: 1, target }],
          ['SD-BOTH|2|waits-8', { kind: 'case-needs-person', reference: 'SD-BOTH', time: 2, days: 8, target }],
          ['submission-both', { kind: 'order-placed', submissionId: 'submission-both', target }],
          ['o-1|p-1|1|2026-04-09T23:59:59.999Z', { kind: 'window-closing', ...closing, target }],
          [
            'o-1|p-1|1|2026-04-09T23:59:59.999Z||SD-BOTH',
            { kind: 'window-closing', ...closing, reference: 'SD-BOTH', target },
          ],
          ['draft-both|p-9', { kind: 'draft-handed-over', draftId: 'draft-both', occasion: 'p-9', target }],
          ['draft-both', { kind: 'draft-discarded', draftId: 'draft-both', target }],
        ];
        const tellFormer = async (isAll: boolean) => {
          for (const [index, [subject, { kind }]] of facts.entries())
            if (isAll || index % 2) await query(former.notice, [kind, subject, target.to, target.id, at]);
        };
        const tell = async () =>
          storage.notices.add(
            facts.map(([, notice]) => notice),
            at,
          );

        await tellFormer(false);
        await tell();
        await tellFormer(true);

        const rows = await query<{ subject: string }>(
          `select subject from software_desk.notices where subject ~ '(-both|SD-BOTH|^o-1)'`,
        );
        assert.deepEqual(rows.map(({ subject }) => subject).sort(), facts.map(([subject]) => subject).sort());
      });
    });
  });
}
