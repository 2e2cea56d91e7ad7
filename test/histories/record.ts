import { referenceIn } from '../../src/domain/cancellations/ticket-text.ts';
import { type Money, moneyOf } from '../../src/domain/money.ts';
import type { Activity } from '../support/conversation.ts';
import type { Json } from '../support/simulator-control.ts';
import type { Message } from '../support/stub-connector.ts';
import { sayingOf, summaryOf } from './card-summary.ts';
import type { HistoryEvent, Operation, Sent, Shown, Time, Took } from './events.ts';

/** A changing call to the simulator, as it tells of it. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
  readonly text: string;
  readonly worked: { readonly status: number; readonly body?: unknown };
  readonly answered: { readonly status: number } | undefined;
}

/** Writes the history of a product that runs: hand its methods to whatever sends, takes and works. */
export interface Recorder {
  readonly events: HistoryEvent[];
  /** Messages whose ids the bot was never told. */
  readonly unknown: ReadonlySet<string>;
  /** For `startStubConnector`. */
  took(method: string, message: Message, isLost: boolean): void;
  /** For `createSimulator`. */
  worked(call: Call): void;
  /** Sends the activity, and records it with its answer; a connection that ends is an answer with status 0. */
  deliver(activity: Activity, process: string, post: () => Promise<Response>): Promise<void>;
  happened(what: Time['what'], about?: Pick<Time, 'process' | 'note'>): void;
}

/** In milliseconds since 1970, to compare with what is in the database; it never goes back. */
export const now = (): number => performance.timeOrigin + performance.now();

export function createRecorder(): Recorder {
  const events: HistoryEvent[] = [];
  const unknown = new Set<string>();
  /** What Partner Center has made: the same answer again makes nothing. */
  const made = new Set<string>();
  let deliveries = 0;

  function madeNow(operation: Operation, ids: readonly string[]): string[] {
    const fresh = ids.filter((id) => !made.has(`${operation} ${id}`));
    for (const id of fresh) made.add(`${operation} ${id}`);
    return fresh;
  }

  return {
    events,
    unknown,

    took(method, message, isLost) {
      const { conversationId: place, id, card } = message;
      if (isLost && method === 'POST') unknown.add(id);
      const person = ownerOf(place) ?? (message.isTargeted ? message.recipientId?.replace(/^29:/, '') : undefined);
      const shown: Shown = {
        kind: 'shown',
        at: now(),
        how: method === 'POST' ? 'posted' : method === 'DELETE' ? 'deleted' : 'edited',
        place,
        message: id,
        ...(person !== undefined && { onlyFor: person }),
        ...(card && { card: summaryOf(card) }),
      };
      events.push(shown);
    },

    worked(call) {
      const operation = operationOf(call);
      if (!operation) return;
      const { worked, answered, requestId } = call;
      const isDone = worked.status < 300;
      const { ids, ...rest } = detailsOf(operation, call);
      const took: Took = {
        kind: 'took',
        at: now(),
        operation,
        requestId: requestId.toLowerCase(),
        ...rest,
        made: isDone ? madeNow(operation, ids) : [],
        answered: !answered
          ? 'lost'
          : answered.status >= 500
            ? isDone
              ? 'lost'
              : 'failed'
            : isDone
              ? 'ok'
              : 'refused',
      };
      events.push(took);
    },

    async deliver(activity, process, post) {
      deliveries += 1;
      const delivery = `d${deliveries}`;
      const sent = toSent(activity, delivery, process);
      const before = performance.now();
      events.push(sent);
      const answered = await post().then(
        async (response) => ({ status: response.status, text: await response.text() }),
        () => ({ status: 0, text: '' }),
      );
      events.push({
        ...{ kind: 'answered', at: now(), delivery, status: answered.status, ms: performance.now() - before },
        ...readAnswer(answered.text),
      });
    },

    happened: (what, about) => void events.push({ kind: 'time', at: now(), what, ...about }),
  };
}

/** Whose own chat with the bot it is. */
function ownerOf(place: string): string | undefined {
  return /^a:29:(.+)$/.exec(place)?.[1];
}

