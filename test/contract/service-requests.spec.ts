import assert from 'node:assert/strict';
import type { TicketContent } from '../../src/domain/cancellations/tickets.ts';
import { found, refusalOf } from './assertions.ts';
import { orderOf } from './catalog-items.ts';
import { delaySeconds, freshId, needsSimulator, needsToday, openService, type Service, writes } from './server.ts';

const topic = 'CSP purchase/refund on behalf of customers';
const content: TicketContent = {
  title: 'Refund of order 0815',
  description: 'Customer: contoso.onmicrosoft.com\nOrder: …\nReason: bought twice',
  impact: 'moderate',
  topic,
  contact: { name: 'Ada Maria Nowak', email: 'ada@partner.example', phone: '+48 22 555 01 00' },
};
const statuses = ['none', 'open', 'closed', 'attention_needed'] as const;

describe('the contract of service requests', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  describe('the list', () => {
    for (const status of statuses) {
      it(`gives those that are ${status}, each once`, async () => {
        const tickets = await service.center.tickets.list(status);

        assert.ok(tickets.every((ticket) => ticket.status === status && ticket.id !== ''));
        assert.equal(new Set(tickets.map(({ id }) => id)).size, tickets.length);
      });
    }

    it('understands statuses written as numbers', async function () {
      needsSimulator(this);

      const [open, closed, waiting] = await Promise.all(
        (['open', 'closed', 'attention_needed'] as const).map((status) => service.center.tickets.list(status)),
      );

      assert.deepEqual(
        [open, closed, waiting].map((some) => some?.map(({ title }) => title)),
        [['Invoice shows a wrong address'], ['Refund for a duplicate order'], ['Cannot see the product key']],
      );
      assert.deepEqual(
        [closed?.[0]?.description, closed?.[0]?.lastNote],
        ['', undefined],
        'the list does not show them',
      );
      const [whole] = await service.center.tickets.readWhole(closed ?? []);
      assert.equal(whole?.lastNote, 'The refund was approved and appears on the next invoice.');
      assert.match(whole?.description ?? '', /Duplicate purchase/);
      assert.ok(closed?.[0]?.closedAt instanceof Date);
      assert.equal(open?.[0]?.closedAt, undefined);
    });

    it('of more than a page (100) is read to its end, by offset', async function () {
      needsSimulator(this);
      for (let number = 0; number < 120; number += 1) {
        await service.center.tickets.create({ ...content, title: `Ticket ${number}` }, freshId());
      }
      await service.advance(delaySeconds * 2);

      const waiting = await service.center.tickets.list('attention_needed');

      assert.equal(waiting.length, 121);
      await service.reset();
    });
  });

  describe('one', () => {
    it('is read by its number, and undefined for a number that nobody gave', async () => {
      const [first] = (await Promise.all(statuses.map((status) => service.center.tickets.list(status)))).flat();
      if (first) assert.equal((await service.center.tickets.get(first.id))?.title, first.title);

      assert.equal(await service.center.tickets.get('1000000000'), undefined);
    });
  });

  describe('a new one', () => {
    it('has a number, the words of the form, status none and no dates', async function () {
      needsSimulator(this);

      const ticket = await service.center.tickets.create(content, freshId());

      assert.match(ticket.id, /^([0-9]{10}|[0-9]{15}|[0-9]{1,9}|[0-9]{16}|[0-9]-[0-9]{13})$/);
      assert.equal(ticket.status, 'none');
      assert.equal(ticket.title, content.title);
      assert.equal(ticket.description, content.description);
      assert.equal(ticket.closedAt, undefined);
    });

    it('stores impact, issue type and contact', async function () {
      needsSimulator(this);

      const { id } = await service.center.tickets.create(content, freshId());

      const stored = found(
        (await service.state('serviceRequests')).serviceRequests.find((one) => one.id === id),
        id,
      );
      assert.equal(stored.severity, 'moderate');
      assert.equal(stored.supportTopicName, topic);
      assert.equal(stored.primaryContact.firstName, 'Ada Maria');
      assert.equal(stored.primaryContact.lastName, 'Nowak');
      assert.equal(stored.primaryContact.email, 'ada@partner.example');
      assert.equal(stored.primaryContact.phoneNumber, '+48 22 555 01 00');
    });

    it('is one for one MS-RequestId', async function () {
      needsSimulator(this);
      const requestId = freshId();

      const first = await service.center.tickets.create(content, requestId);
      const again = await service.client().tickets.create(content, requestId);

      assert.equal(again.id, first.id);
    });

    it('is opened, worked on and closed, and the order it names is cancelled then, window or not', async function () {
      needsSimulator(this);
      await service.reset();
      const customer = await service.customer('Contoso');
      const order = await orderOf(service.center, customer, 'SQL Server 2022 Standard');
      const description = `Customer: ${customer.domain}\nOrder: ${order.id}\nReason: never installed`;

      const { id } = await service.center.tickets.create({ ...content, description }, freshId());
      await service.advance(delaySeconds / 2);
      assert.equal((await service.center.tickets.get(id))?.status, 'open');
      await service.advance(delaySeconds);

      const closed = await service.center.tickets.get(id);
      assert.equal(closed?.status, 'closed');
      assert.ok(closed?.closedAt instanceof Date);
      assert.match(closed?.lastNote ?? '', /refund was approved/);
      assert.equal((await service.center.ordering.order(customer.id, order.id))?.status, 'cancelled');
    });

    it('that does not say what is wanted is asked back', async function () {
      needsSimulator(this);

      const { id } = await service.center.tickets.create({ ...content, description: 'Please help.' }, freshId());
      await service.advance(delaySeconds);

      const asked = await service.center.tickets.get(id);
      assert.equal(asked?.status, 'attention_needed');
      assert.match(asked?.lastNote ?? '', /order ID/);
    });

    it('has a title of at most 255 characters', async function () {
      needsSimulator(this);

      const ticket = await service.center.tickets.create({ ...content, title: 'Ł'.repeat(400) }, freshId());

      assert.equal(ticket.title, 'Ł'.repeat(255));
    });

    it('has an issue type that the portal knows, else it is not offered', async function () {
      needsSimulator(this);
      assert.ok((await service.center.tickets.topics()).some(({ name }) => name === topic));

      await refusalOf(service.center.tickets.create({ ...content, topic: 'Something else' }, freshId()), {
        kind: 'not-offered',
      });
    });
  });

  describe('as the API is today (mode `today`)', () => {
    let today: Service;
    before(async () => {
      today = await openService({ mode: 'today' });
    });
    after(() => today?.close());

    it('none can be created: not offered, and nothing was sent', async function () {
      writes(this);
      await needsToday(this, today, 'tickets');
      // Without topics the client sends nothing; a server that has them would be filed a real ticket.
      await refusalOf(today.center.tickets.topics(), { kind: 'not-offered' });

      await refusalOf(today.center.tickets.create(content, freshId()), { kind: 'not-offered' });
    });

    it('topics are not offered', async function () {
      await needsToday(this, today, 'tickets');

      await refusalOf(today.center.tickets.topics(), { kind: 'not-offered' });
    });

    it('they are still listed and read', async function () {
      needsSimulator(this);
      const [waiting] = await today.center.tickets.list('attention_needed');
      const { id } = found(waiting, 'ticket');

      assert.equal((await today.center.tickets.get(id))?.id, id);
    });
  });
});
