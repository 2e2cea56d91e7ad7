import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app.ts';
import { viewOf } from '../support/card-view.ts';
import type { Conversation, Shown } from '../support/conversation.ts';
import { newOrders, toReview } from '../support/purchase-steps.ts';
import { waitUntil } from '../support/wait-until.ts';

const channel = '19:general@thread.tacv2';

/** As long as it takes until the jobs take over, also where the dead process's leases have to run out first. */
const patienceMs = 60_000;

describe('an approval, whose process is killed at each step', () => {
  let app: TestApp;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'approvals-'));
    const file = join(folder, 'policy.json');
    const approvals = { orders: { EUR: 1000 }, channel };
    await writeFile(file, JSON.stringify({ approvals, askBackTotals: {}, askBackMinutes: 0, askBackTimes: 1e9 }));
    app = await startTestApp({ POLICY_FILE: file }, { asProcess: true });
  });
  after(async () => {
    await app.stop();
    await rm(folder, { recursive: true });
  });

  const inChannel = (): Shown[] =>
    app.connector
      .messages(channel)
      .flatMap((message) => (message.card && !message.isDeleted ? [{ message, view: viewOf(message.card) }] : []));

  const told = (cards: () => readonly Shown[], says: RegExp, what: string): Promise<Shown> =>
    app.connector.until(() => cards().find(({ view }) => says.test(view.text)), what, patienceMs);

  /** Kills the process right after the press was sent: it may have done nothing, a part, or all of it. */
  async function pressAndKill(
    talk: Conversation,
    title: string,
    on: Shown,
    isOn: () => Promise<unknown>,
  ): Promise<void> {
    const press = talk.presses(title, {}, on).catch(() => undefined);
    await isOn();
    await app.kill();
    await press;
    await app.start();
  }

  it('is asked for once, told, and used for one order', async () => {
    const before = (await app.state('orders')).orders;
    const ada = app.in('channel', 'ada');
    const bert = ada.as('bert');
    const isAsked = /has to approve this|waits for a second admin agent/;
    await toReview(ada);
    const review = ada.card();

    await pressAndKill(ada, 'Confirm', review, () =>
      told(() => [...inChannel(), ...ada.cards()], /AP-[0-9A-Z]{6}|Working on it/, 'the press'),
    );
    await app.connector.until(() => ada.cards().length > 0, 'the card');
    await ada.says('drafts');
    await ada.goes('Resume');
    const again = await ada.goes('Confirm');
    assert.match(again.text, isAsked);
    const [reference = ''] = /AP-[0-9A-Z]{6}/.exec(again.text) ?? [];
    const asked = await told(inChannel, new RegExp(`${reference}: order`), 'the card of the approvers');
    assert.deepEqual(await newOrders(app, before), []);

    await pressAndKill(bert, 'Approve', asked, async () => undefined);
    // Where the press was lost with the process, the card still asks.
    const standing = inChannel().find(({ message }) => message.id === asked.message.id);
    if (standing?.view.buttons.includes('Approve')) await bert.presses('Approve', {}, standing);
    const approved = await told(() => ada.cards(), /Approved by Bert Lis/, 'the end for whoever asked');
    assert.deepEqual(await newOrders(app, before), []);

    await ada.presses('Open', {}, approved);
    const isToConfirm = ({ view }: Shown) => view.buttons.some((title) => title.startsWith('Confirm'));
    const held = await app.connector.until(() => ada.cards().findLast(isToConfirm), 'the review');
    await app.fault({ method: 'POST', path: '/checkout$', dropAfterWork: true });
    await pressAndKill(ada, 'Confirm', held, () =>
      waitUntil(
        async () =>
          ((await app.simulator('GET', 'requests')) as { path: string }[]).some(({ path }) =>
            path.endsWith('/checkout'),
          ),
        'the checkout',
      ),
    );
    await told(() => ada.cards(), /Ordered: 2 ×/, 'the order');
    assert.equal((await newOrders(app, before)).length, 1);

    const other = app.in('channel', 'ada');
    await toReview(other);
    assert.match((await other.goes('Confirm')).text, isAsked);
    assert.equal((await newOrders(app, before)).length, 1);
    const log = (await bert.in('personal').says('audit')).text;
    for (const step of ['asked for', 'approved', 'used'])
      assert.equal(log.match(new RegExp(`Approval ${reference} .*: ${step}`, 'g'))?.length, 1, `${step}\n${log}`);
  }).timeout(180_000);
});
