import { recordRefusal } from '../domain/audit/refused-decision.ts';
import { addFile, listFiles, readFile, removeFile } from '../domain/cancellations/files.ts';
import { type FileOwner, maxFileBytes, mediaTypes, type TicketFile } from '../domain/cancellations/ticket-file.ts';
import { Refusal, type RefusalCode } from '../domain/errors.ts';
import type { Person } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import { wordsFor } from '../words/index.ts';
import { explain, type Words } from '../words/words.ts';
import { HttpError, type WebAnswer, type WebRequest } from './http.ts';

/** Each has up to 20 MB in memory: more at once are to come again. A person sends one file after the other, from each page. */
const mostAtOnce = 4;
const mostOfPerson = 2;
const uploadMs = 120_000;

const statuses: Readonly<Partial<Record<RefusalCode, number>>> = {
  'not-allowed': 403,
  'not-yours': 403,
  'draft-gone': 404,
  'file-gone': 404,
  'file-owner-gone': 404,
};

/**
 * The files of a ticket, for the page of its dialog: `PUT ?draft=…&name=…` with the file as body adds one, `GET ?draft=…`
 * lists them, with `&file=…` it gives one, `DELETE` with that removes it. `case=…` in place of `draft=…` for a case. A no is
 * a sentence in the person's language.
 */
export function createFilesDoor(world: World) {
  /** Whose uploads are under way. */
  const running: string[] = [];

  /** Takes the room for one, which is given back when it has ended in whatever way. */
  async function inRoom<T>(personId: string, work: () => Promise<T>): Promise<T> {
    if (running.filter((one) => one === personId).length >= mostOfPerson) throw new HttpError(429);
    if (running.length >= mostAtOnce) throw new HttpError(503);
    running.push(personId);
    return work().finally(() => running.splice(running.indexOf(personId), 1));
  }

  async function add(request: WebRequest, who: Person, owner: FileOwner): Promise<WebAnswer> {
    const name = request.query.get('name');
    const { readBody } = request;
    if (!name || !readBody) throw new HttpError(400);
    // Whose it is, is asked before so much is read.
    await listFiles(world, who, owner);
    const file = await inRoom(who.id, async () => {
      // One byte more than a file may have shows that it has too many.
      const read = await readBody({ maxBytes: maxFileBytes + 1, timeoutMs: uploadMs });
      if (read.status === 413) throw new Refusal('file-bad', { name, fault: 'too-large' });
      if (read.status !== undefined) throw new HttpError(read.status);
      return (await addFile(world, who, owner, { name, bytes: read.bytes })).file;
    });
    const show = showFile(wordsFor(who.language));
    return { status: 200, body: { added: show(file), files: (await listFiles(world, who, owner)).map(show) } };
  }

  async function give(who: Person, owner: FileOwner, fileId: string): Promise<WebAnswer> {
    const { file, bytes } = await readFile(world, who, owner, fileId);
    const headers = {
      'Content-Type': mediaTypes[file.type],
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, escapeSign)}`,
    };
    return { status: 200, headers, body: bytes };
  }

  async function answer(request: WebRequest, who: Person): Promise<WebAnswer> {
    const { method, query } = request;
    const owner = ownerIn(query);
    const fileId = query.get('file');
    if (method === 'PUT') return add(request, who, owner);
    if (method === 'GET' && fileId) return give(who, owner, fileId);
    if (method === 'DELETE' && fileId) await removeFile(world, who, owner, fileId);
    else if (method !== 'GET') throw new HttpError(405);
    return { status: 200, body: { files: (await listFiles(world, who, owner)).map(showFile(wordsFor(who.language))) } };
  }

  return async (request: WebRequest, who: Person): Promise<WebAnswer> => {
    try {
      return await answer(request, who);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await recordRefusal(world, who, error);
      const code: RefusalCode = error.code;
      return { status: statuses[code] ?? 422, body: { error: explain(wordsFor(who.language), error) } };
    }
  };
}

function ownerIn(query: URLSearchParams): FileOwner {
  const draft = query.get('draft');
  const reference = query.get('case');
  if (draft) return { of: 'draft', id: draft };
  if (reference) return { of: 'case', id: reference };
  throw new HttpError(400);
}

/** `size`: as it is told on cards. */
function showFile(words: Words) {
  return ({ id, name, size }: TicketFile) => ({ id, name, size: words.files.size(size) });
}

function escapeSign(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
