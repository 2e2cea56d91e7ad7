import type { TokenKind } from '../../microsoft/oauth/token-kind.ts';
import { remedies } from '../../words/operators.ts';

/** By code, where no person in Teams can help (docs/partner-center.md#when-partner-center-refuses-the-account). */
const remedyByCode: Readonly<Record<string, string>> = {
  '900420': remedies.wrongAudience,
  '900329': remedies.needsPerson,
  '900421': remedies.consentWithoutMfa,
  '900309': remedies.stoppedByDirectory,
  '90000': remedies.stoppedByDirectory,
  '900123': remedies.partnerNotInProgram,
  '900124': remedies.partnerNotInProgram,
  '900149': remedies.partnerNotInProgram,
  '800001': remedies.tokenTakenAway,
};

/** Privileges or role not sufficient; whose, the kind of token tells. */
const roleCodes = new Set(['900308', '900150']);

interface Refused {
  readonly status: number;
  readonly token: TokenKind | 'none';
  readonly code?: string | undefined;
  readonly description?: string | undefined;
  /** What the answer says about the token (`ValidateMfa`). */
  readonly isMfaCompliant?: boolean | undefined;
  /** The header `WWW-Authenticate`. */
  readonly challenge?: string;
  /** Of the token, where it was not for Partner Center itself. */
  readonly audience?: string | undefined;
}

/**
 * What the operator must do about a refusal. A missing second factor has a code that is only reported: it is told by
 * the answer's `isMfaCompliant`, or by its own words, too.
 */
export function remedyFor(refused: Refused): string | undefined {
  const { status, token, code, description = '', challenge = '', isMfaCompliant } = refused;
  if (code !== undefined && roleCodes.has(code))
    return token === 'app' ? remedies.applicationLacksRight : remedies.accountLacksRole;
  const known = code === undefined ? undefined : remedyByCode[code];
  if (known) return known;
  const isOfToken = status === 401 || status === 403;
  if (isOfToken && (isMfaCompliant === false || /multi-?\s?factor|\bMFA\b/i.test(description)))
    return remedies.consentWithoutMfa;
  if (isSignInOfPrices(refused)) return remedies.pricesRefused;
  if (isOfToken && /insufficient_claims|interaction_required/i.test(challenge)) return remedies.stoppedByDirectory;
  if (status !== 401) return undefined;
  if (token === 'app') return remedies.applicationRefused;
  return remedies.tokenRefused;
}

/**
 * The price API wants a token of its own audience and says so with 400, 401 or 403 (*Get a price sheet*). Nothing else
 * of our call can be wrong, unless the answer speaks of the market.
 */
export function isSignInOfPrices({ status, audience, code = '', description = '' }: Refused): boolean {
  // A number is a code of Partner Center's own, and says what it means.
  if (!audience || ![400, 401, 403].includes(status) || (status === 400 && /^\d+$/.test(code))) return false;
  return status !== 400 || !/\bmarket\b|\bcountry\b|\bview\b/i.test(description);
}
