import assert from 'node:assert/strict';
import { createUsage } from '../../../src/domain/people/usage.ts';
import { builtInPolicy } from '../../../src/domain/policy.ts';

const limits = { ...builtInPolicy.limits, searches: { person: 3, everybody: 5 } };

describe('what somebody asks for', () => {
  let now = 0;
  const usage = () => {
    now = 0;
    return createUsage(limits, () => now);
  };
  const refusal = (work: () => void) => {
    try {
      work();
      return undefined;
    } catch (error) {
      return (error as { facts: unknown }).facts;
    }
  };

  it('is refused above the limit, with when it goes on, and goes on then', () => {
    const { demand } = usage();
    for (const at of [0, 10_000, 20_000]) {
      now = at;
      demand('searches', 'ada');
    }
    now = 30_000;

    const facts = refusal(() => demand('searches', 'ada'));

    assert.deepEqual(facts, { what: 'searches', seconds: 30, isEverybody: false });
    now = 60_000;
    assert.equal(
      refusal(() => demand('searches', 'ada')),
      undefined,
    );
    assert.notEqual(
      refusal(() => demand('searches', 'ada')),
      undefined,
    );
  });

  it('does not count what was refused', () => {
    const { demand } = usage();
    for (let times = 0; times < 3; times += 1) demand('searches', 'ada');
    for (let times = 0; times < 50; times += 1) refusal(() => demand('searches', 'ada'));
    now = 60_001;

    assert.equal(
      refusal(() => demand('searches', 'ada')),
      undefined,
    );
  });

  it('counts for all together too, and one kind apart from the other', () => {
    const { demand } = usage();
    for (const who of ['ada', 'ada', 'bert', 'bert', 'cora']) demand('searches', who);

    const facts = refusal(() => demand('searches', 'dora'));

    assert.deepEqual(facts, { what: 'searches', seconds: 60, isEverybody: true });
    assert.equal(
      refusal(() => demand('drafts', 'dora')),
      undefined,
    );
  });

  it('keeps nothing of anybody but the last minute or hour', () => {
    const { demand } = usage();
    for (let person = 0; person < 20_000; person += 1) {
      now += 30_000;
      demand('pages', `p-${person}`);
    }

    assert.equal(
      refusal(() => demand('pages', 'p-1')),
      undefined,
    );
  });
});
