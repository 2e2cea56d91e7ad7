/** Somebody who is signed in to the web pages, as the sign-in told it. */
export interface WebSession {
  readonly personId: string;
  readonly name: string;
  readonly email?: string;
  /** What their device said: a language tag and a time zone. */
  readonly locale?: string;
  readonly timeZone?: string;
  readonly expiresAt: Date;
}

/** By the token in the cookie, which is stored only as its hash: whoever reads the database cannot sign in with it. */
export interface WebSessions {
  put(token: string, session: WebSession): Promise<void>;
  /** Not once it has expired. */
  get(token: string, now: Date): Promise<WebSession | undefined>;
}
