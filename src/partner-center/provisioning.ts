import { PartnerCenterError } from './errors.ts';
import type { Api, Call } from './request.ts';
import { amount, collection, many, maybe, shape, snake, text } from './wire.ts';

/** Source: *Get subscription provisioning status of an order* (reference §4.3). App+User only. */
const provisioned = { quantity: maybe(amount), status: maybe(text) };
const lineStatuses = collection(
  shape({
    lineItemNumber: maybe(amount),
    orderLineItemId: maybe(amount),
    status: maybe(text),
    quantityProvisioningInformation: many(shape(provisioned)),
  }),
);

/** `unfulfilled`: because it was cancelled. `pending`: not yet. */
export type ProvisioningStatus = 'fulfilled' | 'unfulfilled' | 'pending' | 'unknown';

export interface LineProvisioning {
  readonly lineNumber: number;
  readonly status: ProvisioningStatus;
  readonly quantities: readonly { readonly quantity: number; readonly status: ProvisioningStatus }[];
}

export interface Provisioning {
  /** `undefined` where Partner Center knows nothing yet (800007), or not the order. */
  lines(customerId: string, orderId: string): Promise<LineProvisioning[] | undefined>;
}

export function toProvisioning(body: unknown): LineProvisioning[] {
  return lineStatuses.parse(body).map((wire, at) => ({
    lineNumber: wire.lineItemNumber ?? wire.orderLineItemId ?? at,
    status: statusOf(wire.status),
    quantities: wire.quantityProvisioningInformation.map(({ quantity, status }) => ({
      quantity: quantity ?? 0,
      status: statusOf(status),
    })),
  }));
}

function statusOf(written: string | undefined): ProvisioningStatus {
  const status = snake(written ?? '');
  if (status === 'fulfilled' || status === 'unfulfilled') return status;
  return status.endsWith('pending') ? 'pending' : 'unknown';
}

export function createProvisioning(api: Api): Provisioning {
  return {
    async lines(customerId, orderId) {
      const order = `/v1/customers/${encodeURIComponent(customerId)}/orders/${encodeURIComponent(orderId)}`;
      const path = `${order}/provisioningstatus`;
      const call: Call = { operation: 'getProvisioningStatus', method: 'GET', path, token: 'user' };
      try {
        return await api.read(call, toProvisioning);
      } catch (error) {
        if (error instanceof PartnerCenterError && error.kind === 'not-found') return undefined;
        throw error;
      }
    },
  };
}
