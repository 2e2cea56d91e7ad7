import { z } from 'zod';
import { OutsideError, type OutsideKind, type OutsideMeaning } from '../domain/errors.ts';
import { maybe, shape, text } from './wire.ts';

type Facts = Omit<ConstructorParameters<typeof OutsideError>[0], 'service'> & {
  /** False where the same call would only fail the same way again. */
  readonly isWorthRepeating?: boolean;
  /** What the operator must do; part of `description` too. */
  readonly remedy?: string;
};

/**
 * Partner Center failed or declined. RateLimits no body, header or token; `description` is Partner Center's own sentence,
 * with the remedy added where the operator can do something about it.
 */
export class PartnerCenterError extends OutsideError {
  readonly isWorthRepeating: boolean;
  readonly remedy: string | undefined;

  constructor(facts: Facts) {
    super({ service: 'Partner Center', ...facts });
    this.name = 'PartnerCenterError';
    this.isWorthRepeating = facts.isWorthRepeating ?? this.isUncertain;
    this.remedy = facts.remedy;
  }
}

/** Codes that say more than the status they come with (reference §1.6: one code may come with several statuses). */
const conflicting = new Set(['2055', '800014', '800060', '800064', '800065', '900278']);
const unknown = new Set(['20000', '20003', '60003', '400013', '400018', '600074', '800008']);
const closedDoor = new Set(['2032', '90000', '900123', '900124', '900149', '900150', '900308', '900309', '900329']);

/** What a failure means to the caller. 403 is a closed door or a business no; only the code tells which. */
export function kindOf(status: number, code: string | undefined): OutsideKind {
  if (status === 401) return 'unauthorized';
  if (status === 429) return 'throttled';
  if (status < 400 || status === 408 || status >= 500) return 'unexpected';
  if (code !== undefined && conflicting.has(code)) return 'conflict';
  if (code !== undefined && unknown.has(code)) return 'not-found';
  if (status === 403) return code === undefined || closedDoor.has(code) ? 'forbidden' : 'declined';
  if (status === 404) return 'not-found';
  if (status === 405 || status === 410) return 'not-offered';
  return status === 409 ? 'conflict' : 'declined';
}

/** Refusals of a cancellation or an order that lead somewhere (reference §1.6, §6.2, §11). */
const meanings: Readonly<Record<string, OutsideMeaning>> = {
  '800061': 'ticket-needed',
  '800062': 'ticket-needed',
  '900117': 'ticket-needed',
  '800014': 'adjustment-pending',
  '900278': 'adjustment-pending',
  '800063': 'use-subscription',
  '800077': 'use-subscription',
  '800060': 'not-ready',
  '800007': 'not-ready',
  '20002': 'no-relationship',
  '800073': 'account-blocked',
  '800074': 'account-blocked',
  '800075': 'account-blocked',
  '900416': 'account-blocked',
  '13605': 'agreement-missing',
  '800086': 'not-qualified',
  '400030': 'not-qualified',
};

export function meaningOf(code: string | undefined): OutsideMeaning | undefined {
  return code === undefined ? undefined : meanings[code];
}

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

/** What the operator can do about a code that no person in Teams can help (reference §1.2, §1.6). */
const remedies: Readonly<Record<string, string>> = {
  '900420':
    'The token was made for a retired audience (https://graph.windows.net) or another cloud. Check that PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to the same cloud, grant the application the permission user_impersonation of the Partner Center API, and renew the consent with `npm run consent`.',
  '900329':
    'This call needs a token of a person. Check that PARTNER_CENTER_REFRESH_TOKEN is set and came from a sign-in of the service account with multi-factor authentication (`npm run consent`).',
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
  readonly tokenKind: 'app' | 'user' | 'none';
  readonly code?: string | undefined;
  readonly description?: string | undefined;
  /** What the answer says about the token (`ValidateMfa`). */
  readonly isMfaCompliant?: boolean | undefined;
}

/**
 * What the operator must do about a refusal. The code of a missing second factor is not documented: it is told by the
 * answer's `isMfaCompliant`, or by its own words.
 */
export function remedyFor({ status, tokenKind, code, description, isMfaCompliant }: Refused): string | undefined {
  if (code !== undefined && roleCodes.has(code)) return tokenKind === 'app' ? applicationLacksRight : lacksRole;
  const known = code === undefined ? undefined : remedies[code];
  if (known) return known;
  if (status !== 401 && status !== 403) return undefined;
  if (isMfaCompliant === false || /multi-?\s?factor|\bMFA\b/i.test(description ?? '')) return mfaRemedy;
  if (status !== 401) return undefined;
  if (tokenKind === 'app') return applicationRefused;
  return 'Partner Center refused a new token twice. Check that PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to the same cloud and that PARTNER_CENTER_TENANT_ID is the partner’s own tenant; if they do, renew the consent with `npm run consent`.';
}

/** The four shapes of reference §1.6 and OData's `{ error: { code, message } }` of api.partner.microsoft.com. */
const sentence = {
  code: maybe(text),
  description: maybe(z.string()),
  message: maybe(z.string()),
  detail: maybe(z.string()),
  title: maybe(z.string()),
};
const failure = shape({ ...sentence, error: maybe(shape(sentence)) });

/** Code and decoded description of a failure's body, whatever its shape; nothing when it is none of them. */
export function readFailure(body: unknown): { code?: string; description?: string } {
  const read = failure.safeParse(body);
  if (!read.success) return {};
  const outer = read.data;
  const told = outer.error ?? outer;
  const code = told.code ?? outer.code;
  const said = told.description || told.message || told.detail || told.title;
  return { ...(code ? { code } : {}), ...(said ? { description: plain(said) } : {}) };
}

/** A description can be HTML-encoded, and was seen to be a JSON document itself. */
function plain(said: string): string {
  const decoded = decodeEntities(said).trim();
  return (insideOf(decoded) ?? decoded).slice(0, 1024);
}

function insideOf(said: string): string | undefined {
  if (!said.startsWith('{')) return undefined;
  try {
    return readFailure(JSON.parse(said)).description;
  } catch {
    return undefined;
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

export function decodeEntities(said: string): string {
  return said.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[String(name).toLowerCase()] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
