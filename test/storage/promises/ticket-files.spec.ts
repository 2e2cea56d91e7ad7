import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { type FileOwner, maxFiles } from '../../../src/domain/cancellations/ticket-file.ts';
import type { NewTicketFile } from '../../../src/domain/cancellations/ticket-files.ts';
import type { Draft } from '../../../src/domain/drafts/draft.ts';
import { aCase, aDraft, at } from '../records.ts';
import { eachRecord } from './each-record.ts';

eachRecord('files of tickets', (kept) => {
  const files = () => kept().records.ticketFiles;

  async function draft(): Promise<FileOwner & { readonly draft: Draft }> {
    const drawn = aDraft({ flow: 'cancel' });
    await write(drawn);
    return { of: 'draft', id: drawn.id, draft: drawn };
  }

  async function write(changed: Draft): Promise<void> {
    const { ownerId: personId, place } = changed;
    const written = await kept().records.sessions.close({ personId, placeId: place.id, draft: changed });
    assert.equal(written, 'written');
  }

  function aFile(owner: FileOwner, change: Partial<NewTicketFile> = {}): NewTicketFile {
    return { owner, personId: 'p-1', name: 'contract.pdf', type: 'pdf', bytes: randomBytes(1000), ...change };
  }

  async function names(owner: FileOwner): Promise<string[]> {
    return (await kept().other.ticketFiles.of(owner)).map(({ name }) => name);
  }

  async function aCaseOf(owner: FileOwner): Promise<string> {
    const { reference } = (await kept().records.cases.insertOnce(aCase({ draftId: owner.id }))).case;
    return reference;
  }

  const end = (reference: string, to: 'completed' | 'refused') =>
    kept().records.cases.advance({
      ...{ reference, from: 'submitted', to, at, reason: null },
      change: to === 'completed' ? { kind: 'completed' } : { kind: 'declined', said: { text: 'no' } },
    });

  it('give back what is in them, also what is larger than one part', async () => {
    const owner = await draft();
    const bytes = randomBytes(1_200_000);

    const { file, isNew } = await files().add(aFile(owner, { bytes }));

    assert.equal(isNew, true);
    assert.deepEqual({ ...file, id: '' }, { id: '', name: 'contract.pdf', type: 'pdf', size: 1_200_000 });
    // Not `deepEqual`, which would tell a million differences.
    assert.ok(Buffer.from((await kept().other.ticketFiles.read(file.id)) ?? []).equals(bytes));
    assert.deepEqual(await kept().other.ticketFiles.of(owner), [file]);
  });

  it('are one where the content is the same, and have names of their own where it is not', async () => {
    const owner = await draft();
    const bytes = randomBytes(10);

    const first = await files().add(aFile(owner, { bytes }));
    const again = await files().add(aFile(owner, { bytes, name: 'copy.pdf' }));
    await files().add(aFile(owner, { name: 'Contract.pdf' }));

    assert.deepEqual(again, { file: first.file, isNew: false });
    assert.deepEqual(await names(owner), ['contract.pdf', 'Contract (2).pdf']);
  });

  it(`are ${maxFiles} at most, however many come at once`, async () => {
    const owner = await draft();
    const all = Array.from({ length: maxFiles + 3 }, (_, index) => aFile(owner, { name: `${index}.pdf` }));

    const added = await Promise.allSettled(all.map((file) => files().add(file)));

    assert.equal(added.filter(({ status }) => status === 'fulfilled').length, maxFiles);
    const refused = added.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    assert.deepEqual(refused, Array(3).fill('too-many-files'));
    assert.equal((await names(owner)).length, maxFiles);
  });

  it('are removed by whom they belong to alone', async () => {
    const [owner, other] = [await draft(), await draft()];
    const { file } = await files().add(aFile(owner));

    assert.equal(await files().remove(other, file.id), false);
    assert.equal(await files().remove(owner, 'nonsense'), false);
    assert.deepEqual(await names(owner), ['contract.pdf']);
    assert.equal(await files().remove(owner, file.id), true);
    assert.deepEqual(await names(owner), []);
    assert.equal(await files().read(file.id), undefined);
  });

  it('are read with the session of their draft', async () => {
    const owner = await draft();
    const { file } = await files().add(aFile(owner));
    const { ownerId: personId, place } = owner.draft;

    const query = { personId, placeId: place.id, draft: { by: 'id', id: owner.id } } as const;
    const opened = await kept().other.sessions.open(query);

    assert.deepEqual(opened.draft?.files, [file]);
  });

  it('go with the case that comes of the draft, and stay with it when the draft is over', async () => {
    const owner = await draft();
    await files().add(aFile(owner));
    const reference = await aCaseOf(owner);
    await write({ ...owner.draft, revision: 2, settled: { content: {}, summary: 'over' } });

    assert.equal((await kept().other.cases.get(reference))?.files, 1);
    assert.deepEqual(await names({ of: 'case', id: reference }), ['contract.pdf']);
  });

  it('are deleted with a draft that is over', async () => {
    const owner = await draft();
    const { file } = await files().add(aFile(owner));
    await write({ ...owner.draft, revision: 2, settled: { content: {}, summary: 'discarded' } });

    assert.deepEqual(await names(owner), []);
    assert.equal(await files().read(file.id), undefined);
  });

  it('are deleted when the case ends', async () => {
    const owner = await draft();
    const { file } = await files().add(aFile(owner));
    const reference = await aCaseOf(owner);
    await write({ ...owner.draft, revision: 2, settled: { content: {}, summary: 'over' } });
    await end(reference, 'completed');

    assert.deepEqual(await names({ of: 'case', id: reference }), []);
    assert.equal(await files().read(file.id), undefined);
  });

  it('go back to a draft that is still open when its case was refused', async () => {
    const owner = await draft();
    await files().add(aFile(owner));
    const reference = await aCaseOf(owner);
    await end(reference, 'refused');

    assert.deepEqual(await names({ of: 'case', id: reference }), []);
    assert.deepEqual(await names(owner), ['contract.pdf']);
    const again = await aCaseOf(owner);
    assert.deepEqual(await names({ of: 'case', id: again }), ['contract.pdf']);
  });

  it('of a case that come later are counted, and are worked on', async () => {
    const reference = await aCaseOf(await draft());
    const owner = { of: 'case', id: reference } as const;
    const { file } = await files().add(aFile(owner));

    assert.equal((await kept().other.cases.get(reference))?.files, 1);
    assert.equal(await kept().jobsFor('work-case', reference), 2);
    await files().remove(owner, file.id);
    assert.equal((await kept().other.cases.get(reference))?.files, undefined);
  });

  it('wait for their sender to say where they belong', async () => {
    const owner = await draft();
    const personId = `p-${randomUUID()}`;
    const sender = { of: 'person', id: personId } as const;
    const bytes = randomBytes(20);
    await files().add(aFile(owner, { bytes }));
    const one = await files().add(aFile(sender, { personId }));
    const same = await files().add(aFile(sender, { personId, bytes, name: 'same.pdf' }));
    const left = await files().add(aFile(sender, { personId, name: 'left.pdf' }));

    await files().move('p-other', [one.file.id], owner);
    assert.deepEqual(await names(owner), ['contract.pdf']);
    await files().move(personId, [one.file.id, same.file.id], owner);

    assert.deepEqual(await names(owner), ['contract.pdf', 'contract (2).pdf']);
    assert.deepEqual(await kept().other.ticketFiles.of(sender), [left.file]);
  });

  it('are not moved where there would be too many', async () => {
    const owner = await draft();
    const personId = `p-${randomUUID()}`;
    for (let number = 1; number < maxFiles; number += 1) await files().add(aFile(owner));
    const sent = await Promise.all([1, 2].map(() => files().add(aFile({ of: 'person', id: personId }, { personId }))));
    const ids = sent.map(({ file }) => file.id);

    await assert.rejects(files().move(personId, ids, owner), { code: 'too-many-files' });
    assert.equal((await names(owner)).length, maxFiles - 1);
    await files().move(personId, ids.slice(1), owner);
    assert.equal((await names(owner)).length, maxFiles);
  });

  it('keep what became of them at Partner Center', async () => {
    const owner = await draft();
    const [one, two] = [await files().add(aFile(owner)), await files().add(aFile(owner))];
    await files().recordAttached(one.file.id, '1');
    await files().recordRefused(two.file.id);
    const told = async () =>
      (await kept().other.ticketFiles.of(owner)).map(({ ticketId, isRefused }) => ticketId ?? isRefused);

    assert.deepEqual(await told(), ['1', true]);
    await files().recordAllAttached(await aCaseOf(owner), '2');
    assert.deepEqual(await told(), ['2', '2']);
  });
});
