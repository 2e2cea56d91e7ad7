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
import { createAgreements } from './agreements.ts';
import { type AuditLog, createAuditRecords } from './audit-records.ts';
import { createAvailabilities } from './availabilities.ts';
import { createBillingProfiles } from './billing-profile.ts';
import type { SharedHolds } from './brakes.ts';
import { createCarts } from './carts.ts';
import { cloudMismatch, pricesFor, resourceOf } from './clouds.ts';
import { createCustomers } from './customers.ts';
import { createEntitlements } from './entitlements.ts';
import { createInventory } from './inventory.ts';
import { createKeys } from './keys.ts';
import { createMfaCheck } from './mfa.ts';
import { createOrders } from './orders.ts';
import { createPriceSheet } from './price-sheet.ts';
import { createProducts } from './products.ts';
import { createReadiness } from './readiness.ts';
import type { RefreshTokenVault } from './refresh-tokens.ts';
import { createApi, type Log } from './request.ts';
import { createSegments } from './segments.ts';
import { createServiceRequests, type SupportTopics } from './service-requests.ts';
import { createSubscriptions } from './subscriptions.ts';
import { realTimer, type Timer } from './timer.ts';
import { createTokens } from './token.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

export interface PartnerCenterOptions {
  /** API base: `https://api.partnercenter.microsoft.com`, or the simulator's. */
  readonly url: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** As `readClientSecret` gives it: a secret, or the PEM of a private key and its certificate. */
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly refreshTokens?: RefreshTokenVault;
  /** Where the processes of this partner share what they were told to wait; without it each knows its own. */
  readonly holds?: SharedHolds;
  readonly clock: Clock;
  readonly log: Log;
  /** Of one call; an operation with all its tries takes at most four times as long. */
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
  close(): Promise<void>;
}

/** The ports of the business, answered by Partner Center's REST API. Throws where the two addresses are of different clouds. */
export function createPartnerCenter(options: PartnerCenterOptions): PartnerCenter {
  const { url, authority, clock, log, timeoutMs = 20_000, timer = realTimer } = options;
  const resource = resourceOf(url);
  const mismatch = cloudMismatch(url, authority);
  // The credentials would go to the directory of another cloud.
  if (mismatch) throw new Error(mismatch);
  const cutOff = new AbortController();
  const tokens = createTokens(
    {
      authority,
      tenantId: options.tenantId,
      clientId: options.clientId,
      clientSecret: new Secret(options.clientSecret),
      refreshToken: new Secret(options.refreshToken),
      ...(options.refreshTokens ? { refreshTokens: options.refreshTokens } : {}),
    },
    { timer, log, timeoutMs, signal: cutOff.signal },
  );
  const { holds } = options;
  const api = createApi({ url, resource, tokens, timer, log, timeoutMs, cutOff, ...(holds && { holds }) });
  const segments = createSegments(api, timer);
  const { sku, ...products } = createProducts(api, segments, timer);

  return {
    customers: { ...createCustomers(api, { authority, timer }), readiness: createReadiness(api, timer) },
    catalog: {
      ...products,
      availabilities: createAvailabilities(api, segments),
      unitPrice: createPriceSheet(api, { host: pricesFor(url), clock, timer }),
      restrictions: createInventory(api),
    },
    ordering: { ...createCarts(api), ...createOrders(api), ...createSubscriptions(api) },
    keys: { ...createKeys(api, url), entitlements: createEntitlements(api, { ...products, sku }) },
    tickets: createServiceRequests(api, { timer, log }),
    changes: createAuditRecords(api),
    agreements: createAgreements(api),
    billingProfiles: createBillingProfiles(api),
    webhooks: createWebhooks(api),
    isMfaCompliant: createMfaCheck(api),
    close: () => api.close(),
  };
}
