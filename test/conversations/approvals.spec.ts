import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInPolicy } from '../../src/domain/policy.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, servers, toNowReview } from '../support/cancellation-steps.ts';
import { viewOf } from '../support/card-view.ts';
import type { Conversation, Shown } from '../support/conversation.ts';
import { personOf } from '../support/people.ts';
import { confirmPurchase, newOrders, toReview, twoServers } from '../support/purchase-steps.ts';

const channel = '19:general@thread.tacv2';
const many = 30;
const hour = 3600;

/** A few admin agents for each conversation; gert's deputy is the one of the first conversation. */
const admins = (['ada', 'bert', 'cora'] as const).flatMap((who) =>
  Array.from({ length: many }, (_, index) => personOf(who === 'cora' ? 'hela' : who, index + 1).id),
);

describe('approvals', () => {
  let app: TestApp;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'approvals-'));
    const file = join(folder, 'policy.json');
    const approvals = { orders: { EUR: 1000 }, cancellations: { EUR: 1 }, revealsAnHour: 2, channel };
    await writeFile(file, JSON.stringify({ approvals, askBackTotals: {}, askBackMinutes: 0, askBackTimes: 1e9 }));
    app = await startTestApp({ ADMIN_AGENTS: admins.join(','), HELPDESK_AGENTS: '', POLICY_FILE: file });
  });
  after(async () => {
    await app.stop();
    await rm(folder, { recursive: true });
  });

  /** The cards in the channel of the approvers, as they stand, newest last. */
  const asked = (): Shown[] =>
    app.connector
      .messages(channel)
      .flatMap((message) => (message.card && !message.isDeleted ? [{ message, view: viewOf(message.card) }] : []));

  const until = (says: RegExp, count = 1): Promise<Shown> =>
    app.connector.until(() => {
      const found = asked().filter(({ view }) => says.test(view.text));
      return found.length >= count ? found.at(-1) : undefined;
    }, `${says} in the approvers’ channel`);

  const told = (talk: Conversation, says: RegExp): Promise<Shown> =>
    app.connector.until(() => talk.cards().find(({ view }) => says.test(view.text)), `${says} for whoever asked`);

  /** Presses it on that card, and waits until the card says so. */
  async function pressed(talk: Conversation, title: string, card: Shown, says: RegExp): Promise<Shown> {
    await talk.presses(title, {}, card);
    const now = () => talk.cards().find(({ message, view }) => message.id === card.message.id && says.test(view.text));
    return app.connector.until(now, `${says} after "${title}"`);
  }

  const withButton = (talk: Conversation, title: string): Shown =>
    talk.cards().findLast(({ view }) => view.buttons.some((one) => one.startsWith(title))) ?? assert.fail(title);

  const referenceOn = (text: string): string => /AP-[0-9A-Z]{6}/.exec(text)?.[0] ?? assert.fail(text);

  /** Confirm was pressed, and a second admin agent is asked: the card of the approvers. */
  async function askForOrder(talk: Conversation): Promise<Shown & { readonly reference: string }> {
    await toReview(talk);
    const card = await confirmPurchase(talk);
    assert.match(card.text, /A second admin agent has to approve this\./);
    const reference = referenceOn(card.text);
    return { ...(await until(new RegExp(`${reference}: order`))), reference };
  }

  const auditOf = async (talk: Conversation): Promise<string> => (await talk.in('personal').says('audit')).text;

  it('places an order above the amount only once another admin agent has approved it, and tells each step', async () => {
    const before = (await app.state('orders')).orders;
    const ada = app.in('channel', 'ada');
    const bert = ada.as('bert');
    const card = await askForOrder(ada);
    assert.match(card.view.text, /Windows Server 2022 Standard/);
    assert.match(card.view.text, /Asked for by: Ada Nowak/);
    const again = await confirmPurchase(ada);
    assert.match(again.text, /This waits for a second admin agent/);
    assert.deepEqual(await newOrders(app, before), []);

    const own = await ada.presses('Approve', {}, card);
    assert.match(own.said ?? own.card?.text ?? '', /you asked for it, or you prepared it/);
    const claimed = await bert.presses('Claim', {}, card);
    assert.match(claimed.card?.text ?? '', /Bert Lis looks at it/);
    await told(ada, /Bert Lis looks at it/);
    const other = await bert.as('hela').presses('Approve', {}, card);
    assert.match(other.card?.text ?? '', /Bert Lis looks at/);
    assert.ok(other.card?.buttons.includes('Approve'));
    await bert.presses('Comment', { 'Comment or reason': 'Is this for the new site?' }, card);
    await told(ada, /Bert Lis has a comment[\s\S]*"Is this for the new site\?"/);
    const approved = await bert.presses('Approve', {}, card);
    assert.deepEqual(approved.card?.buttons, []);
    await told(ada, /Approved by Bert Lis/);
    assert.deepEqual(await newOrders(app, before), []);

    await ada.presses('Open', {}, await told(ada, /Approved by Bert Lis/));
    const review = await told(ada, /Please check the order/);
    const ordered = await ada.goes('Confirm', {}, review);

    assert.match(ordered.text, /Ordered: 2 ×/);
    assert.equal((await newOrders(app, before)).length, 1);
    const settled = asked().find(({ message }) => message.id === card.message.id);
    assert.deepEqual(settled?.view.buttons, []);
    assert.match(settled?.view.text ?? '', /approved/);
    const log = await auditOf(bert);
    for (const step of ['asked for', 'claimed', 'commented', 'approved', 'used'])
      assert.match(log, new RegExp(`Approval ${card.reference} \\(order, Contoso.*asked for by Ada Nowak\\): ${step}`));
  });

  it('is for exactly what was reviewed, and is used once', async () => {
    const before = (await app.state('orders')).orders;
    const ada = app.in('channel', 'ada');
    const bert = ada.as('bert');
    const card = await askForOrder(ada);
    await bert.presses('Approve', {}, card);
    const approved = await told(ada, /Approved by Bert Lis/);

    await ada.presses('Edit', {}, withButton(ada, 'Edit'));
    await app.connector.until(() => ada.cards().some(({ view }) => view.buttons.includes('Review order')), 'the item');
    await ada.presses('Review order', { Quantity: '3' }, withButton(ada, 'Review order'));
    await pressed(ada, 'Confirm', withButton(ada, 'Confirm'), /A second admin agent has to approve this\./);
    const changed = withButton(ada, 'Confirm').view;

    assert.notEqual(referenceOn(changed.text), card.reference);
    const first = await bert.in('personal').says(`approvals ${card.reference}`);
    assert.match(first.text, /withdrawn/);
    const second = await until(new RegExp(`${referenceOn(changed.text)}: order`));
    assert.match(second.view.text, /3 × Windows Server/);
    await bert.presses('Approve', {}, second);
    const used = await pressed(ada, 'Confirm', withButton(ada, 'Confirm'), /Ordered: 3 ×/);
    await ada.presses('Open', {}, approved);

    assert.doesNotMatch(used.view.text, /Ordered: 2/);
    assert.equal((await newOrders(app, before)).length, 1);
  });

  it('applies one of two answers that come at once', async () => {
    const ada = app.in('channel', 'ada');
    const card = await askForOrder(ada);

    const [one, other] = await Promise.all([
      ada.as('bert').presses('Approve', {}, card),
      ada.as('hela').presses('Reject', { 'Comment or reason': 'Not this month.' }, card),
    ]);

    const texts = [one.card?.text ?? '', other.card?.text ?? ''];
    assert.equal(texts.filter((text) => /Your answer changed nothing/.test(text)).length, 1, texts.join('\n---\n'));
    const log = await auditOf(ada);
    const decided = log.match(new RegExp(`${card.reference} .*: (approved|rejected)`, 'g')) ?? [];
    assert.equal(decided.length, 1);
  });

  it('needs a reason to say no, tells it, and stays no for the same', async () => {
    const before = (await app.state('orders')).orders;
    const ada = app.in('channel', 'ada');
    const bert = ada.as('bert');
    const card = await askForOrder(ada);

    for (const reason of ['', 'no']) {
      const missing = await bert.presses('Reject', { 'Comment or reason': reason }, card);
      assert.match(missing.card?.text ?? '', /Please write why, in a few words/);
    }
    await bert.presses('Reject', { 'Comment or reason': 'Budget is used up.' }, card);
    await told(ada, /Rejected by Bert Lis[\s\S]*"Budget is used up\."/);

    await pressed(ada, 'Confirm', withButton(ada, 'Confirm'), /Bert Lis has rejected this.*Budget is used up/);
    assert.deepEqual(await newOrders(app, before), []);
  });

  it('is not decided by whoever prepared it and handed it over, whoever of them', async () => {
    const ada = app.in('channel', 'ada');
    await toReview(ada);
    for (const who of ['ada', 'bert'] as const) {
      // No card of theirs has the button: a changed client may send it all the same.
      const activity = ada.as(who).press('Discard', {}, withButton(ada, 'Discard'));
      const { action } = activity.value as { action: { data: Record<string, unknown> } };
      action.data.do = 'handOver';
      await app.post(activity);
    }
    const { said: held = '' } = await ada.as('hela').presses('Confirm', {}, withButton(ada, 'Confirm'));
    const reference = referenceOn(held);
    const card = await until(new RegExp(`${reference}: order`));

    for (const who of ['ada', 'bert', 'hela'] as const) {
      const answer = await ada.as(who).presses('Approve', {}, card);
      assert.match(answer.said ?? answer.card?.text ?? '', /you asked for it, or you prepared it/, who);
    }
    for (const who of ['sara', 'gert', 'stan'] as const) {
      const { said, card: shown } = await ada.as(who).presses('Approve', {}, card);
      assert.equal(shown, undefined);
      assert.match(said ?? '', /may not approve|serve only|is not/i, `${who}: ${said}`);
    }
  });

  it('asks before a cancellation is submitted, and cancels once it is approved', async () => {
    const ada = app.in('channel', 'ada');
    const order = await freshOrder(app);
    const review = await toNowReview(ada, order);
    assert.match(review.text, /Please check/);
    const submit =
      review.buttons.find((title) => /Submit|Cancel now/.test(title)) ?? assert.fail(review.buttons.join());
    const held = await ada.goes(submit);
    assert.match(held.text, /A second admin agent has to approve this\./);
    const card = await until(new RegExp(`${referenceOn(held.text)}: cancellation`));
    assert.match(card.view.text, new RegExp(order));

    await ada.as('bert').presses('Approve', {}, card);
    await told(ada, /Approved by Bert Lis/);
    const done = await pressed(ada, submit, withButton(ada, submit), /SD-[0-9A-Z]{6}/);

    assert.match(done.view.text, new RegExp(order));
  });

  it('asks before more keys are seen within the hour than the policy allows', async () => {
    const ada = app.in('personal', 'ada');
    await ada.says(`keys ${servers}`);
    await ada.presses('Get key');
    await ada.says(`keys ${servers}`);
    await ada.presses('Get key');
    await ada.says(`keys ${servers}`);
    const held = await ada.presses('Get key');

    assert.match(held.card?.text ?? held.said ?? '', /A second admin agent has to approve this/);
    assert.doesNotMatch(held.text, /SMPLE/);
    const card = await until(new RegExp(`${referenceOn(held.text)}: keys and downloads`));
    assert.doesNotMatch(card.view.text, /SMPLE/);
    await ada.as('bert').presses('Approve', {}, card);
    await told(ada, /Approved by Bert Lis/);
    await ada.says(`keys ${servers}`);
    const seen = await ada.presses('Get key');
    assert.match(seen.text, /SMPLE/);
  });

  it('reminds, frees what was claimed, and expires', async () => {
    const ada = app.in('channel', 'ada');
    const bert = ada.as('bert');
    const card = await askForOrder(ada);
    await bert.presses('Claim', {}, card);

    await app.advance(hour + 1);
    await told(ada, /Nobody has decided yet/);
    await until(
      new RegExp(`Still waiting: Approval ${card.reference}|${card.reference}: order[\\s\\S]*Nobody has claimed`),
    );
    await app.advance(builtInPolicy.approvals.expireHours * hour);
    await told(ada, /Not decided in time/);

    const late = await bert.presses('Approve', {}, card);
    assert.match(late.card?.text ?? '', /is over: expired/);
  });

  it('says what is unusual about an order that waits, and no longer to press Confirm once more', async () => {
    const ada = app.in('channel', 'ada');
    const unusual = { ...twoServers, terms: { Quantity: '10000' } };
    assert.match((await toReview(ada, unusual)).text, /10,000/);
    assert.match((await ada.goes('Confirm')).text, /10,000 .*press Confirm once more/);

    const { text } = await ada.goes('Confirm');

    assert.match(text, /⚠ A second admin agent has to approve this\. .*10,000 /);
    assert.doesNotMatch(text, /Nothing was ordered yet|press Confirm once more/);
  });

  it('lists what waits to those who may approve, and to nobody else', async () => {
    const ada = app.in('channel', 'ada');
    const { reference } = await askForOrder(ada);
    const list = await ada.as('bert').in('personal').says('approvals');
    const refused = await ada.as('gert').in('personal').says('approvals');

    assert.match(list.text, new RegExp(reference));
    assert.match(refused.text, /You may not approve/);
  });
});
