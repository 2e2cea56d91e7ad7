import type { PartnerCenterError } from './errors.ts';
import type { Call } from './request.ts';
import type { Brake, Timer } from './timer.ts';
import type { TokenKind } from './token.ts';
import { signIn } from './token-endpoint.ts';

/** As Microsoft's own SDK (reference §1.8), with jitter. */
const pausesMs = [500, 1500, 3500];
const throttlesAtMost = 3;
/** A `Retry-After` beyond this is told to the caller and not waited for; the brake is not held longer either. */
const longestBrakeMs = 120_000;

/** One operation on its way: what its tries have in common. */
export interface Underway {
  readonly call: Call;
  readonly requestId: string;
  readonly deadline: number;
  tokenKind: TokenKind | 'none';
  isRenewed: boolean;
  failures: number;
  throttles: number;
}

/** How long to wait before the operation is tried again; `undefined` when it must not be. Changes its counts. */
export function nextPause(
  operation: Underway,
  error: PartnerCenterError,
  brake: Brake,
  timer: Timer,
): number | undefined {
  if (error.kind === 'throttled') {
    operation.throttles += 1;
    const askedMs = Math.max(error.retryAfterMs ?? 0, 1000 * 2 ** (operation.throttles - 1));
    brake.hold(Math.min(askedMs, longestBrakeMs));
    const isTooLong = askedMs > longestBrakeMs || timer.now() + askedMs > operation.deadline;
    return operation.throttles > throttlesAtMost || isTooLong ? undefined : 0;
  }
  if (error.operation !== signIn && error.kind === 'unauthorized' && operation.tokenKind !== 'none') {
    if (operation.isRenewed) return undefined;
    operation.isRenewed = true;
    return 0;
  }
  if (error.code === '900329' && operation.tokenKind === 'app') {
    operation.tokenKind = 'user';
    return 0;
  }
  const pauseMs = pausesMs[operation.failures];
  if (pauseMs === undefined || !error.isWorthRepeating || !mayRepeat(operation.call, error)) return undefined;
  operation.failures += 1;
  return Math.max(pauseMs * (0.75 + Math.random() / 2), error.retryAfterMs ?? 0);
}

/** A sign-in that failed sent nothing; a read does nothing; a write with a fixed request id is done once. */
function mayRepeat(call: Call, error: PartnerCenterError): boolean {
  const isRead = call.isRead ?? (call.method === 'GET' || call.method === 'HEAD');
  return error.operation === signIn || isRead || call.requestId !== undefined;
}
