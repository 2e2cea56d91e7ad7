import type { Catalog, Changes, Clock, Customers, Keys, Ordering, Tickets } from '../domain/ports.ts';
import { Secret } from '../domain/secret.ts';
import { createAuditRecords } from './audit-records.ts';
import { createAvailabilities } from './availabilities.ts';
import { createCarts } from './carts.ts';
import { createCustomers } from './customers.ts';
import { createEntitlements } from './entitlements.ts';
import { createInventory } from './inventory.ts';
import { createKeys } from './keys.ts';
import { createOrders } from './orders.ts';
import { createPriceSheet, priceHost } from './price-sheet.ts';
import { createProducts } from './products.ts';
import { createReadiness } from './readiness.ts';
import { createApi, type Log } from './request.ts';
import { createSegments } from './segments.ts';
import { createServiceRequests } from './service-requests.ts';
import { createSubscriptions } from './subscriptions.ts';
import { realTimer, type Timer } from './timer.ts';
import { createTokens, type RefreshTokenVault } from './token.ts';

export interface PartnerCenterOptions {
  /** API base: `https://api.partnercenter.microsoft.com`, or the simulator's. */
  readonly url: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly refreshTokens?: RefreshTokenVault;
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
  readonly tickets: Tickets;
  readonly changes: Changes;
  close(): Promise<void>;
}

/** The ports of the business, answered by Partner Center's REST API. */
export function createPartnerCenter(options: PartnerCenterOptions): PartnerCenter {
  const { url, authority, clock, log, timeoutMs = 20_000, timer = realTimer } = options;
  const resource = resourceOf(url);
  const tokens = createTokens(
    {
      authority,
      tenantId: options.tenantId,
      clientId: options.clientId,
      clientSecret: new Secret(options.clientSecret),
      refreshToken: new Secret(options.refreshToken),
      ...(options.refreshTokens ? { refreshTokens: options.refreshTokens } : {}),
    },
    { timer, log, timeoutMs },
  );
  const api = createApi({ url, resource, tokens, timer, log, timeoutMs });
  const segments = createSegments(api, timer);
  const products = createProducts(api, segments, timer);

  return {
    customers: { ...createCustomers(api, authority), readiness: createReadiness(api) },
    catalog: {
      ...products,
      availabilities: createAvailabilities(api, segments),
      unitPrice: createPriceSheet(api, { host: priceHost(url, resource), clock, timer }),
      restrictions: createInventory(api),
    },
    ordering: { ...createCarts(api), ...createOrders(api), ...createSubscriptions(api) },
    keys: { ...createKeys(api, url), entitlements: createEntitlements(api, products) },
    tickets: createServiceRequests(api),
    changes: createAuditRecords(api),
    close: () => api.close(),
  };
}

/** The audience of tokens: 21Vianet has its own; the simulator stands for the global cloud (reference §1.1). */
function resourceOf(url: string): string {
  const { host, origin } = new URL(url);
  return host.endsWith('.microsoftonline.cn') ? origin : 'https://api.partnercenter.microsoft.com';
}
