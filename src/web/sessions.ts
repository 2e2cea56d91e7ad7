import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { WebSession, WebSessions } from '../domain/people/web-sessions.ts';
import { cookieOf, HttpError, type WebRequest } from './http.ts';

/** Only this host can set a cookie of this name, and only with `Secure` and for all paths. */
const cookieName = '__Host-desk';
const lastsHours = 8;

export interface OpenSession extends WebSession {
  /** What a page must send with whatever changes something. */
  readonly csrf: string;
}

/** Sessions lie in the database, so that every process takes what another one has begun. */
export function createSessionDoor(stored: WebSessions, now: () => Date = () => new Date()) {
  async function find(request: WebRequest): Promise<OpenSession | undefined> {
    const token = cookieOf(request, cookieName);
    const session = token ? await stored.get(token, now()) : undefined;
    return token && session ? { ...session, csrf: csrfOf(token) } : undefined;
  }

  return {
    /**
     * Another page of the same person goes on with the session that is there: a new cookie would take it from the pages that
     * are open, such as the tab behind a dialog. `cookie`: absent then.
     */
    async begin(
      who: Omit<WebSession, 'expiresAt'>,
      request: WebRequest,
    ): Promise<{ readonly session: OpenSession; readonly cookie?: string }> {
      const before = await find(request);
      const isLasting = before && before.expiresAt.getTime() - now().getTime() > (lastsHours / 2) * 3600 * 1000;
      if (isLasting && isOf(before, who)) return { session: before };
      const token = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now().getTime() + lastsHours * 3600 * 1000);
      await stored.put(token, { ...who, expiresAt });
      const cookie = `${cookieName}=${token}; Path=/; Max-Age=${lastsHours * 3600}; HttpOnly; Secure; SameSite=None; Partitioned`;
      return { session: { ...who, expiresAt, csrf: csrfOf(token) }, cookie };
    },

    /** Who asks. Throws 401 where nobody is signed in, and 403 for a change whose page is not ours. */
    async demand(request: WebRequest): Promise<OpenSession> {
      const session = await find(request);
      if (!session) throw new HttpError(401);
      const isReading = request.method === 'GET' || request.method === 'HEAD';
      if (!isReading && !isSame(String(request.headers['x-csrf-token'] ?? ''), session.csrf)) throw new HttpError(403);
      return session;
    },
  };
}

function isOf(session: WebSession, who: Omit<WebSession, 'expiresAt'>): boolean {
  const { personId, name, email, locale, timeZone } = session;
  return isDeepStrictEqual(
    { personId, name, email, locale, timeZone },
    { email: undefined, locale: undefined, timeZone: undefined, ...who },
  );
}

/** The page cannot read the cookie, so it cannot make this up; it is told with the session. */
function csrfOf(token: string): string {
  return createHash('sha256').update(`csrf ${token}`).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  const digest = (given: string) => createHash('sha256').update(given).digest();
  return timingSafeEqual(digest(one), digest(other));
}
