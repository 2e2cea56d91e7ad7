import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
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
  return {
    async begin(
      who: Omit<WebSession, 'expiresAt'>,
    ): Promise<{ readonly session: OpenSession; readonly cookie: string }> {
      const token = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now().getTime() + lastsHours * 3600 * 1000);
      await stored.put(token, { ...who, expiresAt });
      const cookie = `${cookieName}=${token}; Path=/; Max-Age=${lastsHours * 3600}; HttpOnly; Secure; SameSite=None; Partitioned`;
      return { session: { ...who, expiresAt, csrf: csrfOf(token) }, cookie };
    },

    /** Who asks. Throws 401 where nobody is signed in, and 403 for a change whose page is not ours. */
    async demand(request: WebRequest): Promise<OpenSession> {
      const token = cookieOf(request, cookieName);
      const session = token ? await stored.get(token, now()) : undefined;
      if (!token || !session) throw new HttpError(401);
      const csrf = csrfOf(token);
      const isReading = request.method === 'GET' || request.method === 'HEAD';
      if (!isReading && !isSame(String(request.headers['x-csrf-token'] ?? ''), csrf)) throw new HttpError(403);
      return { ...session, csrf };
    },
  };
}

/** The page cannot read the cookie, so it cannot make this up; it is told with the session. */
function csrfOf(token: string): string {
  return createHash('sha256').update(`csrf ${token}`).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  const digest = (given: string) => createHash('sha256').update(given).digest();
  return timingSafeEqual(digest(one), digest(other));
}
