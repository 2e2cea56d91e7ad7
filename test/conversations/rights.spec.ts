import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayDo, type Right, type Role } from '../../src/domain/people/staff.ts';
import { createFlows } from '../../src/flows/index.ts';
import { createSimulator, defaultAccount, type Simulator } from '../../src/simulator/index.ts';
import { en } from '../../src/words/en.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, servers, toNowReview } from '../support/cancellation-steps.ts';
import { viewOf } from '../support/card-view.ts';
import {
  type Activity,
  type Conversation,
  type Shown,
  startConversation,
  type Where,
} from '../support/conversation.ts';
import { type KeyServer, startKeyServer } from '../support/key-server.ts';
import { personOf, type Who } from '../support/people.ts';
import { toReview } from '../support/purchase-steps.ts';
import { controlSimulator, type SimulatorControl } from '../support/simulator-control.ts';
import { openWebPage, registeredEnv, ssoClaims, type WebPage } from '../support/web-page.ts';

const publicUrl = 'https://desk.partner.example';
const everybody: readonly Who[] = ['ada', 'gert', 'sara', 'hela', 'stan'];
const rolesOf: Readonly<Record<Who, readonly Role[]>> = {
  ada: ['admin-agent'],
  bert: ['admin-agent'],
  gert: ['global-admin'],
  sara: ['sales-agent'],
  hela: ['helpdesk-agent'],
  stan: [],
};
const groupOf = (role: number): string => `aaaaaaaa-0000-4000-8000-00000000000${role}`;

/** What is typed to begin each conversation that asks for a right; where it is not answered in public, it says where it is. */
const typed: Readonly<Record<string, string>> = {
  buy: 'buy contoso',
  software: 'software contoso',
  orders: 'orders contoso',
  mine: 'my orders',
  keys: `keys ${servers}`,
  leak: `leak ${servers}`,
  cancel: `cancel ${servers}`,
  cases: 'cases',
  drafts: 'drafts',
  daily: 'daily',
  remind: `remind ${servers}`,
  approvals: 'approvals',
  audit: 'audit',
  doctor: 'doctor',
};

const flows = createFlows({ keys: { seconds: 60, isDialog: false }, hasPages: true });
const beginnings = flows.flatMap(({ name, right }) => (right ? [{ name, right, text: typed[name] ?? '' }] : []));

const secret = /SMPLE-|\/download\//;
const refusalOf = (right: Right): string => `You may not ${en.rights[right]}`;

