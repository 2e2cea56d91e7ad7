import type { CardAction } from '../../flows/engine/messenger.ts';
import { asRecord } from './activity.ts';
import { clean } from './text.ts';

const ours = ['do', 'draft', 'step', 'submission'] as const;
const mostValues = 40;
const longestName = 100;
const longestWord = 200;

/**
 * What was pressed, from a button's `data` merged with the inputs. `do`, `draft`, `step` and `submission` are ours;
 * every other string, number or boolean is an input. Anything else is left out, so that nothing forged reaches a flow
 * in a shape it does not expect. `verb` (of `Action.Execute`) stands in for a missing `do`.
 */
export function readCardAction(data: unknown, verb?: unknown): CardAction {
  const fields = asRecord(data) ?? {};
  const values: [string, string][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (ours.some((own) => own === name) || name.length > longestName || values.length >= mostValues) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      values.push([clean(name), clean(String(value))]);
    }
  }
  return {
    do: word(fields.do) ?? word(verb) ?? '',
    draft: word(fields.draft),
    step: word(fields.step),
    submission: word(fields.submission),
    values: Object.fromEntries(values),
  };
}

function word(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > longestWord) return undefined;
  return clean(value);
}
