import { asItLooks, clean } from './typed-text.ts';

/** What a person pressed, with what they filled in. Everything in it can be forged: it is only ever looked up or checked. */
export interface CardAction {
  readonly do: string;
  readonly draft?: string;
  readonly step?: string;
  readonly submission?: string;
  readonly values: Readonly<Record<string, string>>;
}

const ownFields = ['do', 'draft', 'step', 'submission'] as const;
const maxValues = 40;
const maxNameLength = 100;
const maxFieldLength = 200;

/**
 * What was pressed, from a button's `data` merged with the inputs. `do`, `draft`, `step` and `submission` are ours;
 * every other string, number or boolean is an input. Anything else is left out, so that nothing forged reaches a flow
 * in a shape it does not expect. `verb` (of `Action.Execute`) stands in for a missing `do`.
 */
export function readCardAction(data: unknown, verb?: unknown): CardAction {
  const fields: Readonly<Record<string, unknown>> =
    typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data } : {};
  const values: [string, string][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (ownFields.some((own) => own === name) || name.length > maxNameLength || values.length >= maxValues) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      values.push([clean(name), asItLooks(String(value))]);
    }
  }
  return {
    do: readField(fields.do) ?? readField(verb) ?? '',
    draft: readField(fields.draft),
    step: readField(fields.step),
    submission: readField(fields.submission),
    values: Object.fromEntries(values),
  };
}

function readField(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > maxFieldLength) return undefined;
  return clean(value);
}
