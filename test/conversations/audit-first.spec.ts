import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app.ts';
import { whileAuditLogIsAway } from '../support/audit-log-away.ts';
import { freshOrder } from '../support/cancellation-steps.ts';
import { viewOf } from '../support/card-view.ts';
import type { Conversation, Shown } from '../support/conversation.ts';
import { onServer } from '../support/databases.ts';
import { personOf } from '../support/people.ts';
import { confirmPurchase, toReview } from '../support/purchase-steps.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';

const channel = '19:general@thread.tacv2';
const many = 30;
const admins = (['ada', 'bert'] as const).flatMap((who) =>
  Array.from({ length: many }, (_, index) => personOf(who, index + 1).id),
);

/** A deed as somebody does it, and what must not have come of it. */
interface Deed {
  readonly talk: Conversation;
  do(): Promise<{ readonly text: string }>;
  wasDone(): Promise<boolean>;
}

describe('what is not in the audit log is not done', () => {
  let app: TestApp;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-first-'));
    const file = join(folder, 'policy.json');
    const approvals = { orders: { EUR: 1000 }, channel };
    await writeFile(file, JSON.stringify({ approvals, askBackTotals: {}, askBackMinutes: 0, askBackTimes: 1e9 }));
    app = await startTestApp({ ADMIN_AGENTS: admins.join(','), POLICY_FILE: file });
  });
  after(async () => {
    await app.stop();
    await rm(folder, { recursive: true });
  });

  const approvalCards = (): Shown[] =>
    app.connector
      .messages(channel)
      .flatMap((message) => (message.card && !message.isDeleted ? [{ message, view: viewOf(message.card) }] : []));

  /** A second admin agent is asked for an order; the card that asks. */
  async function approvalCard(): Promise<{ readonly bert: Conversation; readonly card: Shown }> {
    const ada = app.in('channel', 'ada');
    await toReview(ada);
    const [reference = ''] = /AP-[0-9A-Z]{6}/.exec((await confirmPurchase(ada)).text) ?? [];
    const card = await app.connector.until(
      () => approvalCards().find(({ view }) => view.text.includes(reference) && view.buttons.includes('Approve')),
      'the card of the approvers',
    );
    return { bert: ada.as('bert'), card };
  }

  async function approving(title: string, values: Readonly<Record<string, string>> = {}): Promise<Deed> {
    const { bert, card } = await approvalCard();
    return {
      talk: bert,
      do: () => bert.presses(title, values, card),
      wasDone: async () =>
        approvalCards().some(({ message, view }) => message.id === card.message.id && /Bert Lis/.test(view.text)),
    };
  }

  async function reporting(order: string): Promise<Deed> {
    const bert = app.in('personal', 'bert');
    await bert.says(`leak ${order}`);
    const card = bert.card();
    return {
      talk: bert,
      do: () => bert.presses('Report a leak', { 'What leaked?': 'product key' }, card),
      wasDone: async () => /frozen/.test((await bert.in('personal').says(`keys ${order}`)).text),
    };
  }

  async function lifting(order: string): Promise<Deed> {
    const ada = app.in('personal', 'ada');
    const first = await reporting(order);
    await first.do();
    await ada.says('leaks');
    const card = await app.connector.until(
      () => ada.cards().findLast(({ view }) => view.buttons.includes('Lift') && view.text.includes(order)),
      'the card of the leak',
    );
    return {
      talk: ada,
      do: () => ada.presses('Lift', { 'Comment or reason': 'Microsoft gave a new key.' }, card),
      wasDone: async () => !/frozen/.test((await ada.in('personal').says(`keys ${order}`)).text),
    };
  }

  async function agreeing(): Promise<Deed> {
    const ada = app.in('personal', 'ada');
    await ada.says('buy litware');
    await ada.goes('Customer agreement');
    await ada.goes('Next', {
      ...{ 'First name': 'Anna', 'Last name': 'Kowalska', 'E-mail': 'anna@litware.example' },
      'Date of acceptance': '2025-06-02',
    });
    const card = ada.card();
    const before = JSON.stringify((await app.state('agreements')).agreements);
    return {
      talk: ada,
      do: () => ada.presses('Confirm: Anna Kowalska accepted it', {}, card),
      wasDone: async () => JSON.stringify((await app.state('agreements')).agreements) !== before,
    };
  }

  it('where a person confirms an agreement, approves, rejects, claims, reports or lifts a leak', async function () {
    this.timeout(120_000);
    const { databaseUrl } = app.database;
    if (!databaseUrl) skip(this, 'only a server can be reached from outside the product');
    const [one, other] = [await freshOrder(app), await freshOrder(app)];
    const deeds: Readonly<Record<string, Deed>> = {
      agreement: await agreeing(),
      claim: await approving('Claim'),
      comment: await approving('Comment', { 'Comment or reason': 'Is this for the new site?' }),
      approval: await approving('Approve'),
      rejection: await approving('Reject', { 'Comment or reason': 'Budget is used up.' }),
      leak: await reporting(one),
      'lifted leak': await lifting(other),
    };
    const says = /the audit log cannot be written/;

    await whileAuditLogIsAway(databaseUrl, async (way) => {
      await Promise.all(
        Object.entries(deeds).map(async ([what, deed]) => {
          const answer = await deed.do();
          const read = () => answer.text + JSON.stringify([deed.talk.cards(), deed.talk.targeted()]);
          await app.connector.until(
            () => says.test(read()),
            () => `${what}, ${way}: ${read()}`,
          );
        }),
      );
    });
    for (const [what, { wasDone }] of Object.entries(deeds)) assert.equal(await wasDone(), false, what);

    for (const [what, deed] of Object.entries(deeds)) {
      await deed.do();
      await waitUntil(deed.wasDone, `${what}, once it can be written again`);
    }
  });

  it('where other rules are loaded: it does not start with them, and says why', async function () {
    const { databaseUrl } = app.database;
    if (!databaseUrl) skip(this, 'only a server can be reached from outside the product');
    const other = join(folder, 'other.json');
    await writeFile(other, JSON.stringify({ auditDays: 400 }));
    let begin = () => app.restart({ POLICY_FILE: other });
    await whileAuditLogIsAway(databaseUrl, async (way) => {
      await assert.rejects(begin(), /audit/, way);
      begin = app.start;
    });
    await app.start();

    const files = await onServer(
      databaseUrl,
      `select facts ->> 'file' as file from software_desk.audit_decisions where facts ->> 'kind' = 'policy' order by id`,
    );
    assert.deepEqual(
      files.map(({ file }) => basename(file)),
      ['policy.json', 'other.json'],
    );
  });
});
