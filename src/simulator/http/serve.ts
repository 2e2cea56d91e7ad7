import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { authorize } from '../sign-in/access.ts';
import type { StoreKeeper } from '../store-keeper.ts';
import type { Answer, Call, Route } from './call.ts';
import { ApiError, gatewayRefusal } from './errors.ts';
import { type Faults, faultAnswer, replacesWork } from './faults.ts';
import { rememberedOutcome, rememberOutcome } from './outcomes.ts';
import { queryOf } from './read-body.ts';
import { headersOf, type Received, textOf } from './received.ts';
import type { RequestLog } from './request-log.ts';
import { type Ids, idsOf, respond } from './respond.ts';
import type { Throttle } from './throttle.ts';

export interface Counter {
  keeper: StoreKeeper;
  faults: Faults;
  log: RequestLog;
  throttle: Throttle;
  /** Aborted when the simulator closes: nobody is kept waiting by a fault then. */
  closing: AbortSignal;
  /** Called after each answer: what is due may go out. */
  afterwards: () => void;
}

/** Serves one API call: log, fault, permission, limit, work, state on disk, answer — in this order. */
export async function serve(
  counter: Counter,
  route: Route | undefined,
  req: Received,
  res: ServerResponse,
): Promise<void> {
  const method = req.method ?? 'GET';
  const path = req.url ?? '/';
  const headers = headersOf(req);
  const ids = idsOf(headers);
  const logged = counter.log.add({
    at: new Date(counter.keeper.world().clock.now()).toISOString(),
    method,
    path,
    requestId: headers['ms-requestid'] ?? null,
    correlationId: headers['ms-correlationid'] ?? null,
    status: 0,
  });
  const text = await textOf(req);
  const fault = counter.faults.take(method, path);
  if (fault?.delayMs !== undefined)
    await pause(fault.delayMs, undefined, { signal: counter.closing }).catch(ignoreAbort);

  let answer: Answer;
  if (fault !== undefined && replacesWork(fault)) answer = faultAnswer(fault);
  else {
    answer = await work(counter, route, { method, path, headers, text, params: req.params ?? {}, ids });
    counter.keeper.saveIfChanged();
    counter.afterwards();
    if (fault?.afterWork) answer = faultAnswer(fault);
  }
  if (fault?.dropAfterWork) {
    res.destroy();
    return;
  }
  logged.status = answer.status;
  respond(res, answer, ids, fault);
}

interface Wanted {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  text: string;
  params: Record<string, string>;
  ids: Ids;
}

async function work(counter: Counter, route: Route | undefined, received: Wanted): Promise<Answer> {
  const world = counter.keeper.world();
  try {
    if (route === undefined || (route.extendedOnly && world.options.mode === 'today')) {
      throw gatewayRefusal(404, 'Resource not found');
    }
    const caller = authorize(world, route.access, received.headers.authorization);
    if (route.limit !== undefined) counter.throttle.count(`${caller.tenantId}:${route.limit}`);
    const { ids, ...rest } = received;
    const query = queryOf(new URL(received.path, 'http://localhost').searchParams);
    const call: Call = { ...rest, ...ids, world, now: world.clock.now(), query, caller };
    return rememberedOutcome(call) ?? (await handled(route, call));
  } catch (error) {
    return refusalOf(error);
  }
}

/** Handlers do their work in one go, so that two calls under one MS-RequestId cannot get between each other. */
async function handled(route: Route, call: Call): Promise<Answer> {
  let answer: Answer;
  try {
    answer = withMfaReport(call, await route.handle(call));
  } catch (error) {
    answer = refusalOf(error);
  }
  if (route.access !== 'open') rememberOutcome(call, answer);
  return answer;
}

/** `ValidateMfa: true` makes every answer tell whether the token carried the claim. */
function withMfaReport(call: Call, answer: Answer): Answer {
  if (call.headers.validatemfa?.toLowerCase() !== 'true') return answer;
  return { ...answer, headers: { ...answer.headers, isMfaCompliant: String(call.caller.mfa) } };
}

/** A refusal keeps its shape; a mistake of the simulator is told as one, with a number to find it by. */
function refusalOf(error: unknown): Answer {
  if (error instanceof ApiError) return { status: error.status, body: error.body, headers: error.headers };
  const reference = randomUUID();
  process.emitWarning(`The simulator failed (${reference}): ${error instanceof Error ? error.stack : String(error)}`);
  return {
    status: 500,
    body: { code: 800003, description: `Unexpected error ${reference}`, data: [], source: 'PartnerFD' },
  };
}

function ignoreAbort(): void {}
