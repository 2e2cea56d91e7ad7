import type { Audit } from './audit/audit.ts';
import type { Cases } from './cancellations/cases.ts';
import type { Changes } from './cancellations/changes.ts';
import type { Tickets } from './cancellations/tickets.ts';
import type { Tracking } from './cancellations/tracking.ts';
import type { Clock } from './clock.ts';
import type { AgreementConfirmations, Agreements } from './customers/agreement.ts';
import type { BillingProfiles } from './customers/billing-profile.ts';
import type { Customers } from './customers/customer.ts';
import type { Drafts } from './drafts/drafts.ts';
import type { Keys } from './keys/entitlement.ts';
import type { KeyReveals } from './keys/key-reveals.ts';
import type { Notices } from './notices/notice.ts';
import type { Notify } from './notices/notify.ts';
import type { Reminders } from './notices/reminders.ts';
import type { Catalog } from './orders/catalog.ts';
import type { CustomerRecords } from './orders/customer-records.ts';
import type { KnownOrders } from './orders/known-orders.ts';
import type { Ordering } from './orders/ordering.ts';
import type { OrderSubmissions } from './orders/submissions.ts';
import type { Languages } from './people/languages.ts';
import type { Staff } from './people/staff.ts';
import type { Policy } from './policy.ts';
import type { Attempts } from './work/attempts.ts';
import type { Leases } from './work/leases.ts';

/** Everything an action may need. One bundle, made in `app.ts`. */
export interface World {
  readonly clock: Clock;
  readonly customers: Customers;
  readonly catalog: Catalog;
  readonly ordering: Ordering;
  readonly keys: Keys;
  readonly tickets: Tickets;
  readonly changes: Changes;
  readonly agreements: Agreements;
  readonly billingProfiles: BillingProfiles;
  readonly staff: Staff;
  readonly languages: Languages;
  readonly orderSubmissions: OrderSubmissions;
  readonly cases: Cases;
  readonly tracking: Tracking;
  readonly notices: Notices;
  readonly keyReveals: KeyReveals;
  readonly agreementConfirmations: AgreementConfirmations;
  readonly audit: Audit;
  readonly knownOrders: KnownOrders;
  readonly customerRecords: CustomerRecords;
  readonly reminders: Reminders;
  readonly drafts: Drafts;
  readonly attempts: Attempts;
  readonly leases: Leases;
  readonly notify: Notify;
  readonly policy: Policy;
  /** True while the simulator answers: every card then says so. */
  readonly isSimulated: boolean;
}
