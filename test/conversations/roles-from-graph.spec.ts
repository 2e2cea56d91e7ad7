import assert from 'node:assert/strict';
import { playgroundStaff } from '../../src/config/development.ts';
import { createSimulator, type Simulator } from '../../src/simulator/index.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { servers } from '../support/cancellation-steps.ts';
import { personOf, type Who } from '../support/people.ts';
import { toReview } from '../support/purchase-steps.ts';
import { controlSimulator } from '../support/simulator-control.ts';

const admins = 'aaaaaaaa-0000-4000-8000-000000000001';
const sales = 'aaaaaaaa-0000-4000-8000-000000000002';
const groups = { ROLES_SOURCE: 'graph', HELPDESK_AGENTS: '', GLOBAL_ADMINS: '' };

describe('roles from Graph', () => {
  let simulator: Simulator;
  let app: TestApp;

  before(async () => {
    const everyNumber = (who: Who) => Array.from({ length: 20 }, (_, index) => personOf(who, index + 1).id);
    simulator = await createSimulator({
      port: 0,
      mode: 'extended',
      delaySeconds: 10,
      groups: { [admins]: everyNumber('ada'), [sales]: everyNumber('sara') },
    });
    const PARTNER_CENTER_URL = simulator.url;
    app = await startTestApp({ ...groups, PARTNER_CENTER_URL, ADMIN_AGENTS: admins, SALES_AGENTS: sales });
  });
  after(async () => {
    await app?.stop();
    await simulator?.close();
  });

  it('are told to whoever asks', async () => {
    const ada = app.in('channel');

    assert.match((await ada.says('whoami')).text, /Roles: admin agent$/m);
    assert.match((await ada.as('sara').says('whoami')).text, /Roles: sales agent$/m);
    assert.match((await ada.as('stan').says('whoami')).text, /Roles: none/);
  });

  it('give an admin agent the key, and a sales agent none', async () => {
    const [ada, sara] = [app.in('channel'), app.in('channel', 'sara')];

    const refused = await sara.says(`keys ${servers}`);
    await ada.says(`keys ${servers}`);
    await ada.presses('Get key');

    assert.match(refused.text, /admin agent/);
    assert.deepEqual(refused.buttons.includes('Get key'), false);
    assert.match(JSON.stringify(ada.targeted()[0]?.card), /SMPLE-/);
    assert.equal(sara.targeted().length, 0);
  });

  it('tell who the admin agents are to whom a purchase is handed over', async () => {
    const sara = app.in('personal', 'sara');
    const ada = sara.as('ada');
    await ada.says('hi');
    await toReview(sara);

    const handed = await sara.goes('Hand over');

    assert.match(handed.text, /I tell them/);
    const isTold = () => ada.cards().find(({ view }) => /Sara Wilk handed over/.test(view.text));
    await app.connector.until(isTold, 'the message to the admin agent');
  });

  /** The log as somebody else reads it, once it says so. */
  async function logWith(says: RegExp): Promise<string> {
    const reader = app.in('personal', 'ada');
    const until = Date.now() + 25_000;
    for (;;) {
      const { text } = await reader.says('audit');
      if (says.test(text)) return text;
      assert.ok(Date.now() < until, `${says} in\n${text}`);
    }
  }

  it('are noted in the audit log where somebody has lost one: once, though it is asked for again and again', async () => {
    const control = controlSimulator(() => simulator.url);
    const sara = app.in('personal', 'sara');
    await sara.says('software contoso');
    const lost = { path: `users/${sara.person.id}/checkMemberGroups`, status: 200, body: { value: [] } };
    await control.fault({ ...lost, times: 1000 });
    for (let times = 0; times < 3; times += 1) assert.match((await sara.says(`keys ${servers}`)).text, /You may not/);
    await control.clearFaults();

    const log = await logWith(/Has lost a role: sales agent\nSara Wilk/);
    assert.equal(log.split('Has lost a role').length, 2);
  });

  it('tell who is a stranger, of whom one refusal a day is in the audit log', async () => {
    const stan = app.in('personal', 'stan');
    for (const text of [`keys ${servers}`, 'software contoso', 'buy contoso', 'cases'])
      assert.match((await stan.says(text)).text, /You may not/);
    const guest = { ...stan.words('hi'), from: { ...(stan.words('').from as object), aadObjectId: undefined } };
    await app.post(guest);

    const log = await logWith(/not of the staff \(nobody knows who\)/);
    assert.equal(log.split(/Refused: not of the staff \(no role in Partner Center\)\nStan Obcy/).length, 2);
  });
});

describe('roles from the Graph of the embedded simulator', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ ...groups, ADMIN_AGENTS: admins, SALES_AGENTS: sales });
  });
  after(() => app?.stop());

  /** What somebody with this object id is told. */
  const whoami = async (aadObjectId: string): Promise<string> => {
    const talk = app.in('personal', 'stan');
    const words = talk.words('whoami');
    const from = { ...(words.from as object), aadObjectId };
    await app.post({ ...words, from });
    return app.connector.until(() => talk.cards()[0]?.view.text, 'the answer');
  };

  it('are those of the Playground’s people, in the groups that are configured', async () => {
    assert.match(await whoami(playgroundStaff.adminAgents), /Roles: admin agent$/m);
    assert.match(await whoami(playgroundStaff.salesAgents), /Roles: sales agent$/m);
    assert.match(await whoami(playgroundStaff.helpdeskAgents), /Roles: none/);
  });
});
