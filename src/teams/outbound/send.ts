import { z } from 'zod';
import { DeliveryError } from '../../domain/errors.ts';
import { idFacts, inSpan } from '../../domain/work/trace.ts';
import type { Log } from '../../log.ts';
import { type HttpAnswer, NoAnswer, sendRequest as overHttp, type SendRequest } from '../../microsoft/http.ts';
import type { ConnectorToken } from '../credentials.ts';
import type { Allows } from '../hosts.ts';
import { type Answer, judgeAnswer, judgeNoAnswer, type Outcome } from './outcome.ts';
import { refusalCode } from './refusal-code.ts';
import type { Room } from './room.ts';
import { createSendQueue } from './send-queue.ts';

/** One request to the Connector. `body` may hold a secret: it is sent and never looked at otherwise. */
export interface Outbound {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly serviceUrl: string;
  /** Below the service address, with ids percent-encoded. */
  readonly path: string;
  /** Sends with the same key go one after another. */
  readonly queueKey: string;
  /** For one person only: the query parameter decides that, not the body (docs/teams.md, "Targeted messages"). */
  readonly isTargeted?: boolean;
  readonly body?: unknown;
  /** Changes nothing when done twice; PUT and DELETE always do not. */
  readonly isRepeatable?: boolean;
  /** Somebody waits for it, and seeing it twice does no harm. */
  readonly isAnswer?: boolean;
  /** Nobody waits for it: it waits for room, and holds up no answer. */
  readonly isNotice?: boolean;
  /** Whose limits of sending it counts for. */
  readonly tenantId?: string;
  /** Not worth a second try or a line in the log. */
  readonly isBestEffort?: boolean;
}

/** The one way a message leaves. Returns the id of what was made; throws `DeliveryError`. */
export type Send = (outbound: Outbound) => Promise<string | undefined>;

export interface SenderParts {
  readonly allows: Allows;
  readonly token: ConnectorToken;
  readonly log: Log;
  /** `sent`, or the kind of `DeliveryError`; for counting. */
  /** Absent where the limits are those of nobody else. */
  readonly room?: Room;
  readonly observe?: (method: Outbound['method'], outcome: 'sent' | DeliveryError['kind']) => void;
  readonly timeoutMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  readonly now?: () => number;
  /** Instead of the network. */
  readonly sendRequest?: SendRequest;
}

const usual = { maxTries: 4, pauseMs: 250 };
/** Single calls fail and the next ones are taken; what fails for longer must not keep the person waiting. */
const brisk = { maxTries: 3, pauseMs: 125 };
/** A longer `Retry-After` is not waited for here: the caller gets `later` and decides. */
const maxPauseMs = 10_000;
/** For an answer nobody else would try again. */
const maxPauseOfAnswerMs = 60_000;
/** Its job sends it again. */
const maxPauseOfNoticeMs = 1000;
/** Without a token nothing was sent, so that it may be asked for again: at once, and for a minute. */
const tokenPausesMs = [0, 500, 2000, 5000, 10_000, 20_000, 20_000];
/** A page of 500 members takes about 200 KB. */
const maxAnswerBytes = 1_000_000;

const answerBody = z.object({ id: z.string().min(1).optional().catch(undefined) }).catch({});

