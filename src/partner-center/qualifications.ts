import type { Segment } from '../domain/software.ts';
import type { Api } from './request.ts';
import { collection, maybe, shape, snake, text } from './wire.ts';

/** Source: *Get a customer's qualifications* (reference §11.4). */
const qualifications = collection(shape({ qualification: text, vettingStatus: maybe(text) }));

/** Those in force: approved, or never subject to vetting. */
export function toQualifications(body: unknown): string[] {
  return qualifications
    .parse(body)
    .filter(({ vettingStatus }) => !vettingStatus || vettingStatus.toLowerCase() === 'approved')
    .map(({ qualification }) => qualification)
    .filter((qualification) => qualification.toLowerCase() !== 'none');
}

export function readQualifications(api: Api, customerId: string): Promise<string[]> {
  const path = `/v1/customers/${encodeURIComponent(customerId)}/qualifications`;
  return api.read({ operation: 'getQualifications', method: 'GET', path, token: 'either' }, toQualifications);
}

/** What each qualification opens; everybody may buy commercial. */
const opened: Readonly<Record<string, Segment>> = {
  education: 'education',
  government_community_cloud: 'government',
  nonprofit: 'nonprofit',
};

export function segmentsFor(qualified: readonly string[]): Segment[] {
  const more = qualified.map((one) => opened[snake(one)]).filter((segment) => segment !== undefined);
  return ['commercial', ...new Set(more)];
}
