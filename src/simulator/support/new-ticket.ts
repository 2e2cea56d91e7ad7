import { z } from 'zod';
import type { Contact, ServiceRequest } from '../entities.ts';
import type { MadeIds } from '../made-ids.ts';
import { SUPPORT_TOPICS } from './support.ts';

const SEVERITIES = ['unknown', 'critical', 'moderate', 'minimal'] as const;
const STATUSES = ['none', 'open', 'closed', 'attention_needed'] as const;

/** Enumerations are words in snake_case or PascalCase, or numbers. */
function word<const T extends readonly string[]>(words: T) {
  return z
    .union([z.string(), z.number()])
    .transform((value) => (typeof value === 'number' ? words[value] : snakeCase(value)))
    .pipe(z.enum(words));
}

const contactSchema = z.object({
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string().nullish(),
  phoneNumber: z.string().nullish(),
});

const fileLinkSchema = z.object({
  id: z.string(),
  fileNameWithoutExtension: z.string(),
  fileExtension: z.string(),
  fileSize: z.number(),
  comment: z.string().optional(),
});

export const newTicketSchema = z.object({
  title: z.string().min(1).max(255),
  description: z.string().min(1),
  severity: word(SEVERITIES),
  supportTopicId: z.union([z.string().min(1), z.number().transform(String)]),
  supportTopicName: z.string().nullish(),
  countryCode: z.string().nullish(),
  primaryContact: contactSchema.nullish(),
  fileLinks: z.array(fileLinkSchema).nullish(),
});

export const ticketUpdateSchema = z.object({
  status: word(STATUSES).nullish(),
  newNote: z.object({ text: z.string().nullish() }).nullish(),
});

/** Who files it, and when. */
export interface Filing {
  now: number;
  caller: { userName: string };
}

/** A ticket as it was filed; the contact is completed from the person who signed in. */
export function newTicket(ids: MadeIds, call: Filing, sent: z.infer<typeof newTicketSchema>): ServiceRequest {
  const topic = SUPPORT_TOPICS.find(({ id }) => String(id) === sent.supportTopicId);
  const topicName = sent.supportTopicName ?? topic?.name;
  return {
    id: ticketId(ids, call),
    title: sent.title,
    description: sent.description,
    severity: sent.severity,
    supportTopicId: sent.supportTopicId,
    ...(topicName === undefined ? {} : { supportTopicName: topicName }),
    countryCode: sent.countryCode ?? 'US',
    primaryContact: contactOf(call, sent.primaryContact ?? {}),
    fileLinks: sent.fileLinks ?? [],
    createdAt: call.now,
    steps: [{ at: call.now, status: 'none', by: call.caller.userName }],
  };
}

function contactOf(call: Filing, sent: z.infer<typeof contactSchema>): Contact {
  return {
    firstName: sent.firstName ?? '',
    lastName: sent.lastName ?? 'Account',
    email: sent.email ?? call.caller.userName,
    phoneNumber: sent.phoneNumber ?? '5555550100',
  };
}

/** Sixteen digits that begin with the date, as the portal numbers requests. */
function ticketId(ids: MadeIds, call: Filing): string {
  const date = new Date(call.now).toISOString().slice(2, 10).replaceAll('-', '');
  return date + ids.digits(10);
}

function snakeCase(text: string): string {
  return text.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}
