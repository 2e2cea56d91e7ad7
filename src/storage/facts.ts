import { readSaid } from './said-in-text.ts';

/** The form in which facts are written. Raised when they change so that an earlier version would misread them. */
const version = 2;
/** The form before: what Partner Center said is one text, with its codes in it. What says nothing is the same in both. */
const former = 1;

/**
 * Facts as they are stored: JSON with the version of its form. It stands in json columns, not jsonb, which takes neither
 * \u0000 nor half an emoji.
 */
export type Stored<T> = T & { readonly version: number };

export function toStored<T extends object>(facts: T): string {
  return JSON.stringify({ version: isSame(facts) ? former : version, ...facts });
}

/** `undefined` for what a later version has written in another form. */
export function fromStored<T extends object>(stored: Stored<T>): T | undefined {
  const { version: written, ...facts } = stored;
  if (written !== version && written !== former) return undefined;
  return (written === former ? fromFormer(facts) : facts) as unknown as T;
}

interface Facts {
  readonly kind?: string;
  readonly said?: unknown;
  readonly before?: Facts;
}

/** Does a process of the version before read it as it is meant? */
function isSame({ said, before }: Facts): boolean {
  return (said === undefined || typeof said === 'string') && (before === undefined || isSame(before));
}

/** What Microsoft writes on a ticket is a text in any form. */
const ofTickets = ['ticket-asks', 'ticket-closed'];

function fromFormer(facts: Facts): Facts {
  const { kind = '', said, before } = facts;
  const texts = [said].flat().filter((one) => typeof one === 'string');
  return {
    ...facts,
    ...(before && { before: fromFormer(before) }),
    ...(texts.length > 0 && !ofTickets.includes(kind) && { said: withSaid(said, texts) }),
  };
}

/** A list stays one. Where one was said of several codes, the first is what is to be done, and all of it is quoted. */
function withSaid(said: unknown, texts: readonly string[]): unknown {
  const found = texts.flatMap(readSaid);
  const [first, ...others] = found;
  if (Array.isArray(said) || others.length === 0) return Array.isArray(said) ? found : first;
  const { code } = found.find((one) => one.code) ?? {};
  return { ...(code && { code }), text: texts.join(' ') };
}
