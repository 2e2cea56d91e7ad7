import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openPlayground, type Playground } from '../support/browser/playground.ts';

describe('Where Partner Center takes tickets in its portal only, as a person does it in Agents Playground', () => {
  let app: TestApp;
  let teams: Playground;

  before(async () => {
    app = await startTestApp({ SIMULATOR_MODE: 'today' }, { forPlayground: true });
    teams = await openPlayground({ botUrl: app.url });
    await teams.openTeamChannel();
  });

  after(async () => {
    await teams.close();
    await app.stop();
  });

  async function toForm(order: string): Promise<void> {
    await teams.say(`cancel ${order}`);
    await teams.press('By ticket');
    await teams.fill('Reason for the refund', 'The customer ordered the wrong edition.');
  }

  async function handOver(): Promise<string> {
    await teams.press('Review ticket');
    await teams.waitForText('Please check the cancellation');
    await teams.press('Submit');
    await teams.waitForText('The ticket is ready to be filed in Partner Center');
    return (await teams.cardWith('Request number')).innerText();
  }

  it('hands the finished ticket over, and follows the number of the portal until the order is cancelled', async () => {
    await toForm('4e1b7e113182');
    // From the roster.
    await teams.waitForText('ada.nowak@partner.example');
    await teams.screenshot('today-0-filled-in');
    await teams.fill('Contact phone', '+48 22 555 01 00');
    const handed = await handOver();
    await teams.screenshot('today-1-hand-over');
    // Without our reference, or it would be found before its number is typed.
    const description = handed.slice(handed.indexOf('Customer tenant'), handed.indexOf('Our reference'));
    const number = await app.fileTicket({ title: 'Refund', description });

    await teams.fill('Request number', '999 999 999');
    await teams.press('Next');
    await teams.waitForText('Partner Center shows no request 999999999');
    await teams.screenshot('today-2-doubt');
    await teams.fill('Request number', number);
    await teams.press('Next');
    await teams.waitForText('waiting for Microsoft');
    await app.advance(120);

    await teams.waitForText(/Cancellation SD-\w+ has completed: order 4e1b7e113182/);
    assert.match(description, /4e1b7e113182/);
    assert.match(handed, /ada\.nowak@partner\.example/);
  });

  it('carries on a case whose number was wrong', async () => {
    await toForm('e5db9b4bdf10');
    await teams.waitForText('8 of 9 done');
    await teams.press('Change these', { isAnswered: false });
    assert.equal(await teams.read('Contact phone'), '+48 22 555 01 00');
    await teams.screenshot('today-3-form');
    await handOver();
    await teams.fill('Request number', '999999998');
    await teams.press('Next');
    await teams.waitForText('Partner Center shows no request 999999998');
    await teams.press('Next');
    await teams.waitForText('waiting for Microsoft');
    await app.advance(2 * 3600);
    await teams.waitForText(/Cancellation SD-\w+ needs you: order e5db9b4bdf10/, { timeout: 30_000 });
    const [, reference = ''] = (await teams.messages()).join().match(/Cancellation (SD-\w+) needs you/) ?? [];
    await teams.say('cases');
    await teams.press(`Open: ${reference}`);
    await teams.waitForText('Follow another request number');
    await teams.screenshot('today-4-case');

    await teams.press('Cancel now');
    await teams.waitForText('This cannot be undone.');
    await teams.screenshot('today-5-once-more');
    await teams.press('Cancel now');
    await app.advance(120);

    await teams.waitForText(/Cancellation SD-\w+ has completed: order e5db9b4bdf10/);
  });

  it('ends the keys in where to find them', async () => {
    await teams.say('keys 55117c4390c1');
    await teams.fill('Version', 'Windows Server 2022 Standard');
    await teams.press('Get key');
    await teams.waitForText('Partner Center offers keys and downloads in its portal, not by API');
    await teams.screenshot('today-6-keys');
  });
});
