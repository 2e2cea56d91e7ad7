import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  cancelledBefore,
  closed,
  daysLeftOf,
  freshOrder,
  orderIn,
  referenceOn,
  servers,
  subscription,
  ticketAnswers,
  ticketsNaming,
  toNowReview,
  toTicketReview,
  twoLines,
} from '../support/cancellation-steps.ts';
import type { CardView } from '../support/card-view.ts';
import { type Conversation, inBoth, pressed } from '../support/conversation.ts';
import { untilCard } from '../support/purchase-steps.ts';
import type { Json } from '../support/simulator-control.ts';

const issueType = 'CSP purchase/refund on behalf of customers';

describe('cancel', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  describe('before the first question', () => {
    it('shows what cancelling would mean: last moment, days left, refund', async () => {
      const ada = app.in('channel');

      const how = await ada.says(`cancel ${servers}`);

      assert.match(how.text, /Contoso Ltd · 4 × Windows Server 2022 Standard - 16 Core License Pack/);
      const days = daysLeftOf(await app.state('orders'), servers);
      assert.match(how.text, new RegExp(`${days} days left`));
      assert.match(how.text, /3,238\.40 EUR\ncomes back: full refund, if cancelled until \d+ \w+ \d+, 23:59 UTC/);
      assert.match(how.text, new RegExp(`${30 - days} of 30 days used`));
      assert.match(how.text, /key is revoked\. Nobody here has looked at it\. The customer must uninstall/);
      assert.deepEqual(how.buttons, [
        'Cancel now: 3,238.40 EUR back',
        'By ticket …',
        'Remind me instead',
        'Hand over',
        'Save for later',
        'Discard',
      ]);
    });

    it('shows the formula of a prorated refund, and finds the order by its subscription', async () => {
      const ada = app.in('personal');
      const { subscriptions } = (await app.state('subscriptions')) as unknown as {
        subscriptions: { id: string; orderId: string }[];
      };
      const { id = '' } = subscriptions.find(({ orderId }) => orderId === subscription) ?? {};

      const how = await ada.says(`Refund for ${id.toUpperCase()}`);

      assert.match(how.text, new RegExp(`Cancel order ${subscription}`));
      assert.match(how.text, /comes back today: [\d,.]+ EUR = [\d,.]+ EUR × \((36[56]) − \d+\) \/ \1 days/);
    });

    it('offers the ticket only where the window has closed', async () => {
      const how = await app.in('channel').says(`cancel ${closed}`);

      assert.match(how.text, /window closed/);
      assert.deepEqual(how.buttons, ['By ticket …', 'Step by step', 'Hand over', 'Save for later', 'Discard']);
    });

    for (const [what, text, why] of [
      ['is cancelled already', `cancel ${cancelledBefore}`, /179eb492a247.* is cancelled already/],
      ['does not exist', 'cancel 0123456789ab', /I found no order or subscription "0123456789ab"/],
      [
        'belongs to a customer without anything to cancel',
        'cancel tailspin',
        /Tailspin Toys has nothing that could be cancelled/,
      ],
      ['belongs to nobody known', 'cancel nobody', /No customer matches "nobody"/],
    ] as const) {
      it(`says so when the order ${what}`, async () => {
        assert.match((await app.in('channel').says(text)).text, why);
      });
    }

    it('says so when the order is not software, cannot be taken back, or is still being processed', async () => {
      const ada = app.in('channel');
      const { orders } = await app.state('orders');
      const named = (title: string) =>
        orders.find(({ lineItems }) =>
          lineItems.some((line: { friendlyName: string }) => line.friendlyName.includes(title)),
        )?.id;
      const pending = orders.find(({ status }) => status === 'pending')?.id;

      const vm = await ada.says(`cancel ${named('Reserved VM Instance')}`);
      const redHat = await ada.says(`cancel ${named('Red Hat')}`);
      const early = await ada.says(`cancel ${pending}`);

      assert.match(vm.text, /is not on-premises software/);
      assert.match(redHat.text, /cannot be cancelled: Microsoft takes back no software of Red Hat/);
      assert.match(early.text, /still being processed/);
    });

    it('shows the case that somebody else has open for the order', async () => {
      const bert = app.in('channel', 'bert');
      const order = await freshOrder(app);
      await toTicketReview(bert, order);
      const reference = referenceOn(await bert.goes('Submit'));

      const ada = bert.as('ada');
      const refused = await ada.says(`cancel ${order}`);
      const list = await ada.says('software contoso');
      const shown = await ada.says(`cases ${reference.toLowerCase()}`);

      assert.match(refused.text, new RegExp(`cancellation of order ${order} already: ${reference}`));
      assert.match(list.text, new RegExp(`order ${order} · being cancelled`));
      assert.match(shown.text, new RegExp(`${reference}\n[\\s\\S]*(waiting for Microsoft|the ticket is being filed)`));
      assert.match(shown.text, /Submitted by Bert Lis/);
    });

    it('asks which order when only the customer is named, and which lines when there are several', async () => {
      const ada = app.in('channel');

      const orders = await ada.says('cancel contoso');
      const lines = await ada.goes('Next', { 'Order or subscription ID': twoLines });
      const how = await ada.goes('Next', { 'What to cancel': '20 × Windows Server 2025 CAL' });
      const typed = await ada.in('personal').says('cancel contoso');
      const chosen = await ada.in('personal').says(servers);

      assert.doesNotMatch(JSON.stringify(orders.inputs), new RegExp(cancelledBefore));
      assert.deepEqual(
        lines.input('What to cancel').choices.map(({ title }) => title),
        [
          'The whole order',
          '2 × Windows Server 2025 Standard - 16 Core License Pack',
          '20 × Windows Server 2025 CAL - 1 User CAL',
        ],
      );
      assert.match(how.text, /Contoso Ltd · 20 × Windows Server 2025 CAL - 1 User CAL\n/);
      assert.match(typed.text, /Which order of Contoso Ltd/);
      assert.match(chosen.text, new RegExp(`Cancel order ${servers}`));
    });
  });

  inBoth(
    `asks one question after the other, says what is wrong with an answer, and files the ticket`,
    async (where) => {
      const ada = app.in(where);
      const order = await freshOrder(app);
      await ada.says(`anuluj ${order}`);

      const script: readonly (readonly [label: string, bad: string, problem: RegExp, good: string])[] = [
        ['Customer tenant (GUID or domain)', 'fabrikam.onmicrosoft.com', /That is not Contoso Ltd/, 'contoso.example'],
        ['Order or subscription ID', '0123456789ab', /That names another order/, order],
        [
          'Reason for the refund',
          'no',
          /a reason of 10 to 1000 characters/,
          'Cancel this: the customer ordered twice.',
        ],
        ['Requested amount', '999999', /Not more than was paid/, '100.50'],
        ['Why less than was paid', 'x', /why less than what was paid/, 'The customer keeps a part.'],
        ['Impact', 'enormous', /choose how much it affects the business|choose one/i, 'moderate'],
        ['Title', 'abc', /a title of 5 to 255 characters/, 'Refund of a double order'],
        ['Contact name', 'Ada', /a first and a last name/, 'Ada Nowak'],
        ['Contact e-mail', 'ada@', /a complete e-mail address/, 'ada.nowak@partner.example'],
        ['Contact phone', 'call me', /a telephone number/, '+48 22 555 01 00'],
      ];
      // Impact is picked from a list: a wrong one can only be typed.
      const answer = (label: string, text: string, isTyped: boolean) =>
        isTyped || label === 'Impact' ? ada.says(text) : ada.goes('Next', { [label]: text });
      await ada.goes('By ticket');
      let question = await ada.goes('Step by step');
      for (const [label, bad, problem, good] of script) {
        assert.deepEqual(
          question.inputs.map((input) => input.label),
          [label],
        );
        assert.match(question.text, /Step \d of 9/);
        const wrong = await answer(label, bad, where === 'channel');
        assert.match(wrong.text, problem, label);
        assert.deepEqual(
          wrong.inputs.map((input) => input.label),
          [label],
        );
        question = await answer(label, good, where === 'personal');
      }
      const review = question;
      for (const fact of [
        /Customer: Contoso Ltd/,
        /Reason for the refund: Cancel this: the customer ordered twice\./,
        /Requested amount: 100\.50 EUR \(The customer keeps a part\.\)/,
        /Impact: Moderate/,
        /Title: Refund of a double order/,
        /Contact name: Ada Nowak/,
        /Contact e-mail: ada\.nowak@partner\.example/,
        /Contact phone: \+48 22 555 01 00/,
      ])
        assert.match(review.text, fact);
      const settled = await ada.goes('Submit: file the ticket');

      const reference = referenceOn(settled);
      assert.match(settled.text, new RegExp(`Cancellation ${reference}\n[\\s\\S]*^waiting for Microsoft$`, 'm'));
      assert.deepEqual(settled.buttons, []);
      const [ticket, ...others] = await ticketsNaming(app, reference);
      assert.equal(others.length, 0);
      assert.equal(ticket?.supportTopicName, issueType);
      assert.equal(ticket?.severity, 'moderate');
      assert.equal(ticket?.title, `Refund of a double order [${reference}]`);
      for (const fact of ['contoso.example', order, 'Cancel this: the customer ordered twice.', '100.50 EUR'])
        assert.ok(ticket?.description.includes(fact), fact);
      assert.deepEqual(
        [
          ticket?.primaryContact.firstName,
          ticket?.primaryContact.lastName,
          ticket?.primaryContact.email,
          ticket?.primaryContact.phoneNumber,
        ],
        ['Ada', 'Nowak', 'ada.nowak@partner.example', '+48 22 555 01 00'],
      );
      assert.match(settled.text, new RegExp(`Ticket ${ticket?.id} filed`));
    },
  ).timeout(40_000);

  inBoth(
    `takes all answers on one form, says all that is wrong at once, and keeps what was filled in`,
    async (where) => {
      const ada = app.in(where);
      const order = await freshOrder(app);
      await ada.says(`cancel ${order}`);

      const form = await ada.goes('By ticket');
      const wrong = await ada.goes('Review ticket', {
        ...ticketAnswers,
        'Customer tenant (GUID or domain)': 'fabrikam.example',
        'Requested amount': '1e9',
        'Contact phone': '12',
        'Reason for the refund': 'short',
      });
      const review = await ada.goes('Review ticket', {
        ...ticketAnswers,
        'Customer tenant (GUID or domain)': 'CONTOSO.example ',
        'Requested amount': '136,16 EUR',
      });

      assert.deepEqual(
        form.inputs.map(({ label }) => label),
        [
          // What is missing first.
          'Reason for the refund',
          'Contact e-mail',
          'Contact phone',
          'Customer tenant (GUID or domain)',
          'Order or subscription ID',
          'Requested amount',
          'Why less than was paid',
          'Impact',
          'Title',
          'Contact name',
        ],
      );
      assert.match(form.text, /Three things are missing; the rest is filled in\./);
      assert.match(form.text, /6 of 9 done/);
      assert.match(form.text, /Requested amount: 136\.16 EUR \(all that was paid\)/);
      assert.equal(form.input('Customer tenant (GUID or domain)').value, 'contoso.onmicrosoft.com');
      assert.equal(form.input('Contact name').value, 'Ada Nowak');
      for (const problem of [/not Contoso Ltd/, /amount in EUR/, /telephone number/, /10 to 1000 characters/])
        assert.match(wrong.text, problem);
      assert.equal(wrong.input('Contact e-mail').value, 'ada.nowak@partner.example');
      assert.equal(wrong.input('Contact phone').value, '12');
      assert.equal(wrong.input('Requested amount').value, '1e9');
      assert.equal(wrong.input('Reason for the refund').value, 'short');
      assert.match(review.text, /Please check the cancellation/);
    },
  );

  describe('the contact of a ticket', () => {
    const address = 'a.nowak@partner.example';
    const chatOf = ({ place }: Conversation) => place.replace(/;.*/, '');
    const labelsOf = (form: CardView) => form.inputs.map(({ label }) => label);

    /** Teams knows this address of the person. */
    function tell(who: Conversation, email = address): void {
      const { id, name } = who.person;
      app.connector.setRoster(chatOf(who), [
        { id: `29:${id}`, aadObjectId: id, name, email, userPrincipalName: 'upn@partner.example' },
      ]);
    }

    const readsOf = ({ person }: Conversation) => app.connector.rosterReads.filter((url) => url.includes(person.id));

    for (const where of ['channel', 'personal'] as const)
      it(`is filled in with what Teams tells, and with what was changed in it the next time (${where})`, async () => {
        const ada = app.in(where);
        const [first, second] = [await freshOrder(app), await freshOrder(app)];
        tell(ada);

        const how = await ada.says(`cancel ${first}`);
        const form = await ada.goes('By ticket');
        await ada.goes('Review ticket', { ...ticketAnswers, 'Contact e-mail': 'refunds@partner.example' });
        const review = ada.card().view;
        const filed = await ada.goes('Submit');
        await ada.says(`cancel ${second}`);
        const next = await ada.goes('By ticket');

        assert.deepEqual(labelsOf(form).slice(0, 2), ['Reason for the refund', 'Contact phone']);
        assert.match(form.text, /Two things are missing; the rest is filled in\./);
        assert.match(form.text, /Contact: Ada Nowak, a\.nowak@partner\.example/);
        assert.equal(form.input('Contact e-mail').value, address);
        assert.match(review.text, /Contact e-mail: refunds@partner\.example/);
        assert.deepEqual(labelsOf(next).slice(0, 2), ['Reason for the refund', 'Customer tenant (GUID or domain)']);
        assert.match(next.text, /Contact: Ada Nowak, refunds@partner\.example, \+48 22 555 01 00/);
        // Asked for once, and not where somebody may read it who has not asked for the form.
        assert.equal(readsOf(ada).length, 1);
        assert.doesNotMatch(how.text + filed.text, /@/);
      });

    inBoth('is filled in step by step too, to be taken or changed', async (where) => {
      const ada = app.in(where);
      await ada.says(`cancel ${await freshOrder(app)}`);
      tell(ada);
      await ada.goes('By ticket');
      await ada.goes('Step by step');
      for (let step = 0; step < 2; step += 1) await ada.goes('Next');
      await ada.says('The customer ordered twice.');
      for (let step = 0; step < 3; step += 1) await ada.goes('Next');

      const name = ada.card().view;
      const email = await ada.goes('Next');
      const phone = await ada.goes('Next');

      assert.equal(name.input('Contact name').value, 'Ada Nowak');
      assert.equal(email.input('Contact e-mail').value, address);
      assert.equal(phone.input('Contact phone').value, '');
    });

    for (const [what, roster] of [
      ['refuses to tell', 403],
      ['fails', 500],
      ['does not answer', 'hang'],
      ['tells of somebody else', [{ id: '29:somebody', aadObjectId: 'somebody', email: 'else@partner.example' }]],
      ['tells no address', []],
    ] as const)
      it(`is asked for where Teams ${what}`, async () => {
        const ada = app.in('group');
        const order = await freshOrder(app);
        const isList = typeof roster === 'object';
        app.connector.setRoster(
          ada.place,
          isList ? roster.map((one) => ({ ...one, id: `29:${ada.person.id}` })) : roster,
        );
        await ada.says(`cancel ${order}`);

        const form = await ada.goes('By ticket');

        assert.deepEqual(labelsOf(form).slice(0, 3), ['Reason for the refund', 'Contact e-mail', 'Contact phone']);
        assert.equal(readsOf(ada).length, 1);
      });

    it('is asked of Teams where the ticket is chosen on the review of cancelling at once', async () => {
      const ada = app.in('personal');
      await toNowReview(ada, await freshOrder(app));
      tell(ada);

      const asked = await ada.goes('File the ticket');

      assert.deepEqual(labelsOf(asked), ['Contact phone']);
    });
  });

  inBoth('cancels at once on one card, by a reason that is picked and one press', async (where) => {
    const ada = app.in(where);
    const order = await freshOrder(app);
    await ada.says(`cancel ${order}`);
    const card = ada.card();
    const press = ada.press('Cancel now', { 'Why is it returned?': 'Ordered twice' });

    const together = await Promise.all([pressed(app, press), pressed(app, { ...press, id: 'f:again' })]);
    const stale = await ada.presses('Cancel now', { 'Why is it returned?': 'Ordered twice' }, card);
    const other = await ada.as('bert').presses('Cancel now', { 'Why is it returned?': 'Ordered twice' }, card);

    const settled = await untilCard(app, ada, /Cancellation SD-\w{6}\n[\s\S]*^(being cancelled|completed)$/m);
    const reference = referenceOn(settled);
    for (const { card: answer, said } of [...together, stale])
      assert.match(answer?.text ?? said ?? '', new RegExp(`${reference}|[Ss]till working`));
    assert.match(other.card?.text ?? other.said ?? '', new RegExp(`${reference}|belongs to Ada Nowak|has expired`));
    assert.match(card.view.buttons[0] ?? '', /^Cancel now: [\d.,]+ EUR back$/);
    await app.advance(60);
    assert.equal(orderIn(await app.state(), order).status, 'cancelled');
  });

  inBoth(`cancels at once where Partner Center allows it, asking for the reason only`, async (where) => {
    const ada = app.in(where);
    const order = await freshOrder(app);

    const review = await toNowReview(ada, order);
    const settled = await ada.goes('Submit: cancel now');

    assert.match(review.text, /Submit cancels .* at Partner Center at once/);
    assert.match(settled.text, /Cancellation SD-\w{6}\n[\s\S]*^(being cancelled|completed)$/m);
    assert.match(settled.text, /How: cancelled at once by the Partner Center API/);
    assert.equal((await ticketsNaming(app, order)).length, 0);
    await app.advance(60);
    assert.equal(orderIn(await app.state('orders'), order).status, 'cancelled');
  });

  it('cancels two of the three lines of an order as one case, and exactly these', async () => {
    const ada = app.in('channel');
    const { orders, now } = await app.state();
    const fresh = ({ creationDate, lineItems, status }: Json) =>
      status === 'completed' &&
      lineItems.length === 3 &&
      lineItems.every(({ quantity, termDuration }: Json) => quantity > 0 && !termDuration) &&
      Date.parse(now) - Date.parse(creationDate) < 25 * 86_400_000;
    const { id = '', lineItems: lines } = orders.find(fresh) ?? assert.fail('no such order');
    const requests = async () => ((await app.simulator('GET', 'requests')) as Json[]).map(({ method }) => method);
    const patchesBefore = (await requests()).filter((method) => method === 'PATCH').length;

    const which = await ada.says(`cancel ${id}`);
    const how = await ada.goes('Next', { 'What to cancel': '0,2' });
    await ada.goes('Cancel now');
    const review = await ada.says('The customer ordered two of them by mistake.');
    const settled = await ada.goes('Submit: cancel now');
    await app.advance(60);

    assert.equal(which.input('What to cancel').choices.length, 4);
    for (const { text } of [how, review]) {
      assert.ok(text.includes(lines[0].friendlyName) && text.includes(lines[2].friendlyName), text);
      assert.ok(!text.includes(lines[1].friendlyName), text);
    }
    const [, amount] = how.text.match(/^([\d,]+\.\d\d) [A-Z]{3}\ncomes back: full refund/m) ?? [];
    const sum = [lines[0], lines[2]].reduce((total, { pricing }) => total + pricing.extendedPrice, 0);
    assert.equal(Number(amount?.replaceAll(',', '')), Number(sum.toFixed(2)));
    assert.match(settled.text, /Cancellation SD-\w{6}\n[\s\S]*^(being cancelled|completed)$/m);
    const after = orderIn(await app.state(), id);
    assert.deepEqual(
      after.lineItems.map(({ quantity }: Json) => quantity > 0),
      [false, true, false],
    );
    assert.equal((await requests()).filter((method) => method === 'PATCH').length, patchesBefore + 1);
    assert.match((await ada.says(`cases ${referenceOn(settled)}`)).text, /completed/);
  });

  it('shows the review anew when the other ending is chosen on it, and asks what that needs', async () => {
    const ada = app.in('channel');
    const bert = ada.as('bert');
    const [first, second] = [await freshOrder(app), await freshOrder(app)];

    await toTicketReview(ada, first);
    const now = await ada.goes('Cancel now');
    const cancelled = await ada.goes('Submit: cancel now');
    await toNowReview(bert, second);
    const asked = await bert.goes('File the ticket');
    await bert.goes('One form');
    const ticket = await bert.goes('Review ticket', ticketAnswers);
    const filed = await bert.goes('Submit: file the ticket');

    assert.match(now.text, /Please check the cancellation/);
    assert.match(now.text, /How: cancelled at once by the Partner Center API/);
    assert.match(cancelled.text, /Cancellation SD-\w{6}\n[\s\S]*^(being cancelled|completed)$/m);
    assert.deepEqual(
      asked.inputs.map(({ label }) => label),
      ['Contact e-mail'],
    );
    assert.match(ticket.text, /How: by a ticket to Microsoft/);
    assert.match(filed.text, /waiting for Microsoft/);
    assert.equal((await ticketsNaming(app, first)).length, 0);
    assert.equal((await ticketsNaming(app, second)).length, 1);
  });

  it('keeps one draft while somebody goes back and forth between the questions and the form', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await ada.says(`cancel ${order}`);
    await ada.says('step by step');
    await ada.goes('Next');
    await ada.goes('Next');
    await ada.says('Ordered twice by the customer.');

    const form = await ada.says('one form');
    const step = await ada.goes('Step by step');
    await ada.goes('Next');
    await ada.goes('Next');
    const reason = ada.card().view;
    const edited = await ada.says('edit');
    const review = await ada.goes('Review ticket', ticketAnswers);

    assert.equal(form.input('Reason for the refund').value, 'Ordered twice by the customer.');
    assert.equal(step.inputs[0]?.label, 'Customer tenant (GUID or domain)');
    assert.equal(reason.input('Reason for the refund').value, 'Ordered twice by the customer.');
    assert.equal(edited.inputs.length, 10);
    assert.match(review.text, /The customer ordered the wrong edition/);
    assert.match((await ada.says('drafts')).text, new RegExp(`Cancel order ${order} of Contoso Ltd`));
    assert.equal((await ada.says('drafts')).text.match(/Cancel order/g)?.length, 1);
  });

  it('goes back, saves for later, resumes by the same command, and discards', async () => {
    const ada = app.in('personal');
    const order = await freshOrder(app);
    await ada.says(`cancel ${order}`);
    await ada.says('step by step');
    await ada.says('contoso.example');

    const back = await ada.says('wstecz');
    await ada.goes('Next');
    await ada.says('save for later');
    const resumed = await ada.says(`cancel ${order}`);
    const discarded = await ada.says('discard');
    const anew = await ada.says(`cancel ${order}`);

    assert.equal(back.input('Customer tenant (GUID or domain)').value, 'contoso.example');
    assert.deepEqual(
      resumed.inputs.map(({ label }) => label),
      ['Order or subscription ID'],
    );
    assert.match(discarded.text, new RegExp(`Discarded: Cancel order ${order}`));
    assert.ok(anew.button('Cancel now'));
  });

  it('keeps the draft over a restart', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await ada.says(`cancel ${order}`);
    await ada.says('file the ticket');
    await ada.says('contoso.example');
    const question = ada.card();

    await app.restart();
    const next = await ada.goes('Next', {}, question);
    const reason = await ada.says('Ordered by mistake, says the customer');

    assert.deepEqual(
      next.inputs.map(({ label }) => label),
      ['Reason for the refund'],
    );
    assert.deepEqual(
      reason.inputs.map(({ label }) => label),
      ['Requested amount'],
    );
  });

  it('lets a sales agent prepare and hand over, and an admin agent submit', async () => {
    const sara = app.in('channel', 'sara');
    const order = await freshOrder(app);
    const review = await toTicketReview(sara, order);
    const forgedData = { ...(review.button('Hand over').data as object), do: 'submit' };
    const forged = {
      ...sara.press('Hand over'),
      value: { action: { type: 'Action.Execute', verb: 'submit', data: forgedData } },
    };

    await pressed(app, forged);
    const refused = sara.card().view;
    const handed = await sara.goes('Hand over');
    const hela = await sara.as('hela').presses('Submit');
    const gert = await sara.as('gert').presses('Submit');
    assert.equal((await ticketsNaming(app, order)).length, 0);
    const ada = sara.as('ada');
    const settled = await ada.goes('Submit');

    assert.match(review.text, /You can prepare this cancellation/);
    assert.match(refused.text, /⚠ You may not submit a cancellation\. You are a sales agent/);
    assert.match(handed.text, /Prepared by Sara Wilk/);
    assert.match(hela.said ?? '', /You may not prepare a cancellation\. You are a helpdesk agent/);
    assert.match(gert.card?.text ?? gert.said ?? '', /it waits for an admin agent\. You may not submit a cancellation/);
    assert.match(settled.text, /Submitted by Ada Nowak/);
    assert.equal((await ticketsNaming(app, order)).length, 1);
  });

  describe('in a hurry', () => {
    for (const [ending, toReview] of [
      ['ticket', toTicketReview],
      ['cancellation', toNowReview],
    ] as const) {
      it(`makes one ${ending} of a double click, a redelivery under another id, and a press of the old card`, async () => {
        const ada = app.in('channel');
        const order = await freshOrder(app);
        await toReview(ada, order);
        const review = ada.card();
        const press = ada.press('Submit');
        const requestsBefore = ((await app.simulator('GET', 'requests')) as { method: string; path: string }[]).length;

        const together = await Promise.all([pressed(app, press), pressed(app, ada.press('Submit'))]);
        const again = await pressed(app, { ...press, id: 'f:again' });
        const stale = await ada.presses('Submit', {}, review);

        const reference = referenceOn(ada.card().view);
        for (const { card } of [...together, again, stale]) assert.match(card?.text ?? '', new RegExp(reference));
        const requests = ((await app.simulator('GET', 'requests')) as { method: string; path: string }[]).slice(
          requestsBefore,
        );
        const changing = requests.filter(
          ({ method, path }) => method === 'PATCH' || (method === 'POST' && path.includes('servicerequests')),
        );
        assert.equal(changing.length, 1);
      });
    }

    it('does nothing when somebody else submits, or with a submission id that was made up', async () => {
      const ada = app.in('channel');
      const order = await freshOrder(app);
      await toTicketReview(ada, order);
      const press = ada.press('Submit');
      const { action } = press.value as { action: { data: object } };

      const other = await ada.as('bert').presses('Submit');
      await pressed(app, {
        ...press,
        value: { action: { ...action, data: { ...action.data, submission: 'made-up' } } },
      });

      assert.match(other.said ?? '', /This belongs to Ada Nowak/);
      assert.equal((await ticketsNaming(app, order)).length, 0);
    });

    it('shows the case to colleagues who press By ticket or Review ticket after it was submitted, and tells them too', async () => {
      const ada = app.in('channel');
      const bert = ada.in('channel').as('bert').in('personal');
      const order = await freshOrder(app);
      await toTicketReview(ada, order);
      await bert.says(`cancel ${order}`);
      await bert.goes('By ticket');
      const gert = app.in('personal', 'gert');
      await gert.says(`cancel ${order}`);
      const reference = referenceOn(await ada.goes('Submit'));
      // What was asked for his card is believed for a minute; a process that has just started knows nothing of it.
      await app.restart();

      const found = await bert.goes('Review ticket', ticketAnswers);
      const other = await gert.goes('By ticket');

      assert.equal(referenceOn(other), reference);
      assert.ok(other.buttons.includes('Tell me too'), other.buttons.join());
      assert.equal(referenceOn(found), reference);
      assert.deepEqual(found.buttons.slice(0, 1), ['Tell me too']);
      const before = bert.cards().length;
      await bert.presses('Tell me too');
      await app.advance(60);
      await app.connector.until(() => bert.cards().length > before, 'what becomes of it');
    });

    it('lets two people cancel the same order at once: one does, the other is shown the case', async () => {
      const ada = app.in('channel');
      const bert = ada.in('channel').as('bert').in('personal');
      const order = await freshOrder(app);
      await toTicketReview(ada, order);
      await toTicketReview(bert, order);

      const answers = await Promise.all([ada.presses('Submit'), bert.presses('Submit')]);

      const tickets = await ticketsNaming(app, order);
      assert.equal(tickets.length, 1);
      const texts = answers.map(({ card, said }) => card?.text ?? said ?? '');
      assert.equal(texts.filter((text) => /^Cancellation SD-\w{6}$/m.test(text)).length, 2);
      const late = [ada, bert].filter((_, at) =>
        /There is a cancellation of order .* already: SD-/.test(texts[at] ?? ''),
      );
      assert.equal(late.length, 1);
      const [other] = late;
      assert.ok(other);
      assert.deepEqual(other.card().view.buttons.slice(0, 1), ['Tell me too']);
      const before = other.cards().length + other.targeted().length;
      await other.presses('Tell me too');
      await app.connector.until(() => other.cards().length + other.targeted().length > before, 'what becomes of it');
      await app.advance(60);
    });

    it('notices that the order was cancelled elsewhere while the questions were asked', async () => {
      const ada = app.in('channel');
      const order = await freshOrder(app);
      await toTicketReview(ada, order);
      const bert = ada.as('bert');
      await toNowReview(bert, order);
      await bert.goes('Submit');
      await app.advance(60);
      const review = ada.cards().findLast(({ view }) => view.buttons.some((title) => title.startsWith('Submit: file')));

      const { card, said } = await ada.presses('Submit', {}, review);

      assert.match(card?.text ?? said ?? '', /cancelled already|cancellation of order .* already/);
      assert.equal((await ticketsNaming(app, order)).length, 0);
    });
  });

  it('files one ticket, whatever goes wrong for a moment at it', async () => {
    const faults = [{ status: 500 }, { dropAfterWork: true }, { status: 503, afterWork: true }, { truncate: true }];
    const scenes: { readonly ada: Conversation; readonly order: string }[] = [];
    for (const _ of faults) scenes.push({ ada: app.in('channel'), order: await freshOrder(app) });
    await Promise.all(scenes.map(({ ada, order }) => toTicketReview(ada, order)));
    await app.fault(...faults.map((fault) => ({ method: 'POST', path: '/servicerequests/', ...fault })));

    await Promise.all(scenes.map(({ ada }) => ada.presses('Submit')));

    for (const { ada, order } of scenes) {
      await untilCard(app, ada, /waiting for Microsoft/);
      assert.equal((await ticketsNaming(app, order)).length, 1);
    }
    assert.deepEqual(await app.simulator('GET', 'faults'), []);
  });

  describe('refused at once', () => {
    const description = 'The order is outside of its cancellation window.';
    const refuse = () =>
      app.fault({ method: 'PATCH', path: '/orders/', status: 400, body: { code: 3025, description } });

    it('says why, keeps the reason, and goes on by ticket', async () => {
      const ada = app.in('channel');
      const order = await freshOrder(app);
      await toNowReview(ada, order);
      await refuse();

      const refused = await ada.goes('Submit: cancel now');
      const form = await ada.goes('By ticket');
      await ada.goes('Review ticket', {
        'Contact e-mail': 'ada.nowak@partner.example',
        'Contact phone': '+48 22 555 01 00',
      });
      const filed = await ada.goes('Submit: file the ticket');

      assert.match(
        refused.text,
        /did not cancel it at once\. .*Partner Center said: “.*outside of its cancellation window\. \(3025\)”/,
      );
      assert.equal(refused.buttons[0], 'By ticket …');
      assert.ok(!refused.buttons.some((title) => title.startsWith('Cancel now')));
      assert.equal(form.input('Reason for the refund').value, 'The customer changed their mind.');
      assert.match(filed.text, /waiting for Microsoft/);
      assert.equal((await ticketsNaming(app, order)).length, 1);
    });

    it('does not offer to cancel at once again, to nobody, and gives the reason back to whom it belongs', async () => {
      const ada = app.in('personal');
      const order = await freshOrder(app);
      await toNowReview(ada, order);
      await refuse();
      await ada.goes('Submit: cancel now');
      await ada.says('discard');

      const again = await ada.says(`cancel ${order}`);
      const form = await ada.goes('By ticket');
      const bert = app.in('personal', 'bert');
      const others = await bert.says(`cancel ${order}`);
      const othersForm = await bert.goes('By ticket');

      for (const how of [again, others]) {
        assert.match(how.text, /Partner Center refused to cancel this order at once/);
        assert.ok(!how.buttons.some((title) => title.startsWith('Cancel now')));
      }
      assert.equal(form.input('Reason for the refund').value, 'The customer changed their mind.');
      assert.equal(othersForm.input('Reason for the refund').value, '');
    });
  });

  it('goes over to a ticket when Partner Center wants one', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await ada.says(`cancel ${order}`);
    await ada.goes('By ticket');
    await ada.goes('Review ticket', ticketAnswers);
    await app.fault({
      method: 'PATCH',
      path: '/orders/',
      status: 400,
      body: { code: 900117, description: 'The 30-day cancellation window has passed.' },
    });

    await ada.goes('Cancel now');
    const settled = await ada.goes('Submit: cancel now');

    assert.match(settled.text, /How: by a ticket to Microsoft/);
    assert.equal((await ticketsNaming(app, order)).length, 1);
  });
});
