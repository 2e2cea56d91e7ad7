import type { Draft } from '../domain/drafts/draft.ts';
import type { Flow } from './flow.ts';

/** What somebody types who wants this conversation, or its case, for themselves; nothing where it is kept as a draft. */
export function commandFor(flow: Flow, { step, data }: Draft): string | undefined {
  if (step && flow.isRecord(step) && typeof data.reference === 'string') return `cases ${data.reference}`;
  if (flow.isKept) return undefined;
  return typeof data.orderNumber === 'string' ? `${flow.name} ${data.orderNumber}` : flow.name;
}
