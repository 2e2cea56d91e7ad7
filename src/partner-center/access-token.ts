import { z } from 'zod';
import type { Secret } from '../domain/secret.ts';
import { maybe, shape, text } from './wire.ts';

/** The claims of an access token that tell how it was obtained (reference §1.2). */
const claims = shape({
  amr: maybe(z.array(z.string())),
  upn: maybe(text),
  unique_name: maybe(text),
  preferred_username: maybe(text),
  tid: maybe(text),
});

export interface TokenClaims {
  /** `undefined`: the token does not say how its person signed in. */
  readonly hasMfa?: boolean;
  readonly account?: string;
  readonly tenantId?: string;
}

/**
 * Reads a token that came straight from the directory, so nothing is verified here; Partner Center does that. Nothing
 * is told of a token that is no JWT.
 */
export function readClaims(token: Secret<string>): TokenClaims {
  const [, middle = ''] = token.reveal().split('.');
  const read = claims.safeParse(jsonOf(middle)).data;
  const account = read?.upn || read?.unique_name || read?.preferred_username;
  return {
    ...(read?.amr ? { hasMfa: read.amr.some((method) => method.toLowerCase() === 'mfa') } : {}),
    ...(account ? { account } : {}),
    ...(read?.tid ? { tenantId: read.tid } : {}),
  };
}

/** A parser's own error quotes the text, so none leaves this function. */
function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
