import assert from 'node:assert/strict';
import { checkApprovals } from '../../../src/domain/approvals/check-approvals.ts';
import { builtInPolicy } from '../../../src/domain/policy.ts';
import { anApproval } from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../support/fakes/world.ts';

const minuteMs = 60_000;
const requester = { id: 'abcdefab-1111-4111-8111-111111111111', name: 'Ada Nowak' };
const other = 'bbbbbbbb-2222-4222-8222-222222222222';

describe('the reminder of an approval', () => {
  /** Of an approval that waits, once its time has come. */
  async function waiting(deputy?: string): Promise<FakeWorld> {
    const approvals = { ...builtInPolicy.approvals, ...(deputy && { deputy }) };
    const world = createFakeWorld({ policy: { ...builtInPolicy, approvals } });
    const { revision: _, state: __, claim: ___, steps: ____, ...wanted } = anApproval();
    const now = world.clock.now().getTime();
    const later = (minutes: number) => new Date(now + minutes * minuteMs);
    const [createdAt, remindAt, expiresAt] = [later(0), later(60), later(1440)] as const;
    await world.approvals.ask({ ...wanted, requester, createdAt, remindAt, expiresAt }, []);
    world.pass(61 * minuteMs);
    return world;
  }

  it('is given once and told to who asked, where nobody is left who could decide', async () => {
    const world = await waiting();
    world.roles.clear();

    await checkApprovals(world);
    await checkApprovals(world);

    const approval = await world.approvals.get(anApproval().reference);
    assert.deepEqual(
      approval?.steps.map(({ step }) => step),
      ['asked', 'reminded'],
    );
    const notices = await world.notices.due(10);
    assert.deepEqual(
      notices.map(({ kind }) => kind),
      ['approval-told'],
    );
  });

  it('asks no deputy who asked for it, however the policy writes their id', async () => {
    const world = await waiting(requester.id.toUpperCase());
    world.roles.clear();
    world.roles.set(other, ['admin-agent']);

    await checkApprovals(world);

    const people = (await world.notices.due(10)).flatMap(({ kind, target }) =>
      kind === 'approval-asked' && target.to === 'person' ? [target.id.toLowerCase()] : [],
    );
    assert.deepEqual(people, [other]);
  });
});
