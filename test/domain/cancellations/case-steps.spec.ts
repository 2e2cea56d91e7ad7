import assert from 'node:assert/strict';
import type { Case, CaseState } from '../../../src/domain/cancellations/case.ts';
import type { CaseEvent } from '../../../src/domain/cancellations/case-event.ts';
import { stepsOf } from '../../../src/domain/cancellations/case-steps.ts';
import { aCase, startAt } from '../../support/fakes/samples.ts';

const hoursLater = (hours: number): Date => new Date(startAt.getTime() + hours * 3_600_000);

/** A case that has gone this way, one step an hour, and what its card shows: kind, status, hours since it was submitted. */
function wayOf(states: readonly CaseState[], overrides: Partial<Case> = {}): string[] {
  const history = states.map(
    (to, hour): CaseEvent => ({
      reference: 'SD-7K2M9Q',
      from: hour === 0 ? 'draft' : states[hour - 1],
      to,
      change: { kind: 'recorded', text: '' },
      at: hoursLater(hour),
    }),
  );
  const found = aCase({ state: states.at(-1), createdAt: startAt, changedAt: hoursLater(99), ...overrides });
  return stepsOf(found, history).map(({ kind, status, at }) =>
    [kind, status, ...(at ? [(at.getTime() - startAt.getTime()) / 3_600_000] : [])].join(' '),
  );
}

describe('the steps of a case', () => {
  it('lead from its submission to its end, with the one that is under way and what is still to come', () => {
    assert.deepEqual(wayOf(['submitted'], { ending: 'ticket' }), ['submitted done 0', 'filing now', 'completed ahead']);
    assert.deepEqual(wayOf(['submitted'], { ending: 'cancel-now' }).slice(1), ['cancelling now', 'completed ahead']);
    assert.deepEqual(wayOf(['submitted', 'cancelling']).slice(1), ['cancelling now 1', 'completed ahead']);
    assert.deepEqual(wayOf(['submitted', 'filing', 'filed']).slice(1), [
      'filed done 2',
      'decides now 2',
      'completed ahead',
    ]);
    assert.deepEqual(wayOf(['submitted', 'cancelling', 'completed']).slice(1), [
      'cancelling done 1',
      'completed done 2',
    ]);
  });

  it('tell what happened several times once, as it was the last time', () => {
    const way = wayOf(['submitted', 'filing', 'needs_person', 'filing', 'filed', 'needs_person', 'filing', 'filed']);

    assert.deepEqual(way.slice(1), ['needs-person done 5', 'filed done 7', 'decides now 7', 'completed ahead']);
  });

  it('end with a refusal', () => {
    assert.deepEqual(wayOf(['submitted', 'cancelling', 'refused']).slice(1), ['cancelling done 1', 'refused done 2']);
  });

  it('are told also of a case whose history was not written down', () => {
    assert.deepEqual(stepsOf(aCase({ state: 'filed', createdAt: startAt, changedAt: hoursLater(2) }), []).at(1), {
      kind: 'filed',
      status: 'done',
      at: hoursLater(2),
    });
  });

  it('change nothing where only a ticket number or a reason was changed', () => {
    assert.deepEqual(wayOf(['submitted', 'cancelling', 'cancelling']).slice(1), [
      'cancelling now 1',
      'completed ahead',
    ]);
  });
});
