import type { Vetting } from '../../domain/customers/readiness.ts';
import type { Segment } from '../../domain/orders/catalog.ts';
import { createCache } from '../../microsoft/cache.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { readAll } from '../client/paging.ts';
import { foreignText } from '../client/plain-text.ts';
import type { Api, Call } from '../client/request.ts';
import { instant, listOf, maybe, type ReportSkipped, shape, text, toSnakeCase } from '../client/wire.ts';

/** Source: *Get a customer's qualifications*. */
const qualifications = listOf(
  shape({
    qualification: text,
    vettingStatus: maybe(text),
    vettingReason: maybe(text),
    vettingCreatedDate: maybe(instant),
  }),
);

/** Those in force: approved, or never subject to vetting. */
export function toQualifications(body: unknown, reportSkipped?: ReportSkipped): string[] {
  return qualifications(body, reportSkipped)
    .filter(({ vettingStatus }) => !vettingStatus || vettingStatus.toLowerCase() === 'approved')
    .map(({ qualification }) => qualification)
    .filter((qualification) => qualification.toLowerCase() !== 'none');
}

/** Those that would open prices, were asked for, and are not in force. */
export function toVetting(body: unknown, reportSkipped?: ReportSkipped): Vetting[] {
  return qualifications(body, reportSkipped).flatMap((wire) => {
    const status = toSnakeCase(wire.vettingStatus ?? 'approved');
    if (status === 'approved' || !opened[toSnakeCase(wire.qualification)]) return [];
    const { vettingReason: reason, vettingCreatedDate: since } = wire;
    return {
      qualification: wire.qualification,
      status: status === 'in_review' ? 'in-review' : status === 'denied' ? 'denied' : 'unknown',
      ...(reason ? { reason: foreignText(reason) } : {}),
      ...(since ? { since } : {}),
    };
  });
}

export interface Standing {
  /** In force. */
  readonly qualified: readonly string[];
  readonly vetting: readonly Vetting[];
}

export interface Qualifications {
  /** As they were within the last minute. */
  known(customerId: string): Promise<Standing>;
  /** As they are now. */
  read(customerId: string): Promise<Standing>;
}

const customersAtMost = 500;
const keepMs = 60_000;

export function createQualifications(api: Api, timer: Timer): Qualifications {
  const cache = createCache<Standing>({ timer, size: customersAtMost, keepMs: () => keepMs });

  async function ask(customerId: string): Promise<Standing> {
    const path = `/v1/customers/${encodeURIComponent(customerId)}/qualifications`;
    const call: Call = { operation: 'getQualifications', method: 'GET', path, token: 'either' };
    const pages = await readAll(api, call, (body, reportSkipped) => [
      { qualified: toQualifications(body, reportSkipped), vetting: toVetting(body, () => undefined) },
    ]);
    return {
      qualified: pages.flatMap(({ qualified }) => qualified),
      vetting: pages.flatMap(({ vetting }) => vetting),
    };
  }

  return {
    known: (customerId) => cache.get(customerId, () => ask(customerId)),
    read: (customerId) => cache.renew(customerId, () => ask(customerId)),
  };
}

/**
 * What each qualification opens; everybody may buy commercial. `StateOwnedEntity` opens nothing: it says who owns the
 * customer, stands beside Education or GovernmentCommunityCloud, and is never vetted (*Get a customer's qualifications*).
 */
const opened: Readonly<Record<string, Segment>> = {
  education: 'education',
  government_community_cloud: 'government',
  nonprofit: 'nonprofit',
};

export const allSegments: readonly Segment[] = ['commercial', ...Object.values(opened)];

export function segmentsFor(qualified: readonly string[]): Segment[] {
  const more = qualified.map((one) => opened[toSnakeCase(one)]).filter((segment) => segment !== undefined);
  return ['commercial', ...new Set(more)];
}
