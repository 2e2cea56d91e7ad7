import { z } from 'zod';
import { clean } from '../../cards/typed-text.ts';
import type { Activity } from './activity.ts';

export type Stranger = 'other-tenant' | 'guest' | 'unidentified';

/** Who is speaking, and what their device says of them. */
export interface Speaker {
  readonly id: string;
  readonly name: string;
  /** A language tag that `Intl` accepts. */
  readonly locale?: string;
  readonly timeZone?: string;
}

const clientInfo = z.object({
  type: z.literal('clientInfo'),
  timezone: z.string().optional(),
  locale: z.string().optional(),
});

/**
 * Whose organisation the activity comes from: every tenant it names must be the one that is served, and it must name
 * one. A mismatch is no business of the person's but of the installation: HTTP 403, nothing is said.
 */
export function isServedTenant(activity: Activity, staffTenantId: string | undefined): boolean {
  if (staffTenantId === undefined) return true;
  const named = [activity.channelData?.tenant?.id, activity.conversation?.tenantId].filter((id) => id !== undefined);
  return named.length > 0 && named.every((id) => id.toLowerCase() === staffTenantId.toLowerCase());
}

/**
 * Who is speaking, from the authenticated activity and never from a card: docs/teams.md, "Who is speaking". A person of
 * another tenant in a shared channel, a guest, an anonymous meeting user or somebody without an object id is a `Stranger`,
 * who is told so in the chat. `userRole` only ever takes a right away.
 */
export function whoIs(activity: Activity, staffTenantId: string | undefined): Speaker | Stranger {
  const from = activity.from;
  if (from?.userRole && /^(guest|anonymous)$/i.test(from.userRole)) return 'guest';
  if (staffTenantId && from?.tenantId && from.tenantId.toLowerCase() !== staffTenantId.toLowerCase())
    return 'other-tenant';
  const id = z.guid().safeParse(from?.aadObjectId);
  if (!from || !id.success) return 'unidentified';
  const client = activity.entities.map((entity) => clientInfo.safeParse(entity)).find((parsed) => parsed.success)?.data;
  return {
    id: id.data.toLowerCase(),
    name: clean(from.name ?? '')
      .trim()
      .slice(0, 200)
      .toWellFormed(),
    locale: nameOf(knownLocale, activity.locale ?? client?.locale),
    timeZone: nameOf(knownZone, activity.localTimezone ?? client?.timezone),
  };
}

/** What is told of a sender, whoever they are: the object id, else Teams' own. */
export function senderOf({ from }: Activity): Pick<Speaker, 'id' | 'name'> {
  const text = (given: string | undefined) =>
    clean(given ?? '')
      .trim()
      .slice(0, 200)
      .toWellFormed();
  return { id: text(from?.aadObjectId ?? from?.id).toLowerCase(), name: text(from?.name) };
}

/** By what devices send; asking `Intl` costs more than the rest of reading an activity. `undefined`: it knows no such name. */
function rememberEach(resolve: (sent: string) => string | undefined): (sent: string) => string | undefined {
  const names = new Map<string, string | undefined>();
  return (sent) => {
    if (names.has(sent)) return names.get(sent);
    const name = resolve(sent);
    if (names.size >= maxNames) names.clear();
    names.set(sent, name);
    return name;
  };
}

const maxNames = 1000;
const knownLocale = rememberEach(resolveLocale);
const knownZone = rememberEach(resolveZone);

function nameOf(known: (sent: string) => string | undefined, sent: string | undefined): string | undefined {
  return sent === undefined ? undefined : known(sent);
}

function resolveLocale(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

function resolveZone(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
