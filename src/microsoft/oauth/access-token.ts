import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { Secret } from '../../domain/secret.ts';

const text = z.string().min(1).optional().catch(undefined);
/** The claims of an access token that tell how it was obtained. */
const claims = z.object({
  amr: z.array(z.string()).optional().catch(undefined),
  upn: text,
  unique_name: text,
  preferred_username: text,
  tid: text,
  aud: text,
});

interface TokenClaims {
  /** `undefined`: the token does not say how its person signed in. */
  readonly hasMfa?: boolean;
  readonly account?: string;
  readonly tenantId?: string;
  /** What it is for. */
  readonly audience?: string;
}

/**
 * Reads a token that came straight from the directory, so nothing is verified here; Partner Center does that. Nothing
 * is told of a token that is no JWT.
 */
export function readClaims(token: Secret<string>): TokenClaims {
  const read = claims.safeParse(decode(token.reveal())).data;
  const account = read?.upn ?? read?.unique_name ?? read?.preferred_username;
  return {
    ...(read?.amr ? { hasMfa: read.amr.some((method) => method.toLowerCase() === 'mfa') } : {}),
    ...(account ? { account } : {}),
    ...(read?.tid ? { tenantId: read.tid } : {}),
    ...(read?.aud ? { audience: read.aud } : {}),
  };
}

function decode(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
