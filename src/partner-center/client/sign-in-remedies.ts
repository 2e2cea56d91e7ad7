import { globalPrices } from '../../microsoft/clouds.ts';
import type { DirectoryRefusal, SignInRemedy } from '../../microsoft/oauth/sign-in-error.ts';
import { remedies } from '../../words/operators.ts';

/** Consent to an API is missing, or the tenant does not know the API. */
const consentNumbers = ['65001', '650057', '500011', '90094', '90095', '650052'];

/** Which variable to look at, and what to do, by the directory's number (Entra's list of AADSTS codes). */
const byNumber: readonly { readonly numbers: readonly string[]; readonly remedy: string }[] = [
  {
    numbers: ['7000215', '7000222', '7000216', '50012'],
    remedy: remedies.secretWrong,
  },
  {
    numbers: ['700027', '700021', '700023', '700024', '7000229'],
    remedy: remedies.certificateRefused,
  },
  {
    numbers: ['700016', '700038'],
    remedy: remedies.applicationUnknown,
  },
  {
    numbers: ['7000218'],
    remedy: remedies.needsProof,
  },
  {
    numbers: ['700025'],
    remedy: remedies.publicClient,
  },
  {
    numbers: ['90002', '900021', '900023', '900382'],
    remedy: remedies.tenantUnknown,
  },
  {
    numbers: ['50072', '50074', '50076', '50078', '50079', '53003', '53004', '50158'],
    remedy: remedies.signInWithoutMfa,
  },
  {
    numbers: ['50173', '70043', '50132', '50133'],
    remedy: remedies.sessionEnded,
  },
  {
    numbers: consentNumbers,
    remedy: remedies.lacksConsent,
  },
  {
    numbers: ['50020', '50034', '50105', '50177'],
    remedy: remedies.accountMayNot,
  },
  {
    numbers: ['50011', '900971', '500113'],
    remedy: remedies.lacksRedirectAddress,
  },
  {
    numbers: ['53000', '53001', '530003'],
    remedy: remedies.needsManagedDevice,
  },
  {
    numbers: ['65004'],
    remedy: remedies.consentDeclined,
  },
];

const byError: Readonly<Record<string, string>> = {
  invalid_client: remedies.clientInvalid,
  unauthorized_client: remedies.clientMayNot,
  invalid_grant: remedies.refreshTokenInvalid,
  interaction_required: remedies.refreshTokenInsufficient,
  invalid_resource: remedies.otherCloud,
  access_denied: remedies.signInCancelled,
  authorization_declined: remedies.signInDeclined,
  expired_token: remedies.codeExpired,
  bad_verification_code: remedies.codeUnknown,
};

/** What the operator must do about a sign-in that was refused. Of several numbers, any may be the one that tells. */
export function signInRemedy({ error, numbers: given, audience }: DirectoryRefusal): ReturnType<SignInRemedy> {
  const known = byNumber
    .map(({ numbers, remedy }) => ({ remedy, number: given.find((one) => numbers.includes(one)) }))
    .find(({ number }) => number !== undefined);
  if (!known) return { remedy: (error ? byError[error] : undefined) ?? remedies.checkAll };
  const isOfPrices = audience === globalPrices && consentNumbers.includes(known.number ?? '');
  return isOfPrices ? { ...known, remedy: remedies.pricesRefused } : known;
}

/** Where the store of rotated refresh tokens does not do its work. */
export const storeRemedies = {
  unreadable: remedies.storeUnreadable,
  sealed: remedies.storeSealed,
  notStored: remedies.tokenNotStored,
};
