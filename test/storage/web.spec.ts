import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { PageEvent } from '../../src/domain/people/open-pages.ts';
import { eachOwnDatabase } from '../support/databases.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aCase, aCaseContent, at, minutesLater } from './records.ts';

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
});
