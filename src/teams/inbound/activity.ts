import { z } from 'zod';
import type { Place } from '../../domain/people/place.ts';

/** Ids become keys of stored records and parts of addresses: nothing that a database or a URL chokes on. */
const id = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text));
const account = z.object({
  id,
  name: z.string().optional().catch(undefined),
  aadObjectId: z.string().optional().catch(undefined),
  role: z.string().optional().catch(undefined),
  userRole: z.string().optional().catch(undefined),
  tenantId: z.string().optional().catch(undefined),
  /** Some clients write it as a text or a number (reported): taken for public it would be answered in public. */
  isTargeted: z.preprocess((value) => /^(true|1)$/i.test(String(value)), z.boolean()),
});
/** A file, a picture, a forwarded message; also the text of the message once more, as HTML. */
const attachment = z.object({
  contentType: z.string(),
  name: z.string().optional().catch(undefined),
  content: z.unknown().optional(),
});
const text = z.string().optional().catch(undefined);
const object = z.record(z.string(), z.unknown());

/**
 * What we read of an activity (Bot Framework activity schema, with Teams' additions). Only `type` must be there; any
 * other field of a wrong shape counts as absent, and whoever needs it says so.
 */
const schema = z.object({
  type: z.string().min(1),
  id: id.optional().catch(undefined),
  name: text,
  action: text,
  channelId: text,
  serviceUrl: text,
  locale: text,
  localTimezone: text,
  text,
  replyToId: id.optional().catch(undefined),
  from: account.optional().catch(undefined),
  recipient: account.optional().catch(undefined),
  conversation: z
    .object({ id, conversationType: text, isGroup: z.boolean().optional().catch(undefined), tenantId: text })
    .optional()
    .catch(undefined),
  channelData: z
    .object({
      eventType: text,
      tenant: z.object({ id: z.string() }).optional().catch(undefined),
      team: z.object({ id }).optional().catch(undefined),
      channel: z
        .object({ type: z.string().optional().catch(undefined) })
        .optional()
        .catch(undefined),
      /** Told of members of a shared channel: from where they come. */
      membershipSource: z.unknown().optional(),
    })
    .optional()
    .catch(undefined),
  entities: z.array(z.unknown()).catch([]).default([]),
  attachments: z.array(attachment.nullable().catch(null)).catch([]).default([]),
  value: z.unknown().optional(),
});

export type Activity = z.infer<typeof schema>;

/** The activity in a request's body; `undefined` when it is none. */
export function readActivity(body: unknown): Activity | undefined {
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/** Any JSON object as a record; `undefined` for everything else, arrays included. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  if (Array.isArray(value)) return undefined;
  const parsed = object.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Where the activity happened: docs/teams.md, "Ids, places and threads". Without a `conversationType` (other channels,
 * while developing) the id tells: `19:` is a channel or a group. In a channel the id names the thread and is kept as it
 * came.
 */
export function placeOf(conversation: NonNullable<Activity['conversation']>): Place {
  return { id: conversation.id, kind: kindOf(conversation) };
}

/** The chat or channel without the thread. */
export function chatOf(placeId: string): string {
  return placeId.replace(/;messageid=.*$/, '');
}

function kindOf({ id, conversationType, isGroup }: NonNullable<Activity['conversation']>): Place['kind'] {
  if (conversationType === 'channel') return 'channel';
  if (conversationType === 'groupChat') return 'group';
  // A chat of two people is called that too, where the message extension is used in it; one with the bot begins otherwise.
  if (conversationType === 'personal') return id.startsWith('19:') ? 'group' : 'personal';
  if (/@thread\.(tacv2|skype)/.test(id)) return 'channel';
  return isGroup || id.startsWith('19:') ? 'group' : 'personal';
}
