import type { Query } from '../http/call.ts';
import type { World } from '../store.ts';
import { ASSERTION_TYPE, checkAssertion } from './client-assertion.ts';
import { directoryError } from './directory-errors.ts';

/** Checks how the application of a token request proves who it is: by its secret, or by an assertion. */
export function checkClient({ partner, clock, options }: World, form: Query, endpoint: string): void {
  const now = clock.now();
  const clientId = form.get('client_id') ?? '';
  if (clientId.toLowerCase() !== partner.clientId) {
    const text = `Application with identifier '${clientId}' was not found in the directory '${partner.name}'.`;
    throw directoryError(400, 'unauthorized_client', 700016, text, now);
  }
  const assertion = form.get('client_assertion');
  if (assertion !== undefined && form.get('client_assertion_type') === ASSERTION_TYPE) {
    checkAssertion(assertion, { clientId, endpoint, certificates: options.certificates });
    return;
  }
  const secret = form.get('client_secret');
  if (secret === partner.clientSecret) return;
  if (secret !== undefined)
    throw directoryError(401, 'invalid_client', 7000215, 'Invalid client secret provided.', now);
  const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
  throw directoryError(401, 'invalid_client', 7000218, text, now);
}

/** A public client need not prove anything; what it sends nevertheless must be right. */
export function sendsProof(form: Query): boolean {
  return form.get('client_assertion') !== undefined || form.get('client_secret') !== undefined;
}
