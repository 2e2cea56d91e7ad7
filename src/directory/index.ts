import type { Staff } from '../domain/people/staff.ts';
import { graphUrlFor } from '../microsoft/clouds.ts';
import type { Log } from '../microsoft/log.ts';
import { createGraphStaff } from './graph.ts';
import { createStaticStaff, type StaffLists } from './static.ts';

interface Account {
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

type Roles = StaffLists &
  (
    | { readonly source: 'static' }
    | {
        /** Each list holds the object id of one group. */
        readonly source: 'graph';
        readonly directory: { readonly at: 'simulator' } | ({ readonly at: 'microsoft' } & Account);
      }
  );

/** Who has which role, by what is configured. `simulatorAccount`: how to sign in to the simulator's Graph. */
export function createStaff(roles: Roles, simulatorAccount: Account, log: Log): Staff {
  if (roles.source === 'static') return createStaticStaff(roles);
  const { directory } = roles;
  const isSimulated = directory.at === 'simulator';
  const { authority, tenantId, clientId, clientSecret } = isSimulated ? simulatorAccount : directory;
  const cloud = graphUrlFor(authority);
  const groups = {
    'admin-agent': roles.adminAgents[0],
    'sales-agent': roles.salesAgents[0],
    'helpdesk-agent': roles.helpdeskAgents[0],
    'global-admin': roles.globalAdmins[0],
  };
  const account = { authority, tenantId, clientId, clientSecret };
  const graphUrl = isSimulated ? authority : cloud;
  return createGraphStaff({ ...account, graphUrl, scope: `${cloud}/.default`, groups, log });
}
