import type { AuditRecord } from '../entities.ts';
import { wireDate } from '../http/wire.ts';

/** An audit record as the API shows it. */
export function showAuditRecord(record: AuditRecord, partnerId: string) {
  const { operationAt, correlationId, ...rest } = record;
  return {
    ...rest,
    partnerId,
    originalCorrelationId: correlationId,
    operationDate: wireDate(operationAt, record.id),
    attributes: { objectType: 'AuditRecord' },
  };
}