describe('the table of rights, on every surface', () => {
  let simulator: Simulator;
  let control: Omit<SimulatorControl, 'call'>;
  let keys: KeyServer;
  let app: TestApp;
  let folder: string;
  const pages = new Map<Who, WebPage>();

  before(async function () {
    this.timeout(120_000);
    const members = (who: Who) => Array.from({ length: 40 }, (_, index) => personOf(who, index + 1).id);
    const groups = {
      [groupOf(1)]: [...members('ada'), ...members('bert')],
      [groupOf(2)]: members('gert'),
      [groupOf(3)]: members('sara'),
      [groupOf(4)]: members('hela'),
      [groupOf(5)]: [...members('hela'), ...members('stan')],
    };
    simulator = await createSimulator({ port: 0, mode: 'extended', delaySeconds: 1, groups });
    control = controlSimulator(() => simulator.url);
    keys = await startKeyServer();
    const account = defaultAccount();
    folder = await mkdtemp(join(tmpdir(), 'rights-'));
    const file = join(folder, 'policy.json');
    const limits = { pages: { person: 60, everybody: 600 }, exports: { person: 4, everybody: 40 } };
    await writeFile(file, JSON.stringify({ approvals: { orders: { JPY: 1 } }, limits, askBackMinutes: 0 }));
    app = await startTestApp({
      ...registeredEnv(keys),
      PUBLIC_URL: publicUrl,
      PARTNER_CENTER_URL: simulator.url,
      PARTNER_CENTER_AUTHORITY: simulator.url,
      PARTNER_CENTER_TENANT_ID: account.tenantId,
      PARTNER_CENTER_CLIENT_ID: account.clientId,
      PARTNER_CENTER_CLIENT_SECRET: account.clientSecret,
      PARTNER_CENTER_REFRESH_TOKEN: account.refreshToken,
      SERVICE_URL_HOSTS: '127.0.0.1',
      ROLES_SOURCE: 'graph',
      ADMIN_AGENTS: groupOf(1),
      GLOBAL_ADMINS: groupOf(2),
      SALES_AGENTS: groupOf(3),
      HELPDESK_AGENTS: groupOf(5),
      POLICY_FILE: file,
    });
    for (const who of everybody) pages.set(who, await openWebPage(() => app.url, keys.token(ssoClaims(keys, who))));
    // Without a role nobody begins a session on the pages: Stan's is from when he had one.
    await app.restart({ HELPDESK_AGENTS: groupOf(4) });
  });
  after(async () => {
    await app?.stop();
    await keys?.close();
    await simulator?.close();
    await rm(folder, { recursive: true });
  });

  const pageOf = (who: Who): WebPage => pages.get(who) ?? assert.fail(who);

  /** As Teams signs it. */
  const post = (activity: Activity): Promise<Response> => {
    const claims = { iss: 'https://api.botframework.com', aud: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' };
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const token = keys.token({ ...claims, serviceurl: app.connector.url, exp });
    return fetch(`${app.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(activity),
    });
  };
  /** Each in a thread of their own: they are walked through at the same time. */
  const talkIn = (where: Where, who: Who, number = everybody.indexOf(who) + 1): Conversation =>
    startConversation({ connector: app.connector, post }, number, where, who);

  /** Says the table, for everybody: who was let in where the right is this one. */
  async function walk(right: Right, text: (who: Who) => Promise<string>): Promise<void> {
    const answers = await Promise.all(everybody.map(async (who) => [who, await text(who)] as const));
    for (const [who, said] of answers) {
      const isRefused = said.includes(refusalOf(right)) || /"status":403|^403/.test(said);
      assert.equal(isRefused, !mayDo(rolesOf[who], right), `${who} (${right}): ${said.slice(0, 400)}`);
      if (!mayDo(rolesOf[who], 'keys.reveal')) assert.doesNotMatch(said, secret, who);
    }
  }

  it('has a row for every conversation that asks for a right', () => {
    assert.deepEqual(beginnings.map(({ name }) => name).toSorted(), Object.keys(typed).toSorted());
  });

  for (const where of ['personal', 'channel', 'group'] as const) {
    it(`holds for what is typed (${where})`, async () => {
      for (const { right, text } of beginnings)
        await walk(right, async (who) => (await talkIn(where, who).says(text)).text);
    });
  }

  it('holds for what is typed in private where others read along, and is answered there too', async () => {
    const recipient = { id: '28:bot', name: 'Software Desk', isTargeted: true };
    for (const { right, text } of beginnings)
      await walk(right, async (who) => {
        const talk = talkIn('group', who, 20 + everybody.indexOf(who));
        const answers = () => [
          ...talk.targeted(),
          ...talk
            .in('personal')
            .cards()
            .map(({ message }) => message),
        ];
        const before = answers().length;
        await post({ ...talk.words(text), recipient });
        await app.connector.until(() => answers().length > before, `a private answer to ${who}: ${text}`);
        assert.deepEqual(talk.cards(), []);
        return viewOf(talk.targeted().at(-1)?.card ?? assert.fail(who)).text;
      });
  });

  const anna = { 'First name': 'Anna', 'Last name': 'Kowalska', 'E-mail': 'anna@litware.example' };
  const accepted = { ...anna, 'Date of acceptance': '2025-06-02' };

  it('holds for a customer’s agreement, also where its buttons are made up', async () => {
    const [ada, sara] = [talkIn('personal', 'ada', 26), talkIn('channel', 'sara', 27)];
    /** Ada's button, on the card that Sara has. */
    const makeUp = async (title: string): Promise<string> => {
      const { data, verb } = ada.card().view.button(title) as { data: object; verb: string };
      const { draft, step, submission } = sara.card().view.button('Hand over').data as Record<string, string>;
      const ids = { draft, step, ...(submission && { submission }) };
      const { text: _, entities: __, ...base } = sara.words('');
      const value = { action: { type: 'Action.Execute', verb, data: { ...data, ...ids } }, trigger: 'manual' };
      const replyToId = sara.card().message.id;
      const id = `f:${randomUUID()}`;
      return (await post({ ...base, type: 'invoke', name: 'adaptiveCard/action', id, replyToId, value })).text();
    };
    for (const talk of [ada, sara]) await talk.says('buy litware');

    await makeUp('Customer agreement');
    await ada.goes('Customer agreement');
    for (const talk of [ada, sara]) await talk.goes('Next', accepted);
    const declared = await makeUp('Confirm');

    assert.match(declared, new RegExp(refusalOf('agreement.confirm')));
    const { agreements } = await control.state('agreements');
    assert.ok(agreements.every(({ primaryContact }) => primaryContact.email !== anna['E-mail']));
  });

  it('holds for the buttons of lists and notices, which anybody may press or make up', async () => {
    for (const { right, text } of beginnings) {
      await walk(right, async (who) => {
        const talk = talkIn('personal', who);
        const data = { do: 'command', text };
        const value = { action: { type: 'Action.Execute', verb: 'command', data }, trigger: 'manual' };
        const { text: _, ...base } = talk.words('');
        const before = talk.cards().length;
        await post({ ...base, type: 'invoke', name: 'adaptiveCard/action', id: `f:${randomUUID()}`, value });
        await app.connector.until(() => talk.cards().length > before, `an answer to ${who}: ${text}`);
        return talk.card().view.text;
      });
    }
  });

  it('holds for the words and the lists of the tab, and for the file that it gives', async () => {
    for (const { right, text } of beginnings)
      await walk(right, async (who) => (await pageOf(who).says(text)).view.text);
    const read = (path: string) => async (who: Who) => {
      const { status } = await pageOf(who).get(path);
      return `${status}`;
    };
    for (const path of ['desk', 'cases', 'search?text=contoso']) await walk('look', read(path));
    await walk('audit.read', read('audit'));
    await walk('audit.read', async (who) => `${(await pageOf(who).post('audit/export', {})).status}`);
  });

  it('holds for the message extension: its searches, its dialogs and the links that unfold', async () => {
    const invoke = async (who: Who, name: string, value: object) => {
      const { text: _, entities: __, ...base } = talkIn('personal', who).words('');
      const id = `f:${randomUUID()}`;
      return (await post({ ...base, type: 'invoke', name: `composeExtension/${name}`, id, value })).text();
    };
    const parameters = [{ name: 'search', value: 'contoso' }];
    for (const commandId of ['orders', 'cases', 'customers'])
      await walk('look', (who) => invoke(who, 'query', { commandId, parameters, queryOptions: { skip: 0, count: 5 } }));
    const messagePayload = { body: { contentType: 'html', content: servers } };
    for (const [commandId, right] of [
      ['keys', 'keys.reveal'],
      ['cancel', 'cancel.prepare'],
    ] as const)
      await walk(right, (who) => invoke(who, 'fetchTask', { commandId, commandContext: 'message', messagePayload }));
    for (const who of everybody) {
      const unfolded = await invoke(who, 'queryLink', { url: `${publicUrl}/order/${servers}` });
      assert.equal(unfolded.includes('Contoso'), mayDo(rolesOf[who], 'look'), who);
    }
  });

  const withButton = (talk: Conversation, title: string): Promise<Shown> =>
    app.connector.until(
      () => talk.cards().findLast(({ view }) => view.buttons.some((one) => one.startsWith(title))),
      `a card with ${title}`,
    );

  const ordersNow = async () => (await control.state('orders')).orders.length;

  it('holds for what was handed over: only who may ends it, and what is somebody else’s is nobody’s', async () => {
    const sara = talkIn('channel', 'sara', 12);
    await toReview(sara);
    const own = await withButton(sara, 'Edit');
    const before = await ordersNow();
    for (const who of ['ada', 'gert', 'hela', 'stan'] as const) {
      const { said = '' } = await sara.as(who).presses('Edit', {}, own);
      assert.match(said, /belongs to Sara Wilk|You may not/, who);
    }
    await sara.presses('Hand over', {}, own);
    const handed = await withButton(sara, 'Confirm');
    for (const who of ['hela', 'stan', 'sara'] as const) {
      const { said, card } = await sara.as(who).presses('Confirm', {}, handed);
      assert.match(said ?? card?.text ?? '', /You may not (confirm|prepare) an order/, who);
    }
    assert.equal(await ordersNow(), before);
    await sara.as('gert').presses('Confirm', {}, handed);
    await app.connector.until(() => sara.cards().some(({ view }) => /Ordered: 2 ×/.test(view.text)), 'the order');

    const order = await freshOrder({ simulatorUrl: simulator.url, advance: control.advance });
    const other = talkIn('channel', 'sara', 13);
    await other.says(`cancel ${order}`);
    await other.presses(
      'Hand over',
      { 'Why is it returned?': 'Customer withdrew' },
      await withButton(other, 'Hand over'),
    );
    const waiting = await withButton(other, 'Cancel now');
    for (const who of ['hela', 'stan', 'gert'] as const) {
      const { said, card } = await other.as(who).presses('Cancel now', {}, waiting);
      assert.match(said ?? card?.text ?? '', /You may not (submit|prepare) a cancellation/, who);
    }
    await other.as('ada').presses('Cancel now', {}, waiting);
    await app.connector.until(() => other.cards().some(({ view }) => /SD-[0-9A-Z]{6}/.test(view.text)), 'the case');

    const ada = talkIn('channel', 'ada', 14);
    await ada.says(`keys ${servers}`);
    for (const who of ['bert', 'gert', 'sara', 'hela', 'stan'] as const) {
      const answer = await ada.as(who).presses('Get key');
      assert.match(answer.said ?? answer.text, /belongs to Ada Nowak|You may not/, who);
      assert.doesNotMatch(answer.text, secret);
      assert.equal(ada.as(who).targeted().length, 0, who);
    }
  });

  it('is asked for as it is at that moment for what costs money, files something or shows a secret', async () => {
    const order = await freshOrder({ simulatorUrl: simulator.url, advance: control.advance });
    const [buys, cancels, looks, declares] = [
      talkIn('personal', 'ada', 15),
      talkIn('channel', 'ada', 16),
      talkIn('channel', 'ada', 17),
      talkIn('personal', 'ada', 18),
    ];
    await declares.says('buy litware');
    await declares.goes('Customer agreement');
    await declares.goes('Next', accepted);
    const confirmation = await withButton(declares, 'Confirm');
    await toReview(buys);
    await toNowReview(cancels, order);
    await looks.says(`keys ${servers}`);
    const reads = pageOf('ada');
    // Drawn before: once the role is gone, they are not drawn any more.
    const [review, look] = [await withButton(buys, 'Confirm'), await withButton(looks, 'Get key')];
    const submit = cancels.card().view.buttons.find((title) => /Submit|Cancel now/.test(title)) ?? assert.fail();
    const ticket = await withButton(cancels, submit);
    const before = await ordersNow();
    const refused: Record<string, () => Promise<string>> = {
      Confirm: async () => JSON.stringify(await buys.presses('Confirm', {}, review)),
      agreement: async () => JSON.stringify(await declares.presses('Confirm', {}, confirmation)),
      Submit: async () => JSON.stringify(await cancels.presses(submit, {}, ticket)),
      'Get key': async () => JSON.stringify(await looks.presses('Get key', {}, look)),
      audit: async () => `${(await reads.get('audit')).status} ${await (await reads.get('audit')).text()}`,
      export: async () => (await reads.post('audit/export', {})).text(),
      approvals: async () => (await buys.says('approvals')).text,
    };
    for (const [what, fault, says] of [
      ['the directory is down', { status: 503 }, /cannot find out your role/],
      ['the role was taken away', { status: 200, body: { value: [] } }, /You may not/],
    ] as const) {
      await control.fault({ path: 'checkMemberGroups', times: 1000, ...fault });
      for (const [action, act] of Object.entries(refused)) {
        const text = await act();
        assert.match(text, says, `${action}, where ${what}: ${text.slice(0, 600)}`);
        assert.doesNotMatch(text, secret);
      }
      await control.clearFaults();
    }
    assert.equal(await ordersNow(), before);
    assert.equal(looks.targeted().filter(({ card }) => secret.test(JSON.stringify(card))).length, 0);
    assert.doesNotMatch(JSON.stringify(cancels.cards().map(({ view }) => view.text)), /SD-[0-9A-Z]{6}/);

    // What is asked anew is known from then on.
    await buys.says('approvals');
    await buys.presses('Confirm', {}, review);
    await app.connector.until(() => buys.cards().some(({ view }) => /Ordered: 2 ×/.test(view.text)), 'the order');
  });

  it('is no way to ask for more than the policy allows: the refusal says when it goes on, and of exports is recorded', async () => {
    const gert = pageOf('gert');
    const exported = async () => {
      const answer = await gert.post('audit/export', {});
      return { status: answer.status, text: await answer.text() };
    };
    let last = await exported();
    for (let times = 0; times < 5 && last.status === 200; times += 1) last = await exported();
    assert.equal(last.status, 422);
    assert.match(last.text, /too many files of the audit log in a short time.*try again in \d+ minutes/);
    const log = await (await gert.get('audit')).text();
    assert.match(log, /Refused: too many files of the audit log in a short time/);

    const hela = pageOf('hela');
    let page = await hela.get('cases');
    for (let times = 0; times < 60 && page.status === 200; times += 1) page = await hela.get('cases');
    assert.equal(page.status, 429);
    assert.match(await page.text(), /too many pages in a short time.*try again in \d+ second/);
    assert.equal((await gert.get('cases')).status, 200);
  });
});
