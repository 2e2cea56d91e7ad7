import assert from 'node:assert/strict';
import type { Case } from '../../../src/domain/cancellations/case.ts';
import { addFile, listFiles, placeFiles, readFile, removeFile } from '../../../src/domain/cancellations/files.ts';
import { followTicket, submitAndWork, workCase } from '../../../src/domain/cancellations/submit-case.ts';
import {
  cleanFileName,
  type FileOwner,
  freeName,
  maxFileBytes,
} from '../../../src/domain/cancellations/ticket-file.ts';
import { workCaseLater } from '../../../src/domain/cancellations/work-case-later.ts';
import { aDraft } from '../../storage/records.ts';
import { aNewCase, anOrder, aPerson, outside } from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../support/fakes/world.ts';
import { pdfFile } from '../../support/files.ts';

const ada = aPerson();
const bob = { ...ada, id: 'bob', name: 'Bob' };
const carl = { ...ada, id: 'carl', name: 'Carl' };
const reference = 'SD-7K2M9Q';
const draft: FileOwner = { of: 'draft', id: 'draft-1' };
const ofCase: FileOwner = { of: 'case', id: reference };

function aWorld(change: Parameters<typeof aDraft>[0] = {}): FakeWorld {
  const world = createFakeWorld();
  world.roles.set(bob.id, ['sales-agent']);
  world.roles.set(carl.id, ['admin-agent']);
  world.partnerCenter.orders = [anOrder()];
  world.kept.set(draft.id, aDraft({ id: draft.id, flow: 'cancel', ownerId: ada.id, ...change }));
  return world;
}

const add = (world: FakeWorld, name: string, who = ada, owner: FileOwner = draft) =>
  addFile(world, who, owner, { name, bytes: pdfFile(name) });

async function submitted(world: FakeWorld): Promise<Case> {
  const { id: draftId } = draft;
  return submitAndWork(world, ada, aNewCase({ ending: 'ticket', draftId, requesterId: ada.id }), anOrder());
}

describe('the name of a file', () => {
  for (const [name, type, cleaned] of [
    ['contract.pdf', 'pdf', 'contract.pdf'],
    ['Contract.PDF', 'pdf', 'Contract.PDF'],
    ['C:\\Users\\anna\\..\\offer.pdf', 'pdf', 'offer.pdf'],
    ['../../etc/passwd', 'text', 'passwd.txt'],
    ['invoice\u202Efdp.exe', 'pdf', 'invoicefdp.exe.pdf'],
    ['a\u0000b\r\nc\u200b.csv', 'text', 'abc.csv'],
    ['photo.jpeg', 'jpeg', 'photo.jpeg'],
    ['<script>"a"|b?.png', 'png', '_script__a__b_.png'],
    ['', 'pdf', 'file.pdf'],
    ['...', 'docx', 'file.docx'],
    ['.htaccess', 'text', 'htaccess.txt'],
    ['  spaces   in  it .pdf', 'pdf', 'spaces in it .pdf'],
  ] as const)
    it(`is cleaned: ${JSON.stringify(name)}`, () => {
      assert.equal(cleanFileName(name, type), cleaned);
    });

  it('has 120 characters at most, with its ending, and no half characters', () => {
    for (const name of [`${'x'.repeat(500)}.pdf`, '😀'.repeat(200), `a.${'y'.repeat(300)}`]) {
      const cleaned = cleanFileName(name, 'pdf');
      assert.ok(cleaned.length <= 120 && cleaned.endsWith('.pdf') && cleaned.isWellFormed(), cleaned);
      assert.ok(freeName(cleaned, [cleaned]).length <= 120);
    }
  });

  it('is another one where it is taken', () => {
    assert.equal(freeName('a.pdf', ['A.PDF', 'a (2).pdf']), 'a (3).pdf');
  });
});

describe('files of a cancellation that is being prepared', () => {
  it('are its owner’s alone, to add, to see, to read and to remove', async () => {
    const world = aWorld();
    const { file } = await add(world, 'contract.pdf');

    for (const act of [
      () => add(world, 'other.pdf', carl),
      () => listFiles(world, carl, draft),
      () => readFile(world, carl, draft, file.id),
      () => removeFile(world, carl, draft, file.id),
    ])
      await assert.rejects(act, { code: 'not-yours' });
    assert.deepEqual(await listFiles(world, ada, draft), [file]);
    assert.deepEqual((await readFile(world, ada, draft, file.id)).bytes, pdfFile('contract.pdf'));
    await removeFile(world, ada, draft, file.id);
    await assert.rejects(readFile(world, ada, draft, file.id), { code: 'file-gone' });
  });

  it('are refused where nothing is prepared, or something else', async () => {
    const settled = { content: {}, summary: 'over' };
    for (const change of [{ settled }, { flow: 'purchase' }])
      await assert.rejects(add(aWorld(change), 'a.pdf'), { code: 'draft-gone' });
    await assert.rejects(add(aWorld(), 'a.pdf', ada, { of: 'draft', id: 'another' }), { code: 'draft-gone' });
  });

  it('are refused to whoever may not prepare a cancellation', async () => {
    const world = aWorld();
    world.roles.set(ada.id, ['helpdesk-agent']);

    await assert.rejects(add(world, 'a.pdf'), { code: 'not-allowed' });
  });

  it('are refused by their name where something is wrong with them, and nothing is kept', async () => {
    const world = aWorld();
    const bytes = Buffer.alloc(maxFileBytes + 1, 'a');

    await assert.rejects(addFile(world, ada, draft, { name: 'x/big.txt', bytes }), {
      code: 'file-bad',
      facts: { name: 'big.txt', fault: 'too-large' },
    });
    await assert.rejects(addFile(world, ada, draft, { name: 'contract.pdf', bytes: Buffer.from('MZ\u0000') }), {
      code: 'file-bad',
      facts: { name: 'contract.pdf', fault: 'type' },
    });
    assert.deepEqual(await listFiles(world, ada, draft), []);
  });
});

