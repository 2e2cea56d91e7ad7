import type { SetupFinding } from '../domain/setup/setup-check.ts';
import { pemStart, readCertificate } from '../microsoft/oauth/client-proof.ts';
import { findingsOf } from './finding.ts';

const { problem, warning } = findingsOf('certificates');
const dayMs = 86_400_000;

interface Ending {
  readonly now: Date;
  /** So long before its end it is told. */
  readonly warnDays: number;
}

export function examineEndDate(whose: string, validTo: Date, { now, warnDays }: Ending): SetupFinding[] {
  const days = Math.floor((validTo.getTime() - now.getTime()) / dayMs);
  const on = validTo.toISOString().slice(0, 10);
  if (days < 0)
    return [problem('certificate-expired', `${whose} ended on ${on}.`, 'Put a new one in its place, then restart.')];
  if (days >= warnDays) return [];
  return [
    warning(
      'certificate-ends',
      `${whose} ends on ${on}.`,
      'Put a new one in its place before that (docs/operations.md, "Changing secrets").',
    ),
  ];
}

/** Of a client secret that is a certificate. */
export function examineClientCertificate(clientSecret: string, now: Date): SetupFinding[] {
  if (!clientSecret.includes(pemStart)) return [];
  const { certificate } = readCertificate(clientSecret);
  const whose = 'The certificate of PARTNER_CENTER_CLIENT_SECRET';
  if (new Date(certificate.validFrom) > now)
    return [
      problem(
        'certificate-not-yet',
        `${whose} is not valid yet.`,
        'Look at the clock, or use the certificate that is valid now.',
      ),
    ];
  return examineEndDate(whose, new Date(certificate.validTo), { now, warnDays: 30 });
}
