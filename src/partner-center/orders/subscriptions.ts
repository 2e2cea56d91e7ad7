import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Subscription } from '../../domain/orders/order.ts';
import type { Ordering } from '../../domain/orders/ordering.ts';
import { hasCode } from '../client/errors.ts';
import { readAll } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import {
  amount,
  enumeration,
  flag,
  guidOrId,
  id,
  instant,
  listOf,
  many,
  maybe,
  type ReportSkipped,
  shape,
  text,
} from '../client/wire.ts';

/** Sources: *Subscription resources*, *Cancel a … new commerce subscription*. */
const subscription = shape({
  id: guidOrId,
  orderId: maybe(text),
  status: maybe(enumeration(['none', 'active', 'suspended', 'deleted', 'expired', 'pending', 'disabled'])),
  cancellationAllowedUntilDate: maybe(instant),
  effectiveStartDate: maybe(instant),
  termDuration: maybe(text),
  refundOptions: maybe(many(shape({ type: maybe(text), expiresAt: maybe(instant) }))),
  refundableQuantity: maybe(
    shape({
      totalQuantity: maybe(amount),
      details: maybe(many(shape({ quantity: amount, allowedUntilDateTime: maybe(instant) }))),
    }),
  ),
});
const subscriptionList = listOf(subscription);
/** What is written back must at least be of its kind: a broken answer must not become the subscription. */
const sound = shape({
  id,
  friendlyName: text.nullish(),
  quantity: amount.nullish(),
  autoRenewEnabled: flag.nullish(),
});
const resource = z.record(z.string(), z.unknown());
const tagged = shape({ attributes: maybe(shape({ etag: maybe(text) })) });

export function toSubscription(body: unknown): Subscription {
  return subscriptionOf(subscription.parse(body));
}

export function toSubscriptions(body: unknown, reportSkipped?: ReportSkipped): Subscription[] {
  return subscriptionList(body, reportSkipped).map(subscriptionOf);
}

/** Where the one date is missing, the last refund option tells when the window closes. */
function subscriptionOf(wire: ReturnType<typeof subscription.parse>): Subscription {
  const { id, orderId, status, cancellationAllowedUntilDate, effectiveStartDate, termDuration, refundOptions } = wire;
  const options = refundOptionsOf(wire);
  const refundable = refundableOf(wire);
  const ends = (refundOptions ?? []).map(({ expiresAt }) => expiresAt?.getTime() ?? 0);
  const last = Math.max(0, ...ends);
  const until = cancellationAllowedUntilDate ?? (last > 0 ? new Date(last) : undefined);
  return {
    id,
    ...(orderId ? { orderId } : {}),
    status: status || 'none',
    ...(until ? { cancellationAllowedUntilAt: until } : {}),
    ...(effectiveStartDate ? { termStartedAt: effectiveStartDate } : {}),
    ...(termDuration ? { termDuration } : {}),
    ...(options.length > 0 ? { refundOptions: options } : {}),
    ...(refundable ? { refundable } : {}),
  };
}

type Wire = z.output<typeof subscription>;

function refundOptionsOf({ refundOptions }: Wire): NonNullable<Subscription['refundOptions']> {
  return (refundOptions ?? []).flatMap(({ type, expiresAt }) => {
    const known = ({ full: 'full', partial: 'partial' } as const)[type?.toLowerCase() ?? ''];
    return known && expiresAt ? { type: known, until: expiresAt } : [];
  });
}

/** A total without details stands to no moment; none at all, without details, says nothing. */
function refundableOf({ refundableQuantity }: Wire): Subscription['refundable'] {
  const { totalQuantity, details = [] } = refundableQuantity ?? {};
  if (details.length > 0) {
    return details.map(({ quantity, allowedUntilDateTime: until }) => ({ quantity, ...(until ? { until } : {}) }));
  }
  return totalQuantity ? [{ quantity: totalQuantity }] : undefined;
}

/** The whole resource with another status: what is left out would be reset silently. */
export function fromDeletion(body: unknown): { content: Record<string, unknown>; etag: string | undefined } {
  sound.parse(body);
  const whole = resource.parse(body);
  const kept = Object.entries(whole).filter(([name]) => name.toLowerCase() !== 'status');
  const etag = tagged.parse(body).attributes?.etag?.replace(/^"|"$/g, '');
  return { content: { ...Object.fromEntries(kept), status: 'deleted' }, etag: etag || undefined };
}

const alreadyDeleted = '2011';
const staleEtag = '2055';

export function createSubscriptions(api: Api): Pick<Ordering, 'subscriptions' | 'cancelSubscription'> {
  const at = (customerId: string) => `/v1/customers/${encodeURIComponent(customerId)}/subscriptions`;

  function getCall(customerId: string, subscriptionId: string): Call {
    const path = `${at(customerId)}/${encodeURIComponent(subscriptionId)}`;
    return { operation: 'getSubscription', method: 'GET', path, token: 'either' };
  }

  /** Read, change, write; `undefined` when the answer shows nothing (202, or deleted before). */
  async function remove(customerId: string, subscriptionId: string, requestId: string) {
    const call = getCall(customerId, subscriptionId);
    const read = await api.read(call, (body) => ({ shown: toSubscription(body), ...fromDeletion(body) }));
    if (read.shown.status === 'deleted') return read.shown;
    const patch: Call = {
      ...call,
      operation: 'cancelSubscription',
      method: 'PATCH',
      body: read.content,
      requestId,
      ...(read.etag ? { headers: { 'If-Match': `"${read.etag}"` } } : {}),
    };
    // An answer about something else shows nothing either: it is read back.
    const toShown = (body: unknown) => {
      const answered = subscription.safeParse(body).data;
      return answered?.id.toLowerCase() === subscriptionId.toLowerCase() ? subscriptionOf(answered) : undefined;
    };
    return api.read(patch, toShown).catch((error) => {
      if (!hasCode(error, alreadyDeleted)) throw error;
      return undefined;
    });
  }

  return {
    subscriptions(customerId) {
      const call: Call = { operation: 'listSubscriptions', method: 'GET', path: at(customerId), token: 'either' };
      return readAll(api, call, toSubscriptions);
    },

    async cancelSubscription(customerId, subscriptionId, requestId) {
      const answered = await remove(customerId, subscriptionId, requestId).catch((error) => {
        if (!hasCode(error, staleEtag)) throw error;
        // Another request id: under the first one the refusal would only be repeated.
        return remove(customerId, subscriptionId, randomUUID());
      });
      return answered ?? api.read(getCall(customerId, subscriptionId), toSubscription);
    },
  };
}