function toSent(activity: Activity, delivery: string, process: string): Sent {
  const { id, from, conversation, type, text, replyToId, value } = activity as Json;
  const data: Json | undefined = type === 'invoke' ? value?.action?.data : undefined;
  return {
    kind: 'sent',
    at: now(),
    delivery,
    activityId: String(id),
    person: from.aadObjectId,
    place: conversation.id,
    process,
    what: data
      ? {
          kind: 'press',
          doing: String(data.do),
          ...pick(data, 'draft', 'step', 'submission'),
          ...(typeof replyToId === 'string' && { message: replyToId }),
        }
      : type === 'message'
        ? { kind: 'text', text: String(text) }
        : { kind: 'other' },
  };
}

function pick(data: Json, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (typeof data[name] === 'string' ? [[name, data[name]]] : [])));
}

function readAnswer(text: string) {
  if (text === '') return {};
  const body = JSON.parse(text) as Json;
  if (body.type === 'application/vnd.microsoft.card.adaptive') return { card: summaryOf(body.value) };
  return typeof body.value === 'string' ? { said: body.value, ...sayingOf(body.value) } : {};
}

const operations: readonly { readonly operation: Operation; readonly method: string; readonly path: RegExp }[] = [
  { operation: 'checkout', method: 'POST', path: /\/carts\/[^/]+\/checkout$/ },
  { operation: 'cart', method: 'POST', path: /\/carts$/ },
  { operation: 'cancel', method: 'PATCH', path: /\/customers\/[^/]+\/orders\/[^/]+$/ },
  { operation: 'subscription', method: 'PATCH', path: /\/subscriptions\/[^/]+$/ },
  { operation: 'ticket', method: 'POST', path: /\/servicerequests\/[^/]+$/ },
  { operation: 'agreement', method: 'POST', path: /\/customers\/[^/]+\/agreements$/ },
];

function operationOf(call: Call): Operation | undefined {
  const path = pathOf(call);
  return operations.find((one) => one.method === call.method && one.path.test(path))?.operation;
}

const pathOf = ({ path }: Call): string => path.split('?')[0] ?? '';

interface Details extends Pick<Took, 'about' | 'content' | 'money'> {
  readonly ids: readonly string[];
}

function detailsOf(operation: Operation, call: Call): Details {
  const sent: Json = call.text === '' ? {} : JSON.parse(call.text.replace(/^\uFEFF/, ''));
  const body = (call.worked.body ?? {}) as Json;
  const parts = pathOf(call).split('/');
  const last = parts.at(-1) ?? '';
  switch (operation) {
    case 'cart':
      return { about: parts.at(-2) ?? '', ids: [body.id], content: contentOf(sent.lineItems ?? []) };
    case 'checkout': {
      const orders: readonly Json[] = body.orders ?? [];
      const money = sumOf(orders);
      return { about: parts.at(-2) ?? '', ids: orders.map(({ id }) => id), ...(money && { money }) };
    }
    case 'cancel':
      return { about: last, ids: [last] };
    case 'subscription':
      return { about: String(body.orderId ?? ''), ids: sent.status === 'deleted' ? [last] : [] };
    case 'ticket': {
      const { title = '', description = '' } = sent;
      const money = askedIn(description);
      return { about: referenceIn({ title, description }) ?? '', ids: [body.id], ...(money && { money }) };
    }
    case 'agreement':
      return { about: parts.at(-2) ?? '', ids: [] };
  }
}

/** Ids of offers change; product, edition and quantity are what somebody has confirmed. */
function contentOf(lines: readonly Json[]): string {
  return lines
    .map(({ catalogItemId, quantity }) => lineContent(String(catalogItemId).split(':').slice(0, 2), quantity))
    .sort()
    .join(', ');
}

export function lineContent([product = '', edition = '']: readonly string[], quantity: number): string {
  return `${quantity} of ${product}:${edition}`;
}

function sumOf(orders: readonly Json[]): Money | undefined {
  const [first] = orders;
  if (!first || orders.some(({ totalPrice }) => typeof totalPrice !== 'number')) return undefined;
  return moneyOf(
    orders.reduce((sum, { totalPrice }) => sum + totalPrice, 0),
    first.currencyCode,
  );
}

function askedIn(description: string): Money | undefined {
  const [, amount, currency] = /Requested amount: ([0-9.]+) ([A-Z]{3})/.exec(description) ?? [];
  return amount === undefined || currency === undefined ? undefined : moneyOf(Number(amount), currency);
}
