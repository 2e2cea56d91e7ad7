import { type HttpAnswer, NoAnswer, type SendRequest } from '../../src/microsoft/http.ts';
import { summaryOf } from '../histories/card-summary.ts';
import type { CardSummary, Shown } from '../histories/events.ts';
import type { Random } from './random.ts';
import type { Process, Scheduler } from './scheduler.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A message as it stands, and how it stood before: some clients still show that. */
export interface Message {
  readonly id: string;
  readonly place: string;
  readonly onlyFor?: string;
  readonly versions: { readonly card: Json; readonly summary: CardSummary }[];
  isDeleted: boolean;
}

export interface TeamsFaults {
  rate: number;
  /** From then on, in simulated time, nothing new is taken in this person's thread and chat, and the refusal says why. */
  refuses?: { readonly person: string; readonly afterMs: number } | undefined;
  /** Chats take no message for one person alone. */
  readonly takesNoTargeted?: boolean;
}

/** What is told of it. */
interface Watching {
  tell(event: Shown): void;
  reach(point: string, process: Process | undefined): void;
}

const mostKnown = 2_000;
const mostVersions = 4;
/** A person's own chat is known by their id. */
export const chatPrefix = 'a:';

/** Of the people, by their digit. */
export const personId = (digit: string): string => `${digit.repeat(8)}-1111-4111-8111-111111111111`;
export const threadOf = (digit: string): string => `19:general@thread.tacv2;messageid=170000000000${digit}`;

/** The Connector: takes messages, edits and deletions, and does not always say so. */
export interface Connector {
  readonly sendRequest: SendRequest;
  messages(place: string): readonly Message[];
  all(): readonly Message[];
  /** What is seen in an answer, and in messages, is read in the same way. */
  read(card: Json): CardSummary;
}

interface Body {
  readonly type?: string;
  readonly recipient?: { readonly id: string };
  readonly attachments?: readonly { readonly content: Json }[];
}

interface Read {
  readonly type: string | undefined;
  readonly onlyFor: string | undefined;
  readonly version: Message['versions'][number] | undefined;
}

interface Reply {
  readonly status: number;
  readonly body?: object;
  readonly retryAfter?: number;
}

interface Trouble {
  readonly isDone: boolean;
  /** Absent: no answer. */
  readonly reply?: Reply;
  readonly afterMs: number;
}

