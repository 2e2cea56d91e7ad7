import type { Route } from '../http/call.ts';
import { agreementRoutes } from './agreements.ts';
import { auditRoutes } from './audit-records.ts';
import { billingProfileRoutes } from './billing-profiles.ts';
import { cartRoutes } from './carts.ts';
import { standingRoutes } from './customer-standing.ts';
import { customerRoutes } from './customers.ts';
import { directoryRoleRoutes } from './directory-roles.ts';
import { downloadRoutes } from './downloads.ts';
import { entitlementRoutes } from './entitlements.ts';
import { graphRoutes } from './graph.ts';
import { inventoryRoutes } from './inventory.ts';
import { orderRoutes } from './orders.ts';
import { priceSheetRoutes } from './price-sheets.ts';
import { productRoutes } from './products.ts';
import { serviceRequestRoutes } from './service-requests.ts';
import { signInRoutes } from './sign-in.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { validationRoutes } from './validations.ts';
import { webhookRoutes } from './webhooks.ts';

/** Everything the simulator answers, apart from the control API and the certificate. */
export const ROUTES: Route[] = [
  ...signInRoutes,
  ...graphRoutes,
  ...customerRoutes,
  ...billingProfileRoutes,
  ...standingRoutes,
  ...directoryRoleRoutes,
  ...agreementRoutes,
  ...validationRoutes,
  ...productRoutes,
  ...inventoryRoutes,
  ...priceSheetRoutes,
  ...cartRoutes,
  ...orderRoutes,
  ...subscriptionRoutes,
  ...entitlementRoutes,
  ...downloadRoutes,
  ...serviceRequestRoutes,
  ...auditRoutes,
  ...webhookRoutes,
];
