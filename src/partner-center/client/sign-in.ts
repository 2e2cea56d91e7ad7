import type { Secret } from '../../domain/secret.ts';
import type { Log } from '../../microsoft/log.ts';
import { createClientProof } from '../../microsoft/oauth/client-proof.ts';
import { createRefreshTokens, type RefreshTokenStore } from '../../microsoft/oauth/refresh-tokens.ts';
import { createTokens, type Tokens } from '../../microsoft/oauth/token-cache.ts';
import { createTokenEndpoint, type TokenEndpoint } from '../../microsoft/oauth/token-endpoint.ts';
import { partnerCenterRetries } from '../../microsoft/retry-policy.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { signInRemedy, storeRemedies } from './sign-in-remedies.ts';

/** The application, in the directory of the partner. */
export interface Application {
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** As `readClientSecret` gives it: a secret, or the PEM of a key and its certificate. */
  readonly clientSecret: Secret<string>;
}

export interface Credentials extends Application {
  /** Of the service account's consent. */
  readonly refreshToken: Secret<string>;
  readonly refreshTokens?: RefreshTokenStore;
}

interface SignInParts {
  readonly timer: Timer;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** The directory's token endpoint, with what the operator must do where it refuses. */
export function createSignInEndpoint(
  version: 'v1' | 'v2',
  { authority, tenantId, clientId, clientSecret }: Application,
  parts: SignInParts,
): TokenEndpoint {
  const proof = createClientProof(clientId, clientSecret);
  return createTokenEndpoint({ authority, tenantId, clientId, proof, version, remedyFor: signInRemedy, ...parts });
}

/** The tokens of the Secure Application Model, from the first version of the endpoint, which speaks of resources. */
export function createPartnerCenterTokens(
  credentials: Credentials,
  parts: SignInParts & { readonly log: Log },
): Tokens {
  const { log, timer } = parts;
  return createTokens({
    endpoint: createSignInEndpoint('v1', credentials, parts),
    audienceField: 'resource',
    refreshTokens: createRefreshTokens({
      configured: credentials.refreshToken,
      store: credentials.refreshTokens,
      remedies: storeRemedies,
      ...parts,
    }),
    timer,
    log,
    longestHoldMs: partnerCenterRetries.waiting.longestHoldMs,
  });
}
