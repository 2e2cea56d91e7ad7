import type { CardContext } from '../cards/render.ts';
import { recordRefusal } from '../domain/audit/refused-decision.ts';
import type { CaseOverview } from '../domain/cancellations/case-overview.ts';
import type { Draft } from '../domain/drafts/draft.ts';
import { OutsideError, Refusal, type RefusalCode } from '../domain/errors.ts';
import { demand } from '../domain/people/demand.ts';
import type { Person } from '../domain/people/staff.ts';
import type { World } from '../domain/world.ts';
import type { Extension } from '../flows/extension.ts';
import { wordsFor } from '../words/index.ts';
import { explain, type Words } from '../words/words.ts';
import { exportAudit, readAudit, readFilter } from './audit.ts';
import { type DeskReader, readDesk, readOpenCases } from './desk.ts';
import { HttpError, jsonOf, type WebAnswer, type WebRequest } from './http.ts';
import type { PageRow } from './rows.ts';

export interface DeskParts {
  readonly world: World;
  readonly overview: CaseOverview;
  readonly extension: Pick<Extension, 'search'>;
  readonly titleOf: (words: Words, draft: Draft) => string | undefined;
}

/** The cursor of a list of cases, as an address brings it back: a second that there is, and what tells cases of one apart. */
function isCaseCursor(text: string): boolean {
  const [, second = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{6}Z [\w-]{1,40}$/.exec(text) ?? [];
  const at = new Date(`${second}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(second);
}

const foundAtMost = 8;
const searchWithinMs = 8_000;

interface Asking {
  readonly who: Person;
  readonly words: Words;
  readonly turnId: string;
}

type Read = (request: WebRequest, asking: Asking) => Promise<WebAnswer>;

/** What the tab reads. Nothing here changes anything but for the export of the audit log, which is written down. */
export function createDeskDoor({ world, overview, extension, titleOf }: DeskParts) {
  function readerOf({ who, words }: Asking): DeskReader {
    const context: CardContext = { words, timeZone: who.timeZone, isSimulated: world.isSimulated };
    return { world, overview, who, context, titleOf: (draft) => titleOf(words, draft) };
  }

  async function search(text: string, { who, words, turnId }: Asking) {
    const { customers, orders, cases } = words.web.page;
    const asked = { turnId, who, language: who.language, text, skip: 0, count: foundAtMost };
    const find = async (subject: 'customers' | 'orders' | 'cases', title: string) => {
      const found = await extension.search({ ...asked, subject, answerBy: performance.now() + searchWithinMs });
      if (found.kind === 'text') return { title, rows: [], said: found.text };
      const rows: PageRow[] = found.results.map(({ title: heading, text: details, command }) => ({
        heading,
        details: [details],
        action: { title: words.buttons.open, data: { do: 'command', text: command } },
      }));
      return { title, rows };
    };
    return Promise.all([find('customers', customers), find('orders', orders), find('cases', cases)]);
  }

  const showDesk: Read = async ({ query }, asking) => {
    const shown = Number(query.get('shown') ?? 0);
    if (!Number.isInteger(shown) || shown < 0) throw new HttpError(400);
    return { status: 200, body: await readDesk(readerOf(asking), shown) };
  };

  const showCases: Read = async ({ query }, asking) => {
    const from = query.get('from') ?? undefined;
    if (from !== undefined && !isCaseCursor(from)) throw new HttpError(400);
    return { status: 200, body: await readOpenCases(readerOf(asking), from) };
  };

  const showFound: Read = async ({ query }, asking) => {
    const text = (query.get('text') ?? '').trim().slice(0, 200);
    if (text === '') throw new HttpError(400);
    return { status: 200, body: await search(text, asking) };
  };

  const showLog: Read = async ({ query }, asking) => ({
    status: 200,
    body: await readAudit({ world, ...asking }, readFilter(query)),
  });

  const exportLog: Read = async (request, asking) => {
    const filter = readFilter(Object.entries(Object(jsonOf(request))));
    const parts = await exportAudit({ world, ...asking }, filter);
    return { status: 200, headers: { 'Content-Type': 'text/csv; charset=utf-8' }, parts };
  };

  const doors: ReadonlyMap<string, Read> = new Map([
    ['GET /web/api/desk', showDesk],
    ['GET /web/api/cases', showCases],
    ['GET /web/api/search', showFound],
    ['GET /web/api/audit', showLog],
    ['POST /web/api/audit/export', exportLog],
  ]);

  /** `undefined`: no address of ours. */
  return async (request: WebRequest, who: Person, turnId: string): Promise<WebAnswer | undefined> => {
    const read = doors.get(`${request.method} ${request.path}`);
    if (!read) return undefined;
    const words = wordsFor(who.language);
    try {
      await demand(world, who, 'look');
      return await read(request, { who, words, turnId });
    } catch (error) {
      await recordRefusal(world, who, error);
      if (error instanceof Refusal)
        throw new HttpError(isNotAllowed(error) ? 403 : 422, { text: explain(words, error) });
      if (error instanceof OutsideError) throw new HttpError(502, { text: words.outside(error, { isKept: false }) });
      throw error;
    }
  };
}

export function isNotAllowed({ code }: { readonly code: RefusalCode }): boolean {
  return code === 'not-allowed';
}
