import type { Pool } from 'pg';
import type { BoundReveal, RevealTokens, TokenUse } from '../domain/keys/reveal-tokens.ts';

interface UseRow {
  person_id: string;
  tenant_id: string;
  bound: Omit<BoundReveal, 'personId' | 'tenantId'>;
  outcome: TokenUse['outcome'];
}

/** All times are the database's: a token is used on a real screen, also while the simulator's clock stands still. */
export function createRevealTokens(pool: Pool): RevealTokens {
  return {
    async issue(hash, { personId, tenantId, ...bound }, seconds) {
      await pool.query(
        `insert into software_desk.reveal_tokens (hash, person_id, tenant_id, bound, expires_at)
         values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))`,
        [hash, personId, tenantId, JSON.stringify(bound), seconds],
      );
    },

    async use(hash, { personId, tenantId }) {
      // Of two that come at once, the second one waits for the row and then finds it used.
      const { rows } = await pool.query<UseRow>(
        `with now_used as (
           update software_desk.reveal_tokens set used_at = clock_timestamp()
           where hash = $1 and person_id = $2 and tenant_id = $3 and used_at is null and expires_at > clock_timestamp()
           returning hash
         )
         select person_id, tenant_id, bound,
           case
             when exists (select from now_used) then 'good'
             when person_id <> $2 or tenant_id <> $3 then 'other-person'
             when used_at is null and expires_at <= clock_timestamp() then 'expired'
             else 'used'
           end as outcome
         from software_desk.reveal_tokens where hash = $1`,
        [hash, personId, tenantId],
      );
      const [row] = rows;
      if (!row) return undefined;
      return {
        outcome: row.outcome,
        bound: { ...row.bound, personId: row.person_id, tenantId: row.tenant_id },
      };
    },
  };
}
