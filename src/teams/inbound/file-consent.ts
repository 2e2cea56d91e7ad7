import { z } from 'zod';
import type { AuditFileAnswer, AuditFileScope } from '../../domain/audit/audit.ts';
import { isAuditSubject } from '../../domain/audit/audit-subject.ts';
import { Secret } from '../../domain/secret.ts';

/** What goes with the question, and comes back with its answer: anybody can make it up, so it is only a wish. */
const context = z.object({
  audit: z.object({
    customerId: z.guid().optional(),
    since: z.iso.datetime().optional(),
    before: z.iso.datetime().optional(),
    person: z.string().max(200).optional(),
    subject: z.string().refine(isAuditSubject).optional(),
    isReview: z.boolean().optional(),
  }),
});
const consent = z.discriminatedUnion('action', [
  z.object({ action: z.literal('decline') }),
  z.object({
    action: z.literal('accept'),
    context,
    uploadInfo: z.object({
      uploadUrl: z.string().min(1).max(8000),
      contentUrl: z.string().max(8000),
      name: z.string().max(400),
      uniqueId: z.string().max(200),
      fileType: z.string().max(40),
    }),
  }),
]);

/** Where the file lies then, as Teams' own card of a file shows it. */
export interface StoredFile {
  readonly contentUrl: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

/** What a person said to the question whether a file may be put into their OneDrive (docs/teams.md, "Files to a person"). */
export interface FileConsent {
  readonly answer: AuditFileAnswer;
  /** Absent where they do not want it. */
  readonly stored?: StoredFile;
}

export function contextOf({ since, before, ...scope }: AuditFileScope): z.input<typeof context> {
  return { audit: { ...scope, since: since?.toISOString(), before: before?.toISOString() } };
}

/** `undefined`: no answer to a question of ours. */
export function readFileConsent(value: unknown): FileConsent | undefined {
  const { success, data } = consent.safeParse(value);
  if (!success) return undefined;
  if (data.action === 'decline') return { answer: { isAccepted: false } };
  const { customerId, since, before, person, subject, isReview } = data.context.audit;
  const { uploadUrl, ...stored } = data.uploadInfo;
  const scope = {
    ...(customerId && { customerId }),
    ...(since && { since: new Date(since) }),
    ...(before && { before: new Date(before) }),
    ...(person && { person }),
    ...(subject && { subject }),
    ...(isReview && { isReview }),
  };
  return { answer: { isAccepted: true, scope, address: new Secret(uploadUrl) }, stored };
}
