import type { Changes } from '../domain/cancellations/changes.ts';
import type { Tickets } from '../domain/cancellations/tickets.ts';
import type { Clock } from '../domain/clock.ts';
import type { Agreements } from '../domain/customers/agreement.ts';
import type { BillingProfiles } from '../domain/customers/billing-profile.ts';
import type { Customers } from '../domain/customers/customer.ts';
import type { Keys } from '../domain/keys/entitlement.ts';
import type { Catalog } from '../domain/orders/catalog.ts';
import type { Ordering } from '../domain/orders/ordering.ts';
import { Secret } from '../domain/secret.ts';
import type { ObservedCall } from '../microsoft/api-client.ts';
import { cloudMismatch, pricesFor, resourceOf } from '../microsoft/clouds.ts';
import type { Log } from '../microsoft/log.ts';
import type { RefreshTokenStore } from '../microsoft/oauth/refresh-tokens.ts';
import type { SharedRateLimits } from '../microsoft/rate-limit.ts';
import { partnerCenterRetries } from '../microsoft/retry-policy.ts';
import { realTimer, type Timer } from '../microsoft/timer.ts';
import { type AuditLog, createAuditRecords } from './audit/audit-records.ts';
import { createAddressCheck } from './billing/address-check.ts';
import { createBillingProfiles } from './billing/billing-profile.ts';
import { createAvailabilities, createAvailability } from './catalog/availabilities.ts';
import { createInventory } from './catalog/inventory.ts';
import { createItems } from './catalog/items.ts';
import { createPriceSheet } from './catalog/price-sheet.ts';
import { createProducts } from './catalog/products.ts';
import { createSegments } from './catalog/segments.ts';
import { createMfaCheck } from './client/mfa-check.ts';
import { createApi, type Trouble } from './client/request.ts';
import { createPartnerCenterTokens } from './client/sign-in.ts';
import { createAgreements } from './customers/agreements.ts';
import { createCustomerResource } from './customers/customer-resource.ts';
import { createCustomers } from './customers/customers.ts';
import { createQualifications } from './customers/qualifications.ts';
import { createReadiness } from './customers/readiness.ts';
import { createEntitlements } from './keys/entitlements.ts';
import { createKeys } from './keys/keys.ts';
import { createCarts } from './orders/carts.ts';
import { createOrders } from './orders/orders.ts';
import { createSubscriptions } from './orders/subscriptions.ts';
import { createServiceRequests, type SupportTopics } from './tickets/service-requests.ts';
import { createWebhooks, type Webhooks } from './webhooks/registration.ts';

export { readClientSecret } from './client/client-secret.ts';
export { createWebhookReceiver } from './webhooks/receiver.ts';
export { createRegistrarFor } from './webhooks/registrar.ts';

export interface PartnerCenterOptions {
  /** API base: `https://api.partnercenter.microsoft.com`, or the simulator's. */
  readonly url: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** As `readClientSecret` gives it: a secret, or the PEM of a private key and its certificate. */
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly refreshTokens?: RefreshTokenStore;
  /** Where the processes of this partner tell each other what they were asked to wait; without it each knows its own. */
  readonly rateLimits?: SharedRateLimits;
  /** Called before something that orders, cancels or files is sent again: throws where somebody else may be at it by now. */
  readonly demandRepeatable?: () => Promise<void>;
  /** Called after each attempt of a call. */
  readonly onCall?: (call: ObservedCall) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Of one call; an operation with all its attempts takes at most four times as long, a list nine times. */
  readonly timeoutMs?: number;
  /** Real time, for pauses and lifetimes. */
  readonly timer?: Timer;
}

export interface PartnerCenter {
  readonly customers: Customers;
  readonly catalog: Catalog;
  readonly ordering: Ordering;
  readonly keys: Keys;
  readonly tickets: Tickets & SupportTopics;
  readonly changes: Changes & AuditLog;
  readonly agreements: Agreements;
  readonly billingProfiles: BillingProfiles;
  readonly webhooks: Webhooks;
  /** Does Partner Center see multi-factor authentication in the service account's consent? `undefined`: not said. */
  isMfaCompliant(): Promise<boolean | undefined>;
  /** As the last call found it. `sign-in`: the directory refuses it until an operator has changed something. */
  trouble(): Trouble | undefined;
  close(): Promise<void>;
}

/** The ports of the business, answered by Partner Center's REST API. Throws where the two addresses are of different clouds. */
export function createPartnerCenter(options: PartnerCenterOptions): PartnerCenter {
  const { url, authority, clock, log, rateLimits, demandRepeatable, timer = realTimer } = options;
  const { timeoutMs = partnerCenterRetries.timeoutMs } = options;
  const audience = resourceOf(url);
  const mismatch = cloudMismatch(url, authority);
  // The credentials would go to the directory of another cloud.
  if (mismatch) throw new Error(mismatch);
  const cutOff = new AbortController();
  const tokens = createPartnerCenterTokens(
    {
      ...{ authority, tenantId: options.tenantId, clientId: options.clientId },
      clientSecret: new Secret(options.clientSecret),
      refreshToken: new Secret(options.refreshToken),
      ...(options.refreshTokens ? { refreshTokens: options.refreshTokens } : {}),
    },
    { timer, log, timeoutMs, signal: cutOff.signal },
  );
  const api = createApi({
    ...{ url, resource: audience, tokens, timer, log, timeoutMs },
    ...{ rateLimits, demandRepeatable, onCall: options.onCall, cutOff },
  });
  const resource = createCustomerResource(api, timer);
  const qualifications = createQualifications(api, timer);
  const segments = createSegments(qualifications);
  const { countryOf } = resource;
  const { sku, lists, ...products } = createProducts(api, { segments, countryOf, timer });
  const { unitPrice, sheetOf } = createPriceSheet(api, { host: pricesFor(url), clock, timer });
  const customers = createCustomers(api, { resource, authority, timer });

  return {
    customers: {
      ...customers,
      readiness: createReadiness(api, qualifications),
      address: createAddressCheck(api, { resource, timer }),
    },
    catalog: {
      ...products,
      availabilities: createAvailabilities(api, segments),
      availability: createAvailability(api),
      items: createItems({ lists, sheetOf, resource, timer }),
      unitPrice,
      restrictions: createInventory(api),
    },
    ordering: { ...createCarts(api), ...createOrders(api), ...createSubscriptions(api) },
    keys: {
      ...createKeys(api, { url, timer }),
      entitlements: createEntitlements(api, { ...products, sku }, customers),
    },
    tickets: createServiceRequests(api, { timer, log }),
    changes: createAuditRecords(api, options.clientId),
    agreements: createAgreements(api, timer),
    billingProfiles: createBillingProfiles(api),
    webhooks: createWebhooks(api),
    isMfaCompliant: createMfaCheck(api),
    trouble: () => api.trouble(),
    close: () => api.close(),
  };
}
