import type { Pool } from 'pg';
import type { AgreementConfirmations } from '../domain/customers/agreement.ts';

export function createAgreementConfirmations(pool: Pool): AgreementConfirmations {
  return {
    async add({ submissionId, customerId, customerName, contact, agreedAt, personId, personName, at }) {
      await pool.query(
        `insert into software_desk.agreement_confirmations
           (submission_id, customer_id, customer_name, contact, agreed_at, person_id, person_name, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (submission_id) do nothing`,
        [submissionId, customerId, customerName, JSON.stringify(contact), agreedAt, personId, personName, at],
      );
    },

    async recordTaken(submissionId, at) {
      await pool.query(
        'update software_desk.agreement_confirmations set taken_at = coalesce(taken_at, $2) where submission_id = $1',
        [submissionId, at],
      );
    },
  };
}
