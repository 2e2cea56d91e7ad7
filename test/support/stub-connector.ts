import type { IncomingHttpHeaders } from 'node:http';
import { readBody, startStubServer } from './stub-server.ts';
import { createWatch, type Watch } from './watch.ts';

/** One request that the bot sent to "Teams". */
export interface ConnectorRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly isTargeted: boolean;
  readonly conversationId: string;
  readonly messageId?: string;
  readonly body: Record<string, unknown>;
  /** The body as it came, to be searched for what must not be in it. */
  readonly text: string;
}

/** A message as it stands in a conversation now. */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly isTargeted: boolean;
  readonly recipientId?: string;
  readonly card?: Record<string, unknown>;
  readonly isDeleted: boolean;
}

/** Somebody in the roster of a channel or chat. */
export interface Member {
  readonly id: string;
  readonly tenantId?: string;
  readonly userRole?: string;
  readonly userPrincipalName?: string;
  readonly aadObjectId?: string;
  readonly name?: string;
  readonly email?: string;
}

/** The whole roster, in pages or at once, or one of its members. */
interface RosterRead {
  readonly isPaged?: boolean;
  readonly memberId?: string | undefined;
}

/** `hang`: no answer ever; `drop`: the connection is cut after the request was read. */
export interface PlannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly fault?: 'hang' | 'drop';
}

/** A stand-in for the Bot Connector: takes messages, remembers every request, and can be told to refuse. */
export interface StubConnector {
  /** With a slash at the end, as Teams gives it. */
  readonly url: string;
  /** Every request, in order, but for those that read who is somewhere. */
  readonly requests: readonly ConnectorRequest[];
  /** Paths and queries of those, in order. */
  readonly rosterReads: readonly string[];
  /** Who is in this channel or chat from now on; a status: it cannot be read. Nobody knows it before. */
  setRoster(conversationId: string, roster: readonly Member[] | number | 'hang'): void;
  messages(conversationId?: string): Message[];
  /** The next answers, in order, whatever is asked; nothing of such a request is remembered as a message. */
  plan(...answers: PlannedAnswer[]): void;
  /** The next request that fits is answered with this status. */
  refuseNext(fits: (request: ConnectorRequest) => boolean, status: number, code: string): void;
  /** The next request that fits is answered like this; nothing of it is remembered as a message. */
  answerNext(fits: (request: ConnectorRequest) => boolean, answer: PlannedAnswer): void;
  /** The next request that fits is carried out, and answered with 502 all the same. */
  loseAnswer(fits: (request: ConnectorRequest) => boolean): void;
  /** All answers have these headers, and these fields beside their own, from now on. */
  addToAnswers(added: Pick<PlannedAnswer, 'headers'> & { readonly fields: object }): void;
  /** Resolves with what `look` finds, as soon as a request brings it about; fails after `withinMs`. */
  readonly until: Watch['until'];
  close(): Promise<void>;
}

export interface StubConnectorOptions {
  /** Edits and deletions of messages that were never posted here are taken, too. */
  readonly takesAll?: boolean;
  /** Told of each message, edit and deletion as it is taken; `isLost`: the bot does not hear of it. */
  readonly observe?: (method: string, message: Message, isLost: boolean) => void;
}

