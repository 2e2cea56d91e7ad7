import assert from 'node:assert/strict';
import { createStaticStaff } from '../../src/directory/static.ts';

const staff = createStaticStaff({
  adminAgents: ['AAAA', 'both', ' '],
  salesAgents: ['sales', 'both'],
  helpdeskAgents: ['help'],
  globalAdmins: ['global'],
});

describe('the fixed list of staff', () => {
  it('gives every role that lists the person', async () => {
    assert.deepEqual(await staff.rolesOf('both'), ['admin-agent', 'sales-agent']);
    assert.deepEqual(await staff.rolesOf('global'), ['global-admin']);
    assert.deepEqual(await staff.rolesOf('help'), ['helpdesk-agent']);
  });

  it('ignores the case of ids', async () => {
    assert.deepEqual(await staff.rolesOf('aaaa', { fresh: true }), ['admin-agent']);
  });

  it('gives a stranger nothing, and somebody without an id neither', async () => {
    assert.deepEqual(await staff.rolesOf('stranger'), []);
    assert.deepEqual(await staff.rolesOf(''), []);
    assert.deepEqual(await staff.rolesOf(' '), []);
  });

  it('names the admin agents', async () => {
    const known = createStaticStaff({
      adminAgents: ['a', 'b', 'a'],
      salesAgents: [],
      helpdeskAgents: [],
      globalAdmins: [],
    });

    assert.deepEqual(await known.adminAgents(), ['a', 'b']);
  });
});
