import { DAY_MS } from '../clock.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import type { RequestLog } from '../http/request-log.ts';
import { collectionOf } from '../http/wire.ts';

const REPORTED_COUNT = 10_000;
const REPORTED_MS = 7 * DAY_MS;

/** What the partner's people did with and without a second factor, out of the log of calls (reference §1.2). */
export function mfaReportRoutes(log: RequestLog): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/applicationmfaadoptionstatus',
      access: 'user',
      handle: () => ok(adoption(log)),
    },
    { method: 'GET', path: '/v1/partnerRequests', access: 'user', handle: (call) => recentRequests(log, call) },
  ];
}

interface Adoption {
  loginDate: string;
  mfaCompliantRequestCount: number;
  totalRequestCount: number;
  applicationId: string;
  applicationName: string;
}

/** *Get MFA adoption status*: a bare array, one line for each application and day, newest first. */
function adoption(log: RequestLog): Adoption[] {
  const lines = new Map<string, Adoption>();
  for (const { at, caller } of usesByPeople(log)) {
    const loginDate = at.slice(0, 10);
    const applicationId = caller.clientId;
    const key = `${loginDate} ${applicationId}`;
    const line = lines.get(key) ?? {
      loginDate,
      mfaCompliantRequestCount: 0,
      totalRequestCount: 0,
      applicationId,
      applicationName: '',
    };
    line.totalRequestCount += 1;
    if (caller.mfa) line.mfaCompliantRequestCount += 1;
    lines.set(key, line);
  }
  return [...lines.values()];
}

/** *Get App and User API requests*: the newest of the last seven days, up to ten thousand. */
function recentRequests(log: RequestLog, call: Call): Answer {
  const recent = usesByPeople(log).filter(({ at }) => Date.parse(at) > call.now - REPORTED_MS);
  const items = recent.slice(0, REPORTED_COUNT).map(({ at, caller, requestId, correlationId, ...use }) => ({
    requestId,
    correlationId,
    operationName: use.operationName,
    requestDateTime: at.replace('Z', ''),
    ipAddress: use.ipAddress,
    objectId: caller.userId,
    tenantId: caller.tenantId,
    upn: caller.userName,
    applicationId: caller.clientId,
    mfaCompliant: caller.mfa,
  }));
  return ok(collectionOf(items));
}

/** Newest first; applications alone are not asked for a second factor. */
function usesByPeople(log: RequestLog): ReturnType<RequestLog['uses']> {
  return log
    .uses()
    .filter(({ caller }) => caller.kind === 'user')
    .reverse();
}
