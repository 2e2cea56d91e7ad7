/** How many calls to Partner Center the recurring work may still make. */
export interface CallBudget {
  readonly perSweep: number;
  left(): number;
  spend(calls: number): void;
  /** A sweep begins. What the one before overspent is taken off; what it left over is gone. */
  refill(): void;
}

/** A call a second, so that Partner Center sees no more than 60 a minute, however much there is to look at. */
const maxCalls = 60;
/** So many are needed to see what changed. More than a call a second only where sweeps come faster than in 5 seconds. */
const minCalls = 5;

export function createCallBudget(secondsBetween: number): CallBudget {
  const perSweep = Math.max(minCalls, Math.min(maxCalls, secondsBetween));
  let left = 0;
  return {
    perSweep,
    left: () => left,
    spend(calls) {
      left -= calls;
    },
    refill() {
      left = Math.min(0, left) + perSweep;
    },
  };
}
