import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describeVerified, readAnchor, verifyAuditOf } from '../../src/cli/audit-verify.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { whileAuditLogIsAway } from '../support/audit-log-away.ts';
import {
  freshOrder,
  referenceOn,
  servers,
  ticketAnswers,
  toNowReview,
  toTicketReview,
  twoLines,
} from '../support/cancellation-steps.ts';
import { type Conversation, pressed, type Shown } from '../support/conversation.ts';
import { countTurn } from '../support/count-turn.ts';
import type { Who } from '../support/people.ts';
import { orderNumberOn, toReview, twoServers } from '../support/purchase-steps.ts';
import type { Json } from '../support/simulator-control.ts';
import { skip } from '../support/skip.ts';
import { readBody, type StubServer, startStubServer } from '../support/stub-server.ts';

const keyPattern = /SMPLE(-[A-Z0-9]{5})+/;

/** What the log tells, one entry after the other. */
function deedsIn(text: string): string[] {
  return text.split('\n').filter((line) => /^(Order confirmed|Product key|Download|Cancellation|Declared)/.test(line));
}

/** Another page in place of the one that was pressed. */
async function turn(talk: Conversation, title: string, on: Shown): Promise<Shown> {
  const { card, said } = await talk.presses(title, {}, on);
  return { message: on.message, view: card ?? assert.fail(said) };
}

