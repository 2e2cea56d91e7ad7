/** A message of a person's web place, as it stands now; `card` absent: it was taken away. */
export interface PageMessage {
  readonly messageId: string;
  /** It was there before. */
  readonly isChange?: boolean;
  readonly card?: Readonly<Record<string, unknown>>;
}

/** What an open page is told; `id` absent: it cannot have been missed. */
export type PageEvent =
  | { readonly id: string; readonly message: PageMessage }
  | { readonly id?: undefined; readonly changed: 'cases' };

/** The web pages that people have open, in all processes. */
export interface OpenPages {
  /** A page in this process. `since`: the last event that it has seen; what was told after that comes at once. */
  open(personId: string, onEvent: (event: PageEvent) => void, since?: string): Promise<{ close(): Promise<void> }>;
  /** Tells every open page of the person, wherever it is. False where none is open: then nobody was told. */
  tell(personId: string, message: PageMessage): Promise<boolean>;
}
