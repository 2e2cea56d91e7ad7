import type { Api, Call } from './request.ts';
import { id, type LeftOut, listOf, maybe, shape, text } from './wire.ts';

/** Source: *Get user roles for a customer* (reference §8). Roles in the customer's tenant, not in the partner's. */
const roles = listOf(shape({ id, name: maybe(text) }));

/** Of the role that may see keys and downloads in the customer's own admin center. */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

export interface DirectoryRole {
  /** Template id. */
  readonly id: string;
  readonly name: string;
}

export interface DirectoryRoles {
  /** Needs a granular relationship (GDAP) with the customer: `forbidden` without. */
  of(customerId: string, userId: string): Promise<DirectoryRole[]>;
}

export function toDirectoryRoles(body: unknown, leftOut?: LeftOut): DirectoryRole[] {
  return roles(body, leftOut).map(({ id, name }) => ({ id: id.toLowerCase(), name: name ?? '' }));
}

export function createDirectoryRoles(api: Api): DirectoryRoles {
  return {
    of(customerId, userId) {
      const user = `/v1/customers/${encodeURIComponent(customerId)}/users/${encodeURIComponent(userId)}`;
      const call: Call = {
        operation: 'listDirectoryRoles',
        method: 'GET',
        path: `${user}/directoryroles`,
        token: 'user',
      };
      return api.read(call, toDirectoryRoles);
    },
  };
}