describe('audit', () => {
  let app: TestApp;
  let day: Awaited<ReturnType<typeof busyDay>>;
  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    day = await busyDay();
  });
  after(() => app.stop());

  /** What the card proposes, as it is. */
  async function showKey(talk: Conversation, order: string): Promise<void> {
    const asked = await talk.says(`keys ${order}`);
    if (asked.buttons.includes('Next'))
      await talk.goes('Next', { [asked.inputs[0]?.label ?? '']: asked.inputs[0]?.choices[0]?.value ?? '' });
    await talk.presses('Get key');
  }

  /** Buys, looks at a key and cancels, in a channel, and confirms an agreement. */
  async function busyDay() {
    const ada = app.in('channel');
    const bert = ada.as('bert');
    await toReview(ada);
    const bought = orderNumberOn(await ada.goes('Confirm'));
    const order = await freshOrder(app);
    await showKey(bert, servers);
    await toNowReview(ada, order);
    const reference = referenceOn(await ada.goes('Submit'));
    await app.advance(60);
    await app.connector.until(
      () => ada.cards().some(({ view }) => /has completed: order/.test(view.text)),
      'the cancellation to complete',
    );
    await ada.says('buy litware');
    await ada.goes('Customer agreement');
    await ada.goes('Next', {
      ...{ 'First name': 'Anna', 'Last name': 'Kowalska', 'E-mail': 'anna@litware.example' },
      'Date of acceptance': '2025-06-02',
    });
    await ada.goes('Confirm: Anna Kowalska accepted it');
    return { ada, bought, order, reference };
  }

  it('shows admin agents and global administrators who did what, newest first, and no key', async () => {
    const { ada, bought, order, reference } = day;

    for (const who of ['bert', 'gert'] as const) {
      const log = await ada.as(who).in('personal').says('audit');

      assert.match(log.text, /^Audit log$/m);
      // That the API's answer was awaited is a line of its own, without an arrow.
      const deeds = deedsIn(log.text).filter((deed) => /^(?!Cancellation)|→/.test(deed));
      assert.deepEqual(deeds, [
        deeds.find((deed) => deed.startsWith('Declared')),
        `Cancellation ${reference}: being cancelled → completed`,
        `Cancellation ${reference}: submitted → being cancelled`,
        `Cancellation ${reference}: draft → submitted`,
        'Product key shown: Windows Server 2022 Standard',
        deeds.find((deed) => deed.startsWith('Order confirmed: 2')),
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
    const { ada, bought, order, reference } = day;
    const gert = ada.as('gert').in('personal');

    const customer = await gert.says('audit litware');
    const several = await gert.says('audit fabrikam');
    const none = await gert.goes('Next', { Customer: 'Residences' });
    const ofBought = await gert.says(`dziennik ${bought}`);
    const ofCancelled = await gert.says(`Audyt zamówienia ${order}`);
    const ofCase = await gert.says(`audit ${reference.toLowerCase()}`);
    const nobody = await gert.says('audit nobody at all');
    const unknown = await gert.says('audit 0123456789ab');

    assert.match(customer.text, /^Audit log of Litware Sp\. z o\.o\.$/m);
    assert.ok(deedsIn(customer.text).every((deed) => deed.startsWith('Declared')));
    assert.match(several.text, /Several customers match "fabrikam"/);
    assert.match(none.text, /Audit log of Fabrikam Residences\n.*Nothing has been recorded/);
    assert.match(ofBought.text, new RegExp(`^Audit log of order ${bought} of Contoso Ltd$`, 'm'));
    assert.equal(deedsIn(ofBought.text).length, 1);
    assert.match(ofBought.text, /Entry 1, newest first\. That is the end\./);
    assert.match(ofCancelled.text, /Entries 1 to \d, newest first\. That is the end\./);
    assert.ok(deedsIn(ofCancelled.text).every((deed) => deed.startsWith(`Cancellation ${reference}: `)));
    assert.match(deedsIn(ofCancelled.text).at(-1) ?? '', /draft → submitted/);
    assert.deepEqual(deedsIn(ofCase.text), deedsIn(ofCancelled.text));
    assert.match(nobody.text, /No customer matches "nobody at all"/);
    assert.match(unknown.text, /I found no order or subscription "0123456789ab"/);
  });

  it('can be asked about who did it and about what, in any language, with days and a customer', async () => {
    const { ada } = day;
    const gert = ada.as('gert').in('personal');
    const all = deedsIn((await gert.says('audit contoso')).text);

    const keys = await gert.says('audit keys contoso');
    const polish = await gert.says('dziennik klucze contoso');
    const ofAda = await gert.says('audit contoso by ada nowak');
    const both = await gert.says('audit cancellations by Ada last 7 days');
    const nobody = await gert.says('audit by Nobody Atall');
    const refused = await gert.says('audit refusals');

    assert.match(keys.text, /^Audit log of Contoso Ltd · keys$/m);
    assert.deepEqual(
      deedsIn(keys.text),
      all.filter((deed) => /^(Product key|Download)/.test(deed)),
    );
    assert.deepEqual(deedsIn(polish.text), deedsIn(keys.text));
    assert.match(ofAda.text, /^Audit log of Contoso Ltd · by ada nowak$/m);
    assert.deepEqual(
      [...ofAda.text.matchAll(/^(\w+ \w+) · \d/gm)].filter(([, who]) => who !== 'Ada Nowak'),
      [],
    );
    assert.match(both.text, /^Audit log · cancellations · by Ada, \d/m);
    assert.ok(deedsIn(both.text).length > 0 && deedsIn(both.text).every((deed) => deed.startsWith('Cancellation ')));
    assert.match(nobody.text, /Nothing of that kind, or by that person, has been recorded/);
    assert.doesNotMatch(nobody.text, /no order|no key/);
    assert.ok(deedsIn(refused.text).every((deed) => deed.startsWith('Refused: ')));
  });

  it('can be asked about days, alone or with a customer, in English and in Polish', async () => {
    const { ada, bought } = day;
    const gert = ada.as('gert').in('personal');
    const all = await gert.says('audit');

    const today = await gert.says('audit today');
    const week = await gert.says('audit last 7 days contoso');
    const polish = await gert.says('dziennik contoso ostatnie 7 dni');
    const order = await gert.says(`audit ${bought} this month`);
    const before = await gert.says('audit 2020-01-31');
    await gert.says('audit fabrikam last month');
    const chosen = await gert.goes('Next', { Customer: 'Residences' });

    assert.match(today.text, /^Audit log, \d+ \w+ \d+$/m);
    assert.deepEqual(deedsIn(today.text), deedsIn(all.text));
    assert.match(week.text, /^Audit log of Contoso Ltd, \d+ \w+ \d+ to \d+ \w+ \d+$/m);
    assert.equal(polish.text, week.text);
    assert.equal(deedsIn(order.text).length, 1);
    assert.match(before.text, /^Audit log, 31 Jan 2020\nNothing was recorded on these days/m);
    assert.match(chosen.text, /^Audit log of Fabrikam Residences, 1 .* to \d+ /m);
  });

  it('says of a key that could not be shown that it was only asked for', async () => {
    const ada = app.in('personal');
    await app.fault({ path: '/artifacts', status: 404, body: { code: '0', description: 'not there' } });
    await showKey(ada, servers);

    const log = await ada.says(`audit ${servers}`);

    assert.match(
      log.text,
      /^Product key asked for, but nothing was shown: Windows Server 2022 Standard\nAda Nowak · /m,
    );
  });

  describe('as a file', () => {
    const put: { readonly method: string; readonly range: string; readonly text: string }[] = [];
    let drive: StubServer;
    let answers = 201;
    before(async () => {
      drive = await startStubServer(async (request, response) => {
        const range = String(request.headers['content-range']);
        put.push({ method: request.method ?? '', range, text: (await readBody(request)).toString() });
        response.statusCode = answers;
        response.end('{}');
      });
    });
    beforeEach(() => {
      put.length = 0;
      answers = 201;
    });
    after(() => drive.close());

    interface Question {
      readonly name: string;
      readonly content: { readonly description: string; readonly sizeInBytes: number; readonly acceptContext: object };
    }
    const attached = (talk: Conversation, kind: string) =>
      app.connector.requests
        .filter(({ conversationId }) => conversationId === talk.place)
        .flatMap(({ body }) => (body.attachments as { contentType: string }[] | undefined) ?? [])
        .filter(({ contentType }) => contentType === `application/vnd.microsoft.teams.card.file.${kind}`);

    /** Asks for the file; the question that Teams shows. */
    async function asks(talk: Conversation, words = 'audit litware'): Promise<Question> {
      await talk.says(words);
      const card = await talk.goes('Export as CSV');
      assert.match(card.text, /I ask whether I may put the file into your OneDrive/);
      return attached(talk, 'consent').at(-1) as unknown as Question;
    }

    const uploadInfo = (uploadUrl = `${drive.url}/upload`) => ({
      uploadUrl,
      contentUrl: 'https://partner-my.sharepoint.com/personal/ada/Documents/audit-log.csv',
      name: 'audit-log.csv',
      uniqueId: 'u-1',
      fileType: 'csv',
    });
    const answer = (talk: Conversation, value: object) =>
      app.post({
        ...talk.words(''),
        type: 'invoke',
        name: 'fileConsent/invoke',
        value: { type: 'fileUpload', ...value },
      });
    const saysOf = (talk: Conversation) =>
      app.connector.requests.filter((one) => one.conversationId === talk.place).map(({ body }) => String(body.text));
    const exportsIn = async (talk: Conversation) =>
      (await talk.says('audit')).text.split('Audit log taken as a file').length - 1;

    it('is put into the person’s OneDrive when they agree, and that is written down first', async () => {
      const gert = day.ada.as('gert').in('personal');
      const { name, content } = await asks(gert);
      assert.match(name, /^audit-log-\d{4}-\d\d-\d\d\.csv$/);
      assert.equal(content.description, 'Audit log of Litware Sp. z o.o.');
      assert.ok(content.sizeInBytes > 100);

      const response = await answer(gert, {
        action: 'accept',
        context: content.acceptContext,
        uploadInfo: uploadInfo(),
      });
      await app.connector.until(() => attached(gert, 'info').length > 0, 'the file to be shown');

      assert.equal(response.status, 200);
      const [file] = put;
      assert.equal(file?.method, 'PUT');
      const size = Buffer.byteLength(file?.text ?? '');
      assert.equal(file?.range, `bytes 0-${size - 1}/${size}`);
      const [header, exported, declared] = (file?.text ?? '').split('\r\n');
      assert.match(header ?? '', /^\ufefftime_utc,kind,who/);
      assert.match(exported ?? '', /,export,Gert Sowa,[\w-]+,Litware Sp\. z o\.o\.,/);
      assert.match(declared ?? '', /,agreement,Ada Nowak,/);
      assert.doesNotMatch(file?.text ?? '', keyPattern);
      const [shown] = attached(gert, 'info') as unknown as { contentUrl: string; content: object }[];
      assert.equal(shown?.contentUrl, uploadInfo().contentUrl);
      assert.deepEqual(shown?.content, { uniqueId: 'u-1', fileType: 'csv' });
      assert.ok(!app.log.join('').includes(`${drive.url}/upload`));
    });

    it('is not made where the person does not want it', async () => {
      const gert = day.ada.as('gert').in('personal');
      const before = await exportsIn(gert);
      await asks(gert);

      await answer(gert, { action: 'decline' });

      await app.connector.until(() => saysOf(gert).includes('No file was made.'), 'an answer');
      assert.deepEqual([put, await exportsIn(gert)], [[], before]);
    });

    it('goes to no other host, and to nobody who may not read the log, whatever comes with the answer', async () => {
      const gert = day.ada.as('gert').in('personal');
      const { content } = await asks(gert);
      const context = content.acceptContext;
      const hela = day.ada.as('hela').in('personal');
      await hela.says('help');
      const before = await exportsIn(gert);

      await answer(hela, { action: 'accept', context, uploadInfo: uploadInfo() });
      await app.connector.until(() => saysOf(hela).some((text) => /audit/i.test(text)), 'a refusal');
      const nobody = { audit: { customerId: '00000000-0000-4000-8000-000000000000' } };
      await answer(gert, { action: 'accept', context: nobody, uploadInfo: uploadInfo() });
      await app.connector.until(() => saysOf(gert).some((text) => /No customer matches/.test(text)), 'a refusal');
      for (const value of [
        {},
        { action: 'accept' },
        { action: 'accept', context: { audit: 1 }, uploadInfo: uploadInfo() },
      ])
        assert.match(await (await answer(gert, value)).text(), /NotSupported/);
      assert.deepEqual([put, await exportsIn(gert)], [[], before]);
      await answer(gert, { action: 'accept', context, uploadInfo: uploadInfo('https://evil.example/upload') });
      await app.connector.until(() => saysOf(gert).some((text) => /could not be put/.test(text)), 'a refusal');
      assert.deepEqual([put, attached(gert, 'info').length], [[], 1]);
    });

    it('is put there once, though Teams delivers the answer twice', async () => {
      const gert = day.ada.as('gert').in('personal');
      const { content } = await asks(gert);
      const before = await exportsIn(gert);
      const shown = attached(gert, 'info').length;
      const accepted = {
        ...gert.words(''),
        type: 'invoke',
        name: 'fileConsent/invoke',
        value: { type: 'fileUpload', action: 'accept', context: content.acceptContext, uploadInfo: uploadInfo() },
      };

      await Promise.all([app.post(accepted), app.post(accepted)]);
      await app.connector.until(() => attached(gert, 'info').length > shown, 'the file to be shown');
      await app.post(accepted);
      // One after the other: what came before has been handled by then.
      const second = await asks(gert);
      await answer(gert, { action: 'accept', context: second.content.acceptContext, uploadInfo: uploadInfo() });
      await app.connector.until(() => attached(gert, 'info').length > shown + 1, 'the next file');

      assert.deepEqual([put.length, await exportsIn(gert)], [2, before + 2]);
    });

    it('says so where it could not be put there', async () => {
      const ada = day.ada.in('personal');
      const { content } = await asks(ada, 'audit today');
      answers = 507;

      await answer(ada, { action: 'accept', context: content.acceptContext, uploadInfo: uploadInfo() });

      await app.connector.until(() => saysOf(ada).some((text) => /could not be put/.test(text)), 'the sentence');
      assert.equal(put.length, 1);
      assert.equal(attached(ada, 'info').length, 0);
    });
  });

  describe('of many pages', () => {
    let talk: Conversation;
    before(async () => {
      talk = app.in('channel');
      await showKey(talk, twoLines);
      for (let n = 1; n < 26; n += 1) await talk.presses('Get key');
    });

    it('turns them by what was there when it was asked for', async () => {
      const ada = talk.in('personal');
      await ada.says(`audit ${twoLines}`);
      const first = ada.card();
      await talk.presses('Get key');

      const second = await turn(ada, 'Next: older', first);
      const third = await turn(ada, 'Next: older', second);
      const secondAgain = await turn(ada, 'Back', third);
      const firstAgain = await turn(ada, 'Back', secondAgain);
      await ada.says(`audit ${twoLines}`);
      const fresh = ada.card();
      const freshThird = await turn(ada, 'Next: older', await turn(ada, 'Next: older', fresh));

      assert.deepEqual(first.view.buttons, ['Next: older']);
      assert.deepEqual(second.view.buttons, ['Next: older', 'Back: newer']);
      assert.deepEqual(third.view.buttons, ['Back: newer']);
      assert.match(first.view.text, /Entries 1 to 12, newest first\. There are older ones\./);
      assert.match(second.view.text, /Entries 13 to 24, newest first\. There are older ones\./);
      assert.match(third.view.text, /Entries 25 to 26, newest first\. That is the end\./);
      assert.equal(secondAgain.view.text, second.view.text);
      assert.equal(firstAgain.view.text, first.view.text);
      assert.match(fresh.view.text, /Entries 1 to 12/);
      assert.match(freshThird.view.text, /Entries 25 to 27/);
    });

    it('is looked at, page after page, and nothing is written for it', async () => {
      const ada = app.in('personal');
      const draftsBefore = await ada.says('drafts');
      await ada.says('audit');
      const first = ada.card();

      const costs = [
        await countTurn(app, () => ada.says('audit')),
        await countTurn(app, () => ada.says('audit contoso last 7 days')),
        await countTurn(app, async () => turn(ada, 'Back', await turn(ada, 'Next: older', first))),
      ];

      const statements = costs.flatMap((cost) => cost.statements);
      assert.deepEqual(
        statements.filter((one) => /\b(insert|update|delete)\b/i.test(one)),
        [],
        statements.join('\n'),
      );
      assert.ok(
        costs.every(({ sql }) => sql <= 2),
        `${costs.map(({ sql }) => sql)}\n${statements.join('\n')}`,
      );
      assert.equal((await ada.says('drafts')).text, draftsBefore.text);
    });

    it('turns one where the button is pressed twice', async () => {
      const ada = talk.in('personal');
      await ada.says(`audit ${twoLines}`);
      const press = ada.press('Next: older');

      await pressed(app, press);
      const { card } = await pressed(app, { ...press, id: 'f:the-same-again' });

      assert.match(card?.text ?? '', /Entries 13 to 24/);
    });

    it('turns none for somebody who may not read it', async () => {
      const ada = talk.in('personal');
      await ada.says(`audit ${twoLines}`);
      const { id, name } = talk.as('sara').person;

      const answer = await pressed(app, {
        ...ada.press('Next: older'),
        from: { id: `29:${id}`, name, aadObjectId: id },
      });

      assert.match(answer.text, /You may not read the audit log/);
      assert.doesNotMatch(answer.text, /Product key/);
    });

    it('turns none where others read along, whatever a button says', async () => {
      const ada = talk.in('personal');
      await ada.says(`audit ${twoLines}`);
      const inChannel = talk.as('bert');
      await inChannel.says('help');

      const answer = await pressed(app, {
        ...ada.press('Next: older'),
        ...{ conversation: inChannel.words('').conversation, from: inChannel.words('').from },
      });

      assert.doesNotMatch(answer.text, /Product key/);
    });

    it('keeps to what there is where a button is forged', async () => {
      const ada = talk.in('personal');
      await ada.says(`audit ${twoLines}`);
      const press = ada.press('Next: older');
      const forge = async (change: Readonly<Record<string, unknown>>) => {
        const { action } = press.value as { readonly action: Json };
        const value = { action: { ...action, data: { ...action.data, ...change } } };
        const { card, text } = await pressed(app, { ...press, id: `f:${randomUUID()}`, value });
        return card?.text ?? text;
      };
      const { top } = ada.card().view.button('Next: older').data as Json;

      assert.match(await forge({ page: '99999' }), /Entries 1 to 12/);
      assert.match(await forge({ top: undefined }), /Entries 1 to 12/);
      for (const nonsense of [
        "' or true --",
        'yesterday secret 1',
        '2026-13-45T00:00:00.000Z secret 1',
        top.replace('secret', 'password'),
        `${top}${'9'.repeat(60)}`,
      ])
        assert.match(await forge({ top: nonsense }), /Entries 1 to 12/, nonsense);
      assert.match(await forge({ page: '0', top: '2000-01-01T00:00:00.000Z secret 0' }), /Nothing has been recorded/);
      assert.match(
        await forge({ text: 'audit', page: '0', top: '9999-01-01T00:00:00.000Z secret 0' }),
        /Entries 1 to 12/,
      );
    });
  });

  for (const [who, role] of [
    ['sara', 'You are a sales agent'],
    ['hela', 'You are a helpdesk agent'],
    ['stan', 'You are not one of the partner’s agents'],
  ] satisfies [Who, string][]) {
    it(`is refused to others, with whom to ask: ${role}`, async () => {
      const { ada } = day;
      for (const where of ['channel', 'personal'] as const) {
        const refused = await ada.as(who).in(where).says('audit contoso');

        assert.match(refused.text, /You may not read the audit log/);
        assert.match(refused.text, new RegExp(`${role}\\. Ask an admin`));
        assert.deepEqual(deedsIn(refused.text), []);
      }
    });
  }

  for (const where of ['channel', 'group'] as const) {
    it(`shows no records in a ${where}: it says where they are`, async () => {
      const ada = app.in(where);
      await showKey(ada, servers);
      const before = app.connector.messages(ada.place).length;

      for (const text of ['audit', `audit ${servers}`, 'dziennik contoso']) {
        const card = await ada.says(text);

        assert.match(card.text, /is shown in the personal chat with me only\. Press my name here/);
        assert.deepEqual(deedsIn(card.text), []);
        assert.deepEqual(card.buttons, []);
        assert.doesNotMatch(JSON.stringify(card.json), /Ada Nowak|Contoso/);
      }

      assert.equal(app.connector.messages(ada.place).length, before + 3);
    });
  }

  it('is beside `doctor`, which tells how the bot is set up, in the personal chat and to those who may', async () => {
    for (const typed of ['doctor', 'diagnostyka']) {
      const { text } = await app.in('personal').says(typed);
      assert.match(text, /^How I am set up$[\s\S]*Nothing is wrong[\s\S]*^Database$/m);
      assert.equal(text.match(/^All right$/gm)?.length, 8);
    }
    const inChannel = await app.in('channel').says('doctor');
    assert.match(inChannel.text, /personal chat with me only/);
    assert.doesNotMatch(inChannel.text, /Database/);
    for (const who of ['sara', 'hela'] as const)
      assert.match((await app.in('personal', who).says('doctor')).text, /You may not check how I am set up/);
  });

  it('tells of itself in whoami', async () => {
    const ada = app.in('personal');

    assert.match((await ada.says('whoami')).text, /read the audit log/);
    assert.doesNotMatch((await ada.as('sara').says('whoami')).text, /audit/);
  });

  it('is written first: without it there is no order, no cancellation, no look at a key', async function () {
    const { databaseUrl } = app.database;
    if (!databaseUrl) skip(this, 'only a server can be reached from outside the product');
    const ada = app.in('personal');
    const [ordering, cancelling, looking] = [ada, app.in('personal', 'bert'), app.in('channel')];
    const order = await freshOrder(app);
    await toReview(ordering, { ...twoServers, customer: 'Tailspin' });
    await toNowReview(cancelling, order);
    await looking.says(`keys ${servers}`);
    const before = await app.state('orders', 'carts');
    const pressAll = async (says: RegExp, looks: RegExp, way: string) => {
      await Promise.all([ordering.presses('Confirm'), cancelling.presses('Submit')]);
      const looksAt = ['Download', 'Copy link', 'Get key'];
      const answers: string[] = [];
      for (const title of looksAt) {
        answers.push(JSON.stringify(await looking.presses(title)));
        const isOver = () => looking.card().view.buttons.includes('Get key');
        await app.connector.until(isOver, `the end of ${title}, ${way}`);
      }
      const shown = answers.join();
      for (const talk of [ordering, cancelling])
        await app.connector.until(
          () => says.test(talk.card().view.text),
          () => `${way}: ${talk.card().view.text}`,
        );
      await app.connector.until(
        () => looks.test(shown + looking.card().view.text),
        () => `${way}: ${shown}`,
      );
      assert.doesNotMatch(JSON.stringify([shown, looking.cards(), looking.targeted()]), keyPattern);
      const after = await app.state('orders', 'carts');
      assert.deepEqual([after.orders, after.carts], [before.orders, before.carts], way);
    };

    await whileAuditLogIsAway(databaseUrl, (way) =>
      pressAll(/Nothing was done: the audit log cannot be written/, /Nothing was shown: that you look/, way),
    );
    const number = orderNumberOn(await ordering.goes('Confirm'));

    const { orders } = await app.state('orders');
    assert.deepEqual(
      orders.map(({ alternateId }) => alternateId).filter((id) => id === number),
      [number],
    );
    assert.equal(orders.length, before.orders.length + 1);
  });

  it('is written first: without it there is no ticket, no hand-over and no take-over', async function () {
    const { databaseUrl } = app.database;
    if (!databaseUrl) skip(this, 'only a server can be reached from outside the product');
    const ticketing = app.in('channel', 'bert');
    await toTicketReview(ticketing, await freshOrder(app));
    const [handing, handed] = [app.in('channel', 'sara'), app.in('channel', 'sara')];
    for (const talk of [handing, handed]) await toReview(talk);
    await handed.presses('Hand over');
    const taken = await app.connector.until(
      () => handed.cards().findLast(({ view }) => view.buttons.includes('Edit')),
      'the draft that was handed over',
    );
    const tickets = (await app.state('serviceRequests')).serviceRequests.length;
    const says = /Nothing was done: the audit log cannot be written/;
    const presses: readonly [string, Conversation, () => ReturnType<Conversation['presses']>][] = [
      ['ticket', ticketing, () => ticketing.presses('Submit', ticketAnswers)],
      ['hand-over', handing, () => handing.presses('Hand over')],
      ['take-over', handed, () => handed.as('ada').presses('Edit', {}, taken)],
    ];
    await whileAuditLogIsAway(databaseUrl, async (way) => {
      for (const [what, talk, press] of presses) {
        const answer = JSON.stringify(await press());
        const read = () => answer + JSON.stringify([talk.cards(), talk.targeted()]);
        await app.connector.until(
          () => says.test(read()),
          () => `${what}, ${way}: ${answer} ${talk.card().view.text}`,
        );
      }
    });
    assert.equal((await app.state('serviceRequests')).serviceRequests.length, tickets);
    // It was its owner's until now.
    assert.doesNotMatch(JSON.stringify(await handing.presses('Hand over')), /may not|belongs to|Nothing was done/);
  });

  // The faults stay.
  describe('while Partner Center is not there', () => {
    it('is there', async () => {
      const ada = app.in('channel');
      await showKey(ada, servers);
      await app.fault({ path: '/v1/', status: 500, times: 1000 });

      const log = await ada.in('personal').says('audit');

      assert.match(
        log.text,
        new RegExp(`Product key shown: .*\\nAda Nowak · .*\\nContoso Ltd · order ${servers}$`, 'm'),
      );
    });
  });

  // The last one: it ends the product, because nobody else may use the embedded database.
  describe('once the product has ended', () => {
    it('is as it was written, which `npm run audit:verify` tells', async () => {
      const { databaseUrl, dataDir } = app.database;
      await app.terminate();

      const verified = await verifyAuditOf({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir });

      assert.ok(verified.rows > 10);
      assert.match(
        describeVerified(verified),
        new RegExp(
          `^The audit log is as it was written: ${verified.rows} rows, the last one ${verified.rows}:[0-9a-f]{64}\\.\\n$`,
        ),
      );
      const anchor = readAnchor(`${verified.head.id}:${verified.head.hash}`);
      assert.equal((await verifyAuditOf({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir }, anchor)).problemCount, 0);
      const other = await verifyAuditOf({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir }, { ...anchor, id: 1 });
      assert.match(describeVerified(other), /NOT AS IT WAS WRITTEN.*\nrow 1: the chain has no row with this number/);
      assert.throws(() => readAnchor('12'), /An anchor is the number of a row and its hash/);
      await assert.rejects(verifyAuditOf({ DATA_DIR: `${dataDir}/none` }), /no database in/);
    });
  });
});
