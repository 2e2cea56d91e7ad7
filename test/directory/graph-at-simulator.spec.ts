import assert from 'node:assert/strict';
import { createGraphStaff } from '../../src/directory/graph.ts';
import { createSimulator, type Simulator } from '../../src/simulator/index.ts';

const admins = 'aaaaaaaa-0000-4000-8000-000000000001';
const sales = 'aaaaaaaa-0000-4000-8000-000000000002';
const people = Array.from({ length: 120 }, (_, n) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`);
const [ada = '', sara = '', ...others] = people;

describe('roles from the simulator’s Graph', () => {
  let simulator: Simulator;
  before(async () => {
    const groups = { [admins]: [ada, ...others], [sales]: [sara, ada] };
    simulator = await createSimulator({ port: 0, mode: 'extended', delaySeconds: 0, groups });
  });
  after(() => simulator.close());

  const warnings: unknown[] = [];
  const note = (facts: object) => void warnings.push(facts);
  const ignore = () => undefined;
  const staff = () =>
    createGraphStaff({
      ...simulator.credentials,
      graphUrl: simulator.url,
      scope: 'https://graph.microsoft.com/.default',
      groups: { 'admin-agent': admins, 'sales-agent': sales },
      log: { debug: ignore, info: note, warn: note, error: note },
    });

  it('are those of the groups', async () => {
    const { rolesOf, adminAgents } = staff();

    assert.deepEqual(await rolesOf(ada), ['admin-agent', 'sales-agent']);
    assert.deepEqual(await rolesOf(sara.toUpperCase(), { fresh: true }), ['sales-agent']);
    assert.deepEqual(await rolesOf('cccccccc-0000-4000-8000-000000000001'), []);
    assert.deepEqual(new Set(await adminAgents()), new Set([ada, ...others]));
    assert.deepEqual(warnings, []);
  });

  it('go on when its clock is hours ahead of ours', async () => {
    const { rolesOf } = staff();
    await rolesOf(ada);
    await fetch(`${simulator.url}/__simulator/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: 7200 }),
    });

    assert.deepEqual(await rolesOf(sara, { fresh: true }), ['sales-agent']);
  });
});
