import assert from 'node:assert/strict';
import { aCustomer, anEntitlement, anOrder, aPerson, aVersion } from '../support/fakes/samples.ts';
import { createFakeWorld } from '../support/fakes/world.ts';
import { type FakeConversation, startFakeConversation } from './fake-conversation.ts';

const tenantId = 't-1';
const german = { id: 'de', languageCode: 'de-de', languageName: 'German', architecture: '64 Bit', title: '' };
const polish = { ...german, id: 'pl', languageCode: 'pl-pl', languageName: 'Polish' };
const mia = { ...aPerson(), id: 'mia', name: 'Mia Meyer' };

/** In a channel, at the card with Get key. */
async function atReady(): Promise<FakeConversation> {
  const world = createFakeWorld();
  world.roles.set(mia.id, ['admin-agent']);
  const { partnerCenter } = world;
  partnerCenter.customers.push(aCustomer());
  partnerCenter.orders.push(anOrder());
  partnerCenter.entitlements.push(
    anEntitlement({ versions: [aVersion(), aVersion({ skuId: '0006', title: 'Older' })] }),
  );
  partnerCenter.downloads = [german, polish];
  const played = startFakeConversation(world);
  await played.says('keys 1a2b3c4d5e6f');
  return played;
}

async function tokenOf(played: FakeConversation, title = 'Get key', values = {}): Promise<string> {
  const answer = await played.presses(title, values, { page: { tenantId } });
  if (answer.kind !== 'token') throw new Error(`${answer.kind} instead of a token`);
  return answer.token.reveal();
}

const present = (played: FakeConversation, token: string, session = tenantId) =>
  played.presses('Get key', {}, { page: { tenantId: session, token } });

const fetched = ({ world }: FakeConversation): number => world.partnerCenter.count('productKey');

describe('keys on a web page', () => {
  it('gives a token for what is chosen, and for the token that key, once', async () => {
    const played = await atReady();
    const { edits } = played.last();

    const token = await tokenOf(played, 'Get key', { version: 'DG7GMGF0D5RK:0006', language: 'pl-pl' });
    assert.equal(fetched(played), 0);
    assert.equal(played.last().edits, edits);
    const shown = await present(played, token);

    assert.ok(shown.kind === 'secret' && shown.parts);
    const { about, secrets, seconds } = shown.parts.reveal();
    assert.deepEqual(
      secrets.map(({ text }) => text),
      ['SMPLE-AAAAA-BBBBB-CCCCC-DDDDD'],
    );
    assert.match(about, /^Older · Contoso · 1a2b3c4d5e6f · Polish · 64 Bit$/);
    assert.equal(seconds, 60);
    assert.match(played.last().view.text, /Key revealed to Ada Nowak/);
    assert.doesNotMatch(JSON.stringify(played.messages), /SMPLE/);
    const viewers = await played.world.keyReveals.viewersOf(anOrder().id);
    assert.deepEqual(
      viewers.map(({ name }) => name),
      ['Ada Nowak'],
    );
  });

  it('gives the address beside the key that may still be seen, for a token of its own', async () => {
    const played = await atReady();
    const beside = { beside: 'key', until: String(Date.now() + 60_000), language: 'de-de' };

    const shown = await present(played, await tokenOf(played, 'Copy link', beside));

    assert.ok(shown.kind === 'secret' && shown.parts);
    assert.deepEqual(
      shown.parts.reveal().secrets.map(({ text, isAddress }) => [text, isAddress]),
      [
        ['SMPLE-AAAAA-BBBBB-CCCCC-DDDDD', false],
        ['https://download.example/de?signature=secret', true],
      ],
    );
  });

  it('shows nothing for a token that comes again, and says so on the page only', async () => {
    const played = await atReady();
    const token = await tokenOf(played);
    await present(played, token);
    const before = played.last();

    const again = await present(played, token);

    assert.ok(again.kind === 'card');
    assert.match(JSON.stringify(again.card), /used before, so nothing was shown/);
    assert.deepEqual(played.last(), before);
    assert.equal(fetched(played), 1);
    assert.equal(played.world.written.notices.filter(({ kind }) => kind === 'token-misused').length, 2);
    assert.equal([...played.world.written.keyReveals.values()].filter(({ refusal }) => refusal === 'used').length, 1);
  });

  it('shows nothing for a token of another tenant, of nobody, or for another purchase', async () => {
    const played = await atReady();
    const token = await tokenOf(played);

    const refused = [await present(played, token, 't-2'), await present(played, 'made up')];
    const { world } = played;
    world.partnerCenter.orders.push(anOrder({ id: 'other', number: 'f1f2f3f4f5f6' }));
    world.partnerCenter.entitlements.push(anEntitlement({ orderId: 'other', orderNumber: 'f1f2f3f4f5f6' }));
    await played.says('keys f1f2f3f4f5f6');
    refused.push(await present(played, token));

    for (const answer of refused) {
      assert.ok(answer.kind === 'card');
      assert.match(JSON.stringify(answer.card), /nothing was shown/);
    }
    assert.equal(fetched(played), 0);
  });

  it('neither gives nor takes a token where the right is gone, and gives none to others', async () => {
    const played = await atReady();
    const token = await tokenOf(played);
    const others = await played.presses('Get key', {}, { who: mia, page: { tenantId } });
    played.world.freshRoles.set(aPerson().id, ['sales-agent']);

    const late = await present(played, token);
    const anew = await played.presses('Get key', {}, { page: { tenantId } });

    assert.ok(others.kind === 'text');
    assert.match(others.text, /This belongs to Ada Nowak/);
    for (const answer of [late, anew]) assert.match(JSON.stringify(answer), /You may not see product keys/);
    assert.equal(fetched(played), 0);
  });

  it('shows its card as it stands, without changing that in the channel', async () => {
    const played = await atReady();
    const before = played.last();

    const shown = await played.presses('Get key', {}, { isAutomatic: true, page: { tenantId } });

    assert.equal(shown.kind, 'card');
    assert.deepEqual(played.last(), before);
  });

  it('asks for a line of the order where the one that is named is none of them', async () => {
    const played = await atReady();

    await played.says('keys 1a2b3c4d5e6f 9');

    const { view } = played.last();
    assert.match(view.text, /Order 1a2b3c4d5e6f has no line 9\. Please choose one of its lines\./);
    const { choices } = view.inputs[0] ?? {};
    assert.ok(
      choices?.every(({ title }) => title.startsWith('1a2b3c4d5e6f · ')) && choices.length > 0,
      JSON.stringify(choices),
    );
    assert.ok('draft' in (view.button('Next').data as object), 'a page goes on with it');
    await played.presses('Next');
    assert.ok(played.last().view.buttons.includes('Get key'));
  });
});
