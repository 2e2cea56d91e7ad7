import { z } from 'zod';
import type { Person } from '../../domain/people/staff.ts';
import type { Activity } from './activity.ts';
import { clean } from './text.ts';

export type Stranger = 'other-tenant' | 'guest' | 'unidentified';

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
export function whoIs(activity: Activity, staffTenantId: string | undefined): Person | Stranger {
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
    locale: localeOf(activity.locale ?? client?.locale),
    timeZone: timeZoneOf(activity.localTimezone ?? client?.timezone),
  };
}

/** A language tag that `Intl` accepts; English where there is none. */
export function localeOf(tag: string | undefined): string {
  return tag === undefined ? 'en' : knownLocale(tag);
}

function resolveLocale(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** By what devices send; asking `Intl` costs more than the rest of reading an activity. */
function rememberEach(resolve: (sent: string) => string): (sent: string) => string {
  const names = new Map<string, string>();
  return (sent) => {
    const known = names.get(sent);
    if (known !== undefined) return known;
    const name = resolve(sent);
    if (names.size >= maxNames) names.clear();
    names.set(sent, name);
    return name;
  };
}

const maxNames = 1000;
const knownLocale = rememberEach(resolveLocale);
const knownZone = rememberEach(resolveZone);

function timeZoneOf(zone: string | undefined): string {
  return zone === undefined ? 'UTC' : knownZone(zone);
}

function resolveZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
