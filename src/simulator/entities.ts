/** What exists in the simulated world and may change. Instants (`…At`) are milliseconds since 1970. */

import type { Segment } from './catalogue.ts';

export type LineKind = 'perpetual' | 'software-subscription' | 'other';

export interface OrderLine {
  lineItemNumber: number;
  productId: string;
  skuId: string;
  availabilityId: string;
  friendlyName: string;
  kind: LineKind;
  quantity: number;
  termDuration?: string;
  /** What the partner pays for one, and the estimated retail price. */
  unitPrice: number;
  retailPrice: number;
  /** Present where the newer model gives the line a subscription of its own. */
  subscriptionId?: string;
  attestationAccepted?: boolean;
  /** The reseller that an indirect provider made the purchase for. */
  partnerIdOnRecord?: string;
}

/** One cancellation of some lines. It counts from `effectiveAt` on; before that it is pending. */
export interface Adjustment {
  requestedAt: number;
  effectiveAt: number;
  lines: number[];
  /** A whole order keeps its quantities, chosen lines go to zero. */
  whole: boolean;
  by: 'order' | 'subscription' | 'ticket';
  ticketId?: string;
}

export interface Order {
  id: string;
  alternateId: string;
  customerId: string;
  country: string;
  billingCycle: string;
  currencyCode: string;
  createdAt: number;
  /** From these instants on the order is completed, in the list, and shows its subscription ids. */
  completedAt: number;
  listedAt: number;
  subscribedAt: number;
  lines: OrderLine[];
  adjustments: Adjustment[];
}

export interface Subscription {
  id: string;
  customerId: string;
  orderId: string;
  lineItemNumber: number;
  friendlyName: string;
  autoRenewEnabled: boolean;
  isSuspended?: boolean;
  version: number;
}

export interface CartLineError {
  errorCode: string | number;
  errorDescription: string;
  additionalInformation?: string;
}

export interface CartLine {
  id: number;
  catalogItemId: string;
  friendlyName?: string;
  quantity: number;
  currencyCode?: string;
  billingCycle: string;
  termDuration?: string;
  participants?: { key: string; value: string }[];
  provisioningContext?: Record<string, string>;
  renewsTo?: { termDuration?: string };
  attestationAccepted?: boolean;
  /** Of orders made without a cart only. */
  partnerIdOnRecord?: string;
  orderGroup?: string;
  /** Not shown: the market segment the item was found in. A line that has one was valid when it was added. */
  segment?: Segment;
  error?: CartLineError;
}

export interface OrderError {
  orderGroupId: string;
  code: number;
  description: string;
}

export interface Cart {
  id: string;
  customerId: string;
  createdAt: number;
  modifiedAt: number;
  modifiedBy: string;
  status: 'Active' | 'Ordered';
  lines: CartLine[];
  partnerOnRecordAttestationAccepted?: boolean;
  /** The stored result of the checkout. */
  orderIds: string[];
  orderErrors: OrderError[];
}

export interface Contact {
  firstName: string;
  lastName: string;
  email: string;
  phoneNumber?: string;
}

export interface Agreement {
  id: string;
  customerId: string;
  userId: string;
  primaryContact: Contact;
  templateId: string;
  agreedAt: number;
  type: string;
}

export type TicketStatus = 'none' | 'open' | 'closed' | 'attention_needed';

/** A step in the life of a ticket, known in advance and shown from `at` on. */
export interface TicketStep {
  at: number;
  status: TicketStatus;
  note?: string;
  by: string;
}

export interface FileLink {
  id: string;
  fileNameWithoutExtension: string;
  fileExtension: string;
  fileSize: number;
  comment?: string;
}

export interface ServiceRequest {
  id: string;
  customerId?: string;
  title: string;
  description: string;
  severity: 'unknown' | 'critical' | 'moderate' | 'minimal';
  supportTopicId: string;
  supportTopicName?: string;
  countryCode: string;
  primaryContact: Contact;
  fileLinks: FileLink[];
  createdAt: number;
  steps: TicketStep[];
}

export interface AuditRecord {
  id: string;
  customerId?: string;
  customerName?: string;
  userPrincipalName?: string;
  applicationId?: string;
  resourceType: string;
  /** The order the record is about: its values then follow from it. Others keep theirs as text. */
  orderId?: string;
  resourceNewValue?: string;
  operationType: string;
  correlationId: string;
  /** An operation still under way is recorded with the instant at which it will be done. */
  operationAt: number;
  operationStatus: 'succeeded' | 'failed' | 'progress';
  customizedData: { key: string; value: string | null }[];
}

/** The first answer to a changing call, kept under its MS-RequestId. */
export interface Outcome {
  id: string;
  at: number;
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** How it was written: with a byte order mark, and the correlation id twice. */
  bom?: boolean;
  doubledIds?: boolean;
}

/** When the bits of one option were first fetched: links expire five days later. */
export interface Download {
  id: string;
  firstAt: number;
}

export interface WebhookRegistration {
  id: string;
  subscriberId: string;
  webhookUrl: string;
  webhookEvents: string[];
  signatureTokenToMsSignatureHeader: boolean;
}

/** An event on its way: due at an instant, kept with the results of the attempts. */
export interface WebhookEvent {
  id: string;
  eventName: string;
  resourceUri: string;
  resourceName: string;
  auditUri: string | null;
  dueAt: number;
  delivered: boolean;
  results: { at: number; responseCode: string; responseMessage: string; systemError: boolean }[];
}

/** Whom a customer's purchases are billed to, once it was changed through the API; `id` is the customer's. */
export interface BillingProfile {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  culture: string;
  language: string;
  companyName: string;
  defaultAddress: {
    country: string;
    region?: string;
    city: string;
    state?: string;
    addressLine1: string;
    addressLine2?: string;
    postalCode: string;
    firstName: string;
    lastName: string;
    phoneNumber?: string;
  };
  version: number;
}
