import type { Answer, Turn } from './call.ts';

/** Work that must not be done twice at once on the same thing. Kept in memory: a restart ends all of it. */
export interface Turns {
  /**
   * Does the work unless another call is at it: then it is refused. The same call repeated is no other; whichever of
   * the two is done first ends the turn, and leaves its outcome to the second.
   */
  take(turn: Turn, callId: string, work: () => Promise<Answer>): Promise<Answer>;
}

export function createTurns(): Turns {
  const underWay = new Map<string, string>();
  return {
    async take({ of, refusal }, callId, work) {
      if ((underWay.get(of) ?? callId) !== callId) throw refusal();
      underWay.set(of, callId);
      try {
        return await work();
      } finally {
        if (underWay.get(of) === callId) underWay.delete(of);
      }
    },
  };
}
