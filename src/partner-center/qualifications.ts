import type { Vetting } from '../domain/customers/readiness.ts';
import type { Segment } from '../domain/orders/catalog.ts';
import { decodeEntities } from './errors.ts';
import type { Api, Call } from './request.ts';
import { instant, type LeftOut, listOf, maybe, shape, snake, text } from './wire.ts';

/** Source: *Get a customer's qualifications* (reference §11.4). */
const qualifications = listOf(
  shape({
    qualification: text,
    vettingStatus: maybe(text),
    vettingReason: maybe(text),
    vettingCreatedDate: maybe(instant),
  }),
);

/** Those in force: approved, or never subject to vetting. */
export function toQualifications(body: unknown, leftOut?: LeftOut): string[] {
  return qualifications(body, leftOut)
    .filter(({ vettingStatus }) => !vettingStatus || vettingStatus.toLowerCase() === 'approved')
    .map(({ qualification }) => qualification)
    .filter((qualification) => qualification.toLowerCase() !== 'none');
}

/** Those that would open prices, were asked for, and are not in force. */
export function toVetting(body: unknown, leftOut?: LeftOut): Vetting[] {
  return qualifications(body, leftOut).flatMap((wire) => {
    const status = snake(wire.vettingStatus ?? 'approved');
    if (status === 'approved' || !opened[snake(wire.qualification)]) return [];
    const { vettingReason: reason, vettingCreatedDate: since } = wire;
    return {
      qualification: wire.qualification,
      status: status === 'in_review' ? 'in-review' : status === 'denied' ? 'denied' : 'unknown',
      ...(reason ? { reason: decodeEntities(reason) } : {}),
      ...(since ? { since } : {}),
    };
  });
}

function readCall(customerId: string): Call {
  const path = `/v1/customers/${encodeURIComponent(customerId)}/qualifications`;
  return { operation: 'getQualifications', method: 'GET', path, token: 'either' };
}

export function readQualifications(api: Api, customerId: string): Promise<string[]> {
  return api.read(readCall(customerId), toQualifications);
}

export function readStanding(api: Api, customerId: string): Promise<{ qualified: string[]; vetting: Vetting[] }> {
  return api.read(readCall(customerId), (body, leftOut) => ({
    qualified: toQualifications(body, leftOut),
    vetting: toVetting(body, () => undefined),
  }));
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

export function segmentsFor(qualified: readonly string[]): Segment[] {
  const more = qualified.map((one) => opened[snake(one)]).filter((segment) => segment !== undefined);
  return ['commercial', ...new Set(more)];
}
