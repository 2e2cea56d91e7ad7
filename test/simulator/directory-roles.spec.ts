import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Desk, openDesk } from './desk.ts';

describe('directory roles in a customer’s tenant', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  beforeEach(() => desk.reset());
  after(() => desk.close());

  const person = async (name: string) => {
    const customerId = await desk.customerId(name);
    const customers = (await desk.control('GET', 'state')).list('customers');
    const customer = customers.find((one) => one.at('id') === customerId);
    const users = customer?.list('users').map((user) => user.text('id')) ?? [];
    return { rolesOf: (user: string) => desk.get(`/v1/customers/${customerId}/users/${user}/directoryroles`), users };
  };

  it('are those of the user, in one page', async () => {
    const { rolesOf, users } = await person('Contoso');
    const [contact = '', helpdesk = '', other = ''] = users;

    const role = (id: string, name: string) => ({ name, id, attributes: { objectType: 'DirectoryRole' } });
    assert.deepEqual((await rolesOf(helpdesk)).at(''), {
      totalCount: 2,
      items: [
        role('729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator'),
        role('fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Account Administrator'),
      ],
      attributes: { objectType: 'Collection' },
    });
    assert.equal((await rolesOf(contact)).at('items.0.id'), '62e90394-69f5-4237-9190-012177145e10');
    assert.equal((await rolesOf(other.toUpperCase())).at('totalCount'), 0);
  });

  it('are not found for somebody of no or another tenant', async () => {
    const { rolesOf } = await person('Contoso');
    const { users } = await person('Tailspin');

    for (const user of [randomUUID(), users[0] ?? '']) assert.equal((await rolesOf(user)).status, 404);
  });

  it('are refused without delegated access, and to an application alone', async () => {
    const { rolesOf, users } = await person('Woodgrove');
    const refused = await rolesOf(users[0] ?? '');
    const contoso = await person('Contoso');
    await desk.signIn({ grant_type: 'client_credentials' });
    const alone = await contoso.rolesOf(contoso.users[0] ?? '');

    assert.equal(refused.status, 403);
    assert.equal(refused.at('code'), 2032);
    assert.equal(alone.at('code'), 900329);
  });
});
