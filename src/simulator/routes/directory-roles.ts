import { usersOf } from '../customer-users.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { customerOf } from '../http/customer-of-call.ts';
import { refusal } from '../http/errors.ts';
import { collectionOf } from '../http/wire.ts';

export const directoryRoleRoutes: Route[] = [
  { method: 'GET', path: '/v1/customers/:customerId/users/:userId/directoryroles', access: 'user', handle: listRoles },
];

/** *Get user roles for a customer*. Calls into a customer's directory need access to it, delegated by the customer. */
function listRoles(call: Call): Answer {
  const customer = customerOf(call);
  if (!customer.allowDelegatedAccess) throw refusal(403, 2032, 'Access denied.');
  const userId = call.params.userId ?? '';
  const user = usersOf(customer).find(({ id }) => id === userId.toLowerCase());
  if (user === undefined) throw refusal(404, 1000, `The user ${userId} was not found.`);
  return ok(
    collectionOf(user.roles.map(({ id, name }) => ({ name, id, attributes: { objectType: 'DirectoryRole' } }))),
  );
}
