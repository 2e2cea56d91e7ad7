import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Role, Staff } from '../domain/people/staff.ts';
import { MicrosoftError } from '../microsoft/errors.ts';
import { NoAnswer } from '../microsoft/http.ts';
import type { Log } from '../microsoft/log.ts';
import { SignInError } from '../microsoft/oauth/sign-in-error.ts';
import { createSingleFlight } from '../microsoft/single-flight.ts';
import { realTimer, type Timer } from '../microsoft/timer.ts';
import { remedies } from '../words/operators.ts';
import { createGraphCall, GraphError } from './graph-call.ts';

export interface GraphStaffOptions {
  readonly graphUrl: string;
  /** `https://graph.microsoft.com/.default`, or another cloud's. */
  readonly scope: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Object ids, never names: anybody who may create groups can imitate a name. */
  readonly groups: Readonly<Partial<Record<Role, string>>>;
  readonly log: Log;
  readonly timer?: Timer;
  readonly timeoutMs?: number;
}

const keepMs = 60_000;
const mostPeople = 2_000;
const pagesAtMost = 100;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** `POST /users/{id}/checkMemberGroups`: transitive, at most 20 groups; needs GroupMember.Read.All and User.Read.All. */
const memberGroups = z.object({ value: z.array(z.string()) });
/** `GET /users/{id}`, of what is not told unasked; needs User.Read.All. */
const person = z.object({
  id: z.string().transform((id) => id.toLowerCase()),
  userType: z
    .string()
    .transform((type) => type.toLowerCase())
    .nullish(),
  accountEnabled: z.boolean(),
});
const personFields = 'id,userType,accountEnabled';
/** `GET /groups/{id}/transitiveMembers`: groups inside the group are members too. */
const members = z.object({
  value: z.array(z.object({ id: z.string(), '@odata.type': z.string().optional() })),
  '@odata.nextLink': z.string().optional(),
});

interface Kept {
  readonly roles: readonly Role[];
  readonly until: number;
  /** Which question was answered. */
  readonly question: number;
}

/** Roles as Entra has them now. Whatever goes wrong, nobody gets a role: `Refusal('roles-unknown')`. */
export function createGraphStaff(options: GraphStaffOptions): Staff {
  const { graphUrl, log, timer = realTimer } = options;
  const groups = groupRoles(options.groups);
  const call = createGraphCall({ ...options, timer });
  const kept = new Map<string, Kept>();
  const askOnce = createSingleFlight<readonly Role[]>();
  let questions = 0;

  async function lookUp(personId: string): Promise<readonly Role[]> {
    if (groups.size === 0) return [];
    try {
      const path = `/v1.0/users/${encodeURIComponent(personId)}`;
      const [inGroups, facts] = await Promise.all([
        call(`${path}/checkMemberGroups`, { groupIds: [...groups.keys()] }),
        call(`${path}?$select=${personFields}`),
      ]);
      const { value } = memberGroups.parse(inGroups);
      if (!isOfStaff(facts, personId)) return [];
      return [...new Set(value.flatMap((group) => groups.get(group.toLowerCase()) ?? []))];
    } catch (error) {
      if (error instanceof GraphError && error.kind === 'not-found') return [];
      throw refuse(error);
    }
  }

  async function lookUpAndKeep(personId: string): Promise<readonly Role[]> {
    const until = timer.now() + keepMs;
    questions += 1;
    const question = questions;
    const roles = await lookUp(personId);
    if (kept.size >= mostPeople) kept.clear();
    // An answer that was on its way for longer must not replace a newer one.
    if ((kept.get(personId)?.question ?? 0) < question) kept.set(personId, { roles, until, question });
    return roles;
  }

  function refuse(error: unknown): Refusal<'roles-unknown'> {
    const cause = causeOf(error);
    log.warn({ cause, remedy: remedyFor(error) }, 'roles could not be determined');
    return new Refusal('roles-unknown', { cause });
  }

  return {
    async rolesOf(personId, { fresh = false } = {}) {
      const id = personId.trim().toLowerCase();
      // Graph takes user names in this place too; only an object id names the person for good.
      if (!guid.test(id)) return [];
      const known = kept.get(id);
      if (!fresh && known && known.until > timer.now()) return known.roles;
      // What was asked a moment ago may have been answered before the role was taken away.
      return fresh ? lookUpAndKeep(id) : askOnce(id, () => lookUpAndKeep(id));
    },

    async adminAgents() {
      const group = options.groups['admin-agent'];
      if (!group) return [];
      const found = new Set<string>();
      try {
        let path: string | undefined = `/v1.0/groups/${encodeURIComponent(group)}/transitiveMembers?$select=id`;
        for (let page = 0; path && page < pagesAtMost; page += 1) {
          const answer: z.infer<typeof members> = members.parse(await call(path));
          for (const member of answer.value.filter(isPerson)) found.add(member.id);
          path = nextPath(answer['@odata.nextLink'], graphUrl);
        }
      } catch (error) {
        throw refuse(error);
      }
      return [...found];
    },
  };
}

function groupRoles(groups: GraphStaffOptions['groups']): ReadonlyMap<string, readonly Role[]> {
  const found = new Map<string, Role[]>();
  for (const [role, group] of Object.entries(groups) as [Role, string | undefined][]) {
    const id = group?.trim().toLowerCase();
    if (id) found.set(id, [...(found.get(id) ?? []), role]);
  }
  return found;
}

/** A guest, or somebody whose account is disabled, is not: Teams does not always say so. Throws for what is neither. */
function isOfStaff(facts: unknown, personId: string): boolean {
  const { id, userType, accountEnabled } = person.parse(facts);
  if (!userType) throw new AnswerError(noUserType);
  const isKnown = id === personId && (userType === 'member' || userType === 'guest');
  if (!isKnown) throw new AnswerError(notUnderstood);
  return userType === 'member' && accountEnabled;
}

function isPerson(member: { readonly '@odata.type'?: string | undefined }): boolean {
  const type = member['@odata.type'];
  return type === undefined || type.toLowerCase() === '#microsoft.graph.user';
}

/** Only below the same Graph: the next page's address is not a place to send a token to. */
function nextPath(nextLink: string | undefined, graphUrl: string): string | undefined {
  if (nextLink === undefined) return undefined;
  const next = new URL(nextLink);
  if (next.host !== new URL(graphUrl).host) throw new AnswerError('next page on another host');
  return `${next.pathname}${next.search}`;
}

/** Graph answered, and roles cannot be told from that. */
class AnswerError extends Error {}

const noUserType = 'the account has no user type';
const notUnderstood = 'answer not understood';

/** Fit for a log and a refusal. */
function causeOf(error: unknown): string {
  if (error instanceof AnswerError) return error.message;
  if (!(error instanceof MicrosoftError)) return notUnderstood;
  const { cause, kind, status } = error;
  if (status !== undefined) return `${error instanceof SignInError ? 'sign-in' : 'graph'} ${status}`;
  if (kind === 'throttled') return 'graph asked to wait';
  return cause instanceof NoAnswer && cause.reason === 'timeout' ? 'timeout' : 'unreachable';
}

function remedyFor(error: unknown): string | undefined {
  if (error instanceof AnswerError && error.message === noUserType) {
    return remedies.noUserType;
  }
  if (error instanceof SignInError) return error.description;
  if (!(error instanceof GraphError)) return undefined;
  if (error.status === 403) {
    return remedies.graphPermissions;
  }
  if (error.status === 400) {
    return remedies.groupIds;
  }
  return undefined;
}
