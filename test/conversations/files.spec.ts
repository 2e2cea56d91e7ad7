import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, referenceOn, ticketsNaming, toTicketReview } from '../support/cancellation-steps.ts';
import type { Conversation, FileSent } from '../support/conversation.ts';
import { pdfFile, pngFile } from '../support/files.ts';
import { type StubServer, startStubServer } from '../support/stub-server.ts';

describe('files with a ticket', () => {
  let app: TestApp;
  let sharePoint: StubServer;
  const stored = new Map<string, Buffer>();
  const asked: string[] = [];

  before(async () => {
    sharePoint = await startStubServer((request, response) => {
      const path = request.url?.split('?')[0] ?? '';
      asked.push(`${path} ${request.headers.authorization ?? 'without a token'}`);
      const elsewhere = path === '/elsewhere' ? 'http://files.example/contract.pdf' : undefined;
      response.writeHead(elsewhere ? 302 : stored.has(path) ? 200 : 404, elsewhere ? { location: elsewhere } : {});
      response.end(stored.get(path));
    });
    app = await startTestApp();
  });
  after(async () => {
    await app.stop();
    await sharePoint.close();
  });

  /** Puts a file where Teams would, and gives what is sent to the bot. */
  function file(name: string, content: Buffer = pdfFile(name)): FileSent {
    stored.set(`/${name}`, content);
    return { name, url: `${sharePoint.url}/${name}?tempauth=canary-of-the-address` };
  }

  async function toReview(ada: Conversation): Promise<string> {
    const order = await freshOrder(app);
    await toTicketReview(ada, order);
    return order;
  }

  it('are added in the personal chat, listed on the review, named in the ticket and attached to it', async () => {
    const ada = app.in('personal');
    const order = await toReview(ada);

    const one = await ada.sends([file('contract.pdf')]);
    const two = await ada.sends([file('photo.png', pngFile), file('contract.pdf')]);
    const shown = await ada.goes('Remove');
    await ada.sends([file('offer.pdf')]);
    const resumed = await ada.says(`cancel ${order}`);
    const filed = await ada.goes('Submit: file the ticket');

    assert.match(one.text, /Files for the ticket about order/);
    assert.match(one.text, /"contract\.pdf" goes with the ticket\./);
    assert.match(one.text, /1 of 10 files/);
    assert.match(two.text, /2 of 10 files/);
    assert.match(shown.text, /1 of 10 files/);
    assert.doesNotMatch(shown.text, /contract\.pdf/);
    assert.match(resumed.text, /Files: photo\.png \(\d+ byte\), offer\.pdf \(/);
    assert.match(filed.text, /waiting for Microsoft/);
    const [ticket] = await ticketsNaming(app, referenceOn(filed));
    assert.match(ticket?.description, /^Files: photo\.png, offer\.pdf$/m);
    assert.deepEqual(
      ticket?.fileLinks.map((link: { fileNameWithoutExtension: string }) => link.fileNameWithoutExtension),
      ['photo', 'offer'],
    );
    assert.ok(asked.every((one) => one.endsWith('without a token')));
  });

  it('leave the question that waits as it is', async () => {
    const ada = app.in('personal');
    await ada.says(`cancel ${await freshOrder(app)}`);
    await ada.goes('By ticket');
    await ada.goes('Step by step');

    await ada.sends([file('contract.pdf')], 'this is what they signed');
    const next = await ada.says('contoso.onmicrosoft.com');

    assert.match(next.text, /Which order or subscription\?/);
  });

  it('say what is wrong with one, and keep the others', async () => {
    const ada = app.in('personal');
    await toReview(ada);

    const card = await ada.sends([
      file('contract.pdf'),
      file('setup.pdf', Buffer.from('MZ\u0000\u0001')),
      file('empty.txt', Buffer.alloc(0)),
      file('big.txt', Buffer.alloc(20 * 1024 * 1024 + 1, 'a')),
      { name: 'gone.pdf', url: `${sharePoint.url}/gone` },
      { name: 'moved.pdf', url: `${sharePoint.url}/elsewhere` },
      { name: 'inside.pdf', url: 'https://169.254.169.254/latest' },
    ]);

    assert.match(card.text, /1 of 10 files/);
    assert.match(card.text, /I do not take "setup\.pdf"/);
    assert.match(card.text, /There is nothing in "empty\.txt"/);
    assert.match(card.text, /"big\.txt" is larger than 20 MB/);
    for (const name of ['gone', 'moved', 'inside'])
      assert.match(card.text, new RegExp(`I could not fetch "${name}\\.pdf" from Teams`));
  });

  it('ask which cancellation they are for, where several are open', async () => {
    const ada = app.in('personal');
    const first = await toReview(ada);
    await ada.goes('Save for later');
    await toReview(ada);
    await ada.goes('Save for later');

    const which = await ada.sends([file('contract.pdf')]);
    const placed = await ada.goes(`Next: Cancel order ${first} of Contoso Ltd`);

    assert.match(which.text, /Which cancellation is this for\?/);
    assert.match(which.text, /I have "contract\.pdf"/);
    assert.match(placed.text, new RegExp(`Files for the ticket about order ${first}`));
    assert.match(placed.text, /1 of 10 files/);
  });

  it('are not read where nothing is being cancelled, and go nowhere from a channel', async () => {
    const alone = await app.in('personal').sends([file('contract.pdf')]);
    const ada = app.in('channel');
    await toReview(ada);
    const shared = await ada.sends([file('contract.pdf')]);

    assert.match(alone.text, /I cannot read files/);
    assert.match(shared.text, /I cannot read files/);
  });

  it('are counted and not named on a card that others see', async () => {
    const ada = app.in('channel');
    const order = await toReview(ada);
    assert.match(ada.card().view.text, /Files for the ticket\? Send them to me in our own chat/);

    const sent = await ada.in('personal').sends([file('contract.pdf')]);
    const review = await ada.says(`cancel ${order}`);

    assert.match(sent.text, /contract\.pdf/);
    assert.match(review.text, /Files: 1 file/);
    for (const { view } of ada.cards()) assert.doesNotMatch(JSON.stringify(view.json), /contract\.pdf/);
  });

  it('are in no log, neither their names nor where they lie', async () => {
    const log = app.log.join('\n');
    assert.doesNotMatch(log, /contract\.pdf|setup\.pdf|canary-of-the-address/);
  });

  it('go with a ticket that a person files, to be added in the portal', async () => {
    const ada = app.in('personal');
    await toReview(ada);
    await ada.sends([file('contract.pdf')]);
    await app.fault({ method: 'POST', path: '/servicerequests/en-US', status: 404, times: 5 });
    const review = ada.cards().findLast(({ view }) => view.buttons.some((title) => title.startsWith('Submit: file')));

    await ada.goes('Submit: file the ticket', {}, review);
    const handed = ada.cards().find(({ message }) => message.id === review?.message.id)?.view ?? assert.fail();

    assert.match(handed.text, /The ticket is ready to be filed/);
    assert.match(handed.text, /^Files: contract\.pdf$/m);
    assert.match(handed.text, /Add them under "Add files" in the form/);
    assert.ok(handed.buttons.includes('Files'));
  });
});
