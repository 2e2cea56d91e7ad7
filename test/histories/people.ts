import fc from 'fast-check';
import type { Who } from '../support/people.ts';

/** One more time that Teams delivers an activity. */
export interface Copy {
  /** As a new activity: somebody pressed twice, or Teams gave it a new id. */
  readonly isNew: boolean;
  /** Which process it comes to. */
  readonly process: number;
  /** Not at once, but some steps later. */
  readonly isLate: boolean;
}

/** How one step of a conversation reaches the bot: up to four times, to any process. */
export interface Step {
  readonly process: number;
  readonly copies: readonly Copy[];
  /** Somebody else presses the same button at the same time. */
  readonly rival?: Who;
  /** The card as it was before is pressed once more afterwards. */
  readonly isPressedStale: boolean;
}

export type Act = 'buy' | 'buy by form' | 'hand over' | 'keys' | 'remind' | 'list' | 'cancel now' | 'by ticket';

export type Detour = 'edit' | 'back' | 'discard' | 'later';

/** One conversation in one place; several run at the same time. */
export interface Scene {
  readonly where: 'channel' | 'group' | 'personal';
  readonly who: Who;
  readonly acts: readonly Act[];
  readonly quantity: number;
  readonly customer: number;
  /** Before it is confirmed or submitted. */
  readonly detour?: Detour;
  /** Used one after the other, and from the beginning again. */
  readonly steps: readonly Step[];
}

/** Several people over several threads; the scheduler steers in which order their deliveries go out. */
export interface Plan {
  readonly scenes: readonly Scene[];
  readonly scheduler: fc.Scheduler;
}

const process = fc.nat({ max: 1 });

const copy: fc.Arbitrary<Copy> = fc.record({
  isNew: fc.boolean(),
  process,
  isLate: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const step: fc.Arbitrary<Step> = fc
  .record({
    process,
    copies: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(copy, { minLength: 1, maxLength: 3 }) },
    ),
    rival: fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom<Who>('bert', 'gert', 'sara', 'hela', 'stan') },
    ),
    isPressedStale: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .map(({ rival, ...rest }) => ({ ...rest, ...(rival && { rival }) }));

/** What is bought is looked at, and most of it is cancelled again. */
const purchase: fc.Arbitrary<Act[]> = fc
  .tuple(
    fc.constantFrom<Act>('buy', 'buy', 'buy', 'buy', 'buy by form', 'hand over'),
    fc.subarray<Act>(['keys', 'remind', 'list'], { maxLength: 1 }),
    fc.constantFrom<Act | undefined>('cancel now', 'by ticket', 'by ticket', undefined),
  )
  .map(([bought, looked, cancelled]) => [bought, ...looked, ...(cancelled ? [cancelled] : [])]);

const scene = (where: Scene['where']): fc.Arbitrary<Scene> =>
  fc
    .record({
      where: fc.constant(where),
      who: fc.constantFrom<Who>('ada', 'ada', 'bert'),
      acts: fc.array(purchase, { minLength: 1, maxLength: 2 }).map((all) => all.flat()),
      quantity: fc.integer({ min: 1, max: 9 }),
      customer: fc.nat({ max: 9_999 }),
      detour: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 2, arbitrary: fc.constantFrom<Detour>('edit', 'edit', 'back', 'later', 'discard') },
      ),
      steps: fc.array(step, { minLength: 12, maxLength: 12 }),
    })
    .map(({ detour, ...rest }) => ({ ...rest, ...(detour && { detour }) }));

const plan: fc.Arbitrary<Plan> = fc.record({
  scenes: fc
    .tuple(fc.option(scene('channel')), fc.option(scene('group')), scene('personal'))
    .map((all) => all.filter((one) => one !== null)),
  scheduler: fc.scheduler(),
});

/** The same seed gives the same plan. */
export function planOf(seed: number): Plan {
  const [made] = fc.sample(plan, { seed, numRuns: 1 });
  if (!made) throw new Error('no plan was made');
  return made;
}
