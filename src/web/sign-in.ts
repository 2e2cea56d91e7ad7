import { z } from 'zod';
import { createRecentValues } from '../domain/work/recent-values.ts';
import { HttpError, jsonOf, type WebRequest } from './http.ts';
import { checkToken, type RefusedSignIn, type TokenKeys, type TokenRules } from './sso-token.ts';

/** Whom the web pages are opened to. In development nobody signs in: whoever sits at this machine is the Playground's person. */
export type SignIn =
  | { readonly mode: 'development'; readonly personId: string; readonly name: string }
  | ({ readonly mode: 'registered'; readonly keys: TokenKeys } & TokenRules);

/** What becomes of tokens that are not taken. */
export interface RefusedSignIns {
  /** Once for each of them, also where an address is no longer listened to. */
  count(why: RefusedSignIn['why'] | 'unverified' | 'keys-away'): void;
  /** Whom a token names that is signed as it should be. */
  record(stranger: RefusedSignIn): void;
  /** Not where an address has sent too many. */
  log(why: string): void;
}

export interface SignedInPerson {
  readonly personId: string;
  readonly name: string;
  readonly email?: string;
  readonly locale?: string;
  readonly timeZone?: string;
}

const asked = z.object({
  token: z.string().optional(),
  locale: z.string().max(60).optional().catch(undefined),
  timeZone: z.string().max(60).optional().catch(undefined),
});

/**
 * So many refused tokens a minute from one address are answered and logged each. A good one is always taken: many people,
 * and whoever wants to lock them out, may come from one address.
 */
const mostRefusals = 20;
const minuteMs = 60_000;

export function createSignIn(signIn: SignIn, refused: RefusedSignIns) {
  const refusals = createRecentValues<number>({ most: 10_000, keptMs: minuteMs });

  async function whoAsks(
    token: string | undefined,
    { address }: WebRequest,
  ): Promise<{ personId: string; name: string; email?: string }> {
    if (signIn.mode === 'development') return signIn;
    const found = await checkToken(token, signIn.keys, signIn);
    if ('personId' in found) return found;
    const { stranger, isAway } = found;
    refused.count(isAway ? 'keys-away' : (stranger?.why ?? 'unverified'));
    if (stranger) refused.record(stranger);
    const before = refusals.get(address)?.value ?? 0;
    refusals.put(address, before + 1);
    if (before >= mostRefusals) throw new HttpError(429);
    refused.log(found.refused);
    throw new HttpError(isAway ? 503 : 401);
  }

  return async (request: WebRequest): Promise<SignedInPerson> => {
    const body = asked.safeParse(jsonOf(request));
    if (!body.success) throw new HttpError(400);
    const { personId, name, email } = await whoAsks(body.data.token, request);
    const locale = localeOf(body.data.locale);
    const timeZone = zoneOf(body.data.timeZone);
    return { personId, name, ...(email && { email }), ...(locale && { locale }), ...(timeZone && { timeZone }) };
  };
}

function localeOf(tag: string | undefined): string | undefined {
  try {
    return tag === undefined ? undefined : Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

function zoneOf(timeZone: string | undefined): string | undefined {
  try {
    return timeZone === undefined ? undefined : new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