export async function startStubConnector({
  takesAll = false,
  observe,
}: StubConnectorOptions = {}): Promise<StubConnector> {
  const requests: ConnectorRequest[] = [];
  const messages = new Map<string, Message>();
  /** Their ids by conversation: tests look at one conversation again and again. */
  const idsOf = new Map<string, Set<string>>();
  const planned: PlannedAnswer[] = [];
  const refusals: { fits: (request: ConnectorRequest) => boolean; answer: PlannedAnswer }[] = [];
  const losses: ((request: ConnectorRequest) => boolean)[] = [];
  let added: Parameters<StubConnector['addToAnswers']>[0] = { fields: {} };
  const rosterReads: string[] = [];
  const rosters = new Map<string, readonly Member[] | number | 'hang'>();
  const watch = createWatch();
  let last = 0;
  const newId = (): string => `m${++last}`;

  function answer(request: ConnectorRequest, isLost: boolean): PlannedAnswer {
    const plan = planned.shift();
    if (plan) {
      const { status = 201, body = status < 300 ? { id: newId() } : {} } = plan;
      return { ...plan, status, body };
    }
    const refusal = refusals.findIndex(({ fits }) => fits(request));
    if (refusal >= 0) {
      const [taken] = refusals.splice(refusal, 1);
      return taken?.answer ?? { status: 500 };
    }
    if (request.path.endsWith('/v3/conversations')) {
      const [member] = (request.body.members as { id: string }[] | undefined) ?? [];
      return { status: 201, body: { id: `a:${member?.id}` } };
    }
    if (request.body.type === 'typing') return { status: 201, body: {} };
    if (request.path.includes('/reactions/')) return { status: 200, body: {} };
    return keep(request, isLost);
  }

  function keep(
    { method, messageId, conversationId, isTargeted, body }: ConnectorRequest,
    isLost: boolean,
  ): PlannedAnswer {
    const id = messageId ?? newId();
    const before = messages.get(id);
    const recipient = body.recipient as { id?: string } | undefined;
    if (method !== 'POST' && (!before || before.isDeleted) && !takesAll)
      return { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } };
    idsOf.set(conversationId, (idsOf.get(conversationId) ?? new Set()).add(id));
    const message: Message = {
      id,
      conversationId,
      isTargeted: before?.isTargeted ?? isTargeted,
      recipientId: before?.recipientId ?? recipient?.id,
      card: method === 'DELETE' ? undefined : cardIn(body),
      isDeleted: method === 'DELETE',
    };
    messages.set(id, message);
    observe?.(method, message, isLost);
    return { status: method === 'POST' ? 201 : 200, body: { id } };
  }

  /** In pages of two, whatever is asked for, so that there is more than one. */
  function readRoster(url: string, id: string, { isPaged = false, memberId }: RosterRead): PlannedAnswer {
    rosterReads.push(url);
    const roster = rosters.get(id) ?? 404;
    if (roster === 'hang') return { fault: 'hang' };
    if (typeof roster === 'number') return { status: roster, body: { error: { code: 'NotInThisTest' } } };
    if (memberId !== undefined) {
      const body = roster.find((one) => one.id === memberId);
      return body ? { status: 200, body } : { status: 404, body: { error: { code: 'MemberNotFoundInConversation' } } };
    }
    if (!isPaged) return { status: 200, body: roster };
    const from = Number(new URL(url, 'http://connector').searchParams.get('continuationToken') ?? 0);
    const continuationToken = from + 2 < roster.length ? String(from + 2) : undefined;
    return { status: 200, body: { members: roster.slice(from, from + 2), continuationToken } };
  }

  const server = await startStubServer(async (request, response) => {
    const { url = '', method } = request;
    const [, conversation, kind, memberId] =
      /\/v3\/conversations\/([^/]+)\/(members|pagedmembers)(?:\/([^/?]+))?/.exec(url) ?? [];
    if (method === 'GET' && conversation !== undefined) {
      const asked = { isPaged: kind === 'pagedmembers', memberId: memberId && decodeURIComponent(memberId) };
      const { status = 200, body, fault } = readRoster(url, decodeURIComponent(conversation), asked);
      if (fault === 'hang') return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
      return;
    }
    const seen = parse(request, (await readBody(request)).toString('utf8'));
    requests.push(seen);
    const loss = losses.findIndex((fits) => fits(seen));
    if (loss >= 0) losses.splice(loss, 1);
    const done = answer(seen, loss >= 0);
    const { status = 200, headers, body, fault } = loss >= 0 ? { ...done, status: 502, body: {} } : done;
    if (fault === 'drop') request.socket.destroy();
    if (fault === undefined) {
      // In two steps: restify's own writeHead, which it puts on every response of the process, returns nothing.
      response.writeHead(status, { 'content-type': 'application/json', ...added.headers, ...headers });
      response.end(JSON.stringify({ ...added.fields, ...(body as object) }));
    }
    watch.changed();
  });

  return {
    url: `${server.url}/emea/`,
    requests,
    rosterReads,
    setRoster: (conversationId, roster) => void rosters.set(conversationId, roster),
    messages: (conversationId) =>
      conversationId === undefined
        ? [...messages.values()]
        : [...(idsOf.get(conversationId) ?? [])].flatMap((id) => messages.get(id) ?? []),
    plan: (...answers) => void planned.push(...answers),
    refuseNext: (fits, status, code) =>
      void refusals.push({ fits, answer: { status, body: { error: { code, message: code } } } }),
    answerNext: (fits, answer) => void refusals.push({ fits, answer }),
    loseAnswer: (fits) => void losses.push(fits),
    addToAnswers: (more) => {
      added = more;
    },
    until: watch.until,
    close: () => server.close(),
  };
}

function parse(
  { method = '', url = '', headers }: { method?: string; url?: string; headers: IncomingHttpHeaders },
  text: string,
): ConnectorRequest {
  const { pathname, searchParams } = new URL(url, 'http://connector');
  const [, conversationId = '', messageId] =
    pathname.match(/\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/) ?? [];
  return {
    method,
    url,
    path: pathname,
    headers,
    isTargeted: searchParams.get('isTargetedActivity') === 'true',
    conversationId: decodeURIComponent(conversationId),
    messageId: messageId && decodeURIComponent(messageId),
    body: text ? JSON.parse(text) : {},
    text,
  };
}

function cardIn(body: Record<string, unknown>): Record<string, unknown> | undefined {
  const [attachment] = (body.attachments as { content: Record<string, unknown> }[] | undefined) ?? [];
  return attachment?.content;
}
