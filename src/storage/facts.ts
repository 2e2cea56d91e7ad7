/** The form in which facts are written. Raised when they change so that an earlier version would misread them. */
const version = 1;

/**
 * Facts as they are stored: JSON with the version of its form. It stands in json columns, not jsonb, which takes neither
 * \u0000 nor half an emoji.
 */
export type Stored<T> = T & { readonly version: number };

export function toStored<T extends object>(facts: T): string {
  return JSON.stringify({ version, ...facts });
}

/** `undefined` for what a later version has written in another form. */
export function fromStored<T extends object>(stored: Stored<T>): T | undefined {
  const { version: written, ...facts } = stored;
  return written === version ? (facts as unknown as T) : undefined;
}