export function createConnector(
  scheduler: Scheduler,
  random: Random,
  faults: TeamsFaults,
  { tell, reach }: Watching,
): Connector {
  const places = new Map<string, Message[]>();
  const known = new Map<string, Read>();
  let last = 0;

  const messagesIn = (place: string): Message[] => {
    const known = places.get(place) ?? [];
    places.set(place, known);
    return known;
  };

  /** The same message is sent again and again; it is read once. */
  function readOnce(body: string): Read {
    const before = known.get(body);
    if (before) return before;
    const { type, recipient, attachments } = JSON.parse(body) as Body;
    const card = attachments?.[0]?.content;
    const onlyFor = personOf(recipient?.id);
    const found = { type, onlyFor, version: card && { card, summary: summaryOf(card) } };
    if (known.size < mostKnown) known.set(body, found);
    return found;
  }

  function tellShown({ id, place, onlyFor }: Message, how: Shown['how'], card?: CardSummary): void {
    const event = { kind: 'shown', at: scheduler.now(), how, place, message: id } as const;
    tell({ ...event, ...(onlyFor !== undefined && { onlyFor }), ...(card && { card }) });
  }

  function post(place: string, body: string): Reply {
    const { type, onlyFor: recipient, version } = readOnce(body);
    if (type === 'typing') return { status: 201, body: {} };
    last += 1;
    const id = `m${last}`;
    const onlyFor = recipient ?? (place.startsWith(chatPrefix) ? place.slice(chatPrefix.length) : undefined);
    const message: Message = {
      ...{ id, place, versions: version ? [version] : [], isDeleted: false },
      ...(onlyFor !== undefined && { onlyFor }),
    };
    messagesIn(place).push(message);
    tellShown(message, 'posted', version?.summary);
    return { status: 201, body: { id } };
  }

  function edit(place: string, id: string, body: string): Reply {
    const message = messagesIn(place).find((one) => one.id === id);
    if (!message || message.isDeleted) return notFound;
    const { version } = readOnce(body);
    if (version) message.versions.push(version);
    if (message.versions.length > mostVersions) message.versions.shift();
    tellShown(message, 'edited', version?.summary);
    return { status: 200, body: { id } };
  }

  function remove(place: string, id: string): Reply {
    const message = messagesIn(place).find((one) => one.id === id);
    if (!message || message.isDeleted) return notFound;
    message.isDeleted = true;
    tellShown(message, 'deleted');
    return { status: 200 };
  }

  function handle(method: string, path: string, body: string): Reply {
    const [, place = '', id] = /v3\/conversations\/([^/]+)\/activities(?:\/([^/?]+))?/.exec(path) ?? [];
    const conversation = decodeURIComponent(place);
    if (path.endsWith('v3/conversations')) {
      const { members = [] } = JSON.parse(body) as { members?: { id: string }[] };
      return { status: 201, body: { id: `${chatPrefix}${personOf(members[0]?.id) ?? ''}` } };
    }
    if (method === 'POST') return post(conversation, body);
    if (id === undefined) return notFound;
    const message = decodeURIComponent(id);
    return method === 'PUT' ? edit(conversation, message, body) : remove(conversation, message);
  }

  function isRefusedAt(path: string): boolean {
    const { person, afterMs } = faults.refuses ?? { person: '', afterMs: Number.POSITIVE_INFINITY };
    const [, place = ''] = /v3\/conversations\/([^/]+)\/activities/.exec(path) ?? [];
    const own = [threadOf(person), `${chatPrefix}${personId(person)}`];
    return scheduler.now() >= afterMs && own.includes(decodeURIComponent(place));
  }

  function troubleOf(method: string, path: string): Trouble | undefined {
    const isTargetedInChat = path.includes('isTargetedActivity') && decodeURIComponent(path).includes(`/${chatPrefix}`);
    if (faults.takesNoTargeted && method === 'POST' && isTargetedInChat)
      return { isDone: false, reply: { status: 400, body: {} }, afterMs: 20 };
    if (faults.refuses && method === 'POST' && isRefusedAt(path)) return { isDone: false, reply: blocked, afterMs: 20 };
    if (!random.isTrue(faults.rate)) return undefined;
    const waitMs = random.between(0, 12_000);
    const isDone = random.isTrue(0.5);
    switch (random.below(7)) {
      case 0:
        return { isDone, afterMs: waitMs };
      case 1:
        return { isDone, reply: { status: random.isTrue(0.5) ? 502 : 504 }, afterMs: waitMs / 4 };
      case 2:
        return { isDone: false, reply: { status: random.isTrue(0.5) ? 500 : 503 }, afterMs: 50 };
      case 3:
        return { isDone: false, reply: { status: 429, retryAfter: Math.ceil(waitMs / 2_000) }, afterMs: 10 };
      case 4:
        return { isDone: false, reply: { status: random.isTrue(0.5) ? 403 : 404, body: {} }, afterMs: 30 };
      case 5:
        // It is there, but nobody says under which id.
        return method === 'POST' ? { isDone: true, reply: { status: 202, body: {} }, afterMs: 30 } : undefined;
      default:
        return { isDone: false, reply: { status: 412 }, afterMs: 20 };
    }
  }

  return {
    messages: messagesIn,
    all: () => [...places.values()].flat(),
    read: summaryOf,
    sendRequest({ url, method, body, timeoutMs }) {
      const path = url.slice(url.indexOf('v3/'));
      const process = scheduler.current();
      const trouble = troubleOf(method, path);
      const isSlow = random.isTrue(faults.rate / 2);
      const arrivesMs = isSlow ? random.between(200, 4_000) : random.between(10, 80);
      return new Promise((resolve, reject) => {
        const answer = (afterMs: number, work: () => void) => void scheduler.after(afterMs, process, work);
        const cut = () => Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });
        scheduler.after(arrivesMs, undefined, () => {
          const isDone = !trouble || trouble.isDone;
          if (isDone && method === 'POST') reach('took message', process);
          const reply = isDone ? handle(method, path, String(body ?? '')) : undefined;
          const given = trouble ? (trouble.reply ?? undefined) : reply;
          const afterMs = trouble?.afterMs ?? random.between(5, 60);
          // What was done is what the answer says, where there is one that says it worked.
          const said = given && given.status < 300 && trouble ? { ...given, body: {} } : given;
          if (arrivesMs + afterMs >= timeoutMs) answer(timeoutMs - arrivesMs, () => reject(new NoAnswer('timeout')));
          else if (said) answer(afterMs, () => resolve(toAnswer(said)));
          else answer(afterMs, () => reject(new NoAnswer('unreachable', { cause: cut() })));
        });
      });
    },
  };
}

const blocked: Reply = { status: 403, body: { error: { code: 'MessageWritesBlocked' } } };
const notFound: Reply = { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } };

function personOf(channelUserId: string | undefined): string | undefined {
  return channelUserId?.startsWith('29:') ? channelUserId.slice(3) : undefined;
}

function toAnswer({ status, body, retryAfter }: Reply): HttpAnswer {
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
  return { status, headers, bytes: Buffer.from(body ? JSON.stringify(body) : '') };
}
