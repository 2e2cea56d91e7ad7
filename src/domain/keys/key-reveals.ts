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
  readonly at: Date;
}

export interface KeyReveals {
  /** Written before the key is fetched; when this throws, no key is fetched. Returns the row's id. */
  add(keyReveal: KeyReveal): Promise<string>;
  /** The secret could not be fetched after all: the row stays for the audit, but nobody has seen anything. */
  withdraw(id: string): Promise<void>;
  /** What was shown, oldest first; withdrawn rows left out. */
  ofOrder(orderId: string): Promise<KeyReveal[]>;
}
