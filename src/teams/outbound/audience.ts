import { z } from 'zod';
import { DeliveryError } from '../../domain/errors.ts';
import type { Readers } from '../../domain/people/place.ts';
import type { PlaceReference } from '../../domain/people/references.ts';
import { createRecentValues, type RecentValues } from '../../domain/work/recent-values.ts';
import type { Log } from '../../log.ts';
import { chatOf } from '../inbound/activity.ts';
import type { Read } from './send.ts';

/** Who reads along in a place; see docs/security.md, "Who reads along". */
export interface Audience {
  of(reference: PlaceReference): Promise<Readers>;
  /** Somebody from outside was seen there. */
  suspect(placeId: string): void;
  /** Members came or went somewhere: what was read is not believed any more. */
  forget(): void;
}

interface AudienceParts {
  /** Unset in development: then only who is of another tenant than the conversation is from outside. */
  readonly staffTenantId: string | undefined;
  readonly read: Read;
  readonly log: Log;
  readonly now?: () => number;
}

/** `strict`: where the members cannot be read, nothing is shown. */
type Asked = 'strict' | 'lenient';

interface Roster {
  readonly readers: Promise<Readers>;
  /** Set once it is known. */
  until: number;
}

const most = 10_000;
const strictMs = 30_000;
/** Teams tells of people who join a team; who cannot be told of in a channel is asked for again. */
const lenientMs = 3600_000;
const unknownMs = { strict: 5_000, lenient: 300_000 };
const suspectedMs = 24 * 3600_000;
const pageSize = 500;
/** A team has at most 25,000 members. */
const maxPages = 60;

const member = z.object({
  id: z.string().optional().catch(undefined),
  tenantId: z.string().optional().catch(undefined),
  userRole: z.string().optional().catch(undefined),
  userPrincipalName: z.string().optional().catch(undefined),
});
const members = z.array(member);
const page = z.object({ members, continuationToken: z.string().nullish() });

type Member = z.infer<typeof member>;

/** Reads the members of a channel with the Connector, its own ones: those of its team are others. */
export function createAudience({ staffTenantId, read, log, now = Date.now }: AudienceParts): Audience {
  let rosters = createRosters();
  const suspected = createRecentValues<true>({ most, keptMs: suspectedMs, now });

  function createRosters(): RecentValues<Roster> {
    return createRecentValues({ most, keptMs: lenientMs, now });
  }

  function ruleOf({ place, channelType }: PlaceReference): Asked | undefined {
    if (place.kind === 'personal') return undefined;
    if (channelType === 'private' || channelType === 'shared') return 'strict';
    // A local look-alike of Teams, with simulated data, need not tell who is where.
    if (suspected.get(chatOf(place.id))) return staffTenantId === undefined ? 'lenient' : 'strict';
    return place.kind === 'channel' && staffTenantId !== undefined ? 'lenient' : undefined;
  }

  async function readRoster(reference: PlaceReference): Promise<Readers> {
    const { serviceUrl, tenantId, place } = reference;
    const conversation = `v3/conversations/${encodeURIComponent(chatOf(place.id))}`;
    const staffTenant = (staffTenantId ?? tenantId).toLowerCase();
    // The members of a chat are not told in pages.
    if (place.kind === 'group')
      return judge(members.parse(await read(serviceUrl, `${conversation}/members`)), staffTenant);
    let token: string | null | undefined;
    let readers: Readers = 'staff';
    for (let pages = 0; pages < maxPages; pages += 1) {
      const next = token ? `&continuationToken=${encodeURIComponent(token)}` : '';
      const found = page.parse(await read(serviceUrl, `${conversation}/pagedmembers?pageSize=${pageSize}${next}`));
      const here = judge(found.members, staffTenant);
      if (here === 'outsiders') return here;
      if (here === 'unknown') readers = here;
      token = found.continuationToken;
      if (!token) return readers;
    }
    return 'unknown';
  }

  async function ask(reference: PlaceReference, rule: Asked): Promise<Readers> {
    try {
      return await readRoster(reference);
    } catch (error) {
      const { status, code } = error instanceof DeliveryError ? error : {};
      log.warn(
        { placeId: chatOf(reference.place.id), rule, status, code },
        'the members of a channel could not be read',
      );
      return 'unknown';
    }
  }

  /** Asked once at a time, and kept for as long as that kind of channel may go unseen. */
  function rosterOf(reference: PlaceReference, rule: Asked): Promise<Readers> {
    const key = chatOf(reference.place.id);
    const known = rosters.get(key)?.value;
    if (known && now() < known.until) return known.readers;
    const begunAt = now();
    const roster: Roster = { readers: ask(reference, rule), until: Number.POSITIVE_INFINITY };
    rosters.put(key, roster);
    return roster.readers.then((readers) => {
      roster.until = begunAt + keepMs(readers, rule);
      return readers;
    });
  }

  return {
    async of(reference) {
      const rule = ruleOf(reference);
      if (!rule) return 'staff';
      const readers = await rosterOf(reference, rule);
      return readers === 'unknown' && rule === 'lenient' ? 'staff' : readers;
    },
    suspect(placeId) {
      const key = chatOf(placeId);
      if (suspected.get(key)) return;
      suspected.put(key, true);
      rosters = createRosters();
    },
    forget() {
      rosters = createRosters();
    },
  };
}

function keepMs(readers: Readers, rule: Asked): number {
  if (readers === 'unknown') return unknownMs[rule];
  return rule === 'lenient' && readers === 'staff' ? lenientMs : strictMs;
}

/** Of some members: whoever is not told to be of the staff's tenant is not. Nobody at all is no answer. */
function judge(found: readonly Member[], staffTenant: string): Readers {
  const people = found.filter(({ id }) => !id?.startsWith('28:'));
  if (people.some((one) => isOutsider(one, staffTenant))) return 'outsiders';
  return people.length === 0 || people.some(({ tenantId }) => tenantId === undefined) ? 'unknown' : 'staff';
}

/** A guest is of the staff's tenant too, by a role of their own. */
function isOutsider({ tenantId, userRole, userPrincipalName }: Member, staffTenant: string): boolean {
  if (/^(guest|anonymous)$/i.test(userRole ?? '') || /#EXT#/i.test(userPrincipalName ?? '')) return true;
  return tenantId !== undefined && tenantId.toLowerCase() !== staffTenant;
}
