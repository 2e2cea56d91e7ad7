import type { TokenKind } from '../../microsoft/oauth/token-kind.ts';
import { pricesRefused } from './sign-in-remedies.ts';

const applicationLacksRight =
  'The application PARTNER_CENTER_CLIENT_ID may not do this: register it in Partner Center (account settings, app management) and let a global administrator grant it the permissions of the Partner Center API, then try again.';
const lacksRole =
  'The account behind PARTNER_CENTER_REFRESH_TOKEN lacks the role: make it a member of AdminAgents (it may take an hour until Partner Center knows), then try again.';
export const mfaRemedy =
  'The consent behind PARTNER_CENTER_REFRESH_TOKEN was given without multi-factor authentication, which cannot be mended afterwards: require it for the service account in Entra (Conditional Access or security defaults), run `npm run consent` and store the new refresh token.';
const applicationRefused =
  'Partner Center refused a new token of the application twice. Check that PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to the same cloud, that PARTNER_CENTER_TENANT_ID is the partner’s own tenant, and that the application PARTNER_CENTER_CLIENT_ID is registered in Partner Center (account settings, app management).';
const stoppedByDirectory =
  'Conditional Access or another rule of the directory refused the token: look at the sign-in log of the service account and of the application in Entra, let them reach Partner Center, then run `npm run consent` again.';
const needsProgram =
  'The partner account is not in order: in Partner Center a global administrator must accept the Microsoft Partner Agreement, and the enrolment in the Cloud Solution Provider program must be active.';

/** By code, where no person in Teams can help (docs/partner-center.md#when-partner-center-refuses-the-account). */
const remedies: Readonly<Record<string, string>> = {
  '900420':
    'The token was made for a retired audience (https://graph.windows.net) or another cloud. Check that PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to the same cloud, grant the application the permission user_impersonation of the Partner Center API, and renew the consent with `npm run consent`.',
  '900329':
    'This call needs a token of a person. Check that PARTNER_CENTER_REFRESH_TOKEN is set and came from a sign-in of the service account with multi-factor authentication (`npm run consent`).',
  '900421': mfaRemedy,
  '900309': stoppedByDirectory,
  '90000': stoppedByDirectory,
  '900123': needsProgram,
  '900124': needsProgram,
  '900149': needsProgram,
  '800001':
    'The call arrived without its token: a proxy in front of Partner Center may take the header Authorization away.',
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
  if (code !== undefined && roleCodes.has(code)) return token === 'app' ? applicationLacksRight : lacksRole;
  const known = code === undefined ? undefined : remedies[code];
  if (known) return known;
  const isOfToken = status === 401 || status === 403;
  if (isOfToken && (isMfaCompliant === false || /multi-?\s?factor|\bMFA\b/i.test(description))) return mfaRemedy;
  if (isSignInOfPrices(refused)) return pricesRefused;
  if (isOfToken && /insufficient_claims|interaction_required/i.test(challenge)) return stoppedByDirectory;
  if (status !== 401) return undefined;
  if (token === 'app') return applicationRefused;
  return 'Partner Center refused a new token twice. Check that PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to the same cloud and that PARTNER_CENTER_TENANT_ID is the partner’s own tenant; if they do, renew the consent with `npm run consent`.';
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
