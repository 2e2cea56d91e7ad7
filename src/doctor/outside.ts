import type { SetupFinding } from '../domain/setup/setup-check.ts';
import { MicrosoftError } from '../microsoft/errors.ts';
import { type HttpAnswer, NoAnswer, sendRequest } from '../microsoft/http.ts';
import { SignInRefused } from '../microsoft/oauth/sign-in-error.ts';
import type { Timer } from '../microsoft/timer.ts';
import { findingsOf } from './finding.ts';

/** What asking outside needs. */
export interface Outside {
  readonly timer: Timer;
  /** Of one request. */
  readonly timeoutMs: number;
  /** Instead of Microsoft Graph's own address. */
  readonly graphUrl?: string;
  /** Certificates that are trusted besides the usual ones. */
  readonly trusted?: string;
  readonly now: () => Date;
  /** Gets the time that an answer of Microsoft's bears. */
  readonly onTime: (serverTime: Date) => void;
}

export const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What an address answers; nothing where it does not. */
export async function readAddress(url: string, outside: Outside): Promise<HttpAnswer | undefined> {
  try {
    const answer = await sendRequest({ method: 'GET', url, headers: {}, timeoutMs: outside.timeoutMs });
    const date = Date.parse(answer.headers.get('Date') ?? '');
    if (!Number.isNaN(date)) outside.onTime(new Date(date));
    return answer;
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}

/** What somebody who reads it can look up: Microsoft's code, the status, and the number of the call. */
export function factsOf({ code, status, kind, correlationId }: MicrosoftError): string {
  const facts = [
    code ?? (status === undefined ? kind : undefined),
    status,
    correlationId && `correlation id ${correlationId}`,
  ];
  return facts.filter((fact) => fact !== undefined).join(', ');
}

/** `refused`: the directory says no until somebody changes something. `away`: nobody answers. */
export function kindOfFailure(error: unknown): 'refused' | 'away' | 'other' {
  if (error instanceof SignInRefused) return 'refused';
  const isAway = error instanceof MicrosoftError && (error.kind === 'unreachable' || (error.status ?? 0) >= 500);
  return isAway ? 'away' : 'other';
}

const { problem, warning } = findingsOf('partner-center');

/** What a call to Partner Center that failed tells. `code` and `says`: where it is the right that is missing. */
export function ofCall(error: unknown, code: string, says: string): SetupFinding {
  if (!(error instanceof MicrosoftError)) throw error;
  if (kindOfFailure(error) === 'away')
    return problem(
      'partner-center-away',
      `Partner Center does not answer (${factsOf(error)}).`,
      'Let the bot reach PARTNER_CENTER_URL; if it can, see Microsoft’s service health.',
    );
  const isRefused = error.status === 401 || error.status === 403;
  if (isRefused || error.remedy !== undefined)
    return problem(
      code,
      `${says} (${factsOf(error)}).`,
      error.remedy ??
        'Make the service account a member of AdminAgents (it may take an hour until Partner Center knows), then ask again.',
    );
  return warning(
    'partner-center-answer',
    `Partner Center answers otherwise than documented (${factsOf(error)}, ${error.operation}).`,
    'Try again in some minutes; if it stays, report it with the correlation id.',
  );
}
