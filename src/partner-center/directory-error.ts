import { PartnerCenterError } from './errors.ts';
import { retryAfterMs } from './retry-after.ts';
import { many, maybe, shape, text } from './wire.ts';

/** The directory's own failure shape (reference §1.1), not Partner Center's. */
const directoryFailure = shape({
  error: maybe(text),
  error_description: maybe(text),
  error_codes: maybe(many(text)),
  correlation_id: maybe(text),
});

/** Which variable to look at, and what to do, by the directory's number (Entra's list of AADSTS codes). */
const byNumber: readonly { readonly numbers: readonly string[]; readonly remedy: string }[] = [
  {
    numbers: ['7000215', '7000222', '7000216', '700027', '50012'],
    remedy:
      'PARTNER_CENTER_CLIENT_SECRET is wrong or has expired: make a new client secret for the app registration and set its value (not its id).',
  },
  {
    numbers: ['700016', '7000218', '700038'],
    remedy:
      'PARTNER_CENTER_CLIENT_ID names no application of the tenant: compare it with the app registration in PARTNER_CENTER_TENANT_ID.',
  },
  {
    numbers: ['90002', '900021', '900023', '900971'],
    remedy: 'PARTNER_CENTER_TENANT_ID names no tenant, or PARTNER_CENTER_AUTHORITY is that of another cloud.',
  },
  {
    numbers: ['50076', '50078', '50079', '53003', '50158'],
    remedy:
      'PARTNER_CENTER_REFRESH_TOKEN was obtained without multi-factor authentication, or Conditional Access stopped it: repeat the consent of the service account with multi-factor authentication and store the new refresh token.',
  },
  {
    numbers: ['65001', '650057', '500011'],
    remedy:
      'The app registration lacks consent for the Partner Center API: grant it, repeat the consent of the service account and store the new PARTNER_CENTER_REFRESH_TOKEN.',
  },
];

const byError: Readonly<Record<string, string>> = {
  invalid_client: 'Check PARTNER_CENTER_CLIENT_ID and PARTNER_CENTER_CLIENT_SECRET.',
  unauthorized_client: 'Check PARTNER_CENTER_CLIENT_ID: the application may not sign in this way.',
  invalid_grant:
    'PARTNER_CENTER_REFRESH_TOKEN is invalid, expired or revoked: repeat the consent of the service account (with multi-factor authentication) and store the new refresh token.',
  interaction_required:
    'PARTNER_CENTER_REFRESH_TOKEN no longer suffices: repeat the consent of the service account with multi-factor authentication.',
  invalid_resource:
    'PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to different clouds, or consent is missing.',
};

/** A refused sign-in, told so that the operator knows which variable to change. */
export function signInError(status: number, headers: Headers, body: unknown): PartnerCenterError {
  const read = directoryFailure.safeParse(body);
  const told = read.success ? read.data : undefined;
  const number = told?.error_codes?.[0] ?? told?.error_description?.match(/AADSTS(\d+)/)?.[1];
  const remedy =
    byNumber.find(({ numbers }) => number !== undefined && numbers.includes(number))?.remedy ??
    (told?.error ? byError[told.error] : undefined) ??
    'Check PARTNER_CENTER_TENANT_ID, PARTNER_CENTER_CLIENT_ID, PARTNER_CENTER_CLIENT_SECRET and PARTNER_CENTER_REFRESH_TOKEN.';
  const isTheirs = status >= 500 || status < 400 || status === 408;
  return new PartnerCenterError({
    operation: 'signIn',
    kind: status === 429 ? 'throttled' : isTheirs ? 'unreachable' : 'unauthorized',
    status,
    code: number ? `AADSTS${number}` : told?.error,
    ...(status === 429 || isTheirs ? {} : { description: remedy }),
    correlationId: told?.correlation_id,
    retryAfterMs: retryAfterMs(headers),
  });
}