describe('files of a case', () => {
  it('are named in the ticket, and attached to it once it is filed', async () => {
    const world = aWorld();
    await add(world, 'contract.pdf');
    await add(world, 'offer.pdf');

    const found = await submitted(world);

    assert.equal(found.state, 'filed');
    assert.match(world.partnerCenter.created[0]?.description ?? '', /^Files: contract\.pdf, offer\.pdf$/m);
    const [ticket] = world.partnerCenter.tickets;
    assert.deepEqual(
      ticket?.files?.map(({ name }) => name),
      ['contract.pdf', 'offer.pdf'],
    );
    assert.equal(world.partnerCenter.count('ticket'), 0);
    for (const file of await listFiles(world, ada, ofCase)) assert.equal(file.ticketId, ticket?.id);
  });

  it('are attached once, whatever gets lost: the answer, the process, or both', async () => {
    for (const isAfterWork of [true, false]) {
      const world = aWorld();
      await add(world, 'contract.pdf');
      await add(world, 'offer.pdf');
      world.partnerCenter.fail('attachFile offer.pdf', outside('unreachable'), { isAfterWork });

      assert.equal((await submitted(world)).state, 'filed');
      await workCaseLater(world, reference);
      await workCaseLater(world, reference);

      const files = world.partnerCenter.tickets[0]?.files?.map(({ name }) => name);
      assert.deepEqual(files, ['contract.pdf', 'offer.pdf'], `done: ${isAfterWork}`);
      for (const file of await listFiles(world, ada, ofCase)) assert.ok(file.ticketId);
    }
  });

  it('that Partner Center does not take are left to a person, and are not sent again', async () => {
    const world = aWorld();
    await add(world, 'contract.pdf');
    world.partnerCenter.fail('attachFile', outside('not-offered'), { times: 5 });

    await submitted(world);
    await workCase(world, reference);

    assert.equal(world.partnerCenter.count('attachFile'), 1);
    assert.deepEqual(
      (await listFiles(world, ada, ofCase)).map(({ isRefused }) => isRefused),
      [true],
    );
  });

  it('count as attached when a person brings the number of the ticket that they filed', async () => {
    const world = aWorld();
    await add(world, 'contract.pdf');
    world.partnerCenter.fail('createTicket', outside('not-offered'));
    assert.equal((await submitted(world)).state, 'needs_person');

    await followTicket(world, ada, reference, '2611220000000001', { isSure: true });
    await workCaseLater(world, reference);

    assert.equal(world.partnerCenter.count('attachFile'), 0);
    assert.equal((await listFiles(world, ada, ofCase))[0]?.ticketId, '2611220000000001');
  });

  it('that come later are attached too, and only those', async () => {
    const world = aWorld();
    await add(world, 'contract.pdf');
    await submitted(world);

    await add(world, 'later.pdf', ada, ofCase);
    await workCaseLater(world, reference);

    assert.deepEqual(
      world.partnerCenter.calls.filter((call) => call.startsWith('attachFile')),
      ['attachFile contract.pdf', 'attachFile later.pdf'],
    );
  });

  it('are for whoever submitted or prepared it, and for those who may submit', async () => {
    const world = aWorld();
    const { file } = await add(world, 'contract.pdf');
    await submitted(world);

    assert.ok(await readFile(world, carl, ofCase, file.id));
    await assert.rejects(readFile(world, bob, ofCase, file.id), { code: 'not-allowed' });
    await assert.rejects(add(world, 'b.pdf', bob, ofCase), { code: 'not-allowed' });
  });

  it('are gone when it has ended', async () => {
    const world = aWorld();
    const { file } = await add(world, 'contract.pdf');
    await submitted(world);
    world.partnerCenter.orders = [anOrder({ status: 'cancelled' })];
    await world.sessions.close({
      ...{ personId: ada.id, placeId: 'a' },
      draft: aDraft({ id: draft.id, flow: 'cancel', revision: 2, settled: { content: {}, summary: 'over' } }),
    });
    await world.cases.advance({
      ...{ reference, from: 'filed', to: 'completed', at: world.clock.now() },
      change: { kind: 'completed' },
    });

    await assert.rejects(readFile(world, ada, ofCase, file.id), { code: 'file-owner-gone' });
    assert.equal(await world.ticketFiles.read(file.id), undefined);
  });
});

describe('files whose sender has still to say where they belong', () => {
  it('are theirs alone, and go where they say', async () => {
    const world = aWorld();
    const { file } = await add(world, 'contract.pdf', ada, { of: 'person', id: ada.id });

    await assert.rejects(listFiles(world, carl, { of: 'person', id: ada.id }), { code: 'file-owner-gone' });
    await assert.rejects(placeFiles(world, carl, [file.id], draft), { code: 'not-yours' });
    await placeFiles(world, ada, [file.id], draft);
    assert.deepEqual(await listFiles(world, ada, draft), [file]);
  });
});
