import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { PageEvent } from '../../src/domain/people/open-pages.ts';
import { createOpenPages } from '../../src/storage/open-pages.ts';
import { eachOwnDatabase } from '../support/databases.ts';
import { waitUntil } from '../support/wait-until.ts';
import { readableLog } from '../teams/parts.ts';
import { aCase, aCaseContent, aKeyReveal, at, minutesLater } from './records.ts';

/** That cases may have changed is told at any time, also when listening begins. */
const isMessage = (event: PageEvent): event is PageEvent & { id: string } => event.id !== undefined;

eachOwnDatabase('what the web pages keep', (database) => {
  it('signs a person in for every process, until the session ends', async () => {
    const { storage, other, query } = database();
    const session = {
      personId: 'p-1',
      name: 'Ada',
      email: 'ada@partner.example',
      locale: 'pl',
      timeZone: 'Europe/Warsaw',
      expiresAt: minutesLater(10),
    };

    await storage.webSessions.put('secret token', session);

    assert.deepEqual(await other.webSessions.get('secret token', at), session);
    assert.equal(await other.webSessions.get('secret token', minutesLater(10)), undefined);
    assert.equal(await other.webSessions.get('other token', at), undefined);
    assert.doesNotMatch(JSON.stringify(await query('select * from software_desk.web_sessions')), /secret token/);
  });

  it('tells the open pages of a person in every process, and says where there is none', async () => {
    const { storage, other } = database();
    const personId = randomUUID();
    const message = { messageId: 'm-1', card: { type: 'AdaptiveCard' } };
    const told: PageEvent[] = [];
    assert.equal(await storage.openPages.tell(personId, message), false);

    const page = await other.openPages.open(personId, (event) => told.push(event));
    const elsewhere: PageEvent[] = [];
    const others = await storage.openPages.open(randomUUID(), (event) => elsewhere.push(event));
    assert.equal(await storage.openPages.tell(personId, message), true);
    await storage.openPages.tell(personId, { messageId: 'm-1' });
    await waitUntil(() => told.filter(isMessage).length >= 2, 'both messages');

    assert.deepEqual(
      told.filter(isMessage).map((event) => event.message),
      [message, { messageId: 'm-1' }],
    );
    assert.deepEqual(elsewhere.filter(isMessage), []);
    await others.close();
    await page.close();
    assert.equal(await storage.openPages.tell(personId, message), false);
  });

  it('gives a page that was away what it has missed, and a new one nothing of before', async () => {
    const { storage } = database();
    const personId = randomUUID();
    const first: PageEvent[] = [];
    const stays = await storage.openPages.open(personId, (event) => first.push(event));
    for (const messageId of ['m-1', 'm-2', 'm-3']) await storage.openPages.tell(personId, { messageId });
    await waitUntil(() => first.filter(isMessage).length === 3, 'three messages');
    const back: PageEvent[] = [];
    const fresh: PageEvent[] = [];

    const pages = [
      await storage.openPages.open(personId, (event) => back.push(event), first.find(isMessage)?.id),
      await storage.openPages.open(personId, (event) => fresh.push(event), 'nonsense'),
    ];
    await waitUntil(() => back.filter(isMessage).length === 2, 'what was missed');

    assert.deepEqual(back.filter(isMessage), first.filter(isMessage).slice(1));
    assert.deepEqual(fresh.filter(isMessage), []);
    for (const page of [stays, ...pages]) await page.close();
  });

  it('tells open pages that cases have changed, whoever changed them', async () => {
    const { storage, other } = database();
    const told: PageEvent[] = [];
    const page = await other.openPages.open(randomUUID(), (event) => told.push(event));

    await storage.cases.insertOnce(aCase());

    await waitUntil(() => told.some((event) => event.id === undefined && event.changed === 'cases'), 'the change');
    await page.close();
  });

  it('lists open cases page by page, counts them, and adds up their money by month', async () => {
    const { storage } = database();
    const overview = storage.caseOverview;
    const before = await overview.counts();
    const content = (amount: { minor: number; currency: string }) =>
      aCaseContent({ orderId: randomUUID(), amount, reason: 'NUL \u0000, half an emoji \ud83d' });
    const references: string[] = [];
    for (let number = 0; number < 5; number += 1) {
      const createdAt = new Date(Date.UTC(2031, 0, 31, 23, 30 + 10 * number));
      const { case: found } = await storage.cases.insertOnce(
        aCase({ content: content({ minor: 1000, currency: 'CHF' }), at: createdAt }),
      );
      references.push(found.reference);
    }
    const [first = ''] = references;
    const move = { reference: first, change: { kind: 'cancelling' }, at: new Date('2031-02-03') } as const;
    await storage.cases.advance({ ...move, from: 'submitted', to: 'cancelling' });
    await storage.cases.advance({ ...move, from: 'cancelling', to: 'completed', change: { kind: 'completed' } });
    await storage.cases.advance({ ...move, reference: references[1] ?? '', from: 'submitted', to: 'needs_person' });

    const newest = await overview.open(undefined, 2);
    const further = await overview.open(newest.next, 2);
    const shown = [...newest.cases, ...further.cases].map(({ reference }) => reference);
    assert.deepEqual(shown, references.slice(1).reverse());
    const counts = await overview.counts();
    assert.deepEqual([counts.open - before.open, counts.waiting - before.waiting], [4, 1]);
    assert.ok((await overview.needPerson(50)).some(({ reference }) => reference === references[1]));
    assert.deepEqual(
      (await overview.histories([first])).get(first)?.map(({ to }) => to),
      ['submitted', 'cancelling', 'completed'],
    );
    assert.deepEqual(await overview.moneySince('2031-01'), [
      { month: '2031-01', currency: 'CHF', asked: 3000, credited: 0 },
      { month: '2031-02', currency: 'CHF', asked: 2000, credited: 1000 },
    ]);
  });

  it('keeps the newest fifty sessions of a person, and those of others', async () => {
    const { storage, query } = database();
    const [personId, name] = [randomUUID(), 'Ada'];
    await storage.webSessions.put('of another', { personId: randomUUID(), name, expiresAt: minutesLater(1) });

    for (let minute = 1; minute <= 60; minute += 1)
      await storage.webSessions.put(`${personId} ${minute}`, { personId, name, expiresAt: minutesLater(minute) });

    const rows = await query('select * from software_desk.web_sessions where person_id = $1', [personId]);
    assert.equal(rows.length, 50);
    assert.equal(await storage.webSessions.get(`${personId} 10`, at), undefined);
    assert.ok(await storage.webSessions.get(`${personId} 11`, at));
    assert.ok(await storage.webSessions.get('of another', at));
  });

  it('gives a page every message once, in order, that processes tell at the same moment, however many it has missed', async () => {
    const { storage, other } = database();
    const personId = randomUUID();
    const told: PageEvent[] = [];
    const stays = await storage.openPages.open(personId, () => undefined);
    const page = await other.openPages.open(personId, (event) => told.push(event));
    const names = Array.from({ length: 240 }, (_, number) => `m-${number}`);

    await Promise.all(
      names.map((messageId, number) => (number % 2 ? storage : other).openPages.tell(personId, { messageId })),
    );
    const messages = (events: readonly PageEvent[]) =>
      events.flatMap((event) => (event.id === undefined ? [] : [event.message.messageId]));
    await waitUntil(() => messages(told).length >= names.length, 'all messages');
    const late: PageEvent[] = [];
    const again = await storage.openPages.open(personId, (event) => late.push(event), '0');
    await waitUntil(() => messages(late).length >= names.length, 'all that was missed');

    assert.deepEqual(messages(told).toSorted(), names.toSorted());
    assert.deepEqual(messages(late), messages(told));
    for (const one of [stays, page, again]) await one.close();
  });

  it('counts a one-time token that comes again from the same person, in one row', async () => {
    const { storage, query } = database();
    const look = { ...aKeyReveal(), refusal: 'used', token: randomUUID() } as const;

    for (const personId of ['p-1', 'p-1', 'p-2', 'p-1'])
      await storage.keyReveals.addRefused([
        { ...look, personId },
        { ...look, personId, what: 'link' },
      ]);

    const rows = await query(
      'select person_id, what, times from software_desk.key_reveals where refused_token = $1 order by 1, 2',
      [look.token],
    );
    assert.deepEqual(rows, [
      { person_id: 'p-1', what: 'key', times: 3 },
      { person_id: 'p-1', what: 'link', times: 3 },
      { person_id: 'p-2', what: 'key', times: 1 },
      { person_id: 'p-2', what: 'link', times: 1 },
    ]);
    assert.deepEqual(await storage.keyReveals.viewersOf(look.orderId), []);
  });
});

describe('open web pages where the database cannot be listened to at first', () => {
  it('are told all the same, from the next page on', async () => {
    const failing = [true, false];
    let listeners = 0;
    const pages = createOpenPages(
      {
        pool: { query: async () => ({ rows: [{ last: '0' }], rowCount: 1 }) } as unknown as Pool,
        listen: async (_channel, { onMessage }) => {
          if (failing.shift()) throw new Error('no connection to be had');
          listeners += 1;
          onMessage('changed cases');
          return { close: async () => undefined };
        },
      },
      readableLog().log,
    );

    await assert.rejects(pages.open('p-1', () => undefined));
    await pages.open('p-1', () => undefined);

    assert.equal(listeners, 1);
    await pages.close();
  });
});
