import type { Impact } from './case.ts';

export interface Ticket {
  readonly id: string;
  readonly status: 'none' | 'open' | 'closed' | 'attention_needed' | 'unknown';
  readonly title: string;
  readonly description: string;
  readonly lastNote?: string;
  readonly closedAt?: Date;
}

export interface TicketContent {
  readonly title: string;
  readonly description: string;
  readonly impact: Impact;
  /** The issue type, by its name in the portal's list. */
  readonly topic: string;
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string };
}

export interface Tickets {
  /** Throws an `OutsideError` of kind `not-offered` where tickets can't be created by API (404, 405, 410). */
  create(ticket: TicketContent, requestId: string): Promise<Ticket>;
  /** Asks beforehand for what `create` would ask first. What goes wrong with it, `create` says. */
  prepare(): Promise<void>;
  get(ticketId: string): Promise<Ticket | undefined>;
  /** All that are not closed: in one list where Partner Center takes such a filter, else in one of each status. */
  notClosed(): Promise<Ticket[]>;
  /** All tickets in that status. */
  list(status: 'none' | 'open' | 'closed' | 'attention_needed'): Promise<Ticket[]>;
}
