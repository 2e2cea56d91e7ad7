import type { NoticeFacts, NoticeKind } from '../domain/notices/notice.ts';

/** What a notice is about; what its kind does not have is null. */
export interface FactColumns {
  kind: NoticeKind;
  case_reference: string | null;
  submission_id: string | null;
  order_number: string | null;
  draft_id: string | null;
  person_id: string | null;
  occasion: string | null;
  occurrence: number | null;
  days_waited: number | null;
  hours_left: number | null;
  closes_at: Date | null;
  is_private: boolean;
  approval_reference: string | null;
  leak_reference: string | null;
  leak_step: 'reported' | 'lifted' | null;
  compared_at: Date | null;
  quarter: string | null;
  day: string | null;
  token_hash: string | null;
}

/** Their types, as `json_to_recordset` reads them. */
const columnTypes: Readonly<Record<keyof FactColumns, 'text' | 'integer' | 'timestamptz' | 'boolean'>> = {
  kind: 'text',
  case_reference: 'text',
  submission_id: 'text',
  order_number: 'text',
  draft_id: 'text',
  person_id: 'text',
  occasion: 'text',
  occurrence: 'integer',
  days_waited: 'integer',
  hours_left: 'integer',
  closes_at: 'timestamptz',
  is_private: 'boolean',
  approval_reference: 'text',
  leak_reference: 'text',
  leak_step: 'text',
  compared_at: 'timestamptz',
  quarter: 'text',
  day: 'text',
  token_hash: 'text',
};

/** For an `insert`. */
export const factColumns = Object.keys(columnTypes).join(', ');

/** For `json_to_recordset(…) as added (…)`. */
export const factDefinitions = Object.entries(columnTypes)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');

export function toColumns(facts: NoticeFacts): Partial<FactColumns> {
  const { kind } = facts;
  switch (facts.kind) {
    case 'case-completed':
    case 'case-refused':
      return { kind, case_reference: facts.reference };
    case 'case-needs-person':
      return { kind, case_reference: facts.reference, occurrence: facts.time, days_waited: facts.days };
    case 'order-placed':
    case 'order-declined':
      return { kind, submission_id: facts.submissionId };
    case 'window-closing':
      return {
        kind,
        order_number: facts.orderNumber,
        person_id: facts.personId,
        hours_left: facts.hours,
        closes_at: facts.closesAt,
        is_private: facts.isPrivate ?? false,
        draft_id: facts.draftId,
        case_reference: facts.reference,
      };
    case 'draft-handed-over':
    case 'draft-untold':
      return { kind, draft_id: facts.draftId, occasion: facts.occasion, person_id: facts.askedId };
    case 'draft-discarded':
      return { kind, draft_id: facts.draftId };
    case 'differences-found':
      return { kind, compared_at: facts.comparedAt };
    case 'leak-told':
      return { kind, leak_reference: facts.reference, leak_step: facts.step };
    case 'review-due':
      return { kind, quarter: facts.quarter };
    case 'daily-digest':
      return { kind, day: facts.day };
    case 'approval-asked':
    case 'approval-untold':
    case 'approval-told':
      return { kind, approval_reference: facts.reference, occurrence: facts.time };
    case 'token-misused':
      return { kind, order_number: facts.orderNumber, person_id: facts.personId, token_hash: facts.tokenHash };
  }
}

export function toFacts(row: FactColumns): NoticeFacts {
  const { kind } = row;
  switch (kind) {
    case 'case-completed':
    case 'case-refused':
      return { kind, reference: columnOf(row, 'case_reference') };
    case 'case-needs-person': {
      const facts = { kind, reference: columnOf(row, 'case_reference'), time: columnOf(row, 'occurrence') };
      return row.days_waited === null ? facts : { ...facts, days: row.days_waited };
    }
    case 'order-placed':
    case 'order-declined':
      return { kind, submissionId: columnOf(row, 'submission_id') };
    case 'window-closing':
      return {
        kind,
        orderNumber: columnOf(row, 'order_number'),
        personId: columnOf(row, 'person_id'),
        hours: columnOf(row, 'hours_left'),
        closesAt: columnOf(row, 'closes_at'),
        ...(row.draft_id !== null && { draftId: row.draft_id }),
        ...(row.case_reference !== null && { reference: row.case_reference }),
        ...(row.is_private && { isPrivate: true }),
      };
    case 'draft-handed-over':
    case 'draft-untold': {
      const facts = { kind, draftId: columnOf(row, 'draft_id'), occasion: columnOf(row, 'occasion') };
      return row.person_id === null ? facts : { ...facts, askedId: row.person_id };
    }
    case 'draft-discarded':
      return { kind, draftId: columnOf(row, 'draft_id') };
    case 'differences-found':
      return { kind, comparedAt: columnOf(row, 'compared_at') };
    case 'leak-told':
      return { kind, reference: columnOf(row, 'leak_reference'), step: columnOf(row, 'leak_step') };
    case 'review-due':
      return { kind, quarter: columnOf(row, 'quarter') };
    case 'daily-digest':
      return { kind, day: columnOf(row, 'day') };
    case 'approval-asked':
    case 'approval-untold':
    case 'approval-told':
      return { kind, reference: columnOf(row, 'approval_reference'), time: columnOf(row, 'occurrence') };
    case 'token-misused':
      return {
        kind,
        orderNumber: columnOf(row, 'order_number'),
        personId: columnOf(row, 'person_id'),
        tokenHash: columnOf(row, 'token_hash'),
      };
    default:
      throw new Error(`a notice of the kind ${kind satisfies never} is not known to this version`);
  }
}

function columnOf<K extends keyof FactColumns>(row: FactColumns, column: K): NonNullable<FactColumns[K]> {
  const value = row[column];
  if (value === null || value === undefined) throw new Error(`a notice of the kind ${row.kind} has no ${column}`);
  return value;
}
