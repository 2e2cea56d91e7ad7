import assert from 'node:assert/strict';
import { createPartnerCenter } from '../../src/partner-center/index.ts';
import { defaultAccount } from '../../src/simulator/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { servers, twoLines } from '../support/cancellation-steps.ts';
import type { Conversation, Shown } from '../support/conversation.ts';
import { personOf } from '../support/people.ts';
import { recordLog } from '../support/recorded-log.ts';

const secret = /SMPLE-|\/download\//;
const many = 12;
const admins = (['ada', 'bert', 'hela'] as const).flatMap((who) =>
  Array.from({ length: many }, (_, index) => personOf(who, index + 1).id),
);

describe('leaks', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ ADMIN_AGENTS: admins.join(','), HELPDESK_AGENTS: '', KEY_REVEAL_SECONDS: '2' });
  });
  after(() => app.stop());

  const withButton = (talk: Conversation, title: string): Promise<Shown> =>
    app.connector.until(
      () => talk.cards().findLast(({ view }) => view.buttons.some((one) => one.startsWith(title))),
      `a card with ${title}`,
    );

  const referenceOn = (text: string): string => /LK-[0-9A-Z]{6}/.exec(text)?.[0] ?? assert.fail(text);

  it('freeze keys and downloads of the order on every surface, tell the others, and are lifted by another admin agent', async () => {
    const ada = app.in('personal', 'ada');
    const bert = ada.as('bert');
    await ada.says(`keys ${servers}`);
    await ada.presses('Get key', { Version: '2022', Language: 'Polish' });
    await app.connector.until(() => ada.card().view.buttons.includes('Report a leak'), 'the button beside who looked');
    const before = await bert.says(`keys ${servers}`);
    assert.match(before.text, /seen.by: Ada Nowak: 1 × key/);
    const open = await withButton(bert, 'Get key');

    await bert.presses('Report a leak', {}, open);
    const question = await withButton(bert, 'Report a leak');
    assert.notEqual(question.message.id, open.message.id);
    assert.match(
      question.view.text,
      /Report a leak: order e5db9b4bdf10\s+Contoso Ltd[\s\S]*Seen by Ada Nowak[\s\S]*Product key: Windows Server/,
    );
    assert.deepEqual(
      question.view.input('What leaked?').choices.map(({ title }) => title),
      ['product key', 'download link', 'both, or it is not known which'],
    );
    assert.match(question.view.text, /any more, and the other admin agents are told\. Only another admin agent can/);
    const spelled = await bert.says(`leak ${servers}`);
    const kept = await bert.presses('Discard', {}, await withButton(bert, 'Discard'));
    assert.match(spelled.text, /Report a leak/);
    assert.match(kept.card?.text ?? '', /Nothing was reported, and nothing was frozen/);
    const nothing = await bert.presses('Report a leak', {}, question);
    assert.match(nothing.card?.text ?? '', /Please choose one/);
    assert.doesNotMatch((await ada.says(`keys ${servers}`)).text, /frozen/);
    const said = { 'What leaked?': 'product key', 'Comment or reason': 'It is on a forum.' };
    const [one, twice] = await Promise.all([
      bert.presses('Report a leak', said, question),
      bert.presses('Report a leak', said, question),
    ]);
    const reported = one.card ?? assert.fail(one.text);
    assert.match(reported.text, /^Leak LK-\w+: order e5db9b4bdf10\s+Contoso Ltd/m);
    const reference = referenceOn(reported.text);

    assert.equal(referenceOn(twice.card?.text ?? ''), reference);
    assert.match(reported.text, /What: product key[\s\S]*Reported by: Bert Lis[\s\S]*It is on a forum\.[\s\S]*frozen/);
    assert.match(
      reported.text,
      /Ask those who looked[\s\S]*Seen by Ada Nowak[\s\S]*Product key: Windows Server[\s\S]*once, /,
    );
    const news = await app.connector.until(
      () => ada.cards().find(({ view }) => view.text.includes(`Leak ${reference}`)),
      'the news for the others',
    );

    const frozen = new RegExp(
      `Keys and downloads of order ${servers} are frozen[\\s\\S]*Bert Lis reported a leak on [\\s\\S]*${reference}`,
    );
    const pressed = await bert.presses('Get key', { Version: '2022' }, open);
    assert.match(pressed.said ?? pressed.card?.text ?? '', frozen);
    const link = await bert.presses('Copy link', { Version: '2022' }, open);
    assert.match(link.said ?? link.card?.text ?? '', frozen);
    const refused = await bert.says(`keys ${servers}`);
    assert.match(refused.text, frozen);
    const shared = await ada.in('channel').says(`keys ${servers}`);
    assert.match(shared.text, frozen);
    for (const text of [pressed.text, link.text, refused.text, shared.text]) assert.doesNotMatch(text, secret);

    const own = await bert.says(`leak ${servers}`);
    assert.match(own.text, new RegExp(`Leak ${reference}`));
    assert.ok(!own.buttons.includes('Lift'), 'whoever reported it cannot lift it');
    const notOwn = await bert.presses('Lift', { 'Comment or reason': 'Never mind.' }, news);
    assert.match(notOwn.said ?? notOwn.card?.text ?? '', /You reported LK-\w+, so you cannot lift it/);
    for (const reason of ['', 'x', '  no key  ']) {
      const without = await ada.presses('Lift', { 'Comment or reason': reason }, news);
      assert.match(without.card?.text ?? '', /Please write why, in 10 characters or more/);
    }
    const liftedCard = await ada.presses('Lift', { 'Comment or reason': 'Microsoft gave a new key.' }, news);
    assert.match(liftedCard.card?.text ?? '', /Lifted by Ada Nowak[\s\S]*"Microsoft gave a new key\."/);
    await app.connector.until(
      () => bert.cards().some(({ view }) => /Lifted by Ada Nowak/.test(view.text)),
      'the news that it is lifted',
    );
    assert.ok((await bert.says(`keys ${servers}`)).buttons.includes('Get key'));
    const again = await bert.presses('Get key', { Version: '2022', Language: 'Polish' }, open);
    assert.doesNotMatch(again.said ?? again.card?.text ?? '', /frozen/);
    await app.connector.until(
      () => app.connector.requests.some(({ url, text }) => url.includes(news.message.id) && /Lifted by Ada/.test(text)),
      'the card that told of the leak shows that it is lifted',
    );

    const log = (await ada.says(`audit ${servers}`)).text;
    assert.match(log, new RegExp(`Leak ${reference} lifted[\\s\\S]*Leak ${reference} reported: product key`));
    assert.match(log, new RegExp(`Refused: keys and downloads of order ${servers} are frozen`));
    assert.match((await ada.says('audit leaks contoso')).text, /Refused: keys and downloads of order/);
  });

  it('list those that are not lifted, and tell in a shared place who looked only where the policy lets all know', async () => {
    const ada = app.in('channel', 'hela');
    assert.match((await ada.says('leak')).text, /No leak is open/);
    await ada.says(`leak ${twoLines}`);
    const asked = await withButton(ada, 'Report a leak');
    const { card } = await ada.presses('Report a leak', { 'What leaked?': 'both' }, asked);
    const reference = referenceOn(card?.text ?? '');
    assert.match(card?.text ?? '', /Nobody was shown a key or a download of this order here/);

    const listed = await ada.says('wyciek');
    assert.match(listed.text, new RegExp(`Leak ${reference}: order ${twoLines}`));
    const opened = await ada.presses('Open', {}, await withButton(ada, 'Open'));
    assert.equal(opened.status, 200);
    assert.match((await ada.says('leak LK-AAAAAA')).text, /I know no leak LK-AAAAAA/);
  });

  it('list who looked at Partner Center itself, marked as such, and the bot’s own look only once', async () => {
    const ada = app.in('personal', 'ada');
    const eve = createPartnerCenter({
      ...defaultAccount(),
      ...{ url: app.simulatorUrl, authority: app.simulatorUrl, clock: { now: () => new Date() }, log: recordLog() },
    });
    const [customer] = (await eve.customers.search('Contoso', 1)).found;
    const bought = await eve.keys.entitlements(customer?.id ?? assert.fail('no customer'));
    const known = bought.find(({ orderNumber = servers, versions: [version] }) => {
      return (
        version?.keyRef !== undefined && version.keyState === 'Active' && ![servers, twoLines].includes(orderNumber)
      );
    });
    const { orderNumber: other = assert.fail('nothing was bought'), versions: [version] = [] } = known ?? {};
    await eve.keys.productKey(version ?? assert.fail('no version'));
    await eve.close();

    await ada.says(`leak ${other}`);
    const asked = await withButton(ada, 'Report a leak');
    const { card } = await ada.presses('Report a leak', { 'What leaked?': 'both' }, asked);

    assert.match(card?.text ?? '', /Product key \(at Partner Center\): \w+:\d{4}\nonce, /);
    assert.match((await ada.says(`audit ${other}`)).text, /Looked at in Partner Center: Product key \w+:\d{4}/);
    const ours = (await ada.says(`leak ${servers}`)).text;
    assert.doesNotMatch(ours, /at Partner Center/);
  });

  it('stand with who saw what in the review of a customer, which can be taken away as a file', async () => {
    const gert = app.in('personal', 'gert');
    // It may be past midnight by now, here or where the person is.
    const today = 'last 2 days';
    const quarter = await gert.says('audit review contoso');
    assert.match(quarter.text, /Review of keys: Contoso Ltd, Q[1-4] \d{4}, 1 \w+ \d{4} to 3[01] \w+ \d{4}/);
    assert.equal((await gert.says('audit review contoso last quarter')).text, quarter.text);
    for (const words of ['audit review contoso this quarter', 'Protokoll Prüfung contoso dieses Quartal']) {
      const now = await gert.says(words);
      assert.match(now.text, /Review of keys: Contoso Ltd, Q[1-4] \d{4}, [\s\S]*(Bert Lis|Ada Nowak)/, words);
    }
    assert.match(quarter.text, /Nothing was shown, and no leak was reported/);

    const customers = await gert.says('dziennik przegląd ostatnie 2 dni');
    assert.match(customers.text, /Contoso Ltd\nPeople: 3 · looks: 3 · leaks: 3/);
    const opened = await gert.says(`audit review contoso ${today}`);
    assert.match(opened.text, /Leak LK-\w+ lifted\nAda Nowak · /);
    assert.match(opened.text, /Leak LK-\w+ reported: product key\nBert Lis · .*\nIt is on a forum\./);
    assert.match(opened.text, /Ada Nowak · order e5db9b4bdf10\nProduct key: Windows Server 2022 Standard\nonce, /);
    assert.ok(opened.buttons.includes('Export as CSV'));
    await gert.says(`audit review contoso ${today} csv`);
    const offer = await app.connector.until(
      () => app.connector.requests.find(({ text }) => text.includes('file.consent') && text.includes('review-')),
      'the question whether the file may be put there',
    );
    assert.match(offer.text, /"isReview":true/);
    assert.match((await app.in('channel', 'gert').says('audit review contoso')).text, /shown in the personal chat/);
    assert.match(
      (await app.in('personal', 'sara').says('audit review contoso')).text,
      /You may not read the audit log/,
    );
  });
});
