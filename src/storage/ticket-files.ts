import { createHmac, randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { type FileOwner, freeName, maxFiles, type TicketFile } from '../domain/cancellations/ticket-file.ts';
import type { NewTicketFile, TicketFiles } from '../domain/cancellations/ticket-files.ts';
import { Refusal } from '../domain/errors.ts';
import type { JobEngine } from './jobs.ts';
import { transaction } from './postgres.ts';
import { deriveKey, newSalt, seal, unseal } from './sealing.ts';

interface FileRow {
  id: string;
  name: string;
  type: TicketFile['type'];
  size: number;
  ticket_id: string | null;
  is_refused: boolean;
}

/** A statement of PGlite and its answer are in memory as a whole, and in text: so much at a time. */
const partBytes = 512 * 1024;

/** What is known of files, as JSON in the order in which they came; `condition` is on `files`. */
export function filesAsJson(condition: string): string {
  return `(select json_agg(json_build_object('id', id, 'name', name, 'type', type, 'size', size,
    'ticket_id', ticket_id, 'is_refused', is_refused) order by added_at, id)
    from software_desk.ticket_files as files where ${condition})`;
}

export function toTicketFile({ id, name, type, size, ticket_id, is_refused }: FileRow): TicketFile {
  return {
    id,
    name,
    type,
    size,
    ...(ticket_id !== null && { ticketId: ticket_id }),
    ...(is_refused && { isRefused: true }),
  };
}

export type { FileRow };

const isOf: Readonly<Record<FileOwner['of'], string>> = {
  draft: 'draft_id = $1',
  case: 'case_reference = $1',
  person: 'person_id = $1 and draft_id is null and case_reference is null',
};

/** The files of a case that is over, as parts of a statement that gives it as `moved`: those of an open draft stay there. */
export const dropFilesOfMoved = `dropped_files as (
    delete from software_desk.ticket_files as files using moved
    where moved.state in ('completed', 'refused') and files.case_reference = moved.reference
      and not exists (select from software_desk.drafts as draft where draft.id = files.draft_id and not draft.is_over)
  ), returned_files as (
    update software_desk.ticket_files as files set case_reference = null from moved
    where moved.state in ('completed', 'refused') and files.case_reference = moved.reference
      and exists (select from software_desk.drafts as draft where draft.id = files.draft_id and not draft.is_over)
  )`;

function unsealWithAny(keys: readonly Buffer[], name: string, sealed: Buffer): Buffer | undefined {
  for (const key of keys) {
    const opened = unseal(key, name, sealed);
    if (opened) return opened;
  }
  return undefined;
}

/** Files of tickets, sealed with a key that is made from the first of `secrets`; those of before open with the others. */
export function createTicketFiles(
  pool: Pool,
  { enqueue }: Pick<JobEngine, 'enqueue'>,
  secrets: readonly [string, ...string[]],
): TicketFiles {
  const [secret] = secrets;
  const digestOf = (bytes: Uint8Array, key = secret): Buffer => createHmac('sha256', key).update(bytes).digest();

  /** The files of an owner change one after the other, so that there are never more than may be. */
  async function change<T>(owner: FileOwner, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return transaction(pool, async (client) => {
      await client.query(`select pg_advisory_xact_lock(hashtext('ticket-files ' || $1))`, [`${owner.of} ${owner.id}`]);
      return work(client);
    });
  }

  async function noteFiles(client: PoolClient, { of, id }: FileOwner): Promise<void> {
    if (of !== 'case') return;
    await client.query(
      `update software_desk.cases set files = (select count(*) from software_desk.ticket_files
         where case_reference = $1) where reference = $1`,
      [id],
    );
    // It is attached to the ticket where there is one already.
    await enqueue(client, 'work-case', { reference: id });
  }

  async function insert(
    client: PoolClient,
    file: NewTicketFile,
    before: readonly { name: string }[],
  ): Promise<FileRow> {
    const { owner, personId, type, bytes } = file;
    const id = randomUUID();
    const salt = newSalt();
    const name = freeName(
      file.name,
      before.map((one) => one.name),
    );
    const { rows } = await client.query<FileRow>(
      `insert into software_desk.ticket_files (id, draft_id, case_reference, person_id, name, type, size, digest, salt)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *`,
      [
        id,
        owner.of === 'draft' ? owner.id : null,
        owner.of === 'case' ? owner.id : null,
        personId,
        name,
        type,
        bytes.byteLength,
        digestOf(bytes),
        salt,
      ],
    );
    const key = await deriveKey(secret, salt);
    const parts = partsOf(bytes);
    for (const [number, part] of parts.entries())
      await client.query('insert into software_desk.ticket_file_parts (file_id, number, sealed) values ($1, $2, $3)', [
        id,
        number,
        seal(key, partName(id, number, parts.length), part),
      ]);
    const [row] = rows;
    if (!row) throw new Error('adding a file gave no row');
    return row;
  }

  return {
    add: (file) =>
      change(file.owner, async (client) => {
        const { rows: before } = await client.query<FileRow & { digest: Buffer }>(
          `select * from software_desk.ticket_files where ${isOf[file.owner.of]}`,
          [file.owner.id],
        );
        const digests = secrets.map((key) => digestOf(file.bytes, key));
        const same = before.find((one) => digests.some((digest) => digest.equals(one.digest)));
        if (same) return { file: toTicketFile(same), isNew: false };
        if (before.length >= maxFiles) throw new Refusal('too-many-files', { limit: maxFiles });
        const added = await insert(client, file, before);
        await noteFiles(client, file.owner);
        return { file: toTicketFile(added), isNew: true };
      }),

    async of({ of, id }) {
      const { rows } = await pool.query<FileRow>(
        `select id, name, type, size, ticket_id, is_refused from software_desk.ticket_files
         where ${isOf[of]} order by added_at, id`,
        [id],
      );
      return rows.map(toTicketFile);
    },

    async read(fileId) {
      const { rows } = await pool.query<{ salt: Buffer; size: number }>(
        'select salt, size from software_desk.ticket_files where id = $1',
        [fileId],
      );
      const [file] = rows;
      if (!file) return undefined;
      const keys = await Promise.all(secrets.map((one) => deriveKey(one, file.salt)));
      const count = Math.ceil(file.size / partBytes);
      const parts: Buffer[] = [];
      for (let number = 0; number < count; number += 1) {
        const { rows: found } = await pool.query<{ sealed: Buffer }>(
          'select sealed from software_desk.ticket_file_parts where file_id = $1 and number = $2',
          [fileId, number],
        );
        const part = found[0] && unsealWithAny(keys, partName(fileId, number, count), found[0].sealed);
        if (!part) return undefined;
        parts.push(part);
      }
      return Buffer.concat(parts);
    },

    remove: (owner, fileId) =>
      change(owner, async (client) => {
        const { rowCount } = await client.query(
          `delete from software_desk.ticket_files where ${isOf[owner.of]} and id::text = $2`,
          [owner.id, fileId],
        );
        if (rowCount) await noteFiles(client, owner);
        return rowCount === 1;
      }),

    move: (personId, fileIds, to) =>
      change(to, async (client) => {
        const isMoving = `${isOf.person} and id::text = any ($2)`;
        const moving = [personId, fileIds];
        const there = `select digest, name from software_desk.ticket_files where ${isOf[to.of]}`;
        const { rows: before } = await client.query<{ digest: Buffer; name: string }>(there, [to.id]);
        const { rows } = await client.query<FileRow & { digest: Buffer }>(
          `select * from software_desk.ticket_files where ${isMoving} order by added_at, id`,
          moving,
        );
        const isThere = ({ digest }: { digest: Buffer }) => before.some((one) => one.digest.equals(digest));
        const wanted = rows.filter((row) => !isThere(row));
        if (before.length + wanted.length > maxFiles) throw new Refusal('too-many-files', { limit: maxFiles });
        const names = before.map(({ name }) => name);
        for (const { id, name } of wanted) {
          const free = freeName(name, names);
          names.push(free);
          await client.query(
            `update software_desk.ticket_files set ${to.of === 'draft' ? 'draft_id' : 'case_reference'} = $2, name = $3
             where id = $1`,
            [id, to.id, free],
          );
        }
        // What is left of them is there already.
        await client.query(`delete from software_desk.ticket_files where ${isMoving}`, moving);
        await noteFiles(client, to);
      }),

    async recordAttached(fileId, ticketId) {
      await pool.query('update software_desk.ticket_files set ticket_id = $2, is_refused = false where id = $1', [
        fileId,
        ticketId,
      ]);
    },
    async recordRefused(fileId) {
      await pool.query('update software_desk.ticket_files set is_refused = true where id = $1', [fileId]);
    },
    async recordAllAttached(reference, ticketId) {
      await pool.query(
        'update software_desk.ticket_files set ticket_id = $2, is_refused = false where case_reference = $1',
        [reference, ticketId],
      );
    },
  };
}

function partsOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.byteLength / partBytes);
  return Array.from({ length: count }, (_, number) => bytes.subarray(number * partBytes, (number + 1) * partBytes));
}

/** Neither a part of another file nor one in another place opens, and no part can be left out. */
function partName(fileId: string, number: number, count: number): string {
  return `ticket file ${fileId}, part ${number + 1} of ${count}`;
}
