import { randomUUID } from 'node:crypto';
import { recordRefusal } from '../domain/audit/refused-decision.ts';
import { isAuditUnwritable, Refusal } from '../domain/errors.ts';
import { demand } from '../domain/people/demand.ts';
import { type Language, type Languages, languageOf } from '../domain/people/languages.ts';
import type { OpenPages } from '../domain/people/open-pages.ts';
import type { References } from '../domain/people/references.ts';
import type { Person } from '../domain/people/staff.ts';
import type { WebSessions } from '../domain/people/web-sessions.ts';
import { allShown } from '../domain/shown-text.ts';
import type { World } from '../domain/world.ts';
import type { Incoming, InvokeAnswer, Messenger } from '../flows/engine/messenger.ts';
import type { Log } from '../log.ts';
import { wordsFor } from '../words/index.ts';
import { explain } from '../words/words.ts';
import { type Assets, bundlePages } from './assets.ts';
import { createDeskDoor, type DeskParts, isNotAllowed } from './desk-door.ts';
import { createDialogTurns } from './dialog.ts';
import { createEventsDoor } from './events.ts';
import { createFilesDoor } from './files.ts';
import { HttpError, jsonOf, type WebAnswer, type WebRequest } from './http.ts';
import { createWebMessenger } from './messenger.ts';
import { createPageTurnDoor, type PageTurnParts } from './page-turn.ts';
import { webPlace, withWebPlaces } from './places.ts';
import { demandSameOrigin } from './same-origin.ts';
import { createSessionDoor } from './sessions.ts';
import { pageHeaders, pageHtml } from './shell.ts';
import { createSignIn, type RefusedSignIns, type SignedInPerson, type SignIn } from './sign-in.ts';
import { createTurnDoor } from './turn.ts';

export { createLinks } from './links.ts';

interface WebParts {
  /** How the bot speaks in Teams: where no page is open, it is used instead. */
  readonly messenger: Messenger;
  readonly references: References;
  readonly pages: OpenPages;
  readonly sessions: WebSessions;
  readonly log: Log;
}

interface DoorParts extends DeskParts, Pick<PageTurnParts, 'drafts' | 'tenantId'> {
  readonly signIn: SignIn;
  readonly publicUrl: string | undefined;
  readonly defaultLanguage: Language;
  readonly languages: Pick<Languages, 'of'>;
  readonly runner: { handle(incoming: Incoming): Promise<InvokeAnswer> };
  readonly hideAfterSeconds: number;
  readonly refusedSignIns: Pick<RefusedSignIns, 'count' | 'record'>;
  readonly observe?: (kind: string, outcome: 'answered' | 'failed', ms: number) => void;
}

export interface Web {
  readonly messenger: Messenger;
  readonly references: References;
  createDialogTurns(runner: DoorParts['runner']): DoorParts['runner'];
  createDoor(parts: DoorParts): WebDoor;
}

export interface WebDoor {
  handle(request: WebRequest): Promise<WebAnswer>;
  /** Makes the pages now, so that the first one to open them need not wait; throws where they cannot be made. */
  prepare(): Promise<void>;
}

/** The pages that can be opened, by their address: what runs in them. */
const pages: Readonly<Record<string, string>> = {
  '/web/desk': 'desk.ts',
  '/web/key': 'key.ts',
  '/web/ticket': 'ticket.ts',
};

