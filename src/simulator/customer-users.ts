import type { Customer } from './customers.ts';
import { guidFrom } from './hash.ts';

/** Somebody in the customer's own tenant, with the directory roles they have there. */
export interface CustomerUser {
  id: string;
  roles: DirectoryRole[];
}

export interface DirectoryRole {
  id: string;
  name: string;
}

/** Template ids and names as the reference, section 8, and *Get user roles for a customer* have them. */
const GLOBAL_ADMINISTRATOR = { id: '62e90394-69f5-4237-9190-012177145e10', name: 'Company Administrator' };
const HELPDESK_ADMINISTRATOR = { id: '729827e3-9c14-49f7-bb1b-9608f156bbb8', name: 'Helpdesk Administrator' };
const USER_ADMINISTRATOR = { id: 'fe930be7-5e62-47db-91af-98c3a49a38b1', name: 'User Account Administrator' };

/** Every customer has three: its contact, who administers it, one who helps the others, and one without a role. */
export function usersOf(customer: Customer): CustomerUser[] {
  return [
    { id: guidFrom('user', customer.id, 'contact'), roles: [GLOBAL_ADMINISTRATOR] },
    { id: guidFrom('user', customer.id, 'helpdesk'), roles: [HELPDESK_ADMINISTRATOR, USER_ADMINISTRATOR] },
    { id: guidFrom('user', customer.id, 'other'), roles: [] },
  ];
}
