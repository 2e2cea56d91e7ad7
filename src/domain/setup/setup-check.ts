/** What can be wrong with how it is set up, by what it is about. */
export const setupAreas = [
  'configuration',
  'database',
  'clock',
  'bot',
  'roles',
  'partner-center',
  'events',
  'certificates',
] as const;

export type SetupArea = (typeof setupAreas)[number];

/** One thing that was found. `note`: it is as it may be, or could not be looked at; nothing has to be done. */
export interface SetupFinding {
  readonly area: SetupArea;
  /** Stays the same for the same thing: `docs/operations.md` has them all. */
  readonly code: string;
  readonly level: 'problem' | 'warning' | 'note';
  /** For the operator, in English, without a secret. */
  readonly says: string;
  readonly remedy?: string;
}

/** Looks at how it is set up, by asking everything outside; changes nothing. */
export interface SetupCheck {
  examine(): Promise<readonly SetupFinding[]>;
}