/** Time limit and retry rules of the Connector. */
export function createSend(parts: SenderParts): Send {
  const { allows, token, log, room, observe, timeoutMs = 10_000, now = Date.now, sendRequest = overHttp } = parts;
  const wait = parts.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const queue = createSendQueue(wait, now);

  async function tryOnce(outbound: Outbound, authorization: string | undefined): Promise<Outcome> {
    const isRepeatable = outbound.isRepeatable ?? outbound.method !== 'POST';
    const repeat = isRepeatable ? 'always' : outbound.isAnswer ? 'unless-likely-done' : 'never';
    try {
      return judgeAnswer(await request({ outbound, authorization, timeoutMs, sendRequest }), repeat);
    } catch (error) {
      return judgeNoAnswer(error, repeat);
    }
  }

  async function authorizationFor(outbound: Outbound, fresh: boolean): Promise<string | undefined> {
    // A token is worth the whole bot: it never travels in clear, not even to this machine.
    if (!isTeams(outbound)) return undefined;
    for (let tries = 0; ; tries += 1) {
      try {
        const value = await token({ fresh });
        return value && `Bearer ${value}`;
      } catch (cause) {
        const pauseMs = tokenPausesMs[tries];
        if (pauseMs === undefined || outbound.isBestEffort)
          throw new DeliveryError('later', { code: 'NoToken', cause });
        await wait(pauseMs);
      }
    }
  }

  async function sendNow(outbound: Outbound): Promise<string | undefined> {
    let fresh = false;
    for (let tries = 1; ; tries += 1) {
      const outcome = await tryOnce(outbound, await authorizationFor(outbound, fresh));
      if (outcome.kind === 'sent') return outcome.id;
      if (outcome.kind === 'failed') throw outcome.because;
      if (outcome.kind === 'refused-token') {
        // The SDK keeps a token until it expires; one that was revoked in between is asked for anew, once.
        if (fresh || !isTeams(outbound)) throw outcome.otherwise;
        fresh = true;
        continue;
      }
      const rules = outcome.otherwise.kind === 'later' ? usual : brisk;
      const pauseMs = outcome.pauseMs ?? rules.pauseMs * 2 ** tries * (0.5 + Math.random());
      const isTooLong = pauseMs > longestPauseOf(outbound);
      if (tries >= rules.maxTries || outbound.isBestEffort || isTooLong) throw outcome.otherwise;
      await wait(pauseMs);
    }
  }

  async function inTurn(outbound: Outbound): Promise<string | undefined> {
    const { queueKey, isNotice = false } = outbound;
    const isLimited = isTeams(outbound);
    // Before its turn comes: an answer does not wait behind it.
    if (isLimited && isNotice) await room?.wait(outbound);
    else if (isLimited) room?.note(outbound);
    return queue.run(queueKey, () => sendNow(outbound), isLimited && !isNotice);
  }

  return async (outbound) => {
    const { method, isTargeted = false } = outbound;
    try {
      if (!allows(outbound.serviceUrl)) throw new DeliveryError('final', { code: 'HostNotAllowed' });
      // What is fleeting must not hold up the answer it announces.
      const id = outbound.isBestEffort ? await sendNow(outbound) : await inTurn(outbound);
      observe?.(method, 'sent');
      return id;
    } catch (error) {
      const failure = error instanceof DeliveryError ? error : new DeliveryError('unsure', { cause: error });
      observe?.(method, failure.kind);
      const facts = { method, isTargeted, kind: failure.kind, status: failure.status, code: failure.code };
      if (!outbound.isBestEffort && !failure.isWithoutRoom) log.warn(facts, 'message not delivered');
      throw failure;
    }
  };
}

/** While one waits, others to the same conversation do too. */
function longestPauseOf({ isAnswer, isNotice }: Outbound): number {
  if (isNotice) return maxPauseOfNoticeMs;
  return isAnswer ? maxPauseOfAnswerMs : maxPauseMs;
}

/** Not a local look-alike on this machine, which needs no token and has no limits of sending. */
function isTeams({ serviceUrl }: Outbound): boolean {
  return serviceUrl.startsWith('https:');
}

/** Reads what the Connector knows of a place, below its service address. Throws `DeliveryError`. */
export type Read = (serviceUrl: string, path: string) => Promise<unknown>;

