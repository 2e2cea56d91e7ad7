import type { IncomingHttpHeaders } from 'node:http';
import { readBody, startStubServer } from './stub-server.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly hang?: boolean;
  /** The answer is that of the moment it was asked, and is sent when this is over. */
  readonly after?: Promise<void>;
}

/** What Graph says of a person: a member whose account is in use, unless told otherwise. */
export type Person = (id: string) => Answer;

const aMember: Person = (id) => ({ json: { '@odata.context': 'x', id, userType: 'Member', accountEnabled: true } });

/**
 * Graph, and the token endpoint in front of it, which gives `token-1`, `token-2`, … unless told otherwise. Questions
 * about a person (`people`) are answered apart from all others.
 */
export async function startGraph(
  answer: (request: Seen, count: number) => Answer,
  signIn?: Answer,
  person: Person = aMember,
) {
  const requests: Seen[] = [];
  const people: Seen[] = [];
  const signIns: Seen[] = [];
  const server = await startStubServer(async (request, response) => {
    const text = (await readBody(request)).toString('utf8');
    const seen: Seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, text };
    const isSignIn = seen.url.endsWith('/token');
    const [, personId] = /^\/v1\.0\/users\/([^/?]+)(?:\?|$)/.exec(seen.url) ?? [];
    const log = isSignIn ? signIns : personId ? people : requests;
    log.push(seen);
    const token = { json: { access_token: `token-${log.length}`, expires_in: 3600 } };
    const answered = () => (personId ? person(personId) : answer(seen, log.length));
    const given: Answer = isSignIn ? (signIn ?? token) : answered();
    if (given.hang) return;
    await given.after;
    response.writeHead(given.status ?? 200, { 'Content-Type': 'application/json', ...given.headers });
    response.end(JSON.stringify(given.json ?? {}));
  });
  return { url: server.url, requests, people, signIns, close: () => server.close() };
}

export type Graph = Awaited<ReturnType<typeof startGraph>>;
