import { Secret } from '../domain/secret.ts';
import { type ApiCall, createApiClient } from '../microsoft/api-client.ts';
import { parseJson } from '../microsoft/body.ts';
import { type FailureFacts, MicrosoftError } from '../microsoft/errors.ts';
import type { HttpAnswer } from '../microsoft/http.ts';
import type { Log } from '../microsoft/log.ts';
import { createClientProof } from '../microsoft/oauth/client-proof.ts';
import { createTokens } from '../microsoft/oauth/token-cache.ts';
import { createTokenEndpoint } from '../microsoft/oauth/token-endpoint.ts';
import { graphRetries, retryAfterMs } from '../microsoft/retry-policy.ts';
import type { Timer } from '../microsoft/timer.ts';
import { remedies } from '../words/operators.ts';

interface GraphAccess {
  readonly graphUrl: string;
  /** What the token is for; the cloud's own, also where another address answers for Graph. */
  readonly scope: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly log: Log;
  readonly timer: Timer;
  readonly timeoutMs?: number | undefined;
}

/** Graph did not answer as needed. */
export class GraphError extends MicrosoftError {
  constructor(facts: FailureFacts) {
    super({ service: 'Microsoft Graph', ...facts });
    this.name = 'GraphError';
  }
}

/** GET without, POST with a body that only asks; the parsed JSON of a 200. Throws `MicrosoftError`. */
type GraphCall = (path: string, body?: unknown) => Promise<unknown>;

const signInRemedy = () => ({ remedy: remedies.graphSignIn });

/** Calls of Microsoft Graph v1.0 with an application token (docs/partner-center.md#roles-of-the-staff). */
export function createGraphCall(access: GraphAccess): GraphCall {
  const { clientId, scope, log, timer, timeoutMs = graphRetries.timeoutMs } = access;
  const root = access.graphUrl.replace(/\/+$/, '');
  const proof = createClientProof(clientId, new Secret(access.clientSecret));
  const endpoint = createTokenEndpoint({ ...access, proof, version: 'v2', remedyFor: signInRemedy, timeoutMs });
  const { longestHoldMs } = graphRetries.waiting;
  const client = createApiClient({
    service: 'Graph',
    retries: { ...graphRetries, timeoutMs },
    tokens: createTokens({ endpoint, audienceField: 'scope', timer, log, longestHoldMs }),
    timer,
    log,
    headersOf: ({ requestId, correlationId }) => ({
      'client-request-id': requestId,
      'MS-CorrelationId': correlationId,
    }),
    toError: (facts) => new GraphError(facts),
  });

  return (path, body) => {
    const call: ApiCall = {
      operation: 'askGraph',
      method: body === undefined ? 'GET' : 'POST',
      url: `${root}${path}`,
      body,
      ...{ token: 'app', audience: scope, isRead: true },
      // Somebody whom Graph does not know has no role.
      expects: 'not-found',
    };
    return client.send(call, async (answer) => readJson(answer));
  };
}

function readJson({ status, headers, bytes }: HttpAnswer): unknown {
  if (status === 200) {
    const body = parseJson(bytes);
    return body.isJson ? body.value : undefined;
  }
  const waitMs = retryAfterMs(headers);
  throw new GraphError({
    operation: 'askGraph',
    kind: kindOf(status, waitMs),
    status,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    isWorthRepeating: status >= 500,
  });
}

/** A 503 that says how long to wait asks for it, as a 429 does. */
function kindOf(status: number, waitMs: number | undefined): GraphError['kind'] {
  if (status === 429 || (status === 503 && waitMs !== undefined)) return 'throttled';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  return status >= 400 && status < 500 ? 'declined' : 'unexpected';
}
