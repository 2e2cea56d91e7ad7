import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { StoreKeeper } from '../store-keeper.ts';
import type { Answer, Errand } from './call.ts';
import { type Fault, type Faults, faultAnswer, replacesWork, withFaultHeaders } from './faults.ts';
import { headersOf, type Received, textOf } from './received.ts';
import type { RequestLog } from './request-log.ts';
import { idsOf, localeOf, respond } from './respond.ts';
import type { Throttle } from './throttle.ts';
import type { Turns } from './turns.ts';
import { work } from './work.ts';

export interface Counter {
  keeper: StoreKeeper;
  faults: Faults;
  log: RequestLog;
  throttle: Throttle;
  turns: Turns;
  /** Aborted when the simulator closes: nobody is kept waiting by a fault then. */
  closing: AbortSignal;
  /** Called after each answer: what is due may go out. */
  afterwards: () => void;
}

/** Serves one API call: log, fault, permission, limit, work, state on disk, answer. */
export async function serve(
  counter: Counter,
  { route, others }: Pick<Errand, 'route' | 'others'>,
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
  const answer = await answerTo(counter, fault, {
    route,
    others,
    sent: { method, path, headers, text, params: req.params ?? {}, ...ids },
    delay: () => delayOf(fault, counter.closing),
  });
  if (answer === undefined) {
    res.destroy();
    return;
  }
  logged.status = answer.status;
  respond(res, answer, { ...ids, locale: localeOf(headers) }, fault);
}

/** The answer as the fault leaves it; undefined where the fault drops the connection. */
async function answerTo(counter: Counter, fault: Fault | undefined, errand: Errand): Promise<Answer | undefined> {
  if (fault !== undefined && replacesWork(fault)) {
    await errand.delay();
    return fault.dropBeforeWork ? undefined : faultAnswer(fault);
  }
  const answer = await work(counter, errand);
  counter.keeper.saveIfChanged();
  counter.afterwards();
  if (fault?.dropAfterWork) return undefined;
  return fault?.afterWork ? faultAnswer(fault) : withFaultHeaders(answer, fault);
}

async function delayOf(fault: Fault | undefined, signal: AbortSignal): Promise<void> {
  if (fault?.delayMs !== undefined) await pause(fault.delayMs, undefined, { signal }).catch(ignoreAbort);
}

function ignoreAbort(): void {}
