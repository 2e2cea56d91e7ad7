import assert from 'node:assert/strict';
import { Refusal } from '../../../src/domain/errors.ts';
import { demand } from '../../../src/domain/people/demand.ts';
import { holdersOf, mayDo, type Right, type Role } from '../../../src/domain/people/staff.ts';
import { aPerson } from '../../support/fakes/samples.ts';
import { createFakeWorld } from '../../support/fakes/world.ts';

/** The table of docs/security.md, "Who may do what", copied by hand, and the agreement: a second pair of eyes on the table in the code. */
const table: Record<Right, Record<Role, boolean>> = {
  look: { 'admin-agent': true, 'global-admin': true, 'sales-agent': true, 'helpdesk-agent': true },
  'buy.prepare': { 'admin-agent': true, 'global-admin': true, 'sales-agent': true, 'helpdesk-agent': false },
  'buy.confirm': { 'admin-agent': true, 'global-admin': true, 'sales-agent': false, 'helpdesk-agent': false },
  'agreement.confirm': { 'admin-agent': true, 'global-admin': true, 'sales-agent': false, 'helpdesk-agent': false },
  'keys.reveal': { 'admin-agent': true, 'global-admin': false, 'sales-agent': false, 'helpdesk-agent': false },
  'leak.report': { 'admin-agent': true, 'global-admin': false, 'sales-agent': false, 'helpdesk-agent': false },
  'cancel.prepare': { 'admin-agent': true, 'global-admin': true, 'sales-agent': true, 'helpdesk-agent': false },
  'cancel.submit': { 'admin-agent': true, 'global-admin': false, 'sales-agent': false, 'helpdesk-agent': false },
  approve: { 'admin-agent': true, 'global-admin': false, 'sales-agent': false, 'helpdesk-agent': false },
  'audit.read': { 'admin-agent': true, 'global-admin': true, 'sales-agent': false, 'helpdesk-agent': false },
  'setup.check': { 'admin-agent': true, 'global-admin': true, 'sales-agent': false, 'helpdesk-agent': false },
};

const rights = Object.keys(table) as Right[];
const roles = Object.keys(table.look) as Role[];

describe('who may do what', () => {
  it('is decided for every right that there is', () => {
    assert.deepEqual(rights.toSorted(), Object.keys(holdersOf).toSorted());
  });

  for (const right of rights) {
    for (const role of roles) {
      it(`${role}: ${right} ${table[right][role] ? 'yes' : 'no'}`, () => {
        assert.equal(mayDo([role], right), table[right][role]);
      });
    }
    it(`nobody in particular: ${right} no`, () => {
      assert.equal(mayDo([], right), false);
    });
  }

  it('adds up for somebody with several roles', () => {
    assert.ok(mayDo(['helpdesk-agent', 'sales-agent'], 'buy.prepare'));
    assert.ok(!mayDo(['helpdesk-agent', 'sales-agent', 'global-admin'], 'keys.reveal'));
  });

  it('lets policy allow sales agents to confirm orders, and nothing else', () => {
    for (const right of rights) {
      assert.equal(mayDo(['sales-agent'], right, true), right === 'buy.confirm' || table[right]['sales-agent']);
      assert.equal(mayDo(['helpdesk-agent'], right, true), table[right]['helpdesk-agent']);
    }
  });
});

describe('the check at the head of an action', () => {
  it('refuses with the right and the roles, so that the sentence can say whom to ask', async () => {
    const world = createFakeWorld();
    world.roles.set(aPerson().id, ['sales-agent']);

    await assert.rejects(
      demand(world, aPerson(), 'cancel.submit'),
      (error) =>
        error instanceof Refusal &&
        error.code === 'not-allowed' &&
        assert.deepEqual(error.facts, { right: 'cancel.submit', roles: ['sales-agent'] }) === undefined,
    );
  });

  for (const right of rights) {
    const isAnew = !['look', 'buy.prepare', 'cancel.prepare', 'setup.check'].includes(right);
    it(`${isAnew ? 'asks anew who somebody is' : 'is content with what is known'}: ${right}`, async () => {
      const world = createFakeWorld();
      world.freshRoles.set(aPerson().id, []);

      const demanded = demand(world, aPerson(), right);

      await (isAnew ? assert.rejects(demanded, { code: 'not-allowed' }) : demanded);
    });
  }

  it('refuses a stranger everything', async () => {
    const world = createFakeWorld();

    for (const right of rights) await assert.rejects(demand(world, aPerson({ id: 'stranger' }), right), Refusal);
  });

  it('fails closed when the roles cannot be determined', async () => {
    const world = createFakeWorld({
      staff: {
        rolesOf: async () => {
          throw new Refusal('roles-unknown', { cause: 'Graph does not answer' });
        },
        adminAgents: async () => [],
      },
    });

    for (const right of rights) await assert.rejects(demand(world, aPerson(), right), { code: 'roles-unknown' });
  });
});
