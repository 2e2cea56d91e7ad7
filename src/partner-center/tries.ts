import type { HostBrake } from './brakes.ts';
import type { PartnerCenterError } from './errors.ts';
import type { Call } from './request.ts';
import type { Timer } from './timer.ts';
import type { TokenKind } from './token.ts';
import { signIn } from './token-endpoint.ts';

/** As Microsoft's own SDK (reference §1.8), with jitter. */
const pausesMs = [500, 1500, 3500];
const throttlesAtMost = 3;

/** One operation on its way: what its tries have in common. */
export interface Underway {
  readonly call: Call;
  readonly requestId: string;
  readonly deadline: number;
  /** Of the host it goes to. */
  readonly brake: HostBrake;
  tokenKind: TokenKind | 'none';
  isRenewed: boolean;
  failures: number;
  throttles: number;
}

/** How long to wait before the operation is tried again; `undefined` when it must not be. Changes its counts. */
export async function nextPause(
  operation: Underway,
  error: PartnerCenterError,
  timer: Timer,
): Promise<number | undefined> {
  if (error.kind === 'throttled') {
    operation.throttles += 1;
    const askedMs = Math.max(error.retryAfterMs ?? 0, 1000 * 2 ** (operation.throttles - 1));
    // The directory is another host: the tokens brake it, and calls that have their token go on.
    const isSignIn = error.operation === signIn;
    if (!isSignIn) await operation.brake.hold(askedMs);
    const isTooLong = timer.now() + askedMs > operation.deadline;
    if (operation.throttles > throttlesAtMost || isTooLong) return undefined;
    return isSignIn ? askedMs : 0;
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