/** Two tries, as single ones fail amid others that succeed; somebody waits for what comes of it. */
export function createRead({
  allows,
  token,
  timeoutMs = 900,
  maxTries = 2,
  sendRequest = overHttp,
}: Pick<SenderParts, 'allows' | 'token' | 'timeoutMs' | 'sendRequest'> & { readonly maxTries?: number }): Read {
  return async (serviceUrl, path) => {
    if (!allows(serviceUrl)) throw new DeliveryError('final', { code: 'HostNotAllowed' });
    for (let tries = 1; ; tries += 1) {
      const value = serviceUrl.startsWith('https:') ? await token({ fresh: tries > 1 }) : undefined;
      const outbound = { method: 'GET', serviceUrl, path } as const;
      const outcome = await readOnce({ outbound, authorization: value && `Bearer ${value}`, timeoutMs, sendRequest });
      if ('said' in outcome) return outcome.said;
      if (tries >= maxTries) throw outcome.failed;
    }
  };
}

async function readOnce(asked: Asked): Promise<{ readonly said: unknown } | { readonly failed: DeliveryError }> {
  try {
    const { status, code, said } = await request(asked);
    if (status === 200 && said !== undefined) return { said };
    return { failed: new DeliveryError('later', { status, code }) };
  } catch (cause) {
    return { failed: new DeliveryError('later', { cause }) };
  }
}

/** A document that anybody may read, such as the keys of the channel. */
export async function getJson(url: string, timeoutMs: number): Promise<unknown> {
  const headers = { accept: 'application/json' };
  const response = await fetch(url, { headers, redirect: 'follow', signal: AbortSignal.timeout(timeoutMs) });
  if (response.ok) return response.json();
  await response.body?.cancel();
  throw new Error(`answered ${response.status}`);
}

type Requested = Pick<Outbound, 'serviceUrl' | 'path' | 'isTargeted' | 'body'> & {
  readonly method: Outbound['method'] | 'GET';
};

interface Asked {
  readonly outbound: Requested;
  readonly authorization: string | undefined;
  readonly timeoutMs: number;
  readonly sendRequest: SendRequest;
}

function request(asked: Asked): Promise<Answer & { readonly said: unknown }> {
  const { method, isTargeted = false } = asked.outbound;
  const facts = { 'http.request.method': method, 'desk.targeted': isTargeted };
  return inSpan({ name: `Connector ${method}`, kind: 'client', facts }, async (note) => {
    const { headers, ...answer } = await ask(asked);
    note({ 'http.response.status_code': answer.status, ...idFacts(headers) });
    return answer;
  });
}

async function ask({
  outbound,
  authorization,
  timeoutMs,
  sendRequest,
}: Asked): Promise<Answer & { readonly said: unknown; readonly headers: Headers }> {
  const base = outbound.serviceUrl.endsWith('/') ? outbound.serviceUrl : `${outbound.serviceUrl}/`;
  const { status, headers, bytes } = await sendRequest({
    method: outbound.method,
    url: `${base}${outbound.path}${outbound.isTargeted ? '?isTargetedActivity=true' : ''}`,
    headers: {
      accept: 'application/json',
      ...(authorization && { authorization }),
      ...(outbound.body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    },
    ...(outbound.body !== undefined && { body: JSON.stringify(outbound.body) }),
    timeoutMs,
    atMostBytes: maxAnswerBytes,
  }).catch(withoutBody);
  const said = parse(bytes);
  const { id } = answerBody.parse(said);
  return { status, id, code: refusalCode(said), retryAfterMs: retryAfter(headers), said, headers };
}

/** Once the status says it worked, a body that breaks off changes nothing about that; one that is too long nobody reads. */
function withoutBody(error: unknown): HttpAnswer {
  if (!(error instanceof NoAnswer) || error.status === undefined) throw error;
  const isDone = error.status >= 200 && error.status < 300;
  if (!isDone && error.reason !== 'too-long') throw error;
  return { status: error.status, headers: new Headers(), bytes: new Uint8Array() };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}

function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  if (!text) return undefined;
  const pauseMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(pauseMs) ? Math.max(0, pauseMs) : undefined;
}
