import { decodeProtectedHeader, errors, type JWK, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { isEmail } from '../domain/people/contact.ts';
import type { Named } from '../domain/people/staff.ts';

/** The keys with which the staff tenant's tokens are signed. */
export interface TokenKeys {
  find(id: string): Promise<{ readonly jwk: JWK } | 'unknown' | 'away'>;
}

export interface TokenRules {
  readonly tenantId: string;
  readonly authority: string;
  readonly audiences: readonly string[];
}

/** Who has signed in; or, for the log, why they have not. `away`: the keys cannot be read now. */
export type SignedIn =
  | { readonly personId: string; readonly name: string; readonly email?: string }
  | { readonly refused: string; readonly isAway?: boolean; readonly stranger?: RefusedSignIn };

/** Whom a token names that is signed as it should be, and is refused all the same. */
export interface RefusedSignIn extends Named {
  readonly why: 'guest' | 'other-tenant' | 'other-token';
}

/** What Teams and Microsoft 365 call themselves when they ask for a token (docs/teams.md, "The web pages"). */
const hostApps = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  '4765445b-32c6-49b0-83e6-1d93765276ca',
  '0ec893e0-5785-4de6-99da-4ed124e5296c',
  'd3590ed6-52b3-4102-aeff-aad2292ab01c',
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3',
  '27922004-5251-4030-b22d-91ecd9a37ea4',
];

const text = z.string().optional().catch(undefined);
const claims = z.looseObject({
  tid: text,
  oid: z.guid().optional().catch(undefined),
  scp: text,
  idtyp: text,
  idp: text,
  azp: text,
  appid: text,
  name: text,
  preferred_username: text,
  upn: text,
});

type Names = Pick<z.infer<typeof claims>, 'name' | 'preferred_username' | 'upn'>;

const clockToleranceSeconds = 60;
const longestToken = 16_000;

/**
 * Checks a token that Teams' single sign-on gave the page: of Entra, for this app, asked for by Teams, of a member of the
 * staff tenant (docs/security.md, "Who may open the web pages").
 */
export async function checkToken(token: string | undefined, keys: TokenKeys, rules: TokenRules): Promise<SignedIn> {
  if (!token) return { refused: 'no token' };
  const { tenantId, authority, audiences } = rules;
  try {
    if (token.length > longestToken) return { refused: 'the token is too long' };
    const { alg, kid } = decodeProtectedHeader(token);
    // Looked at before a key is looked for: tokens of strangers must not make us ask for keys.
    if (alg !== 'RS256') return { refused: 'the token is signed in another way than RS256' };
    const found = kid === undefined ? 'unknown' : await keys.find(kid);
    if (found === 'away') return { refused: 'the keys of the sign-in cannot be read', isAway: true };
    if (found === 'unknown') return { refused: 'the token is signed by an unknown key' };
    const { payload } = await jwtVerify(token, found.jwk, {
      algorithms: ['RS256'],
      issuer: [`https://sts.windows.net/${tenantId}/`, `${authority}/${tenantId}/v2.0`],
      audience: [...audiences],
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'tid', 'oid'],
    });
    return personIn(payload, tenantId);
  } catch (error) {
    const refused = whyNot(error);
    // Its signature was good: only then are the claims looked at.
    const isSigned = error instanceof errors.JWTClaimValidationFailed && ['iss', 'aud'].includes(error.claim);
    return isSigned ? strangerIn(error.payload, tenantId, refused) : { refused };
  }
}

/** A token for somebody else's pages, or from elsewhere. */
function strangerIn(payload: JWTPayload, tenantId: string, refused: string): SignedIn {
  const { tid, oid, ...named } = claims.parse(payload);
  if (oid === undefined) return { refused };
  const isOfStaff = tid?.toLowerCase() === tenantId;
  return {
    refused,
    stranger: { id: oid.toLowerCase(), name: nameIn(named), why: isOfStaff ? 'other-token' : 'other-tenant' },
  };
}

function personIn(payload: JWTPayload, tenantId: string): SignedIn {
  const claimed = claims.parse(payload);
  const { tid, oid, scp = '', idtyp, idp, iss } = { ...claimed, iss: payload.iss };
  if (oid === undefined) return { refused: 'the token names no person' };
  const no = (why: RefusedSignIn['why'], refused: string): SignedIn => ({
    refused,
    stranger: { id: oid.toLowerCase(), name: nameIn(claimed), why },
  });
  if (tid?.toLowerCase() !== tenantId) return no('other-tenant', 'the token is of another tenant');
  if (idtyp?.toLowerCase() === 'app' || !scp.split(' ').includes('access_as_user'))
    return no('other-token', 'the token is not a person’s (access_as_user is missing)');
  if (!hostApps.includes((claimed.azp ?? claimed.appid ?? '').toLowerCase()))
    return no('other-token', 'the token was not asked for by Teams');
  // `acct` is 1 for guests where the app asks for it; `idp` names their own directory.
  const isGuest = Number(payload.acct ?? 0) !== 0 || (idp !== undefined && idp !== iss && !idp.includes(tenantId));
  if (isGuest) return no('guest', 'the person is a guest');
  const email = [claimed.preferred_username, claimed.upn].find((one) => one !== undefined && isEmail(one));
  return { personId: oid.toLowerCase(), name: nameIn(claimed), ...(email && { email }) };
}

function nameIn({ name, preferred_username: address, upn }: Names): string {
  return (name ?? address ?? upn ?? '').trim().slice(0, 200).toWellFormed();
}

/** In a few words: the whole error would print the token. */
function whyNot(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `the token's ${error.claim} is ${error.reason}`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature of the token is wrong';
  return `the token cannot be read (${error instanceof errors.JOSEError ? error.code : 'malformed'})`;
}
