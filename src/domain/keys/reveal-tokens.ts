import type { KeyChoice, KeyReveal } from './key-reveals.ts';

/** What a one-time token gives, and whom. */
export interface BoundReveal {
  readonly personId: string;
  readonly tenantId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly lineNumber: number;
  /** Title of the version. */
  readonly item: string;
  readonly items: readonly KeyReveal['what'][];
  readonly choice: KeyChoice;
}

export interface TokenUse {
  /** `other-person`: it was given to somebody else. */
  readonly outcome: 'good' | 'used' | 'expired' | 'other-person';
  readonly bound: BoundReveal;
}

export interface RevealTokens {
  /** Of the token itself only the hash is stored. */
  issue(hash: string, bound: BoundReveal, seconds: number): Promise<void>;
  /** `good` the first time only, in all processes; nothing where there never was one. */
  use(hash: string, by: Pick<BoundReveal, 'personId' | 'tenantId'>): Promise<TokenUse | undefined>;
}
