import type { OutsideLook } from '../cancellations/changes.ts';
import type { OpenLeak } from '../leaks/leak.ts';
import type { Limit } from '../policy.ts';

/** A key or link shown to somebody: who, what, when. Never the key. */
export interface KeyReveal {
  readonly personId: string;
  readonly personName: string;
  readonly customerId: string;
  /** Absent from what earlier versions recorded. */
  readonly customerName?: string;
  readonly orderId: string;
  readonly what: 'key' | 'download' | 'link';
  readonly item: string;
  /** The product that was bought, and what was chosen of it; absent from what earlier versions recorded. */
  readonly productId?: string;
  readonly choice?: KeyChoice;
  readonly at: Date;
  /** Seen at Partner Center itself: the person is the account or application that its records name. */
  readonly isOutside?: boolean;
}

/** A look that was asked for with a one-time token that was used before, or was given to somebody else. */
export interface RefusedReveal extends Omit<KeyReveal, 'productId' | 'choice'> {
  readonly refusal: 'used' | 'other-person';
  /** The hash of the token: the same token from the same person is counted, not written again. */
  readonly token: string;
}

/** A version by its ids, a language by its code, an architecture by its name. */
export interface KeyChoice {
  readonly version: string;
  readonly language?: string;
  readonly architecture?: string;
}

/** By product: what this person chose the last time. */
export type LastChoices = Readonly<Record<string, KeyChoice | undefined>>;

/** How many there may be within the hour. */
export interface RevealRoom extends Limit {
  /** Without an approval. */
  readonly unapproved?: number;
  /** Used with these. */
  readonly approval?: string;
}

export interface KeyReveals {
  /**
   * What is looked at together, written before anything is fetched; when this throws, nothing is fetched. Returns ids. Throws
   * `leak-reported` while there is a leak of the order, `too-many` above `room`, counted in all processes, and `approval-over`
   * where the approval cannot be used.
   */
  add(keyReveals: readonly KeyReveal[], room?: RevealRoom): Promise<readonly string[]>;
  /** So many this person has seen since then, or since an approval for more of them was used. */
  countOf(personId: string, since: Date): Promise<number>;
  /** For the audit; nobody has seen anything. */
  addRefused(refused: readonly RefusedReveal[]): Promise<void>;
  /** It could not be shown after all: the rows stay for the audit, but nobody has seen anything. */
  withdraw(ids: readonly string[]): Promise<void>;
  /** What this person chose last, who looked at this order, and whether a leak of it was reported: one statement. */
  before(
    personId: string,
    orderId: string,
  ): Promise<{
    readonly lastChoices: LastChoices;
    readonly viewers: readonly KeyViewer[];
    readonly leak?: OpenLeak;
  }>;
  /** Those that are new, and that no look of our own explains. */
  addOutside(looks: readonly OutsideLook[]): Promise<void>;
  /** What was shown, here and at Partner Center, oldest first; withdrawn rows left out. */
  ofOrder(orderId: string): Promise<KeyReveal[]>;
  /** Who looked at keys or downloads of the order, how often and when last; the first first. */
  viewersOf(orderId: string): Promise<readonly KeyViewer[]>;
}

/** A download and its link are one address. */
export interface KeyViewer {
  readonly name: string;
  readonly keys: number;
  readonly downloads: number;
  readonly lastAt: Date;
  /** At Partner Center itself. */
  readonly isOutside?: boolean;
}

/** The same of rows that were read already, oldest first. */
export function viewersIn(keyReveals: readonly KeyReveal[]): KeyViewer[] {
  const byName = Map.groupBy(keyReveals, ({ personName, isOutside }) => `${isOutside ?? false} ${personName}`);
  return [...byName.values()].map((looks) => {
    const { personName: name = '', isOutside } = looks[0] ?? {};
    const keys = looks.filter(({ what }) => what === 'key').length;
    const lastAt = new Date(Math.max(...looks.map(({ at }) => at.getTime())));
    return { name, keys, downloads: looks.length - keys, lastAt, ...(isOutside && { isOutside }) };
  });
}
