import { globalPrices } from '../../microsoft/clouds.ts';
import type { DirectoryRefusal, SignInRemedy } from '../../microsoft/oauth/sign-in-error.ts';

/** Prices lie behind another API, for which the consent to Partner Center's is not enough. */
export const pricesRefused =
  'The token for price sheets was refused. In Entra, give the application PARTNER_CENTER_CLIENT_ID the delegated permission of the API https://api.partner.microsoft.com too, let a global administrator consent to it, make the service account an admin agent or sales agent, then renew the consent with `npm run consent` and store the new PARTNER_CENTER_REFRESH_TOKEN.';

/** Consent to an API is missing, or the tenant does not know the API. */
const consentNumbers = ['65001', '650057', '500011', '90094', '90095', '650052'];

/** Which variable to look at, and what to do, by the directory's number (Entra's list of AADSTS codes). */
const byNumber: readonly { readonly numbers: readonly string[]; readonly remedy: string }[] = [
  {
    numbers: ['7000215', '7000222', '7000216', '50012'],
    remedy:
      'PARTNER_CENTER_CLIENT_SECRET is wrong or has expired: make a new client secret for the app registration and set its value (not its id).',
  },
  {
    numbers: ['700027', '700021', '700023', '700024', '7000229'],
    remedy:
      'The certificate of PARTNER_CENTER_CLIENT_SECRET was refused: it must be among the app registration’s certificates and not have expired, and this machine’s clock must be right.',
  },
  {
    numbers: ['700016', '700038'],
    remedy:
      'PARTNER_CENTER_CLIENT_ID names no application of the tenant: compare it with the app registration in PARTNER_CENTER_TENANT_ID.',
  },
  {
    numbers: ['7000218'],
    remedy: 'The directory wants proof of the application: set PARTNER_CENTER_CLIENT_SECRET.',
  },
  {
    numbers: ['700025'],
    remedy:
      'The app registration counts as a public client: give it the platform Web, switch "Allow public client flows" off, and repeat the consent with `npm run consent -- --browser`.',
  },
  {
    numbers: ['90002', '900021', '900023', '900382'],
    remedy: 'PARTNER_CENTER_TENANT_ID names no tenant, or PARTNER_CENTER_AUTHORITY is that of another cloud.',
  },
  {
    numbers: ['50072', '50074', '50076', '50078', '50079', '53003', '53004', '50158'],
    remedy:
      'PARTNER_CENTER_REFRESH_TOKEN was obtained without multi-factor authentication, or Conditional Access stopped it: repeat the consent of the service account with multi-factor authentication (`npm run consent`) and store the new refresh token.',
  },
  {
    numbers: ['50173', '70043', '50132', '50133'],
    remedy:
      'PARTNER_CENTER_REFRESH_TOKEN ended with a change of password, a revoked session or a sign-in frequency rule: repeat the consent of the service account (`npm run consent`) and store the new refresh token.',
  },
  {
    numbers: consentNumbers,
    remedy:
      'The app registration lacks consent for the Partner Center API: let a global administrator grant it the permission user_impersonation, repeat the consent of the service account (`npm run consent`) and store the new PARTNER_CENTER_REFRESH_TOKEN.',
  },
  {
    numbers: ['50020', '50034', '50105', '50177'],
    remedy:
      'That account may not use the application: sign in with the service account, a member of the tenant PARTNER_CENTER_TENANT_ID, and assign it to the application where that is required.',
  },
  {
    numbers: ['50011', '900971', '500113'],
    remedy:
      'The app registration lacks the redirect address: add the one shown above under Authentication, platform Web, or consent without --browser.',
  },
  {
    numbers: ['53000', '53001', '530003'],
    remedy:
      'Conditional Access asks for a managed device: sign in from one, or except the service account from that rule.',
  },
  {
    numbers: ['65004'],
    remedy: 'The consent was declined: start again, and accept it.',
  },
];

const byError: Readonly<Record<string, string>> = {
  invalid_client: 'Check PARTNER_CENTER_CLIENT_ID and PARTNER_CENTER_CLIENT_SECRET.',
  unauthorized_client: 'Check PARTNER_CENTER_CLIENT_ID: the application may not sign in this way.',
  invalid_grant:
    'PARTNER_CENTER_REFRESH_TOKEN is invalid, expired or revoked: repeat the consent of the service account with multi-factor authentication (`npm run consent`) and store the new refresh token.',
  interaction_required:
    'PARTNER_CENTER_REFRESH_TOKEN no longer suffices: repeat the consent of the service account with multi-factor authentication (`npm run consent`).',
  invalid_resource:
    'PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to different clouds, or consent is missing.',
  access_denied: 'The sign-in was cancelled or the consent declined: start again, and accept it.',
  authorization_declined: 'The sign-in was declined: start again, and accept it.',
  expired_token: 'Nobody signed in while the code was valid: start again.',
  bad_verification_code: 'The directory does not know the code any more: start again.',
};

const otherwise =
  'Check PARTNER_CENTER_TENANT_ID, PARTNER_CENTER_CLIENT_ID, PARTNER_CENTER_CLIENT_SECRET and PARTNER_CENTER_REFRESH_TOKEN.';

/** What the operator must do about a sign-in that was refused. Of several numbers, any may be the one that tells. */
export function signInRemedy({ error, numbers: given, audience }: DirectoryRefusal): ReturnType<SignInRemedy> {
  const known = byNumber
    .map(({ numbers, remedy }) => ({ remedy, number: given.find((one) => numbers.includes(one)) }))
    .find(({ number }) => number !== undefined);
  if (!known) return { remedy: (error ? byError[error] : undefined) ?? otherwise };
  const isOfPrices = audience === globalPrices && consentNumbers.includes(known.number ?? '');
  return isOfPrices ? { ...known, remedy: pricesRefused } : known;
}

/** Where the store of rotated refresh tokens does not do its work. */
export const storeRemedies = {
  unreadable:
    'Look at the database (DATABASE_URL, DATA_DIR): until it answers, the refresh token in memory or the configured PARTNER_CENTER_REFRESH_TOKEN is used.',
  sealed:
    'PARTNER_CENTER_CLIENT_SECRET was changed since: the configured PARTNER_CENTER_REFRESH_TOKEN is used. If that is refused, repeat the consent of the service account (`npm run consent`) and store the new refresh token.',
  notStored:
    'Look at the database (DATABASE_URL, DATA_DIR): the new refresh token is kept in memory and stored at the next sign-in; a restart before that uses the former one.',
};
