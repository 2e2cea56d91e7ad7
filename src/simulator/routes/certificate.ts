import type { Route } from '../http/call.ts';
import { CERTIFICATE_PATH } from '../webhooks/deliver.ts';
import type { Postman } from '../webhooks/postman.ts';

/** The certificate of the key webhook events are signed with, in DER, as the real one lies in blob storage. */
export function certificateRoute(postman: Postman): Route {
  return {
    method: 'GET',
    path: CERTIFICATE_PATH,
    access: 'open',
    handle: async () => ({
      status: 200,
      contentType: 'application/octet-stream',
      body: await postman.certificate(),
    }),
  };
}
