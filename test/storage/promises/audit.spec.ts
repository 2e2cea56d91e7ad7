import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type AuditEntry, type AuditScope, isCursor } from '../../../src/domain/audit/audit.ts';
import { auditSubjects } from '../../../src/domain/audit/audit-subject.ts';
import type { AgreementConfirmation } from '../../../src/domain/customers/agreement.ts';
import { builtInPolicy } from '../../../src/domain/policy.ts';
import { aCase, aCaseContent, aKeyReveal, anOrder, anOrderSubmission, minutesLater } from '../records.ts';
import { eachOwnRecord, type Kept } from './each-record.ts';

const contact = { firstName: 'Anna', lastName: "O'Hara", email: 'anna@contoso.example' };

const aConfirmation = (change: Partial<AgreementConfirmation> = {}): AgreementConfirmation => ({
  submissionId: randomUUID(),
  customerId: 'c-1',
  customerName: 'Contoso',
  contact,
  agreedAt: minutesLater(-60),
  personId: 'p-1',
  personName: 'Ada',
  at: minutesLater(0),
  ...change,
});

/** One of each kind, of a customer of their own, a minute apart. */
async function fourDeeds(storage: Kept['records'], first = 0) {
  const customerId = randomUUID();
  const order = anOrder({ customerId });
  await storage.knownOrders.remember(customerId, [order]);
  const submission = anOrderSubmission({ createdAt: minutesLater(first) });
  await storage.orderSubmissions.insertOnce({ ...submission, content: { ...submission.content, customerId } });
  await storage.orderSubmissions.finish(submission.submissionId, {
    state: 'ordered',
    orderIds: [order.id],
    at: minutesLater(first),
  });
  await storage.keyReveals.add([
    aKeyReveal({ customerId, orderId: order.id, personName: 'Bert', at: minutesLater(first + 1) }),
  ]);
  const content = aCaseContent({ customerId, orderId: order.id, orderNumber: order.number });
  const wanted = aCase({ content, requesterName: 'Cleo', at: minutesLater(first + 2) });
  await storage.cases.insertOnce(wanted);
  const agreementConfirmation = aConfirmation({ customerId, personName: 'Dora', at: minutesLater(first + 3) });
  await storage.agreementConfirmations.add(agreementConfirmation);
  return { customerId, order, submission, wanted, agreementConfirmation };
}

async function all(storage: Kept['records'], about: AuditScope): Promise<AuditEntry[]> {
  return storage.audit.entries(about, undefined, 100);
}

const kinds = (entries: readonly AuditEntry[]): string[] => entries.map(({ kind }) => kind);

