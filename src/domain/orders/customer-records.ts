import type { Case } from '../cancellations/case.ts';
import type { RefusedAtOnce } from '../cancellations/refused-at-once.ts';
import type { OpenDraft } from '../drafts/drafts.ts';
import type { KeyViewer, LastChoices } from '../keys/key-reveals.ts';
import type { OpenLeak } from '../leaks/leak.ts';
import type { Order } from './order.ts';

/** What we know of a customer's orders ourselves, beside Partner Center's list of them. */
export interface CustomerRecords {
  /**
   * Remembers what is new in the list, as `KnownOrders.remember`, and tells what the list does not: the ids of the orders
   * we placed since then, and the cases of these orders that are open. At once: a list is looked at all day and seldom changes.
   */
  compare(
    customerId: string,
    listed: readonly Order[],
    placedSince: Date,
  ): Promise<{ readonly placed: readonly string[]; readonly openCases: readonly Case[] }>;
  /**
   * As `KnownOrders.find`, with the order's open case, and what `Cases.refusedAtOnce` and `KeyReveals.viewersOf` give. `keysFor`: the person whose
   * last choices of keys are told with it.
   */
  find(text: string, keysFor?: string): Promise<KnownOrder | undefined>;
}

interface KnownOrder {
  readonly customerId: string;
  readonly orderId: string;
  readonly number: string;
  readonly openCase?: Case;
  readonly refused?: RefusedAtOnce;
  readonly chosen?: { readonly personId: string; readonly lastChoices: LastChoices };
  readonly keySeenBy: readonly KeyViewer[];
  /** That keeps its keys from being shown. */
  readonly leak?: OpenLeak;
  /** Cancellations of it that somebody has begun, as `Drafts.openOf`. */
  readonly begun: readonly OpenDraft[];
}
