import { domainToASCII } from 'node:url';
import { PartnerCenterError } from './errors.ts';
import type { Api, Call } from './request.ts';

export interface Domains {
  /** Does a tenant have this domain? It need not be a customer of ours. */
  isTaken(domain: string): Promise<boolean>;
}

/** Source: *Verify domain availability* (reference §2): 200 is taken, 404 is free. */
export function createDomains(api: Api): Domains {
  return {
    async isTaken(domain) {
      const name = domainToASCII(domain.trim().toLowerCase());
      if (name === '') return false;
      const path = `/v1/domains/${encodeURIComponent(name)}`;
      const call: Call = { operation: 'checkDomain', method: 'HEAD', path, token: 'either' };
      try {
        await api.send(call);
        return true;
      } catch (error) {
        if (error instanceof PartnerCenterError && error.kind === 'not-found') return false;
        throw error;
      }
    },
  };
}