const assetHeaders = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/** The second door: the same turns as in Teams, on pages of our own (docs/teams.md, "The web pages"). */
export function createWeb({ messenger: teams, references, pages: openPages, sessions, log }: WebParts): Web {
  const messenger = createWebMessenger(teams, openPages);
  const known = withWebPlaces(references);
  return {
    messenger,
    references: known,
    createDialogTurns: (runner) => createDialogTurns({ runner, messenger }),
    createDoor(parts) {
      const { signIn, publicUrl, defaultLanguage, languages } = parts;
      const origin = { publicUrl, isDevelopment: signIn.mode === 'development' };
      const door = createSessionDoor(sessions);
      const logRefused = (why: string) => log.info({ why }, 'a web page was not opened');
      const whoSignsIn = createSignIn(signIn, { ...parts.refusedSignIns, log: logRefused });
      const takeTurn = createTurnDoor({ ...parts, messenger });
      const answerFiles = createFilesDoor(parts.world);
      const takePageTurn = createPageTurnDoor({ ...parts, references: known });
      const openEvents = createEventsDoor(openPages, log);
      const readDesk = createDeskDoor(parts);
      let bundled: Promise<Assets> | undefined;

      function assets(): Promise<Assets> {
        bundled ??= bundlePages(['style.css', ...Object.values(pages)]);
        return bundled;
      }

      async function personIn({ personId, name, email, locale, timeZone }: SignedInPerson): Promise<Person> {
        const reference = await known.person(personId);
        const tag = locale ?? reference?.locale;
        const { own } = await languages.of(
          { personId, ...(tag !== undefined && { locale: tag }) },
          { place: webPlace(personId) },
        );
        const zone = timeZone ?? reference?.timeZone ?? 'UTC';
        return { id: personId, name, language: own, timeZone: zone, ...(email && { email }) };
      }

      async function beginSession(request: WebRequest): Promise<WebAnswer> {
        const signedIn = await whoSignsIn(request);
        const who = await personIn(signedIn);
        await demandServed(parts.world, who);
        const { session, cookie } = await door.begin(signedIn, request);
        const { name, language } = who;
        const body = { csrf: session.csrf, name, language, words: wordsFor(language).web.page };
        return { status: 200, ...(cookie && { headers: { 'Set-Cookie': cookie } }), body };
      }

      async function answerApi(request: WebRequest): Promise<WebAnswer> {
        const { method, path, query } = request;
        demandSameOrigin(request, origin);
        // No text that a database can take.
        if ([...query.values()].some((value) => value.includes('\0'))) throw new HttpError(400);
        if (path === '/web/api/session' && method === 'POST') return beginSession(request);
        const session = await door.demand(request);
        if (path === '/web/api/events' && method === 'GET') return openEvents(request, session);
        const who = await personIn(session);
        demandPage(parts.world, who);
        if (path === '/web/api/files') return answerFiles(request, who);
        if (path === '/web/api/turn' && method === 'POST')
          return { status: 200, body: await takeTurn(jsonOf(request), who) };
        if (path === '/web/api/page-turn' && method === 'POST')
          return { status: 200, body: await takePageTurn(jsonOf(request), who) };
        const answer = await readDesk(request, who, randomUUID());
        if (!answer) throw new HttpError(404);
        return answer;
      }

      async function answerPage({ method, path, headers }: WebRequest): Promise<WebAnswer> {
        if (method !== 'GET' && method !== 'HEAD') throw new HttpError(405);
        const script = pages[path];
        if (script !== undefined) {
          const language = languageOf(headers['accept-language'] ?? '') ?? defaultLanguage;
          const title = wordsFor(language).help.title;
          return { status: 200, headers: pageHeaders, body: pageHtml({ title, script }, await assets(), language) };
        }
        const asset = path.startsWith('/web/assets/') ? (await assets()).byPath.get(path) : undefined;
        if (!asset) throw new HttpError(404);
        return { status: 200, headers: { ...assetHeaders, 'Content-Type': asset.type }, body: asset.content };
      }

      /** Nothing was done, and whoever asked reads why: each page shows the text of a refusal. */
      function unwritable(error: unknown, { headers }: WebRequest): WebAnswer {
        log.error({ err: error }, 'refused, because the audit log could not be written');
        const words = wordsFor(languageOf(headers['accept-language'] ?? '') ?? defaultLanguage);
        const text = explain(words, new Refusal('audit-unwritable', {}));
        return { status: 503, body: { text, error: text } };
      }

      return {
        async handle(request) {
          try {
            return await (request.path.startsWith('/web/api/')
              ? answerApi(request).then(toShown)
              : answerPage(request));
          } catch (error) {
            if (isAuditUnwritable(error)) return unwritable(error, request);
            if (!(error instanceof HttpError)) throw error;
            return toShown({ status: error.status, ...(error.body !== undefined && { body: error.body }) });
          }
        },
        async prepare() {
          await assets();
        },
      };
    },
  };
}

/** Whatever is told in it: names and texts of others cannot turn what stands beside them. */
function toShown(answer: WebAnswer): WebAnswer {
  return answer.body === undefined ? answer : { ...answer, body: allShown(answer.body) };
}

/** Whoever may look at nothing begins no session: that is written down, and they read why. */
async function demandServed(world: World, who: Person): Promise<void> {
  try {
    await demand(world, who, 'look');
  } catch (error) {
    await recordRefusal(world, who, error);
    if (!(error instanceof Refusal)) throw error;
    throw new HttpError(isNotAllowed(error) ? 403 : 422, { text: explain(wordsFor(who.language), error) });
  }
}

function demandPage({ usage }: World, { id, language }: Person): void {
  try {
    usage.demand('pages', id);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new HttpError(429, { text: explain(wordsFor(language), error) });
  }
}
