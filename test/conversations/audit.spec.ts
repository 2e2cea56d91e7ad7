import assert from 'node:assert/strict';
import { orderNumberOn, toReview } from './buying.ts';
import { freshOrder, referenceOn, servers, toNowReview } from './cancelling.ts';
import { type Desk, openDesk, pressed, type Talk, type Who } from './desk.ts';

const keyPattern = /SMPLE(-[A-Z0-9]{5})+/;

/** What the log tells, one entry after the other. */
function deedsIn(text: string): string[] {
  return text.split('\n').filter((line) => /^(Order confirmed|Product key|Download|Cancellation|Declared)/.test(line));
}

describe('audit', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  beforeEach(async () => void (await desk.simulator('POST', 'reset')));
  after(() => desk.stop());

  async function showKey(talk: Talk, order: string): Promise<void> {
    await talk.says(`keys ${order}`);
    for (const [label, value] of [
      ['Version', '2022'],
      ['Language', 'Polish'],
      ['Architecture', '64'],
    ] as const) {
      const { view } = talk.card();
      if (view.inputs.some((input) => input.label === label)) await talk.goes('Next', { [label]: value });
    }
    await talk.presses('Get key');
  }

  /** Buys, looks at a key and cancels, in a channel, and confirms an agreement. */
  async function busyDay() {
    const ada = desk.in('channel');
    const bert = ada.as('bert');
    await toReview(ada);
    const bought = orderNumberOn(await ada.goes('Confirm'));
    const order = await freshOrder(desk);
    await showKey(bert, servers);
    await toNowReview(ada, order);
    const reference = referenceOn(await ada.goes('Submit'));
    await desk.connector.until(
      () => ada.cards().some(({ view }) => /has completed: order/.test(view.text)),
      'the cancellation to complete',
    );
    await ada.says('buy litware');
    await ada.goes('Customer agreement');
    await ada.goes('Next', { 'First name': 'Anna', 'Last name': 'Kowalska', 'E-mail': 'anna@litware.example' });
    await ada.goes('Confirm: Anna Kowalska accepted it');
    return { ada, bought, order, reference };
  }

  it('shows admin agents and global administrators who did what, newest first, and no key', async () => {
    const { ada, bought, order, reference } = await busyDay();

    for (const who of ['bert', 'gert'] as const) {
      const log = await ada.as(who).in('personal').says('audit');

      assert.match(log.text, /^Audit log$/m);
      assert.deepEqual(deedsIn(log.text).slice(0, 6), [
        deedsIn(log.text)[0],
        `Cancellation ${reference}: being cancelled → completed`,
        `Cancellation ${reference}: submitted → being cancelled`,
        `Cancellation ${reference}: draft → submitted`,
        'Product key shown: Windows Server 2022 Standard',
        deedsIn(log.text)[5],
      ]);
      assert.match(
        log.text,
        /^Declared to Microsoft: Anna Kowalska accepted the Customer Agreement on .*\nAda Nowak · \d+ \w+ \d+, \d\d:\d\d UTC \(.* Warsaw\)\nLitware Sp\. z o\.o\. · anna@litware\.example · Microsoft has taken it$/m,
      );
      assert.match(
        log.text,
        new RegExp(`being cancelled → completed\\nSoftware Desk · .*\\nContoso Ltd · order ${order} · `),
      );
      assert.match(
        log.text,
        new RegExp(
          `draft → submitted\\nAda Nowak · .*\\nContoso Ltd · order ${order} · The customer changed their mind`,
        ),
      );
      assert.match(
        log.text,
        new RegExp(`Product key shown: .*\\nBert Lis · .*\\nContoso Ltd · order ${servers}$`, 'm'),
      );
      assert.match(
        log.text,
        new RegExp(
          `^Order confirmed: 2 × Windows Server 2022 .* for [\\d,.]+ EUR\\nAda Nowak · .*\\nContoso Ltd · order ${bought} · ordered`,
          'm',
        ),
      );
      assert.doesNotMatch(JSON.stringify(log.json), keyPattern);
    }
  });

  it('can be asked about a customer, an order or a case, in English and in Polish', async () => {
    const { ada, bought, order, reference } = await busyDay();
    const gert = ada.as('gert').in('personal');

    const customer = await gert.says('audit litware');
    const several = await gert.says('audit fabrikam');
    const none = await gert.goes('Next', { Customer: 'Residences' });
    const ofBought = await gert.says(`dziennik ${bought}`);
    const ofCancelled = await gert.says(`Audyt zamówienia ${order}`);
    const ofCase = await gert.says(`audit ${reference.toLowerCase()}`);
    const nobody = await gert.says('audit nobody at all');
    const unknown = await gert.says('audit ffffffffffff');

    assert.match(customer.text, /^Audit log of Litware Sp\. z o\.o\.$/m);
    assert.ok(deedsIn(customer.text).every((deed) => deed.startsWith('Declared')));
    assert.match(several.text, /Several customers match "fabrikam"/);
    assert.match(none.text, /Audit log of Fabrikam Residences\n.*Nothing has been recorded/);
    assert.match(ofBought.text, new RegExp(`^Audit log of order ${bought} of Contoso Ltd$`, 'm'));
    assert.equal(deedsIn(ofBought.text).length, 1);
    assert.match(ofBought.text, /Entry 1, newest first\. That is the end\./);
    assert.equal(deedsIn(ofCancelled.text).length, 3);
    assert.match(ofCancelled.text, /Entries 1 to 3, newest first\. That is the end\./);
    assert.deepEqual(deedsIn(ofCase.text), deedsIn(ofCancelled.text));
    assert.match(nobody.text, /No customer matches "nobody at all"/);
    assert.match(unknown.text, /I found no order or subscription "ffffffffffff"/);
  });

  it('says of a key that could not be shown that it was only asked for', async () => {
    const ada = desk.in('personal');
    await desk.fault({ path: '/artifacts', status: 404, times: 4, body: { code: '0', description: 'not there' } });
    await showKey(ada, servers);

    const log = await ada.says(`audit ${servers}`);

    assert.match(
      log.text,
      /^Product key asked for, but nothing was shown: Windows Server 2022 Standard\nAda Nowak · /m,
    );
  });

  it('turns its pages by what was there when it was asked for', async () => {
    const ada = desk.in('personal');
    for (let n = 0; n < 26; n += 1) await showKeyAgain(ada);
    const first = await ada.says(`audit ${servers}`);
    const logCard = ada.card();
    const onLog = () => {
      const found = ada.cards().find(({ message }) => message.id === logCard.message.id);
      assert.ok(found);
      return found;
    };
    await showKeyAgain(ada);

    const second = await turned(ada, 'Next: older', onLog());
    const third = await turned(ada, 'Next: older', onLog());
    const secondAgain = await turned(ada, 'Back', onLog());
    const firstAgain = await turned(ada, 'Back', onLog());
    const fresh = await ada.says(`audit ${servers}`);

    assert.deepEqual(first.buttons, ['Next: older']);
    assert.deepEqual(second.buttons, ['Next: older', 'Back: newer']);
    assert.deepEqual(third.buttons, ['Back: newer']);
    assert.match(first.text, /Entries 1 to 12, newest first\. There are older ones\./);
    assert.match(second.text, /Entries 13 to 24, newest first\. There are older ones\./);
    assert.match(third.text, /Entries 25 to \d+, newest first\. That is the end\./);
    assert.equal(secondAgain.text, second.text);
    assert.equal(firstAgain.text, first.text);
    assert.notEqual(fresh.text, first.text);
  });

  it('does not turn two pages when the button is pressed twice', async () => {
    const ada = desk.in('personal');
    for (let n = 0; n < 26; n += 1) await showKeyAgain(ada);
    await ada.says('audit');
    const press = ada.press('Next: older');

    await pressed(desk, press);
    const { card } = await pressed(desk, { ...press, id: 'f:the-same-again' });

    assert.match(card?.text ?? '', /Entries 13 to 24/);
  });

  it('leads back to the customers where one was chosen', async () => {
    const { ada } = await busyDay();
    const gert = ada.as('gert').in('personal');
    await gert.says('audit l');
    const chosen = await gert.goes('Next', { Customer: 'Litware' });

    const back = await gert.goes('Back');

    assert.match(chosen.text, /Audit log of Litware/);
    assert.ok(back.input('Customer'));
  });

  for (const [who, role] of [
    ['sara', 'you are a sales agent'],
    ['hela', 'you are a helpdesk agent'],
    ['stan', 'you are not one of the partner’s agents'],
  ] satisfies [Who, string][]) {
    it(`is refused to others, with whom to ask: ${role}`, async () => {
      const { ada } = await busyDay();
      for (const where of ['channel', 'personal'] as const) {
        const refused = await ada.as(who).in(where).says('audit contoso');

        assert.match(refused.text, /Only an admin agent or a global administrator may read the audit log/);
        assert.match(refused.text, new RegExp(`${role}\\. Ask an admin`));
        assert.deepEqual(deedsIn(refused.text), []);
      }
    });
  }

  for (const where of ['channel', 'group'] as const) {
    it(`shows no records in a ${where}: it says where they are`, async () => {
      const ada = desk.in(where);
      await showKeyAgain(ada);
      const before = desk.connector.messages(ada.place).length;

      for (const text of ['audit', `audit ${servers}`, 'dziennik contoso']) {
        const card = await ada.says(text);

        assert.match(card.text, /is shown in the personal chat with me only\. Press my name here/);
        assert.deepEqual(deedsIn(card.text), []);
        assert.deepEqual(card.buttons, []);
        assert.doesNotMatch(JSON.stringify(card.json), /Ada Nowak|Contoso/);
      }

      assert.equal(desk.connector.messages(ada.place).length, before + 3);
    });
  }

  it('tells of itself in whoami', async () => {
    const ada = desk.in('personal');

    assert.match((await ada.says('whoami')).text, /read the audit log/);
    assert.doesNotMatch((await ada.as('sara').says('whoami')).text, /audit/);
  });

  it('is there also while Partner Center is not', async () => {
    const ada = desk.in('personal');
    await showKeyAgain(ada);
    await desk.fault({ path: '/v1/', status: 500, times: 100 });

    const log = await ada.says('audit');

    await desk.simulator('POST', 'faults', []);
    assert.match(log.text, new RegExp(`Product key shown: .*\\nAda Nowak · .*\\norder ${servers}$`, 'm'));
  });

  /** The second look at the same key is one press. */
  async function showKeyAgain(talk: Talk): Promise<void> {
    const isReady = talk.cards().at(-1)?.view.buttons.includes('Get key');
    if (isReady) await talk.presses('Get key');
    else await showKey(talk, servers);
  }

  async function turned(talk: Talk, title: string, on: ReturnType<Talk['card']>) {
    const { card } = await talk.presses(title, {}, on);
    assert.ok(card, title);
    return card;
  }
});
