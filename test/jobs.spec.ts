import assert from 'node:assert/strict';
import { createCallBudget } from '../src/domain/work/call-budget.ts';
import { sweep } from '../src/jobs.ts';
import { createFakeWorld } from './support/fakes/world.ts';

describe('a sweep', () => {
  it('looks at the reminders also when the cases cannot be read, and then fails with the first reason', async () => {
    const world = createFakeWorld();
    const asked: string[] = [];
    const broken = {
      ...world,
      tracking: { ...world.tracking, beginSweep: () => Promise.reject(new Error('no cases')) },
      reminders: {
        ...world.reminders,
        async closing() {
          asked.push('reminders');
          throw new Error('no reminders');
        },
      },
    };

    await assert.rejects(sweep(broken, createCallBudget(60)), /no cases/);

    assert.deepEqual(asked, ['reminders']);
  });
});
