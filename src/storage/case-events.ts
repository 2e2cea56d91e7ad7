import type { CaseState } from '../domain/cancellations/case.ts';
import type { CaseChange, CaseEvent } from '../domain/cancellations/case-event.ts';
import { fromStored, type Stored } from './facts.ts';

export interface EventRow {
  reference: string;
  from_state: CaseEvent['from'] | null;
  to_state: CaseState;
  person_id: string | null;
  person_name: string | null;
  change: Stored<CaseChange>;
  at: Date;
}

export function toEvent(row: EventRow): CaseEvent {
  const { person_id: id, person_name: name } = row;
  return {
    reference: row.reference,
    ...(row.from_state && { from: row.from_state }),
    to: row.to_state,
    ...(name !== null && { by: { ...(id !== null && { id }), name } }),
    change: fromStored(row.change) ?? { kind: 'recorded', text: '' },
    at: row.at,
  };
}
