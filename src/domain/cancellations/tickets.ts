import type { Impact } from './case.ts';
import type { FileType } from './ticket-file.ts';

export interface Ticket {
  readonly id: string;
  readonly status: 'none' | 'open' | 'closed' | 'attention_needed' | 'unknown';
  readonly title: string;
  /** Empty where `isSummary`. */
  readonly description: string;
  /** From a list that did not show what the ticket says: `readWhole` does. */
  readonly isSummary?: boolean;
  readonly createdAt?: Date;
  readonly changedAt?: Date;
  readonly lastNote?: string;
  readonly closedAt?: Date;
  /** What is attached to it. */
  readonly files?: readonly AttachedFile[];
}

export interface AttachedFile {
  readonly name: string;
  readonly size: number;
}

export interface FileToAttach extends AttachedFile {
  readonly type: FileType;
  readonly bytes: Uint8Array;
}

export interface TicketContent {
  readonly title: string;
  readonly description: string;
  readonly impact: Impact;
  /** The issue type, by its name in the portal's list. */
  readonly topic: string;
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string };
}

type ListedStatus = 'none' | 'open' | 'closed' | 'attention_needed';

export interface TicketPages {
  readonly tickets: readonly Ticket[];
  /** There are no others. */
  readonly isWhole: boolean;
  readonly calls: number;
}

export interface Tickets {
  /** Throws an `OutsideError` of kind `not-offered` where tickets can't be created by API (404, 405, 410). */
  create(ticket: TicketContent, requestId: string): Promise<Ticket>;
  /** Asks beforehand for what `create` would ask first. What goes wrong with it, `create` says. */
  prepare(): Promise<void>;
  /** Throws an `OutsideError` of kind `not-offered` where files can't be attached by API (404, 405, 410). */
  attach(ticketId: string, file: FileToAttach, requestId: string): Promise<void>;
  get(ticketId: string): Promise<Ticket | undefined>;
  /** These with all that they say, where a list left it out. Each is read once, until it changes. */
  readWhole(tickets: readonly Ticket[]): Promise<Ticket[]>;
  /**
   * All that are not closed, as lists show them: mostly without what they say. In one list where Partner Center takes such
   * a filter, else in one of each status.
   */
  notClosed(): Promise<Ticket[]>;
  /** All tickets in that status, as lists show them. */
  list(status: ListedStatus): Promise<Ticket[]>;
  /** The same, but no more pages than these; each is a call. */
  listFirst(status: ListedStatus, maxPages: number): Promise<TicketPages>;
}
