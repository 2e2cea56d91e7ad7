import assert from 'node:assert/strict';
import { globalAdministrator } from '../../src/partner-center/directory-roles.ts';
import { closeBenches, customerId, items, startBench } from '../support/partner-center-client.ts';

const path = `GET /v1/customers/${customerId}/users/u1/directoryroles`;

describe('the roles of a customer’s user', () => {
  afterEach(closeBenches);

  it('are told by template id', async () => {
    const { center, server } = await startBench({
      [path]: { json: items([{ Id: globalAdministrator.toUpperCase(), Name: 'Company Administrator' }]) },
    });

    assert.deepEqual(await center.directoryRoles.of(customerId, 'u1'), [
      { id: globalAdministrator, name: 'Company Administrator' },
    ]);
    assert.match(String(server.requests[0]?.headers.authorization), /^Bearer user-/);
  });

  it('are forbidden without a relationship that allows it', async () => {
    const { center } = await startBench({ [path]: { status: 403, json: { code: 2032, description: 'No.' } } });

    await assert.rejects(center.directoryRoles.of(customerId, 'u1'), { kind: 'forbidden' });
  });
});