eachOwnRecord('the audit log', (kept) => {
  it('tells orders, keys, cases and agreements, newest first: who, when and what', async () => {
    const { records: storage, other } = kept();
    const { customerId, order, wanted } = await fourDeeds(storage);

    const entries = await all(other, { customerId });

    const orderNumbers = [order.number];
    assert.deepEqual(
      entries.map(({ cursor: _, ...entry }) => entry),
      [
        {
          kind: 'agreement',
          at: minutesLater(3),
          who: 'Dora',
          customerId,
          customerName: 'Contoso',
          orderNumbers: [],
          contact,
          agreedAt: minutesLater(-60),
          isTaken: false,
        },
        {
          kind: 'case',
          at: minutesLater(2),
          who: 'Cleo',
          customerId,
          customerName: 'Contoso',
          orderNumbers,
          reference: wanted.reference,
          from: 'draft',
          to: 'submitted',
          change: { kind: 'submitted', reason: 'bought for the wrong customer' },
        },
        {
          kind: 'secret',
          at: minutesLater(1),
          who: 'Bert',
          customerId,
          orderNumbers,
          what: 'key',
          item: 'Windows Server 2022 Standard',
          isWithdrawn: false,
        },
        {
          kind: 'order',
          at: minutesLater(0),
          who: 'Ada',
          customerId,
          customerName: 'Contoso',
          orderNumbers,
          state: 'ordered',
          quantity: 2,
          itemTitle: 'Windows Server 2022 Standard',
          total: { minor: 194_400, currency: 'EUR' },
        },
      ],
    );
  });

  it('tells how it ended: a declined order with its reason, a key that was not shown, an agreement that was taken', async () => {
    const { records: storage } = kept();
    const { customerId, agreementConfirmation, order } = await fourDeeds(storage);
    const declined = anOrderSubmission({ createdAt: minutesLater(10) });
    await storage.orderSubmissions.insertOnce({ ...declined, content: { ...declined.content, customerId } });
    await storage.orderSubmissions.finish(declined.submissionId, {
      state: 'declined',
      reason: { kind: 'declined', said: [{ text: 'No credit' }] },
      at: minutesLater(10),
    });
    await storage.keyReveals.withdraw(
      await storage.keyReveals.add([aKeyReveal({ customerId, orderId: order.id, what: 'link', at: minutesLater(11) })]),
    );
    await storage.agreementConfirmations.recordTaken(agreementConfirmation.submissionId, minutesLater(12));

    const [withdrawn, refused, taken] = await all(storage, { customerId });

    assert.ok(withdrawn?.kind === 'secret' && withdrawn.isWithdrawn && withdrawn.what === 'link');
    assert.ok(refused?.kind === 'order' && refused.state === 'declined');
    assert.deepEqual(refused.reason, { kind: 'declined', said: [{ text: 'No credit' }] });
    assert.deepEqual(refused.orderNumbers, []);
    assert.ok(taken?.kind === 'agreement' && taken.isTaken);
  });

  it('counts who saw what of which order within a time, and lists only the kinds that are asked for', async () => {
    const { records: storage, other } = kept();
    const [customerId, name] = [randomUUID().toUpperCase(), 'Contoso'];
    const [one, two] = [anOrder({ customerId }), anOrder({ customerId })];
    await storage.knownOrders.remember(customerId, [one]);
    const look = (orderId: string, minute: number, personName: string, what: 'key' | 'link' = 'key') =>
      aKeyReveal({
        customerId,
        customerName: name,
        orderId,
        personId: personName,
        personName,
        what,
        at: minutesLater(minute),
      });
    await storage.keyReveals.add([look(one.id, 1, 'Ada'), look(one.id, 5, 'Ada'), look(one.id, 3, 'Bert', 'link')]);
    await storage.keyReveals.add([look(two.id, 2, 'Ada'), look(one.id, 60, 'Ada')]);
    await storage.keyReveals.withdraw(await storage.keyReveals.add([look(one.id, 4, 'Cyd')]));

    const about = { customerId: customerId.toLowerCase(), since: minutesLater(1), before: minutesLater(60) };
    const found = await other.audit.looks(about, 10);

    assert.deepEqual(
      found
        .map((seen) => [seen.orderNumber, seen.name, seen.what, seen.times, seen.firstAt, seen.lastAt])
        .toSorted((a, b) => String(a).localeCompare(String(b))),
      [
        [one.number, 'Ada', 'key', 2, minutesLater(1), minutesLater(5)],
        [one.number, 'Bert', 'link', 1, minutesLater(3), minutesLater(3)],
        [two.id, 'Ada', 'key', 1, minutesLater(2), minutesLater(2)],
      ].toSorted((a, b) => String(a).localeCompare(String(b))),
    );
    assert.ok(found.every((seen) => seen.customerName === name && seen.customerId === about.customerId));
    assert.equal((await other.audit.looks(about, 2)).length, 2);
    const entries = await other.audit.entries({ ...about, kinds: ['leak', 'order'] }, undefined, 10);
    assert.deepEqual(entries, []);
    assert.equal((await other.audit.entries({ ...about, kinds: ['secret'] }, undefined, 10)).length, 5);
  });

  it('tells every change of a case, in its order even where the moment is the same', async () => {
    const { records: storage } = kept();
    const { customerId, wanted } = await fourDeeds(storage);
    const { reference } = wanted;
    const at = minutesLater(20);
    const steps = ['submitted', 'cancelling', 'needs_person', 'filed', 'completed'] as const;
    for (const [index, to] of steps.entries()) {
      const from = steps[index - 1];
      if (from) await storage.cases.advance({ reference, from, to, change: { kind: 'cancelling' }, at });
    }

    const entries = await all(storage, { customerId });

    assert.deepEqual(
      entries.flatMap((entry) => (entry.kind === 'case' ? [`${entry.from} → ${entry.to}`] : [])),
      [
        'filed → completed',
        'needs_person → filed',
        'cancelling → needs_person',
        'submitted → cancelling',
        'draft → submitted',
      ],
    );
  });

  it('can be asked about who did it, and about each kind of thing', async () => {
    const { records: storage, other } = kept();
    const name = `Zoë Łąka ${randomUUID()}`;
    const { customerId, order } = await fourDeeds(storage);
    const at = minutesLater(30);
    const decisions = [
      { kind: 'refused', right: 'keys.reveal' },
      { kind: 'refused-stranger', why: 'guest' },
      { kind: 'signed-in' },
    ] as const;
    for (const decision of decisions)
      await storage.audit.recordDecision({ at, personId: name, personName: name, decision });
    const look = aKeyReveal({ customerId, orderId: order.id, personId: name, personName: name, at });
    await storage.keyReveals.addRefused([{ ...look, refusal: 'used', token: randomUUID() }]);
    const of = async (about: AuditScope) => kinds(await all(other, about));

    for (const [subject, ...wanted] of [
      ['orders', 'order'],
      ['keys', 'secret', 'secret'],
      ['cancellations', 'case'],
      ['agreements', 'agreement'],
      ['exports'],
    ] as const)
      assert.deepEqual(await of({ customerId, subject }), wanted, subject);
    assert.deepEqual(await of({ customerId, person: 'CLEO' }), ['case']);
    assert.deepEqual(await of({ customerId, person: 'nobody%' }), []);
    const part = name.slice(9).toUpperCase();
    for (const typed of [`zoe laka ${part}`, `ZOË ŁĄKA ${part}`, `Zoe\u0308 Laka ${part}`])
      assert.equal((await of({ person: typed })).length, 4, typed);
    assert.deepEqual((await of({ person: part })).toSorted(), ['decision', 'decision', 'decision', 'secret']);
    assert.deepEqual((await of({ person: part, subject: 'refusals' })).toSorted(), ['decision', 'decision', 'secret']);
    assert.deepEqual(await of({ person: part, subject: 'sign-ins' }), ['decision']);
    for (const subject of auditSubjects) await of({ subject, person: part, customerId });
  });

  it('can be asked for a part of a name that many have', async () => {
    const { records: storage, other } = kept();
    const family = `Kowal${randomUUID().slice(0, 8)}`;
    const names = Array.from({ length: 25 }, (_, index) => `Anna ${index} ${family}`);
    for (const [index, name] of names.entries()) {
      const decision = { kind: 'signed-in' } as const;
      await storage.audit.recordDecision({ at: minutesLater(index), personId: name, personName: name, decision });
    }

    const found = await all(other, { person: family.toLowerCase() });

    assert.deepEqual(
      found.map(({ who }) => who),
      names.toReversed(),
    );
    const few = await all(other, { person: `anna 2 ${family}` });
    assert.deepEqual(
      few.map(({ who }) => who),
      [names[2]],
    );
  });

  it('can be asked about one order: an agreement is about none', async () => {
    const { records: storage } = kept();
    const { customerId, order } = await fourDeeds(storage);
    await storage.keyReveals.add([aKeyReveal({ customerId })]);

    const entries = await all(storage, { orderId: order.id });

    assert.deepEqual(kinds(entries), ['case', 'secret', 'order']);
    assert.deepEqual(await all(storage, { orderId: order.id, customerId: 'somebody else' }), []);
  });

  it('can be asked about everything', async () => {
    const { records: storage } = kept();
    const farAhead = 60 * 24 * 365 * 100;
    const one = await fourDeeds(storage, farAhead);
    const two = await fourDeeds(storage, farAhead + 10);

    const entries = await storage.audit.entries({}, undefined, 8);

    assert.deepEqual(
      entries.map(({ customerId, kind }) => `${customerId} ${kind}`),
      [two, one].flatMap(({ customerId }) =>
        ['agreement', 'case', 'secret', 'order'].map((kind) => `${customerId} ${kind}`),
      ),
    );
  });

  it('is read on from any entry, and what is recorded meanwhile moves nothing', async () => {
    const { records: storage, other } = kept();
    const { customerId } = await fourDeeds(storage);
    const before = await all(storage, { customerId });
    const page = await storage.audit.entries({ customerId }, undefined, 3);
    await storage.keyReveals.add([aKeyReveal({ customerId, at: minutesLater(30) })]);
    await storage.keyReveals.add([aKeyReveal({ customerId, at: minutesLater(31) })]);

    const again = await other.audit.entries({ customerId }, page[0]?.cursor, 3);
    const rest = await other.audit.entries({ customerId }, page[2]?.cursor, 3);
    const counted = await other.audit.entries({ customerId }, page[0]?.cursor, 2, 2);

    assert.deepEqual(again, page);
    assert.deepEqual(counted, before.slice(2, 4));
    assert.ok(before.every(({ cursor }) => isCursor(cursor)));
    assert.deepEqual([...again.slice(0, 2), ...rest], before);
    assert.deepEqual(kinds(await all(storage, { customerId })), ['secret', 'secret', ...kinds(before)]);
  });

  it('tells only what was done between two moments, where it is asked so', async () => {
    const { records: storage } = kept();
    const { customerId } = await fourDeeds(storage);
    const [, second, third, fourth] = (await all(storage, { customerId })).toReversed();
    const between = { customerId, since: second?.at, before: fourth?.at };

    assert.deepEqual(await all(storage, between), [third, second]);
    assert.deepEqual(
      await all(storage, { customerId, before: second?.at }),
      (await all(storage, { customerId })).slice(-1),
    );
    assert.deepEqual(await storage.audit.entries(between, third?.cursor, 1), [third]);
  });

  it('leaves nothing out and repeats nothing where a page ends between deeds of the same moment', async () => {
    const { records: storage } = kept();
    const customerId = randomUUID();
    for (let n = 0; n < 12; n += 1) await storage.keyReveals.add([aKeyReveal({ customerId, item: `item ${n}` })]);
    await storage.agreementConfirmations.add(aConfirmation({ customerId }));

    const found: AuditEntry[] = [];
    for (let from: string | undefined; ; ) {
      const page = await storage.audit.entries({ customerId }, from, 4);
      found.push(...page.slice(0, 3));
      from = page[3]?.cursor;
      if (!from) break;
    }

    assert.deepEqual(found, await all(storage, { customerId }));
    assert.deepEqual(
      found.flatMap((entry) => (entry.kind === 'secret' ? [entry.item] : [])),
      Array.from({ length: 12 }, (_, n) => `item ${11 - n}`),
    );
  });

  it('is not led astray by what people type', async () => {
    const { records: storage } = kept();
    const customerId = randomUUID();
    const elsewhere = randomUUID();
    const reason = `half an emoji \ud83d, a NUL \u0000 and "customerId":"${elsewhere}"`;
    await storage.cases.insertOnce(aCase({ content: aCaseContent({ customerId, reason, title: reason }) }));

    const [entry] = await all(storage, { customerId });

    assert.ok(entry?.kind === 'case');
    assert.deepEqual(entry.change, { kind: 'submitted', reason });
    assert.deepEqual(await all(storage, { customerId: elsewhere }), []);
    assert.deepEqual(await all(storage, { customerId: '%' }), []);
  });

  it('tells what somebody was refused, once an hour, that they signed in, and each other policy', async () => {
    const { records: storage, other } = kept();
    const who = { personId: randomUUID(), personName: 'Eve' };
    const first = minutesLater(60 * 24 * 365 * 50);
    const after = (minutes: number) => new Date(first.getTime() + minutes * 60_000);
    const refused = { kind: 'refused', right: 'keys.reveal' } as const;
    const limit = {
      kind: 'refused-amount',
      total: { minor: 2, currency: 'EUR' },
      limit: { minor: 1, currency: 'EUR' },
    } as const;
    await storage.audit.recordDecision({ ...who, at: first, decision: refused });
    await other.audit.recordDecision({ ...who, at: after(1), decision: refused });
    await storage.audit.recordDecision({ ...who, at: after(2), decision: limit });
    await storage.audit.recordDecision({ ...who, at: after(3), decision: { kind: 'signed-in' } });
    await storage.audit.recordDecision({ ...who, personId: randomUUID(), at: after(4), decision: refused });
    await storage.audit.recordDecision({ ...who, at: after(60), decision: refused });
    await storage.audit.recordPolicy({ at: after(61), rules: builtInPolicy });
    await other.audit.recordPolicy({ at: after(62), file: 'policy.json', rules: builtInPolicy });
    await storage.audit.recordPolicy({
      at: after(63),
      file: 'policy.json',
      rules: { ...builtInPolicy, askBackMinutes: 7 },
    });

    const entries = await all(other, { since: first, before: after(64) });

    assert.deepEqual(
      entries.map((entry) => [entry.who, entry.kind === 'decision' && entry.decision.kind, entry.customerId]),
      [
        [undefined, 'policy', ''],
        [undefined, 'policy', ''],
        ...['refused', 'refused', 'signed-in', 'refused-amount', 'refused'].map((kind) => ['Eve', kind, '']),
      ],
    );
    assert.ok(entries.every(({ cursor }) => isCursor(cursor)));
  });

  it('tells of a stranger once a day, whatever they want and however often they come', async () => {
    const { records: storage, other } = kept();
    const first = new Date('2086-05-01T00:30:00.000Z');
    const after = (hours: number) => new Date(first.getTime() + hours * 3_600_000);
    const come = (records: Kept['records'], personId: string, hours: number, why: 'guest' | 'no-role' = 'guest') =>
      records.audit.recordDecision({
        ...{ personId, personName: 'Gus', at: after(hours) },
        decision: { kind: 'refused-stranger', why },
      });
    const [one, two] = [`29:${randomUUID()}`, randomUUID()];
    for (const hours of [0, 1, 9, 23]) await come(hours % 2 ? storage : other, one, hours);
    await come(other, two, 2, 'no-role');
    await come(storage, one, 24);

    const entries = await all(other, { since: first, before: after(48) });

    assert.deepEqual(
      entries.map((entry) => [entry.who, entry.kind === 'decision' && entry.decision, entry.at]),
      [
        ['Gus', { kind: 'refused-stranger', why: 'guest' }, after(24)],
        ['Gus', { kind: 'refused-stranger', why: 'no-role' }, after(2)],
        ['Gus', { kind: 'refused-stranger', why: 'guest' }, after(0)],
      ],
    );
  });

  it('names an order by its id where its number is not known', async () => {
    const { records: storage } = kept();
    const keyReveal = aKeyReveal({ customerId: randomUUID() });
    await storage.keyReveals.add([keyReveal]);

    const [entry] = await all(storage, { customerId: keyReveal.customerId });

    assert.deepEqual(entry?.orderNumbers, [keyReveal.orderId]);
  });
});
